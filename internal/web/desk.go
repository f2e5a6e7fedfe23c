package web

import (
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/publication"
)

type deskView struct {
	Person         string
	Saved          string
	NoRole, MayAdd bool
	Cities         []deskCity
	Links          []link
}

type deskCity struct {
	Name, Says, Next string
	Links            []link
}

// desk answers: what must I do today?
func (s *Server) desk(q *request) (answer, error) {
	cities, err := s.rooms.City.All(q.Context())
	if err != nil {
		return answer{}, err
	}
	node := account.Resource{Kind: "node"}
	v := deskView{Person: q.actor.Name, MayAdd: account.Can(q.actor, account.Edit, node)}
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	var mine []city.City
	var ids []string
	for _, c := range cities {
		if account.Can(q.actor, account.View, cityResource(c.ID)) {
			mine = append(mine, c)
			ids = append(ids, c.ID)
		}
	}
	standings, err := s.rooms.Publication.Standings(q.Context(), ids)
	if err != nil {
		return answer{}, err
	}
	fictional := false
	for _, c := range mine {
		fictional = fictional || c.Fictional
		v.Cities = append(v.Cities, q.deskCity(c, standings[c.ID]))
	}
	v.NoRole = len(q.actor.Grants) == 0
	if v.MayAdd {
		v.Links = append(v.Links, link{Text: q.t("desk.city_add"), URL: q.path("desk", "cities", "new")}, link{Text: q.t("desk.organisations"), URL: q.path("desk", "organisations")})
	}
	if account.Can(q.actor, account.Operate, node) {
		v.Links = append(v.Links, link{Text: q.t("desk.people"), URL: q.path("desk", "people")})
	}
	own, err := s.operatorLinks(q)
	if err != nil {
		return answer{}, err
	}
	v.Links = append(v.Links, own...)
	return q.page(q.t("desk.title"), []string{"desk"}, view{Section: "desk", Forms: true, Body: deskPage(q.locale, v), Fictional: fictional}), nil
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
		row.Says, row.Next = q.t("desk.figures", "Count", stands.Figures)+".", q.t("desk.next_read")
	}
	if stands.Held > 0 {
		row.Says += " " + q.t("desk.held", "Count", stands.Held) + "."
	}
	row.Links = []link{{Text: q.t("desk.public_page"), URL: q.path("cities", c.ID)}}
	if account.Can(q.actor, account.Conduct, cityResource(c.ID)) {
		row.Links = append(row.Links, link{Text: q.t("cycle.link"), URL: q.path("desk", "cities", c.ID, "cycles")})
	}
	if account.Can(q.actor, account.Import, cityResource(c.ID)) {
		row.Links = append(row.Links, link{Text: q.t("desk.statistics"), URL: q.path("desk", "cities", c.ID, "statistics")})
	}
	if account.Can(q.actor, account.Edit, cityResource(c.ID)) {
		row.Links = append(row.Links, link{Text: q.t("own.link"), URL: q.path("desk", "cities", c.ID, "indicators")}, link{Text: q.t("desk.settings"), URL: q.path("desk", "cities", c.ID)})
	}
	return row
}

// deskCrumbs lead from the desk to one of its pages.
func (q *request) deskCrumbs(way ...link) []link {
	return q.crumbs(append([]link{{Text: q.t("nav.desk"), URL: q.path("desk")}}, way...)...)
}

// moment writes a day with its time, in UTC: the server does not know where the reader is.
func (q *request) moment(at time.Time) string {
	at = at.UTC()
	return q.t("date.moment", "Date", q.locale.Date(at), "Time", at.Format("15:04"))
}
