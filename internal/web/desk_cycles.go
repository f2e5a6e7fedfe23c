package web

import (
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
)

// deskCycle is how far an assessment has come that the reader works on, and what to do next.
type deskCycle struct {
	Title, URL, Stands string
	Parties            []deskParty
	Next               *link
	Waits              []string // what is open, a sentence each
	Library            string   // address of all evidence
}

// deskParty is one organisation in it.
type deskParty struct {
	Name, URL, Says string
	Answered, Asked int
}

// deskCycles puts what is known of organisations together by their assessments.
func (q *request) deskCycles(r deskRead, now time.Time) (all []deskCycle) {
	for rest := r.overviews; len(rest) > 0; {
		c := rest[0].Cycle
		end := slices.IndexFunc(rest, func(o assessment.Overview) bool { return o.Cycle.City != c.City || o.Cycle.Period != c.Period })
		if end < 0 {
			end = len(rest)
		}
		all = append(all, q.deskCycle(r.cities[c.City].Name, rest[:end], now))
		rest = rest[end:]
	}
	return all
}

func (q *request) deskCycle(name string, parties []assessment.Overview, now time.Time) deskCycle {
	c := parties[0].Cycle
	v := deskCycle{Title: q.t("desk.about", "City", name, "Period", c.Period), Stands: q.t("desk.state." + string(c.State)),
		Library: q.path("desk", "cities", c.City, "cycles", c.Period, "evidence")}
	if c.State == assessment.Open && c.AnswerBy != 0 {
		key := "desk.answers_by"
		if assessment.Over(c.AnswerBy, now) {
			key = "desk.answers_were_by"
		}
		v.Stands += " " + q.t(key, "Date", q.day(c.AnswerBy))
	}
	if account.Can(q.actor, account.Conduct, cityResource(c.City)) {
		v.URL = q.path("desk", "cities", c.City, "cycles", c.Period)
	}
	for i := range parties {
		o := q.seen(parties[i])
		p := deskParty{Name: o.Organisation.Name, URL: q.answersPath(o), Answered: o.Answered, Asked: o.Asked, Says: q.reached(o.Progress)}
		if o.Returned > 0 {
			p.Says += q.t("list.comma") + q.t("desk.returned", "Count", o.Returned)
		}
		v.Parties = append(v.Parties, p)
		v.Waits = append(v.Waits, q.waits(o)...)
		if v.Next == nil {
			v.Next = q.nextStep(o)
		}
	}
	if v.Next == nil && v.URL != "" {
		v.Next = &link{Text: q.t("desk.look"), URL: v.URL}
		if goesOn(parties) {
			v.Next.Text = q.t("desk.next." + string(c.State))
		}
	}
	return v
}

// goesOn tells whether an assessment seems ready for its next state: the authority has answered everything, or everything is checked.
func goesOn(parties []assessment.Overview) bool {
	switch parties[0].Cycle.State {
	case assessment.Open:
		return slices.ContainsFunc(parties, func(o assessment.Overview) bool { return o.Organisation.Kind == city.Authority && o.Open() == 0 })
	case assessment.Review:
		return !slices.ContainsFunc(parties, func(o assessment.Overview) bool { return o.Unchecked > 0 || o.Returned > 0 })
	}
	return true
}

// reached says how far an organisation has come.
func (q *request) reached(p assessment.Progress) string {
	return q.t("desk.progress", "Answered", p.Answered, "Asked", p.Asked)
}

// seen leaves out what the reader is not to know: how many drafts somebody else has.
func (q *request) seen(o assessment.Overview) assessment.Overview {
	if !account.Can(q.actor, account.View, assessment.Resource(o.Cycle.City, o.Organisation, true)) {
		o.Drafts = 0
	}
	return o
}

// mayAssign tells whether the reader may say who answers for an organisation.
func (q *request) mayAssign(o assessment.Overview) bool {
	return account.Assigns(q.actor, assessment.Resource(o.Cycle.City, o.Organisation, true))
}

// waits says what is open for those who see to it: questions that nobody has, and organisations from which nothing has come.
func (q *request) waits(o assessment.Overview) (sentences []string) {
	if o.Cycle.State == assessment.Open && account.Can(q.actor, account.Conduct, cityResource(o.Cycle.City)) && !o.Begun() {
		sentences = append(sentences, q.t("desk.not_begun", "Organisation", o.Organisation.Name))
	}
	if n := o.Unassigned; n > 0 && slices.Contains([]assessment.State{assessment.Draft, assessment.Open}, o.Cycle.State) && q.mayAssign(o) {
		sentences = append(sentences, q.t("desk.unassigned", "Count", n, "Organisation", o.Organisation.Name))
	}
	if n := o.Drafts; n > 0 && o.Cycle.State == assessment.Open && account.Can(q.actor, account.Answer, assessment.Resource(o.Cycle.City, o.Organisation, true)) {
		sentences = append(sentences, q.t("desk.drafts", "Count", n, "Organisation", o.Organisation.Name))
	}
	if n := o.Unchecked; n > 0 && q.checks(o) {
		sentences = append(sentences, q.t("desk.unchecked", "Count", n, "Organisation", o.Organisation.Name))
	}
	return sentences
}

// checks tells whether the reader looks at what this organisation has handed in.
func (q *request) checks(o assessment.Overview) bool {
	about := assessment.Resource(o.Cycle.City, o.Organisation, false)
	switch o.Cycle.State {
	case assessment.Open:
		return account.Can(q.actor, account.Validate, about)
	case assessment.Review, assessment.Reply:
		return account.Can(q.actor, account.Validate, about) || account.Can(q.actor, account.Review, about)
	}
	return false
}

// nextStep is what makes sense next with an organisation; nil: nothing does, or it is the cycle's turn.
func (q *request) nextStep(o assessment.Overview) *link {
	name := o.Organisation.Name
	answers := account.Can(q.actor, account.Answer, assessment.Resource(o.Cycle.City, o.Organisation, true))
	switch {
	case o.Unchecked > 0 && q.checks(o):
		return &link{Text: q.t("desk.next_check", "Organisation", name), URL: q.answersPath(o)}
	case o.Cycle.State == assessment.Open && o.Unassigned > 0 && q.mayAssign(o):
		return &link{Text: q.t("desk.next_assign", "Organisation", name), URL: q.answersPath(o) + "/assign?show=unassigned"}
	case answers && (o.Cycle.State == assessment.Open && o.Open() > 0 || o.Cycle.State == assessment.Review && o.Returned > 0):
		return &link{Text: q.t("desk.next_answer", "Organisation", name), URL: q.answersPath(o)}
	}
	return nil
}

// answersPath is the address of the list of an organisation's questions.
func (q *request) answersPath(o assessment.Overview) string {
	return strings.Join([]string{q.path("desk", "cities", o.Cycle.City, "cycles", o.Cycle.Period), o.Organisation.ID}, "/")
}
