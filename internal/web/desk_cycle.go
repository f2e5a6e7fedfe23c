package web

import (
	"context"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

func (s *Server) cycleRoutes() []route {
	conduct := can(account.Conduct, namedCity)
	return []route{
		{"GET", "/{lang}/desk/cities/{city}/cycles", conduct, s.cycles},
		{"GET", "/{lang}/desk/cities/{city}/cycles/new", conduct, s.cycleNew},
		{"POST", "/{lang}/desk/cities/{city}/cycles", conduct, s.cycleBegin},
		{"GET", "/{lang}/desk/cities/{city}/cycles/{period}", conduct, s.cycle},
		{"POST", "/{lang}/desk/cities/{city}/cycles/{period}/step", conduct, s.cycleStep},
		{"POST", "/{lang}/desk/cities/{city}/cycles/{period}/prepare", conduct, s.cyclePrepare},
		{"GET", "/{lang}/desk/cities/{city}/cycles/{period}/remove", conduct, s.cycleRemoveAsk},
		{"POST", "/{lang}/desk/cities/{city}/cycles/{period}/remove", conduct, s.cycleRemove},
		{"GET", "/{lang}/desk/cities/{city}/first-year", conduct, s.firstYear},
	}
}

type cyclesView struct {
	Title, Saved   string
	Rows           []cycleLine
	New, FirstYear string // addresses
}

type cycleLine struct{ Period, URL, State, Says string }

// cycles lists the assessments of a city.
func (s *Server) cycles(q *request) (answer, error) {
	id := q.PathValue("city")
	v := cyclesView{New: q.cyclePath("new"), FirstYear: q.path("desk", "cities", id, "first-year")}
	var c city.City
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, id); err != nil {
			return err
		}
		all, err := s.rooms.Assessment.Cycles(q.Context(), tx, id)
		for _, one := range all {
			progress, err := s.rooms.Assessment.Progress(q.Context(), tx, one)
			if err != nil {
				return err
			}
			v.Rows = append(v.Rows, cycleLine{Period: one.Period, URL: q.cyclePath(one.Period), State: q.t("cycle.state." + string(one.State)), Says: q.cycleSays(one, progress)})
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v.Title = q.t("cycle.list", "City", c.Name)
	if q.FormValue("removed") != "" {
		v.Saved = q.t("cycle.removed")
	}
	return q.page(v.Title, []string{"desk", "cities", id, "cycles"}, view{
		Section: "desk", Forms: true, Body: cyclesPage(q.locale, v), Fictional: c.Fictional, Crumbs: q.deskCrumbs(link{Text: v.Title}),
	}), nil
}

// cyclePath is an address below the assessments of the city that the request names.
func (q *request) cyclePath(parts ...string) string {
	return q.path(append([]string{"desk", "cities", q.PathValue("city"), "cycles"}, parts...)...)
}

// cycleSays says in a line by what a cycle is answered, until when, and from how many something has come.
func (q *request) cycleSays(c assessment.Cycle, progress map[string]assessment.Progress) string {
	facts := []string{q.t("profile." + c.Profile), q.locale.Code(c.Standard)}
	if c.AnswerBy > 0 && c.State == assessment.Open {
		facts = append(facts, q.t("cycle.until", "Day", q.day(c.AnswerBy)))
	}
	handed := 0 // organisations from which something has come; who writes a draft is not told
	for _, p := range progress {
		if p.Answered+p.Returned > 0 {
			handed++
		}
	}
	if handed > 0 {
		facts = append(facts, q.t("cycle.begun", "Count", handed))
	}
	return dotted(facts)
}

type cycleView struct {
	Title, Says, About, Saved string
	Problems                  []link
	Track                     []cycleMark
	Next                      *cycleNext // nil: nothing comes after it
	Organisations             []cycleOrganisation
	Prepare                   []field
	PrepareURL, Remove        string
	Trace                     []cycleTrace
	Public                    string // address of the public page
	Library                   string // address of all evidence
}

type cycleMark struct {
	Name      string
	Done, Now bool
}

type cycleNext struct {
	Title, About, Button, To, Action string
	Unmet                            []text
	Unanswered                       []link   // that stay without an answer by the city, if a note says why
	IDs                              []string // of these
	MayNot                           string   // why the reader may not do it
	Ready                            bool
	Note                             field
}

type cycleOrganisation struct{ Name, Party, Says, URL, Assign string }

type cycleTrace struct{ Says, Note string }

// cycle answers: where does this assessment stand, and what comes next?
func (s *Server) cycle(q *request) (answer, error) { return s.cyclePage(q, nil, 0) }

func (s *Server) cyclePage(q *request, wrong error, status int) (answer, error) {
	var c city.City
	var one assessment.Cycle
	var v cycleView
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, q.PathValue("city")); err != nil {
			return err
		}
		if one, err = s.rooms.Assessment.Cycle(q.Context(), tx, c.ID, q.PathValue("period")); err != nil {
			return err
		}
		next, err := s.rooms.Assessment.Next(q.Context(), tx, one)
		if err != nil {
			return err
		}
		v.Next = q.cycleNext(one, next)
		if v.Organisations, err = s.cycleOrganisations(q, tx, one); err != nil {
			return err
		}
		v.Trace, err = s.cycleTrace(q.Context(), q, tx, one)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v.Title, v.Says = q.t("cycle.title", "City", c.Name, "Period", one.Period), q.cycleSays(one, nil)
	v.About = q.t("cycle.state." + string(one.State) + ".about")
	for i, state := range assessment.States {
		at := slices.Index(assessment.States, one.State)
		v.Track = append(v.Track, cycleMark{Name: q.t("cycle.state." + string(state)), Done: i < at, Now: i == at})
	}
	v.Library = q.cyclePath(one.Period, "evidence")
	if one.State.Public() {
		v.Public = q.path("cities", c.ID, one.Period)
	}
	if slices.Index(assessment.States, one.State) < slices.Index(assessment.States, assessment.Validated) {
		v.Prepare, v.PrepareURL = q.prepareFields(one), q.cyclePath(one.Period, "prepare")
	}
	if one.State == assessment.Draft {
		v.Remove = q.cyclePath(one.Period, "remove")
	}
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	if wrong != nil {
		all := v.Prepare
		if v.Next != nil {
			all = append(all, v.Next.Note)
		}
		summary, ok := q.problems(wrong, all)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(v.Title, []string{"desk", "cities", c.ID, "cycles", one.Period}, view{
		Section: "desk", Forms: true, Body: cyclePage(q.locale, v), Fictional: c.Fictional,
		Crumbs: q.deskCrumbs(link{Text: q.t("cycle.list", "City", c.Name), URL: q.cyclePath()}, link{Text: one.Period}),
	})
	a.status = status
	return a, nil
}

// cycleNext says what comes after the state of a cycle, and what is in the way.
func (q *request) cycleNext(c assessment.Cycle, next assessment.Next) *cycleNext {
	if next.To == "" {
		return nil
	}
	to := string(next.To)
	v := &cycleNext{
		Title: q.t("cycle.next." + to), About: q.t("cycle.next." + to + ".about"), Button: q.t("cycle.next." + to), To: to,
		Action: q.cyclePath(c.Period, "step"), IDs: next.Unanswered, Ready: true,
		Note: field{Name: "note", Label: q.t("cycle.note"), Hint: q.t("cycle.note_hint"), Kind: "textarea", Optional: len(next.Unanswered) == 0, Value: q.PostFormValue("note")},
	}
	for _, unmet := range next.Unmet {
		v.Unmet = append(v.Unmet, q.explain(unmet))
		v.Ready = v.Ready && unmet.Key == "error.cycle.unanswered"
	}
	for _, id := range next.Unanswered {
		v.Unanswered = append(v.Unanswered, link{Text: id + " " + q.requirementTitle(id).S})
	}
	if next.To == assessment.Published && !account.Can(q.actor, account.Publish, namedCity(q)) {
		v.MayNot, v.Ready = q.t("cycle.may_not_publish"), false
	}
	return v
}

// cycleOrganisations says of each organisation that can answer how far it has come. Of an independent one only what it has handed in is told.
func (s *Server) cycleOrganisations(q *request, tx database.Tx, c assessment.Cycle) (rows []cycleOrganisation, err error) {
	organisations, err := s.rooms.City.Organisations(q.Context(), tx, c.City)
	if err != nil {
		return nil, err
	}
	progress, err := s.rooms.Assessment.Progress(q.Context(), tx, c)
	if err != nil {
		return nil, err
	}
	asked, err := s.rooms.Assessment.Requirements(c)
	if err != nil {
		return nil, err
	}
	for _, o := range organisations {
		if o.Kind.Party() == "" {
			continue
		}
		p := progress[o.ID]
		row := cycleOrganisation{Name: o.Name, Party: q.t("party." + o.Kind.Party()), Says: q.t("cycle.answered", "Done", p.Answered, "All", len(asked))}
		if p.Returned > 0 {
			row.Says += q.t("list.comma") + q.t("cycle.returned", "Count", p.Returned)
		}
		if account.Can(q.actor, account.View, assessment.Resource(c.City, o, true)) && p.Drafts > 0 {
			row.Says += q.t("list.comma") + q.t("cycle.drafts", "Count", p.Drafts)
		}
		if account.Can(q.actor, account.View, assessment.Resource(c.City, o, false)) {
			row.URL = q.cyclePath(c.Period, o.ID)
		}
		if account.Assigns(q.actor, assessment.Resource(c.City, o, true)) && (c.State == assessment.Draft || c.State == assessment.Open) {
			row.Assign = q.cyclePath(c.Period, o.ID, "assign")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// cycleTrace says who brought the cycle where, and when, the newest step first.
func (s *Server) cycleTrace(ctx context.Context, q *request, tx database.Tx, c assessment.Cycle) (lines []cycleTrace, err error) {
	steps, err := s.rooms.Assessment.Steps(ctx, tx, c.City, c.Period)
	if err != nil {
		return nil, err
	}
	names, err := s.rooms.Account.Names(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, step := range slices.Backward(steps) {
		by := names[step.By]
		if by == "" {
			by = q.t("cycle.by_command")
		}
		line := cycleTrace{Says: q.t("cycle.trace", "State", q.t("cycle.state."+string(step.To)), "Moment", q.moment(time.UnixMilli(step.At)), "Who", by), Note: step.Note}
		if len(step.Unanswered) > 0 {
			line.Says += " " + q.t("cycle.trace_unanswered", "List", q.list(step.Unanswered))
		}
		lines = append(lines, line)
	}
	return lines, nil
}
