package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

type tokensView struct {
	Problems []link
	Saved    string
	Secret   string // of a token that was just made; it is shown this once
	Says     string
	Fields   []field
	Own      []tokenRow
	Others   []tokenRow // everybody's, for those who operate the node
}

type tokenRow struct {
	ID, Name, Person, May, Where, Until, Used, State string
	Live                                             bool
}

// tokenRoutes are those of access tokens for programs.
func (s *Server) tokenRoutes() []route {
	return []route{
		{"GET", "/{lang}/desk/tokens", signedIn, s.tokens},
		{"POST", "/{lang}/desk/tokens", signedIn, s.tokensDo},
	}
}

// tokenDays are the lifetimes that are offered.
var tokenDays = []string{"30", "90", "180", strconv.Itoa(account.LongestToken)}

func (s *Server) tokens(q *request) (answer, error) { return s.tokensPage(q, tokensView{}, nil, 0) }

func (s *Server) tokensDo(q *request) (answer, error) {
	switch q.PostFormValue("do") {
	case "make":
		days, _ := strconv.Atoi(q.PostFormValue("days")) // 0 is refused with the others
		var verbs []account.Verb
		for _, verb := range q.PostForm["verbs"] {
			verbs = append(verbs, account.Verb(verb))
		}
		made, secret, err := s.rooms.Account.MakeToken(q.Context(), q.actor, q.PostFormValue("name"), verbs, account.Scope(q.PostFormValue("scope")), days)
		if err != nil {
			return s.tokensPage(q, tokensView{}, err, http.StatusUnprocessableEntity)
		}
		q.PostForm = nil // the next one is another
		return s.tokensPage(q, tokensView{Secret: secret, Says: q.t("token.made", "Name", made.Name)}, nil, 0)
	case "revoke":
		if err := s.rooms.Account.RevokeToken(q.Context(), q.actor, q.PostFormValue("token")); err != nil {
			return answer{}, err
		}
		return answer{redirect: q.path("desk", "tokens") + "?saved=revoked"}, nil
	}
	return answer{}, fault.SaidOf("do", "error.form", "this form does not know that")
}

func (s *Server) tokensPage(q *request, v tokensView, wrong error, status int) (answer, error) {
	scopes, names, err := s.tokenScopes(q)
	if err != nil {
		return answer{}, err
	}
	own, err := s.rooms.Account.AccessTokens(q.Context(), q.actor, false)
	if err != nil {
		return answer{}, err
	}
	v.Own = q.tokenRows(own, names)
	if account.Can(q.actor, account.Operate, wholeNode(q)) {
		all, err := s.rooms.Account.AccessTokens(q.Context(), q.actor, true)
		if err != nil {
			return answer{}, err
		}
		all = slices.DeleteFunc(all, func(t account.AccessToken) bool { return t.Person == q.actor.Person })
		v.Others = q.tokenRows(all, names)
	}
	if q.FormValue("saved") == "revoked" {
		v.Saved = q.t("token.revoked_done")
	}
	v.Fields = q.tokenFields(scopes, names)
	if wrong != nil {
		summary, ok := q.problems(wrong, v.Fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(q.t("token.title"), []string{"desk", "tokens"}, view{
		Section: "desk", Forms: true, Body: tokensPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("token.title")}),
	})
	a.status = status
	return a, nil
}

func (q *request) tokenFields(scopes []string, names map[string]string) []field {
	verbs := make([]option, len(account.TokenVerbs))
	for i, verb := range account.TokenVerbs {
		verbs[i] = option{Value: string(verb), Text: q.t("token.verb." + string(verb)), Chosen: slices.Contains(q.PostForm["verbs"], string(verb))}
	}
	return []field{
		{Name: "name", Label: q.t("token.name"), Hint: q.t("token.name_hint"), Kind: "text", Autocomplete: "off", Value: q.PostFormValue("name")},
		{Name: "verbs", Label: q.t("token.verbs"), Kind: "checkboxes", Options: verbs},
		{Name: "scope", Label: q.t("token.scope"), Hint: q.t("token.scope_hint"), Options: options(q.PostFormValue("scope"), append([]string{""}, scopes...), q.orChoose(func(scope string) string { return names[scope] }))},
		{Name: "days", Label: q.t("token.days"), Options: options(q.PostFormValue("days"), tokenDays, func(days string) string {
			n, _ := strconv.Atoi(days)
			return q.t("token.for_days", "Count", n)
		})},
	}
}

// tokenScopes are where the tokens of somebody can count, with their names; names has those of all cities and organisations.
func (s *Server) tokenScopes(q *request) (scopes []string, names map[string]string, err error) {
	var cities []city.City
	var organisations []city.Organisation
	err = s.rooms.View(q.Context(), func(tx database.Tx) error {
		if cities, err = s.rooms.City.List(q.Context(), tx); err != nil {
			return err
		}
		organisations, err = s.rooms.City.AllOrganisations(q.Context(), tx)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	scopes, names = []string{string(account.Node)}, map[string]string{string(account.Node): q.t("token.everywhere")}
	for _, c := range cities {
		scope := string(account.InCity(c.ID))
		names[scope] = c.Name
		if account.Can(q.actor, account.View, cityResource(c.ID)) {
			scopes = append(scopes, scope)
		}
	}
	for _, o := range organisations {
		scope := account.InOrganisation(o.ID)
		names[string(scope)] = o.Name
		if slices.ContainsFunc(q.actor.Grants, func(g account.Granted) bool { return g.Scope == scope }) {
			scopes = append(scopes, string(scope))
		}
	}
	return scopes, names, nil
}

func (q *request) tokenRows(all []account.AccessToken, names map[string]string) []tokenRow {
	now := q.server.clock.Now()
	rows := make([]tokenRow, len(all))
	for i, t := range all {
		row := tokenRow{ID: t.ID, Name: t.Name, Person: t.PersonName, Where: names[string(t.Scope)], Until: q.locale.Date(t.Ends), Used: q.t("token.never"), Live: t.Live(now)}
		if row.Where == "" { // gone since
			row.Where = string(t.Scope)
		}
		may := make([]string, len(t.Verbs))
		for j, verb := range t.Verbs {
			may[j] = q.t("token.verb." + string(verb))
		}
		row.May = q.list(may)
		if !t.Used.IsZero() {
			row.Used = q.locale.Date(t.Used)
		}
		switch {
		case row.Live:
			row.State = q.t("token.live")
		case !t.Ended.IsZero():
			row.State = q.t("token.revoked")
		default:
			row.State = q.t("token.ended")
		}
		rows[i] = row
	}
	return rows
}
