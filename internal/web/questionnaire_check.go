package web

import (
	"strconv"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// checkView lets somebody check an answer that was handed in.
type checkView struct {
	Action, Version string
	Note            field
	Accept, Return  bool
	Dispute         bool
}

func (q *request) checkView(r questionRead) *checkView {
	can := func(how assessment.How) bool { return how.Allows(r.Cycle.State, r.entry.State) }
	v := &checkView{
		Action: r.path(q, r.question.Requirement.ID, "check"), Version: strconv.FormatInt(r.entry.Version, 10),
		Note:   field{Name: "note", Label: q.t("question.check_note"), Hint: q.t("question.check_note_hint"), Kind: "textarea", Value: q.PostFormValue("note"), Optional: true},
		Accept: can(assessment.Accepted), Return: can(assessment.Returned), Dispute: can(assessment.Contested),
	}
	if !v.Accept && !v.Return && !v.Dispute {
		return nil
	}
	return v
}

// questionCheck accepts, returns or disputes an answer.
func (s *Server) questionCheck(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	if !r.may(q, account.Validate, false) {
		return answer{}, fault.New(fault.Forbidden, "%s may not validate for %s", q.actor.Name, r.Organisation.ID)
	}
	how, ok := map[string]assessment.How{"accept": assessment.Accepted, "return": assessment.Returned, "dispute": assessment.Contested}[q.PostFormValue("do")]
	on, err := strconv.ParseInt(q.PostFormValue("version"), 10, 64)
	if !ok || err != nil {
		return s.questionUnmoved(q, fault.Said(fault.Conflict, "error.answer.not_now", "this cannot be done with the answer at present"))
	}
	_, err = s.rooms.Assessment.Decide(q.Context(), q.actor, r.key(r.question.Requirement.ID), on, how, q.PostFormValue("note"))
	if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Conflict {
		return s.questionUnmoved(q, err)
	}
	if err != nil {
		return answer{}, err
	}
	return see(r.path(q, r.question.Requirement.ID)), nil
}
