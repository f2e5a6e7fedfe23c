package web

import (
	"github.com/cityrights/cityrights/internal/publication"
)

type homeView struct {
	Newest []cityCard
	Places bool
	Setup  bool // nobody has set up the node yet
}

type cityCard struct {
	Name, Country, Population, URL, Says string
	Facts                                string // country and period of the newest result, where there is one
}

// home answers: what is this, and where is my city?
func (s *Server) home(q *request) (answer, error) {
	const shown = 3
	cities, err := s.rooms.Publication.Newest(q.Context(), shown)
	if err != nil {
		return answer{}, err
	}
	var v homeView
	if v.Setup, err = s.rooms.Account.Nobody(q.Context()); err != nil {
		return answer{}, err
	}
	fictional := false
	for _, c := range cities {
		v.Places = v.Places || c.Latitude != nil
		v.Newest = append(v.Newest, q.card(c))
		fictional = fictional || c.Fictional
	}
	return q.page(q.t("home.page"), nil, view{Body: homePage(q.locale, v), Fictional: fictional, Description: q.t("home.lead")}), nil
}

// card is a city in the size of a card, with its result in one sentence.
func (q *request) card(c publication.Entry) cityCard {
	card := cityCard{Name: c.Name, Country: q.country(c.Country), Facts: q.country(c.Country), URL: q.path("cities", c.ID), Says: q.t("city.nothing")}
	if c.Population != nil {
		card.Population = q.t("cities.inhabitants", "Count", int(*c.Population))
	}
	if c.Newest != nil {
		card.Facts = dotted([]string{card.Facts, q.locale.Code(c.Newest.Period.Period)})
		card.Says = q.summary(c.Newest)[0]
		if change := c.Newest.Change; change != nil && !change.None() {
			card.Says = q.compared(*change)
		}
	}
	return card
}
