package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/assessment"
)

// conflictView shows two texts beside each other, of which one can be the answer.
type conflictView struct {
	Title, Lead  string
	Theirs, Mine givenView
	Says         string // who wrote theirs, and when
	Writable     bool
	Action       string
	Keep, Edit   []sentField // the fields of mine on the version of theirs, and of both texts together
	Back         string
}

// sentField is a field that a button sends.
type sentField struct{ Name, Value string }

// hiddenFields are fields in a fixed order.
func hiddenFields(v url.Values) (all []sentField) {
	for name, values := range v {
		for _, value := range values {
			all = append(all, sentField{name, value})
		}
	}
	slices.SortFunc(all, func(a, b sentField) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// questionConflict shows what somebody else has made of the answer meanwhile, beside what the reader has written.
func (s *Server) questionConflict(q *request, r questionRead, t typedAnswer, clash *assessment.Clash) answer {
	theirs := clash.Theirs
	names := r.names
	mine, both := t, t
	mine.Version = strconv.FormatInt(theirs.Version, 10)
	both.Version = mine.Version
	if both.Reasons = strings.TrimSpace(theirs.Reasons + "\n\n" + t.Reasons); theirs.Reasons == t.Reasons {
		both.Reasons = t.Reasons
	}
	if both.Grade == "" {
		both.Grade = typedOf(theirs.Answer, q, r).Grade
	}
	v := conflictView{
		Title: q.t("question.conflict"), Lead: q.t("question.conflict_lead", "ID", r.question.Requirement.ID),
		Theirs: q.givenView(theirs.Answer, r.question), Mine: q.givenView(clash.Mine, r.question),
		Says:     q.t("question.written", "Name", q.nameOf(names, theirs.ChangedBy), "Time", q.clockTime(theirs.Changed)),
		Writable: assessment.Writable(r.Cycle.State, theirs.State), Action: r.path(q, r.question.Requirement.ID), Back: r.path(q, r.question.Requirement.ID) + "?theirs=",
		Keep: hiddenFields(mine.values()), Edit: hiddenFields(both.values()),
	}
	a := q.answeringPage(r.answering, v.Title, []string{r.question.Requirement.ID}, view{Body: conflictPage(q.locale, v)})
	a.status = http.StatusConflict
	return a
}
