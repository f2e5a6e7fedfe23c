package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// assignRoutes are the page on which somebody says who answers what for an organisation. Who may do so is asked once more when it is known
// whether the organisation is the city's own (see account.Assigns).
func (s *Server) assignRoutes() []route {
	const page = "/{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign"
	return []route{
		{"GET", page, can(account.Answer, namedAnswers), s.assign},
		{"POST", page, can(account.Answer, namedAnswers), s.assignDo},
	}
}

// assignRead is what the page is made from.
type assignRead struct {
	answering
	dimensions []assignedDimension
	entries    map[string]assessment.Entry
	assigned   map[string]assessment.Assignment
	people     []account.Person // who can answer for the organisation
	contacts   []account.Guest
	names      map[string]string
	handout    *assessment.Handout // that was just made; nil: none
}

// assignedDimension is a dimension with the requirements that are asked for.
type assignedDimension struct {
	id           string
	requirements []string
}

// readAssign reads the page. Returns NotFound, or Forbidden where the reader may not say who answers for the organisation.
func (s *Server) readAssign(q *request) (r assignRead, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		ctx, room := q.Context(), s.rooms.Assessment
		if r.answering, err = s.answering(ctx, tx, q); err != nil {
			return err
		}
		if !account.Assigns(q.actor, assessment.Resource(r.City.ID, r.Organisation, true)) {
			return fault.Said(fault.Forbidden, "error.guest.may_not", "{Name} may not say who answers for this organisation", "Name", q.actor.Name)
		}
		_, dimensions, err := room.Dimensions(r.Cycle)
		if err != nil {
			return err
		}
		for d := range dimensions {
			one := assignedDimension{id: dimensions[d].ID}
			for i := range dimensions[d].Requirements {
				one.requirements = append(one.requirements, dimensions[d].Requirements[i].ID)
			}
			r.dimensions = append(r.dimensions, one)
		}
		if r.entries, err = room.Entries(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID); err != nil {
			return err
		}
		if r.assigned, err = room.Assignments(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID); err != nil {
			return err
		}
		if r.people, err = room.Answerers(ctx, tx, r.City.ID, r.Organisation.ID); err != nil {
			return err
		}
		if r.contacts, err = room.Contacts(ctx, tx, r.Cycle, r.Organisation.ID); err != nil {
			return err
		}
		if id := q.URL.Query().Get("done"); id != "" {
			done, err := room.Handout(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID, id)
			if err != nil {
				return err
			}
			r.handout = &done
		}
		r.names, err = s.rooms.Account.Names(ctx, tx)
		return err
	})
	return r, err
}

// assign answers: who answers what, and who has nothing to do?
func (s *Server) assign(q *request) (answer, error) {
	r, err := s.readAssign(q)
	if err != nil {
		return answer{}, err
	}
	return s.assignPage(q, r, nil, nil), nil
}

// assignDo does what the button says: assign the marked questions, take them back, make a contact a link, or undo.
func (s *Server) assignDo(q *request) (answer, error) {
	r, err := s.readAssign(q)
	if err != nil {
		return answer{}, err
	}
	ctx, room, at := q.Context(), s.rooms.Assessment, r.path(q, "assign")
	city, period, organisation := r.City.ID, r.Cycle.Period, r.Organisation.ID
	switch do := q.PostFormValue("do"); do {
	case "assign", "take":
		a, err := q.assigning(r)
		if do == "assign" && err == nil && a.Person == "" {
			err = fault.SaidOf("person", "error.assignment.nobody", "choose who answers")
		}
		if do == "take" {
			a.Person, a.Alternate, a.Due = "", "", 0
		}
		id := ""
		if err == nil {
			id, err = room.HandOut(ctx, q.actor, a)
		}
		if err != nil {
			return s.assignRefused(q, r, err)
		}
		return see(at + "?done=" + id), nil
	case "link":
		return s.contactInvite(q, r)
	case "renew":
		to, token, err := room.Renew(ctx, q.actor, city, period, organisation, q.PostFormValue("contact"))
		if err != nil {
			return answer{}, err
		}
		return s.assignPage(q, r, nil, q.contactLink(r, to, token)), nil
	case "end":
		if err := room.EndContact(ctx, q.actor, city, period, organisation, q.PostFormValue("contact")); err != nil {
			return answer{}, err
		}
		return see(at + "?ended="), nil
	case "undo":
		n, err := room.Undo(ctx, q.actor, city, period, organisation, q.PostFormValue("handout"))
		if err != nil {
			return s.assignRefused(q, r, err)
		}
		return see(at + "?undone=" + strconv.Itoa(n)), nil
	}
	return answer{}, fault.SaidOf("do", "error.form", "this form does not know that")
}

// assigning reads the form: single questions and whole dimensions, a person, an alternate and a day. A dimension is all of it that the page shows.
func (q *request) assigning(r assignRead) (assessment.Assigning, error) {
	due, err := assessment.ParseDay("due", q.PostFormValue("due"))
	a := assessment.Assigning{City: r.City.ID, Period: r.Cycle.Period, Organisation: r.Organisation.ID,
		Person: q.PostFormValue("person"), Alternate: q.PostFormValue("alternate"), Due: due}
	for _, d := range r.dimensions {
		whole := slices.Contains(q.PostForm["dimension"], d.id)
		for _, id := range d.requirements {
			if whole && r.shows(q, id) || slices.Contains(q.PostForm["requirement"], id) {
				a.Requirements = append(a.Requirements, id)
			}
		}
	}
	return a, err
}

// shows tells whether the page shows a question: all of them, or those that nobody has and nobody has answered.
func (r assignRead) shows(q *request, id string) bool {
	return q.FormValue("show") != "unassigned" || r.assigned[id].Person == "" && !r.entries[id].State.Judges()
}

func (s *Server) assignRefused(q *request, r assignRead, wrong error) (answer, error) {
	if _, ok := q.problems(wrong, nil); !ok {
		return answer{}, wrong
	}
	return s.assignPage(q, r, wrong, nil), nil
}

// assigned says what an act of assigning has done.
func (q *request) assigned(r assignRead, h assessment.Handout) string {
	switch {
	case h.Undone:
		return q.t("assign.was_undone")
	case h.Person == "":
		return q.t("assign.taken", "Count", len(h.Requirements))
	}
	says := q.t("assign.done", "Count", len(h.Requirements), "Name", r.names[h.Person])
	if day := cmp.Or(h.Due, r.Cycle.AnswerBy); day != 0 {
		says = q.t("assign.done_due", "Count", len(h.Requirements), "Name", r.names[h.Person], "Date", q.day(day))
	}
	return says
}

// load is how many questions somebody has.
type load struct {
	who          string // empty: nobody
	total, still int
}

// loads counts questions by person, those with most that is still open first; what nobody has comes at the end.
func (r assignRead) loads() []load {
	by := map[string]*load{}
	for _, d := range r.dimensions {
		for _, id := range d.requirements {
			who := r.assigned[id].Person
			if by[who] == nil {
				by[who] = &load{who: who}
			}
			by[who].total++
			if !r.entries[id].State.Judges() {
				by[who].still++
			}
		}
	}
	all := make([]load, 0, len(by))
	for _, one := range by {
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b load) int {
		if a.who == "" || b.who == "" {
			return strings.Compare(b.who, a.who)
		}
		return cmp.Or(b.still-a.still, strings.Compare(r.names[a.who], r.names[b.who]))
	})
	return all
}

func (s *Server) contactInvite(q *request, r assignRead) (answer, error) {
	a, err := q.assigning(r)
	if err != nil {
		return s.assignRefused(q, r, err)
	}
	to, token, _, err := s.rooms.Assessment.Invite(q.Context(), q.actor, assessment.Inviting{
		Assigning: a, Name: q.PostFormValue("name"), Email: q.PostFormValue("email"), Language: q.PostFormValue("language"),
	})
	if err != nil {
		return s.assignRefused(q, r, err)
	}
	if r, err = s.readAssign(q); err != nil {
		return answer{}, err
	}
	q.PostForm = nil // what was typed has been taken
	return s.assignPage(q, r, nil, q.contactLink(r, to, token)), nil
}
