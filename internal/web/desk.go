package web

import (
	"context"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/publication"
)

type deskView struct {
	Person, Saved  string
	NoRole, MayAdd bool
	Tasks          deskTasks
	Cycles         []deskCycle
	Cities         []deskCity
	Links          []link
}

type deskCity struct {
	Name, Says, Next string
	Links            []link
}

// deskRead is what the desk is made from.
type deskRead struct {
	cities    map[string]city.City
	mine      []city.City // that the reader has a role in
	tasks     []assessment.Task
	overviews []assessment.Overview // of the organisations that the reader may look at
	names     map[string]string     // of people; only where the reader stands in for somebody
}

// desk answers: what must I do today?
func (s *Server) desk(q *request) (answer, error) {
	r, err := s.readDesk(q)
	if err != nil {
		return answer{}, err
	}
	ids := make([]string, len(r.mine))
	for i, c := range r.mine {
		ids[i] = c.ID
	}
	standings, err := s.rooms.Publication.Standings(q.Context(), ids)
	if err != nil {
		return answer{}, err
	}
	node := account.Resource{Kind: "node"}
	v := deskView{
		Person: q.actor.Name, NoRole: len(q.actor.Grants) == 0, MayAdd: account.Can(q.actor, account.Edit, node),
		Tasks: q.deskTasks(r, s.clock.Now()), Cycles: q.deskCycles(r, s.clock.Now()),
	}
	if v.Tasks.None != "" && slices.ContainsFunc(v.Cycles, func(c deskCycle) bool { return len(c.Waits) > 0 }) {
		v.Tasks.None = q.t("desk.none_mine")
	}
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	fictional := slices.ContainsFunc(r.overviews, func(o assessment.Overview) bool { return r.cities[o.Cycle.City].Fictional })
	for _, c := range r.mine {
		fictional = fictional || c.Fictional
		v.Cities = append(v.Cities, q.deskCity(c, standings[c.ID]))
	}
	if v.MayAdd {
		v.Links = append(v.Links, link{Text: q.t("desk.city_add"), URL: q.path("desk", "cities", "new")}, link{Text: q.t("desk.organisations"), URL: q.path("desk", "organisations")})
	}
	if account.Can(q.actor, account.Import, node) {
		v.Links = append(v.Links, link{Text: q.t("many.title"), URL: q.path("desk", "statistics")})
	}
	if account.Can(q.actor, account.Operate, node) {
		v.Links = append(v.Links, link{Text: q.t("desk.people"), URL: q.path("desk", "people")})
	}
	own, err := s.operatorLinks(q)
	if err != nil {
		return answer{}, err
	}
	v.Links = append(v.Links, own...)
	trails, err := s.trailLinks(q)
	if err != nil {
		return answer{}, err
	}
	v.Links = append(append(v.Links, trails...), link{Text: q.t("token.title"), URL: q.path("desk", "tokens")})
	return q.page(q.t("desk.title"), []string{"desk"}, view{Section: "desk", Style: "desk.css", Body: deskPage(q.locale, v), Fictional: fictional}), nil
}

func (s *Server) readDesk(q *request) (r deskRead, err error) {
	r.cities = map[string]city.City{}
	err = s.rooms.View(q.Context(), func(tx database.Tx) error { return s.readDeskIn(q.Context(), tx, q.actor, &r) })
	return r, err
}

func (s *Server) readDeskIn(ctx context.Context, tx database.Tx, actor account.Actor, r *deskRead) error {
	cities, err := s.rooms.City.List(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range cities {
		r.cities[c.ID] = c
		if account.Can(actor, account.View, cityResource(c.ID)) {
			r.mine = append(r.mine, c)
		}
	}
	if r.tasks, err = s.rooms.Assessment.TasksOf(ctx, tx, actor.Person); err != nil {
		return err
	}
	r.overviews, err = s.rooms.Assessment.Overviews(ctx, tx, func(c assessment.Cycle, o city.Organisation) bool {
		return account.Can(actor, account.View, assessment.Resource(c.City, o, false))
	})
	r.tasks = slices.DeleteFunc(r.tasks, func(t assessment.Task) bool { // of an organisation in which they have no role any more
		return !slices.ContainsFunc(r.overviews, func(o assessment.Overview) bool {
			return o.Cycle.City == t.City && o.Cycle.Period == t.Period && o.Organisation.ID == t.Organisation
		})
	})
	if err != nil || !slices.ContainsFunc(r.tasks, func(t assessment.Task) bool { return t.Person != actor.Person }) {
		return err
	}
	r.names, err = s.rooms.Account.Names(ctx, tx)
	return err
}

// cityResource is a city as account.Can knows it.
func cityResource(id string) account.Resource { return account.Resource{Kind: "city", City: id} }

// namedCity is the city that the address names.
func namedCity(q *request) account.Resource { return cityResource(q.PathValue("city")) }

// wholeNode is for what belongs to no city.
func wholeNode(*request) account.Resource { return account.Resource{Kind: "node"} }

func (q *request) deskCity(c city.City, stands publication.Standing) deskCity {
	row := deskCity{Name: c.Name, Says: q.t("city.nothing"), Next: q.t("desk.next_import")}
	if stands.Published {
		row.Says, row.Next = q.t("desk.figures", "Count", stands.Figures)+".", ""
	}
	if stands.Held > 0 {
		row.Says += " " + q.t("desk.held", "Count", stands.Held) + "."
	}
	about := cityResource(c.ID)
	if account.Can(q.actor, account.Conduct, about) {
		row.Links = append(row.Links, link{Text: q.t("cycle.link"), URL: q.path("desk", "cities", c.ID, "cycles")})
		if !stands.Published {
			row.Links = append(row.Links, link{Text: q.t("first.title"), URL: q.path("desk", "cities", c.ID, "first-year")})
		}
	}
	if account.Can(q.actor, account.Import, about) {
		row.Links = append(row.Links, link{Text: q.t("desk.statistics"), URL: q.path("desk", "cities", c.ID, "statistics")})
	} else {
		row.Next = ""
	}
	if account.Can(q.actor, account.Edit, about) {
		row.Links = append(row.Links, link{Text: q.t("own.link"), URL: q.path("desk", "cities", c.ID, "indicators")}, link{Text: q.t("desk.settings"), URL: q.path("desk", "cities", c.ID)})
	}
	if account.Can(q.actor, account.Audit, about) {
		row.Links = append(row.Links, link{Text: q.t("trail.link"), URL: q.path("desk", "cities", c.ID, "trail")})
	}
	row.Links = append(row.Links, link{Text: q.t("desk.public_page"), URL: q.path("cities", c.ID)})
	return row
}

// deskCrumbs lead from the desk to one of its pages; a guest's desk is the list of their questions.
func (q *request) deskCrumbs(way ...link) []link {
	if q.actor.Guest {
		return q.crumbs(append([]link{{Text: q.t("guest.title"), URL: q.path("guest")}}, way[len(way)-1:]...)...)
	}
	return q.crumbs(append([]link{{Text: q.t("nav.desk"), URL: q.path("desk")}}, way...)...)
}

// moment writes a day with its time, in UTC: the server does not know where the reader is.
func (q *request) moment(at time.Time) string {
	at = at.UTC()
	return q.t("date.moment", "Date", q.locale.Date(at), "Time", at.Format("15:04"))
}
