package web

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

type trailView struct {
	Title    string
	Lead     string
	Problems []link
	Fields   []field
	Action   string
	Rows     []actRow
	None     string
	Older    string // address; empty: there is nothing older
	File     string
}

type actRow struct {
	When, Who, What string
	WhatLang        string // where it has no message
	About           string
	Details         []detail
}

type detail struct{ Name, Value string }

// trailRoutes are those of the trail of privileged acts: of a city, of an organisation, and of the node.
func (s *Server) trailRoutes() []route {
	organisation := can(account.Audit, s.namedOrganisation)
	return []route{
		{"GET", "/{lang}/desk/trail", can(account.Audit, wholeNode), s.trailOf(wholeNode)},
		{"GET", "/{lang}/desk/trail.csv", can(account.Audit, wholeNode).limited(looking), s.trailFile(wholeNode)},
		{"GET", "/{lang}/desk/cities/{city}/trail", can(account.Audit, namedCity), s.trailOf(namedCity)},
		{"GET", "/{lang}/desk/cities/{city}/trail.csv", can(account.Audit, namedCity).limited(looking), s.trailFile(namedCity)},
		{"GET", "/{lang}/desk/organisations/{organisation}/trail", organisation, s.trailOf(s.namedOrganisation)},
		{"GET", "/{lang}/desk/organisations/{organisation}/trail.csv", organisation.limited(looking), s.trailFile(s.namedOrganisation)},
	}
}

// namedOrganisation is the organisation that the address names. One that is not there is nobody's but the node's.
func (s *Server) namedOrganisation(q *request) account.Resource {
	o, err := s.organisation(q)
	if err != nil {
		return account.Resource{Kind: "organisation", Organisation: q.PathValue("organisation"), Independent: true}
	}
	return organisationResource(o)
}

// organisationResource is an organisation as account.Can knows it: what is no part of the authority is independent of the city.
func organisationResource(o city.Organisation) account.Resource {
	return account.Resource{Kind: "organisation", City: o.City, Organisation: o.ID, Independent: o.Kind != city.Authority}
}

func (s *Server) organisation(q *request) (o city.Organisation, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) error {
		o, err = s.rooms.City.Organisation(q.Context(), tx, q.PathValue("organisation"))
		return err
	})
	return o, err
}

const trailPart = 50 // acts on a page

func (s *Server) trailOf(resource func(*request) account.Resource) func(*request) (answer, error) {
	return func(q *request) (answer, error) {
		about := resource(q)
		name, fictional, err := s.audited(q, about)
		if err != nil {
			return answer{}, err
		}
		kinds, err := s.rooms.Account.ActsOf(q.Context(), q.actor, about)
		if err != nil {
			return answer{}, err
		}
		here := trailPath(about)
		v := trailView{Title: q.t("trail.title_node"), Lead: q.t("trail.lead"), Action: q.path(here...), Fields: q.trailFields(kinds)}
		if name != "" {
			v.Title = q.t("trail.title", "Name", name)
		}
		asked, wrong := q.trailQuery()
		if wrong != nil {
			v.Problems, _ = q.problems(wrong, v.Fields)
		}
		asked.Limit = trailPart
		acts, more, err := s.rooms.Account.TrailOf(q.Context(), q.actor, about, asked)
		if err != nil {
			return answer{}, err
		}
		_, names, err := s.tokenScopes(q)
		if err != nil {
			return answer{}, err
		}
		for _, a := range acts {
			v.Rows = append(v.Rows, q.actRow(a, about, names))
		}
		filter := url.Values{}
		for _, f := range v.Fields {
			if f.Problem == "" && q.FormValue(f.Name) != "" {
				filter.Set(f.Name, q.FormValue(f.Name))
			}
		}
		v.File = withQuery(v.Action+".csv", filter)
		if more {
			filter.Set("before", acts[len(acts)-1].ID)
			v.Older = withQuery(v.Action, filter)
		}
		if v.None = q.t("trail.none"); q.URL.RawQuery != "" {
			v.None = q.t("trail.none_so")
		}
		return q.page(v.Title, here, view{Section: "desk", Forms: true, Body: trailPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title}), Fictional: fictional}), nil
	}
}

// audited gives the name of what a trail is about; empty for the node. Returns NotFound where the address names nothing.
func (s *Server) audited(q *request, about account.Resource) (name string, fictional bool, err error) {
	switch {
	case about.Organisation != "":
		o, err := s.organisation(q)
		return o.Name, false, err
	case about.City != "":
		c, err := s.rooms.City.One(q.Context(), about.City)
		return c.Name, c.Fictional, err
	}
	return "", false, nil
}

// trailPath is the address of a trail below the language.
func trailPath(about account.Resource) []string {
	switch {
	case about.Organisation != "":
		return []string{"desk", "organisations", about.Organisation, "trail"}
	case about.City != "":
		return []string{"desk", "cities", about.City, "trail"}
	}
	return []string{"desk", "trail"}
}

func withQuery(address string, values url.Values) string {
	if len(values) == 0 {
		return address
	}
	return address + "?" + values.Encode()
}

func (q *request) trailFields(kinds []string) []field {
	return []field{
		{Name: "from", Label: q.t("trail.from"), Kind: "date", Optional: true, Value: q.FormValue("from")},
		{Name: "until", Label: q.t("trail.until"), Kind: "date", Optional: true, Value: q.FormValue("until")},
		{Name: "act", Label: q.t("trail.act"), Options: options(q.FormValue("act"), append([]string{""}, kinds...), func(kind string) string {
			if kind == "" {
				return q.t("trail.any")
			}
			return q.act(kind).S
		})},
	}
}

// trailQuery reads what is asked for. Days are those of UTC, as the page writes them; the last one is included. What is wrong is left out.
func (q *request) trailQuery() (asked account.TrailQuery, wrong error) {
	asked = account.TrailQuery{Act: q.FormValue("act"), Before: q.FormValue("before")}
	for name, to := range map[string]*time.Time{"from": &asked.From, "until": &asked.Until} {
		if q.FormValue(name) == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, q.FormValue(name))
		if err != nil {
			wrong = fault.SaidOf(name, "error.trail.day", "write the day as {Example}", "Example", "2026-03-01")
			continue
		}
		*to = day
	}
	if !asked.Until.IsZero() {
		asked.Until = asked.Until.AddDate(0, 0, 1)
	}
	return asked, wrong
}

// act says a kind of act; in English where it has no message.
func (q *request) act(kind string) text {
	if said, ok := q.locale.Say("act." + strings.ReplaceAll(kind, " ", "_")); ok {
		return text{S: said}
	}
	return q.foreign(kind, "en")
}

func (q *request) actRow(a account.Act, about account.Resource, names map[string]string) actRow {
	what := q.act(a.Act)
	row := actRow{When: q.moment(a.At), Who: q.actorOf(a), What: what.S, WhatLang: what.Lang, About: a.SubjectName, Details: q.details(a, about, names)}
	if row.About == "" && !madeID.MatchString(a.Subject) {
		row.About = cmp.Or(names[string(account.InCity(a.Subject))], a.Subject)
	}
	return row
}

// madeID is the form of ids that the node makes. They tell a reader nothing; the file has them.
var madeID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// actorOf says who acted.
func (q *request) actorOf(a account.Act) string {
	switch {
	case a.ActorName != "":
		return a.ActorName
	case a.Actor == "":
		return q.t("trail.command_line")
	}
	return a.Actor
}

// details names what stands in an act besides. What the title of the page says is left out, and so are ids that only the node knows.
func (q *request) details(a account.Act, about account.Resource, names map[string]string) (all []detail) {
	for _, name := range slices.Sorted(maps.Keys(a.Details)) {
		value := a.Details[name]
		switch {
		case value == "", madeID.MatchString(value), name == "city" && value == about.City, name == "organisation" && value == about.Organisation, name == "city" && value == a.Subject:
			continue
		case name == "role":
			value = q.t("role." + value)
		case name == "to":
			value = q.t("cycle.state." + value)
		case name == "verbs":
			value = q.verbs(strings.Fields(value))
		case name == "scope":
			value = q.scopeName(value, a.Details["role"] != "", names)
		case name == "city" || name == "organisation":
			value = cmp.Or(names[name+"/"+value], value)
		}
		said, ok := q.locale.Say("trail.detail." + name)
		if !ok {
			said = name
		}
		all = append(all, detail{said, value})
	}
	return all
}

// scopeName says where a role or a token counts; that of a token on the whole node reaches as far as its person does.
func (q *request) scopeName(scope string, ofRole bool, names map[string]string) string {
	switch {
	case scope == string(account.Node) && ofRole:
		return q.t("people.whole_node")
	case scope == string(account.Node):
		return q.t("trail.anywhere")
	}
	return cmp.Or(names[scope], scope)
}

// verbs says what a token may do.
func (q *request) verbs(verbs []string) string {
	said := make([]string, len(verbs))
	for i, verb := range verbs {
		said[i] = q.t("token.verb." + verb)
	}
	return q.list(said)
}

// trailFile gives the acts that are asked for as a file, the newest first, ten thousand at the most. That it was taken is an act itself.
func (s *Server) trailFile(resource func(*request) account.Resource) func(*request) (answer, error) {
	return func(q *request) (answer, error) {
		about := resource(q)
		if _, _, err := s.audited(q, about); err != nil {
			return answer{}, err
		}
		asked, wrong := q.trailQuery()
		if wrong != nil {
			return answer{}, wrong
		}
		asked.Limit = 10_000
		acts, _, err := s.rooms.Account.TrailOf(q.Context(), q.actor, about, asked)
		if err != nil {
			return answer{}, err
		}
		if err := s.rooms.Account.Exported(q.Context(), q.actor, "trail", map[string]string{"city": cityOf(about), "organisation": about.Organisation}); err != nil {
			return answer{}, err
		}
		var b strings.Builder
		w := sheet.NewWriter(&b)
		_ = w.Row("at", "actor", "actor_name", "act", "subject", "subject_name", "details")
		for _, a := range acts {
			var said []string
			for _, name := range slices.Sorted(maps.Keys(a.Details)) {
				said = append(said, name+"="+a.Details[name])
			}
			_ = w.Row(a.At.Format(time.RFC3339), a.Actor, a.ActorName, a.Act, a.Subject, a.SubjectName, strings.Join(said, "; ")) // Flush gives its error
		}
		if err := w.Flush(); err != nil {
			return answer{}, err
		}
		return csvFile(b.String(), cmp.Or(about.Organisation, about.City, "node"), "trail"), nil
	}
}

// cityOf is the city whose people read that its trail was taken; none for an organisation's.
func cityOf(about account.Resource) string {
	if about.Organisation != "" {
		return ""
	}
	return about.City
}

// trailLinks lead to the trails of the organisations in which somebody has a role, and of the node; a city's stands with the city.
func (s *Server) trailLinks(q *request) (all []link, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) error {
		for _, g := range q.actor.Grants {
			id, found := strings.CutPrefix(string(g.Scope), "organisation/")
			if !found {
				continue
			}
			o, err := s.rooms.City.Organisation(q.Context(), tx, id)
			if fault.KindOf(err) == fault.NotFound {
				continue // gone since
			}
			if err != nil {
				return err
			}
			to := link{Text: q.t("trail.link_of", "Name", o.Name), URL: q.path("desk", "organisations", id, "trail")}
			if !slices.Contains(all, to) { // two roles in one organisation
				all = append(all, to)
			}
		}
		return nil
	})
	if account.Can(q.actor, account.Audit, wholeNode(q)) {
		all = append(all, link{Text: q.t("trail.title_node"), URL: q.path("desk", "trail")})
	}
	return all, err
}
