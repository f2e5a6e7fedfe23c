package web

import (
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

type firstYearView struct {
	Title string
	Steps []firstYearStep
}

// firstYearStep is a part of the way of a city that becomes a human rights city.
type firstYearStep struct {
	Title, About, Says string
	Done               bool
	Known              bool // the node can tell whether it is done
	Do                 link
}

// firstYearSteps are the parts in their order.
var firstYearSteps = []string{"promise", "people", "open", "figures", "answer", "publish", "plan"}

// firstYear shows the way from the council's promise to the first plan, and how far the city has come on it.
func (s *Server) firstYear(q *request) (answer, error) {
	id := q.PathValue("city")
	var c city.City
	var first *assessment.Cycle
	var answered, asked int
	var authority *city.Organisation
	var people []account.Person
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, id); err != nil {
			return err
		}
		organisations, err := s.rooms.City.Organisations(q.Context(), tx, id)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(organisations, func(o city.Organisation) bool { return o.Kind == city.Authority }); at >= 0 {
			authority = &organisations[at]
			if people, err = s.rooms.Assessment.Answerers(q.Context(), tx, id, authority.ID); err != nil {
				return err
			}
		}
		all, err := s.rooms.Assessment.Cycles(q.Context(), tx, id)
		if err != nil || len(all) == 0 {
			return err
		}
		first = &all[len(all)-1]
		ids, err := s.rooms.Assessment.Requirements(*first)
		if err != nil {
			return err
		}
		progress, err := s.rooms.Assessment.Progress(q.Context(), tx, *first)
		if asked = len(ids); authority != nil {
			answered = progress[authority.ID].Answered
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	standings, err := s.rooms.Publication.Standings(q.Context(), []string{id})
	if err != nil {
		return answer{}, err
	}
	v := firstYearView{Title: q.t("first.title")}
	add := func(known, done bool, do link, says string) {
		name := firstYearSteps[len(v.Steps)]
		v.Steps = append(v.Steps, firstYearStep{Title: q.t("first." + name), About: q.t("first." + name + ".about"), Says: says, Known: known, Done: done, Do: do})
	}
	add(false, false, link{Text: q.t("first.promise.do"), URL: q.path("help", "council-act")}, "")
	who := link{}
	if account.Can(q.actor, account.Operate, wholeNode(q)) {
		who = link{Text: q.t("desk.people"), URL: q.path("desk", "people")}
	}
	add(true, authority != nil && len(people) > 0, who, q.t("first.people.says", "Count", len(people)))
	open := link{Text: q.t("first.open.do"), URL: q.cyclePath("new") + "?first=1"}
	questions := link{}
	if first != nil {
		open = link{Text: q.t("first.open.see"), URL: q.cyclePath(first.Period)}
		if authority != nil {
			questions = link{Text: q.t("first.answer.do"), URL: q.cyclePath(first.Period, authority.ID)}
		}
	}
	add(true, first != nil, open, "")
	add(true, standings[id].Figures > 0, link{Text: q.t("desk.statistics"), URL: q.path("desk", "cities", id, "statistics")}, q.t("desk.figures", "Count", standings[id].Figures))
	add(true, first != nil && answered == asked, questions, q.t("cycle.answered", "Done", answered, "All", asked))
	add(true, first != nil && first.State.Public(), link{}, "")
	add(false, false, link{Text: q.t("first.plan.do"), URL: q.path("help", "first-year")}, "")
	return q.page(v.Title, []string{"desk", "cities", id, "first-year"}, view{
		Section: "desk", Body: firstYearPage(q.locale, v), Fictional: c.Fictional,
		Crumbs: q.deskCrumbs(link{Text: q.t("cycle.list", "City", c.Name), URL: q.cyclePath()}, link{Text: v.Title}),
	}), nil
}
