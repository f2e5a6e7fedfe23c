package web

import (
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/standard"
)

// questionsView is the list of all questions that an organisation answers in a cycle.
type questionsView struct {
	Title, Lead, Standing string
	Saved                 string
	Progress              string
	Answered, Asked       int
	Begin                 *link // the first question that waits
	Dimensions            []questionsDimension
	Assign                string // address at which questions are given to people; empty: the reader may not
	Library               string // address of all evidence of the cycle
}

type questionsDimension struct {
	Title     text
	Says      string
	Questions []questionRow
}

type questionRow struct {
	ID, URL     string
	Title       text
	Mark, State string // class of the mark, and the state in words
	Note        string
	Who, Due    string
	Late        bool // overdue
}

// questionsRead is what the list is made from.
type questionsRead struct {
	answering
	entries    map[string]assessment.Entry
	assigned   map[string]assessment.Assignment // none where the reader is not told who speaks for the organisation
	names      map[string]string
	standard   *standard.Standard
	dimensions []standard.Dimension
	seesDrafts bool
	mayAnswer  bool
}

func (s *Server) readQuestions(q *request) (r questionsRead, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		ctx := q.Context()
		if r.answering, err = s.answering(ctx, tx, q); err != nil {
			return err
		}
		if r.standard, r.dimensions, err = s.rooms.Assessment.Dimensions(r.Cycle); err != nil {
			return err
		}
		if r.entries, err = s.rooms.Assessment.Entries(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID); err != nil {
			return err
		}
		if r.nameless(q) {
			return nil
		}
		if r.assigned, err = s.rooms.Assessment.Assignments(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID); err != nil {
			return err
		}
		r.names, err = s.rooms.Account.Names(ctx, tx)
		return err
	})
	r.seesDrafts, r.mayAnswer = r.may(q, account.View, true), r.may(q, account.Answer, true)
	return r, err
}

// questions answers: what is asked of us, what is done, and who does the rest?
func (s *Server) questions(q *request) (answer, error) {
	r, err := s.readQuestions(q)
	if err != nil {
		return answer{}, err
	}
	return s.questionsPage(q, r), nil
}

func (s *Server) questionsPage(q *request, r questionsRead) answer {
	v := questionsView{
		Title: q.t("question.list", "Organisation", r.Organisation.Name), Standing: q.t("question.cycle." + string(r.Cycle.State)),
		Lead: q.t("question.list_lead", "City", r.City.Name, "Period", r.Cycle.Period), Library: q.cyclePath(r.Cycle.Period, "evidence"),
	}
	if r.Cycle.AnswerBy != 0 && r.Cycle.State == assessment.Open {
		v.Standing += " " + q.t("question.answer_by", "Date", q.day(r.Cycle.AnswerBy))
	}
	in := r.standard.In(q.locale.Tag)
	returned := 0
	for d := range r.dimensions {
		dim := questionsDimension{Title: q.own(in.Dimension(&r.dimensions[d]))}
		done := 0
		for i := range r.dimensions[d].Requirements {
			req := &r.dimensions[d].Requirements[i]
			row := s.questionRow(q, r, req.ID)
			row.Title = q.own(in.Requirement(req).Title)
			switch req.ID { // the last question leads here
			case q.URL.Query().Get("given"):
				v.Saved = q.t("question.given", "ID", req.ID)
			case q.URL.Query().Get("done"):
				v.Saved = q.t("question.saved_other", "ID", req.ID)
			}
			state := r.entries[req.ID].State
			if v.Asked++; state.Judges() {
				v.Answered++
				done++
			} else if state == assessment.AnswerReturned {
				returned++
			}
			if v.Begin == nil && r.mayAnswer && assessment.Writable(r.Cycle.State, state) {
				v.Begin = &link{Text: q.t("question.begin", "ID", req.ID), URL: row.URL}
			}
			dim.Questions = append(dim.Questions, row)
		}
		dim.Says = q.t("question.progress", "Answered", done, "Asked", len(dim.Questions))
		v.Dimensions = append(v.Dimensions, dim)
	}
	v.Progress = q.t("question.progress", "Answered", v.Answered, "Asked", v.Asked)
	if returned > 0 {
		v.Progress += q.t("list.comma") + q.t("question.progress_returned", "Returned", returned)
	}
	if account.Assigns(q.actor, assessment.Resource(r.City.ID, r.Organisation, true)) && slices.Contains([]assessment.State{assessment.Draft, assessment.Open, assessment.Review}, r.Cycle.State) {
		v.Assign = r.path(q, "assign")
	}
	return q.answeringPage(r.answering, v.Title, nil, view{Body: questionsPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title})})
}

// questionRow says where one question stands. Who may not read drafts is told of one that it is not handed in.
func (s *Server) questionRow(q *request, r questionsRead, id string) questionRow {
	e, a := r.entries[id], r.assigned[id]
	if !r.seesDrafts {
		e = e.WithoutDraft()
	}
	row := questionRow{ID: id, URL: r.path(q, id), Mark: string(e.State), State: q.answerState(e.State)}
	if e.State == "" {
		row.Mark = "none"
	}
	if e.State == assessment.AnswerReturned {
		row.Note = e.Note
	}
	if a.Person != "" {
		row.Who = r.names[a.Person]
		if a.Alternate != "" {
			row.Who += " (" + r.names[a.Alternate] + ")"
		}
	}
	if a.Due != 0 && assessment.Writable(r.Cycle.State, e.State) { // that of the cycle stands at the head
		row.Due, row.Late = q.day(a.Due), assessment.Over(a.Due, s.clock.Now())
	}
	return row
}

// answerState says the state of an answer.
func (q *request) answerState(state assessment.AnswerState) string {
	if state == "" {
		return q.t("answer.state.none")
	}
	return q.t("answer.state." + string(state))
}
