package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// guestRoutes are the pages of somebody who answers by a link. The questions themselves are at the desk, where account.Can lets a guest open
// those that are assigned to them.
func (s *Server) guestRoutes() []route {
	return []route{
		{"GET", "/{lang}/guest", guests, s.guest},
		{"POST", "/{lang}/guest", guests, s.guestHandIn},
		{"GET", "/{lang}/guest/lost", anybody, s.guestLost},
		{"GET", "/{lang}/guest/{token}", anybody.limited(signingIn), s.guestCome},
		{"POST", "/{lang}/guest/{token}", anybody.limited(signingIn), s.guestOpen},
	}
}

// guestRead is what a guest's list is made from.
type guestRead struct {
	guest        account.Guest
	host         string // who invited them
	tasks        []assessment.Task
	city         string
	organisation string
	period       string
	fictional    bool
}

func (s *Server) readGuest(ctx context.Context, tx database.Tx, g account.Guest) (r guestRead, err error) {
	r.guest = g
	if r.tasks, err = s.rooms.Assessment.AssignedTo(ctx, tx, g.ID); err != nil {
		return r, err
	}
	names, err := s.rooms.Account.Names(ctx, tx)
	if err != nil {
		return r, err
	}
	r.host = names[g.By]
	if len(r.tasks) == 0 {
		return r, nil
	}
	first := r.tasks[0]
	c, err := s.rooms.City.Get(ctx, tx, first.City)
	if err != nil {
		return r, err
	}
	o, err := s.rooms.Assessment.Answering(ctx, tx, first.City, first.Organisation)
	r.city, r.organisation, r.period, r.fictional = c.Name, o.Name, first.Period, c.Fictional
	return r, err
}

// guestView is the list of a guest's questions.
type guestView struct {
	Lead, Deadline, Says, Ask, Until string
	Late                             bool
	Answered, Asked                  int
	Problems                         []link
	Saved                            string
	Done                             bool // everything is handed in
	HandIn                           int  // how many are written and not handed in
	Tasks                            []taskRow
}

// guest answers: which questions are mine, and until when?
func (s *Server) guest(q *request) (answer, error) { return s.guestPage(q, nil) }

func (s *Server) guestPage(q *request, wrong error) (answer, error) {
	var r guestRead
	err := s.rooms.View(q.Context(), func(tx database.Tx) error {
		g, err := s.rooms.Account.GuestNamed(q.Context(), tx, q.actor.Person)
		if err == nil {
			r, err = s.readGuest(q.Context(), tx, g)
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := s.guestView(q, r)
	if wrong != nil {
		problems, ok := q.problems(wrong, nil)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = problems
	}
	return q.page(q.t("guest.title"), []string{"guest"}, view{Section: "desk", Style: "desk.css", Fictional: r.fictional, Body: guestPage(q.locale, v)}), nil
}

func (s *Server) guestView(q *request, r guestRead) guestView {
	now := s.clock.Now()
	v := guestView{Asked: len(r.tasks), Until: q.t("guest.until", "Date", q.locale.Date(r.guest.Ends)), Ask: q.askHost(r.host)}
	if len(r.tasks) > 0 {
		v.Lead = q.t("guest.lead", "Count", len(r.tasks), "Organisation", r.organisation, "City", r.city, "Period", r.period)
	}
	var due int64 // the last day of what is open, the earliest of them
	for _, t := range r.tasks {
		row := taskRow{ID: t.Requirement, Title: q.requirementTitle(t.Requirement), URL: q.path("desk", "cities", t.City, "cycles", t.Period, t.Organisation, t.Requirement),
			State: q.answerState(t.State), Returned: t.State == assessment.AnswerReturned}
		switch {
		case t.State.Judges():
			v.Answered++
		case t.State == assessment.AnswerDraft:
			v.HandIn++
			row.State = q.t("guest.not_handed_in")
		}
		if row.Returned {
			row.Note = t.Note
		}
		if !t.State.Judges() && t.Due != 0 && (due == 0 || t.Due < due) {
			due = t.Due
		}
		v.Tasks = append(v.Tasks, row)
	}
	v.Says = q.t("desk.progress", "Answered", v.Answered, "Asked", v.Asked)
	v.Done = v.Asked > 0 && v.Answered == v.Asked
	if due != 0 {
		key := "guest.by"
		if v.Late = assessment.Over(due, now); v.Late {
			key = "guest.was_by"
		}
		v.Deadline = q.t(key, "Date", q.day(due))
	}
	if q.URL.Query().Has("given") {
		v.Saved = q.t("guest.given")
	}
	return v
}

// askHost tells whom to ask.
func (q *request) askHost(host string) string {
	if host == "" {
		return q.t("guest.ask_sender")
	}
	return q.t("guest.ask", "Name", host)
}

// guestHandIn hands in everything that the guest has written, and says of the rest what it lacks. An answer that was sent back is handed in on its
// own page, so that nobody hands in the same again by a press.
func (s *Server) guestHandIn(q *request) (answer, error) {
	var writings []assessment.Writing
	err := s.rooms.View(q.Context(), func(tx database.Tx) error {
		tasks, err := s.rooms.Assessment.AssignedTo(q.Context(), tx, q.actor.Person)
		for _, t := range tasks {
			if t.State != assessment.AnswerDraft {
				continue
			}
			e, err := s.rooms.Assessment.Entry(q.Context(), tx, t.Key)
			if err != nil {
				return err
			}
			writings = append(writings, assessment.Writing{City: t.City, Period: t.Period, Answer: e.Answer, On: e.Version})
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	var wrong []error
	for _, w := range writings {
		_, err := s.rooms.Assessment.HandIn(q.Context(), q.actor, w)
		var f *fault.Error
		if errors.As(err, &f) {
			said := *f
			err = said.At(fault.Place{Item: w.Requirement})
		}
		wrong = append(wrong, err)
	}
	if err := errors.Join(wrong...); err != nil {
		return s.guestPage(q, err)
	}
	return see(q.path("guest") + "?given="), nil
}

// guestComeView is what a link shows before anything begins.
type guestComeView struct {
	Heading, Action string
	Says            []string
	Open            bool // there is something to open
	Instead         string
}

// guestCome shows what the link is for. Nothing begins without a press of the button: programs that look at mails open links too.
func (s *Server) guestCome(q *request) (answer, error) {
	g, err := s.rooms.Account.Guest(q.Context(), q.PathValue("token"))
	if fault.KindOf(err) == fault.Forbidden {
		return s.guestGone(q, g)
	}
	if err != nil {
		return answer{}, err
	}
	var r guestRead
	err = s.rooms.View(q.Context(), func(tx database.Tx) error {
		r, err = s.readGuest(q.Context(), tx, g)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := guestComeView{Heading: q.t("guest.hello", "Name", g.Name), Action: q.path("guest", q.PathValue("token")), Open: true}
	if len(r.tasks) > 0 {
		v.Says = append(v.Says, q.t("guest.lead", "Count", len(r.tasks), "Organisation", r.organisation, "City", r.city, "Period", r.period))
		if due := firstDay(r.tasks); due != 0 {
			v.Says = append(v.Says, q.t("guest.by", "Date", q.day(due)))
		}
	}
	v.Says = append(v.Says, q.t("guest.how"), q.t("guest.kept"))
	switch now, err := s.rooms.Account.Actor(q.Context()); {
	case err != nil:
		return answer{}, err
	case now.SignedIn() && now.Person != g.ID:
		v.Instead = q.t("guest.instead", "Name", now.Name)
	}
	return q.guestComePage(v, r.fictional, 0), nil
}

// firstDay is the earliest last day of tasks; 0 where none has one.
func firstDay(tasks []assessment.Task) int64 {
	var days []int64
	for _, t := range tasks {
		if t.Due != 0 {
			days = append(days, t.Due)
		}
	}
	if len(days) == 0 {
		return 0
	}
	return slices.Min(days)
}

func (q *request) guestComePage(v guestComeView, fictional bool, status int) answer {
	a := q.page(v.Heading, []string{"guest", q.PathValue("token")}, view{Section: "desk", Style: "desk.css", Fictional: fictional, Body: guestComePage(q.locale, v)})
	a.status = status
	return a
}

// guestOpen begins the guest's session.
func (s *Server) guestOpen(q *request) (answer, error) {
	g, err := s.rooms.Account.OpenGuest(q.Context(), q.PathValue("token"))
	if fault.KindOf(err) == fault.Forbidden {
		return s.guestGone(q, g)
	}
	if err != nil {
		return answer{}, err
	}
	return see(q.path("guest")), nil
}

// guestGone says that a link works no more, since when, and whom to ask.
func (s *Server) guestGone(q *request, g account.Guest) (answer, error) {
	host := ""
	err := s.rooms.View(q.Context(), func(tx database.Tx) error {
		names, err := s.rooms.Account.Names(q.Context(), tx)
		host = names[g.By]
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := guestComeView{Heading: q.t("guest.gone")}
	if g.ID != "" && !g.Ended {
		v.Says = append(v.Says, q.t("guest.gone_since", "Date", q.locale.Date(g.Ends.Add(-time.Second))))
	}
	v.Says = append(v.Says, q.t("guest.gone_kept"), q.askHost(host))
	return q.guestComePage(v, false, http.StatusGone), nil
}

// guestLost is for somebody who comes without their link, or has just left.
func (s *Server) guestLost(q *request) (answer, error) {
	v := guestComeView{Heading: q.t("guest.lost"), Says: []string{q.t("guest.lost_open"), q.t("guest.ask_sender")}}
	if q.URL.Query().Has("left") {
		v = guestComeView{Heading: q.t("guest.left"), Says: []string{q.t("guest.left_back")}}
	}
	return q.page(v.Heading, []string{"guest", "lost"}, view{Section: "desk", Style: "desk.css", Body: guestComePage(q.locale, v)}), nil
}
