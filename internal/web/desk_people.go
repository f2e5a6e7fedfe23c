package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

type peopleView struct {
	Problems []link
	Saved    string
	Link     *oneTimeLink
	Rows     []personRow
	Fields   []field // of a new person
	Grant    []field // of a further role
	Roles    []roleRow
}

type oneTimeLink struct{ Says, URL string }

type personRow struct {
	ID, Name, Email, State, Toggle, ToggleText string
	Roles                                      []roleRow
}

type roleRow struct{ Text, Role, Scope, About string }

func (s *Server) people(q *request) (answer, error) { return s.peoplePage(q, nil, nil, 0) }

func (s *Server) peoplePage(q *request, once *oneTimeLink, wrong error, status int) (answer, error) {
	people, err := s.rooms.Account.People(q.Context())
	if err != nil {
		return answer{}, err
	}
	scopes, names, err := s.grantScopes(q)
	if err != nil {
		return answer{}, err
	}
	v := peopleView{Link: once}
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	for _, p := range people {
		row := personRow{ID: p.ID, Name: p.Name, Email: p.Email, State: q.t("people.active"), Toggle: "disable", ToggleText: q.t("people.disable")}
		if p.Disabled {
			row.State, row.Toggle, row.ToggleText = q.t("people.disabled"), "enable", q.t("people.enable")
		}
		for _, g := range p.Grants {
			scope, known := names[string(g.Scope)]
			if !known {
				scope = string(g.Scope)
			}
			row.Roles = append(row.Roles, roleRow{Text: q.t("role."+string(g.Role)) + ", " + scope, Role: string(g.Role), Scope: string(g.Scope)})
		}
		v.Rows = append(v.Rows, row)
	}
	for _, r := range account.Roles {
		v.Roles = append(v.Roles, roleRow{Text: q.t("role." + string(r)), About: q.t("role." + string(r) + ".about")})
	}
	role := func(name string) field {
		return field{Name: name, Label: q.t("people.role"), Options: options(q.PostFormValue(name), grantable(), q.orChoose(func(r string) string { return q.t("role." + r) }))}
	}
	scope := func(name string) field {
		return field{Name: name, Label: q.t("people.scope"), Options: options(q.PostFormValue(name), scopes, q.orChoose(func(id string) string { return names[id] }))}
	}
	v.Fields = []field{
		{Name: "name", Label: q.t("people.name"), Kind: "text", Value: q.PostFormValue("name"), Autocomplete: "off"},
		{Name: "email", Label: q.t("people.email"), Kind: "email", Value: q.PostFormValue("email"), Autocomplete: "off"},
		role("role"), scope("scope"),
	}
	ids, byID := make([]string, len(people)), map[string]string{}
	for i, p := range people {
		ids[i], byID[p.ID] = p.ID, p.Name
	}
	v.Grant = []field{
		{Name: "person", Label: q.t("people.name"), Options: options(q.PostFormValue("person"), ids, func(id string) string { return byID[id] })},
		role("grant-role"), scope("grant-scope"),
	}
	if wrong != nil {
		fields := v.Fields
		if do := q.PostFormValue("do"); do == "grant" || do == "revoke" {
			fields = v.Grant
		}
		summary, ok := q.problems(wrong, fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(q.t("people.title"), []string{"desk", "people"}, view{
		Section: "desk", Forms: true, Body: peoplePage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("desk.people")}),
	})
	a.status = status
	return a, nil
}

// peopleDo adds, disables or enables a person, or makes a one-time link by which they choose a password. The link is shown once.
func (s *Server) peopleDo(q *request) (answer, error) {
	id, accounts := q.PostFormValue("person"), s.rooms.Account
	switch q.PostFormValue("do") {
	case "add":
		return s.personAdd(q)
	case "disable":
		if err := accounts.Disable(q.Context(), q.actor, id); err != nil {
			return s.peoplePage(q, nil, err, http.StatusUnprocessableEntity)
		}
	case "enable":
		if err := accounts.Enable(q.Context(), q.actor, id); err != nil {
			return answer{}, err
		}
	case "grant", "revoke":
		if err := s.personGrant(q, id); err != nil {
			return s.peoplePage(q, nil, err, http.StatusUnprocessableEntity)
		}
	case "reset":
		token, err := accounts.Reset(q.Context(), q.actor, id)
		if err != nil {
			return s.peoplePage(q, nil, err, http.StatusUnprocessableEntity)
		}
		return s.peoplePage(q, q.oneTimeLink(q.PostFormValue("name"), token, 24*time.Hour), nil, 0)
	default:
		return answer{}, fault.SaidOf("do", "error.form", "this form does not know that")
	}
	return answer{redirect: q.path("desk", "people") + "?saved=1"}, nil
}

func (s *Server) personAdd(q *request) (answer, error) {
	person := account.Person{Name: q.PostFormValue("name"), Email: q.PostFormValue("email"), Language: q.locale.Tag}
	grant, err := q.grant("role", "scope")
	if err != nil { // all that is wrong is said at once
		_, more := account.Clean(person)
		return s.peoplePage(q, nil, errors.Join(more, err), http.StatusUnprocessableEntity)
	}
	about, err := s.resourceOf(q, grant)
	if err != nil {
		return answer{}, err
	}
	added, token, err := s.rooms.Account.Welcome(q.Context(), q.actor, person, "", []account.Granted{grant}, func(account.Granted) account.Resource { return about })
	if err != nil {
		return s.peoplePage(q, nil, err, http.StatusUnprocessableEntity)
	}
	return s.peoplePage(q, q.oneTimeLink(added.Name, token, 7*24*time.Hour), nil, 0)
}

// personGrant gives a person a role, or takes it away.
func (s *Server) personGrant(q *request, id string) error {
	grant, err := q.grant("grant-role", "grant-scope")
	if err != nil {
		return err
	}
	about, err := s.resourceOf(q, grant)
	if err != nil {
		return err
	}
	if q.PostFormValue("do") == "revoke" {
		return s.rooms.Account.Revoke(q.Context(), q.actor, id, grant, about)
	}
	return s.rooms.Account.Grant(q.Context(), q.actor, id, grant, about)
}

// grant reads a role and what it is given for from the fields of a form, and says all that is wrong with them at their names. Nothing is given
// for the whole node because a field was left empty.
func (q *request) grant(role, scope string) (account.Granted, error) {
	var missing error
	where := q.PostFormValue(scope)
	if where == "" {
		missing = fault.SaidOf(scope, "error.grant.place", "choose for what the role is given")
	}
	grant, err := account.ParseGrant(q.PostFormValue(role), where)
	var wrong *fault.Error
	switch {
	case !errors.As(err, &wrong):
		return grant, errors.Join(missing, err)
	case wrong.Place.Field == "role":
		return grant, errors.Join(wrong.At(fault.Place{Field: role}), missing)
	case missing != nil: // what was not chosen cannot be unfit
		return grant, missing
	}
	return grant, wrong.At(fault.Place{Field: scope})
}

// oneTimeLink says to whom the link goes and until when it works.
func (q *request) oneTimeLink(name, token string, lifetime time.Duration) *oneTimeLink {
	address := strings.TrimRight(q.server.about(q.Context()).Address, "/")
	if address == "" {
		address = "http://" + q.Host
	}
	says := q.t("people.link", "Name", name, "Until", q.locale.Date(q.server.clock.Now().UTC().Add(lifetime)))
	if written, err := q.server.rooms.Notice.Writes(q.Context()); err == nil && written {
		says += " " + q.t("people.link_sent")
	}
	return &oneTimeLink{
		Says: says,
		URL:  address + q.path("sign-in", token),
	}
}
