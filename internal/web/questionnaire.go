package web

import (
	"context"
	"net/http"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// questionnaireRoutes are the pages on which an organisation answers the questions of a cycle.
func (s *Server) questionnaireRoutes() []route {
	const list = "/{lang}/desk/cities/{city}/cycles/{period}/{organisation}"
	const one = list + "/{requirement}"
	return []route{
		{"GET", list, can(account.View, namedAnswers), s.questions},
		{"GET", one, can(account.View, namedAnswers), s.question},
		{"POST", one, can(account.Answer, namedAnswers).withKept(), s.questionSave},
		{"POST", one + "/check", can(account.Validate, namedAnswers), s.questionCheck},
		{"GET", one + "/history", can(account.View, namedAnswers), s.questionHistory},
	}
}

// namedAnswers are the answers of the organisation that the address names. Whether it is the city's own, and whether an answer is a draft, is not
// known before they are read: the pages ask again then.
func namedAnswers(q *request) account.Resource {
	return q.question(account.Resource{Kind: "answer", City: q.PathValue("city"), Organisation: q.PathValue("organisation")})
}

// question is a resource as the one question that the address names, if it does: a guest reaches nothing else.
func (q *request) question(r account.Resource) account.Resource {
	return r.Question(q.PathValue("period"), q.PathValue("requirement"))
}

// answering is what an address below a cycle names: an organisation that answers in it.
type answering struct {
	City         city.City
	Cycle        assessment.Cycle
	Organisation city.Organisation
}

// answering finds what the address names. Returns NotFound where the city, the cycle or the organisation in it is not there, however well
// known they are elsewhere.
func (s *Server) answering(ctx context.Context, tx database.Tx, q *request) (a answering, err error) {
	if a.City, err = s.rooms.City.Get(ctx, tx, q.PathValue("city")); err != nil {
		return a, err
	}
	if a.Cycle, err = s.rooms.Assessment.Cycle(ctx, tx, a.City.ID, q.PathValue("period")); err != nil {
		return a, err
	}
	a.Organisation, err = s.rooms.Assessment.Answering(ctx, tx, a.City.ID, q.PathValue("organisation"))
	return a, err
}

// key names the organisation's answer to a requirement.
func (a answering) key(requirement string) assessment.Key {
	return assessment.Key{City: a.City.ID, Period: a.Cycle.Period, Requirement: requirement, Organisation: a.Organisation.ID}
}

// may asks what the reader may do with an answer of the organisation.
func (a answering) may(q *request, verb account.Verb, draft bool) bool {
	return account.Can(q.actor, verb, q.question(assessment.Resource(a.City.ID, a.Organisation, draft)))
}

// nameless tells whether the reader is not told who speaks for the organisation: that of an independent one is its own affair (see account.Can).
func (a answering) nameless(q *request) bool {
	return a.Organisation.Kind != city.Authority && !a.may(q, account.View, true)
}

// need is may for what cannot go on without.
func (a answering) need(q *request, verb account.Verb) error {
	if a.may(q, verb, true) {
		return nil
	}
	return fault.New(fault.Forbidden, "%s may not %s for %s", q.actor.Name, verb, a.Organisation.ID)
}

// path builds an address below the organisation's list of questions; for a guest the list is their own.
func (a answering) path(q *request, parts ...string) string {
	if q.actor.Guest && len(parts) == 0 {
		return q.path("guest")
	}
	return q.path(append([]string{"desk", "cities", a.City.ID, "cycles", a.Cycle.Period, a.Organisation.ID}, parts...)...)
}

// answeringPage makes a page of an organisation's answers.
func (q *request) answeringPage(a answering, title string, parts []string, v view) answer {
	v.Section, v.Fictional, v.Style = "desk", a.City.Fictional, "questionnaire.css"
	return q.page(title, append([]string{"desk", "cities", a.City.ID, "cycles", a.Cycle.Period, a.Organisation.ID}, parts...), v)
}

// see answers a form that was done by sending the reader on.
func see(address string) answer { return answer{redirect: address, status: http.StatusSeeOther} }
