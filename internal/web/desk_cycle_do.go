package web

import (
	"net/http"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

type cycleNewView struct {
	Title, Lead, Action string
	Problems            []link
	Fields              []field
	Profiles            []cycleProfile
}

// cycleProfile is a choice of how much is asked.
type cycleProfile struct {
	Value, Name, About, Size string
	Chosen                   bool
}

func (s *Server) cycleNew(q *request) (answer, error) { return s.cycleNewPage(q, nil, 0) }

func (s *Server) cycleNewPage(q *request, wrong error, status int) (answer, error) {
	var c city.City
	var all []assessment.Cycle
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, q.PathValue("city")); err != nil {
			return err
		}
		all, err = s.rooms.Assessment.Cycles(q.Context(), tx, c.ID)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := cycleNewView{Title: q.t("cycle.new"), Lead: q.t("cycle.new_lead", "Standard", q.locale.Code(s.rooms.Standard.Ref())), Action: q.cyclePath()}
	period, chosen, purpose := q.PostFormValue("period"), q.PostFormValue("profile"), q.PostFormValue("purpose")
	if q.Method == http.MethodGet {
		period, chosen, purpose = s.clock.Now().UTC().Format("2006"), "core", string(assessment.Regular)
		if len(all) == 0 || q.FormValue("first") != "" {
			chosen, purpose = "starter", string(assessment.First)
		}
	}
	v.Fields = append([]field{{Name: "period", Label: q.t("cycle.period"), Hint: q.t("cycle.period_hint"), Kind: "text", Short: true, Value: period}},
		q.prepareFields(assessment.Cycle{Purpose: assessment.Purpose(purpose)})...)
	for _, p := range s.rooms.Standard.Profiles {
		size := s.sizes[p.Key]
		v.Profiles = append(v.Profiles, cycleProfile{
			Value: p.Key, Name: q.t("profile." + p.Key), About: q.t("profile." + p.Key + ".about"), Chosen: p.Key == chosen,
			Size: q.t("cycle.size", "Requirements", size.requirements, "Indicators", size.indicators),
		})
	}
	if wrong != nil {
		summary, ok := q.problems(wrong, v.Fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.page(v.Title, []string{"desk", "cities", c.ID, "cycles", "new"}, view{
		Section: "desk", Forms: true, Body: cycleNewPage(q.locale, v), Fictional: c.Fictional,
		Crumbs: q.deskCrumbs(link{Text: q.t("cycle.list", "City", c.Name), URL: q.cyclePath()}, link{Text: v.Title}),
	})
	a.status = status
	return a, nil
}

// prepareFields are what can be changed while a cycle is not closed.
func (q *request) prepareFields(c assessment.Cycle) []field {
	due, purpose := assessment.DayText(c.AnswerBy), string(c.Purpose)
	if q.Method == http.MethodPost && q.PostForm.Has("answer_by") {
		due, purpose = q.PostFormValue("answer_by"), q.PostFormValue("purpose")
	}
	purposes := make([]string, len(assessment.Purposes))
	for i, p := range assessment.Purposes {
		purposes[i] = string(p)
	}
	return []field{
		{Name: "answer_by", Label: q.t("cycle.answer_by"), Hint: q.t("cycle.answer_by_hint"), Kind: "date", Short: true, Optional: true, Value: due},
		{Name: "purpose", Label: q.t("cycle.purpose"), Options: options(purpose, purposes, func(p string) string { return q.t("cycle.purpose." + p) })},
	}
}

// cycleBegin keeps a new assessment as a draft.
func (s *Server) cycleBegin(q *request) (answer, error) {
	due, err := assessment.ParseDay("answer_by", strings.TrimSpace(q.PostFormValue("answer_by")))
	period := strings.TrimSpace(q.PostFormValue("period"))
	if err == nil {
		err = s.rooms.Assessment.Begin(q.Context(), q.actor, assessment.Cycle{
			City: q.PathValue("city"), Period: period, Standard: s.rooms.Standard.Ref(), Profile: q.PostFormValue("profile"),
			AnswerBy: due, Purpose: assessment.Purpose(q.PostFormValue("purpose")),
		})
	}
	if err != nil {
		return s.cycleNewPage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.cyclePath(period) + "?saved=1"}, nil
}

// cycleStep brings an assessment to its next state. What stays unanswered is what the person saw, not what has come in since.
func (s *Server) cycleStep(q *request) (answer, error) {
	to := assessment.State(q.PostFormValue("to"))
	if to == assessment.Published && !account.Can(q.actor, account.Publish, namedCity(q)) {
		return answer{}, fault.Said(fault.Forbidden, "error.cycle.publish", "only who may publish for the city can do this")
	}
	err := s.rooms.Assessment.Step(q.Context(), q.actor, assessment.Move{
		City: q.PathValue("city"), Period: q.PathValue("period"), To: to, Note: q.PostFormValue("note"), Unanswered: q.PostForm["unanswered"],
	})
	if err != nil {
		return s.cyclePage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.cyclePath(q.PathValue("period")) + "?saved=1"}, nil
}

// cyclePrepare changes the day until which answers are asked, and the purpose.
func (s *Server) cyclePrepare(q *request) (answer, error) {
	due, err := assessment.ParseDay("answer_by", strings.TrimSpace(q.PostFormValue("answer_by")))
	if err == nil {
		err = s.rooms.Assessment.Prepare(q.Context(), q.PathValue("city"), q.PathValue("period"), due, assessment.Purpose(q.PostFormValue("purpose")))
	}
	if err != nil {
		return s.cyclePage(q, err, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.cyclePath(q.PathValue("period")) + "?saved=1"}, nil
}

type cycleRemoveView struct{ Title, Lead, Action, Back string }

// cycleRemoveAsk asks before a draft is removed.
func (s *Server) cycleRemoveAsk(q *request) (answer, error) {
	var c city.City
	var one assessment.Cycle
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, q.PathValue("city")); err != nil {
			return err
		}
		one, err = s.rooms.Assessment.Cycle(q.Context(), tx, c.ID, q.PathValue("period"))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := cycleRemoveView{Title: q.t("cycle.remove", "Period", one.Period), Lead: q.t("cycle.remove_lead"), Action: q.cyclePath(one.Period, "remove"), Back: q.cyclePath(one.Period)}
	return q.page(v.Title, []string{"desk", "cities", c.ID, "cycles", one.Period, "remove"}, view{
		Section: "desk", Forms: true, Body: cycleRemovePage(q.locale, v), Fictional: c.Fictional,
		Crumbs: q.deskCrumbs(link{Text: q.t("cycle.list", "City", c.Name), URL: q.cyclePath()}, link{Text: one.Period, URL: v.Back}, link{Text: v.Title}),
	}), nil
}

func (s *Server) cycleRemove(q *request) (answer, error) {
	if err := s.rooms.Assessment.Remove(q.Context(), q.actor, q.PathValue("city"), q.PathValue("period")); err != nil {
		return answer{}, err
	}
	return answer{redirect: q.cyclePath() + "?removed=1"}, nil
}
