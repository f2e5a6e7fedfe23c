package assessment

import (
	"cmp"
	"context"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// grace is how long the link of a contact works after the last day, for what comes late or comes back.
const grace = 7 * dayLength

// Contact is somebody without an account who answers certain questions of an organisation in a cycle, by a link.
type Contact struct {
	account.Guest
	City, Period, Organisation string
}

// Inviting is whom somebody wants to ask by a link, and what. Its Person is empty: they are new.
type Inviting struct {
	Assigning
	Name, Email, Language string
}

// Invite keeps a new contact, assigns the requirements to them, and gives the token of their link, which is not kept. The link ends a week after the
// last day. Returns what Assign returns, Invalid with the field where the name, the address or the day cannot be, and Forbidden (see account.Assigns).
func (r *Room) Invite(ctx context.Context, by account.Actor, i Inviting) (to Contact, token, handout string, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		c, err := r.checkAsked(ctx, tx, i.Assigning)
		if err != nil {
			return err
		}
		o, err := r.Answering(ctx, tx, i.City, i.Organisation)
		if err != nil {
			return err
		}
		ends, err := r.linkEnds(c, i.Due)
		if err != nil {
			return err
		}
		to = Contact{City: i.City, Period: i.Period, Organisation: i.Organisation}
		to.Guest, token, err = r.Accounts.InviteGuest(ctx, tx, by, Resource(i.City, o, true), account.Guest{
			Name: i.Name, Email: i.Email, Language: i.Language, Scope: contactsOf(c, i.Organisation), Ends: ends})
		if err != nil {
			return err
		}
		i.Person, i.Alternate = to.ID, ""
		if handout, err = r.handOut(ctx, tx, by, i.Assigning); err != nil {
			return err
		}
		return r.invited(ctx, tx, by, to, token)
	})
	return to, token, handout, err
}

// Renew gives a contact a new link in place of the one that they have or lost. It works for a week after their last day, and for a week from now
// where that is later. Returns NotFound or Forbidden.
func (r *Room) Renew(ctx context.Context, by account.Actor, cityID, period, organisation, id string) (to Contact, token string, err error) {
	err = r.db.Write(ctx, func(tx database.Tx) error {
		c, about, err := r.host(ctx, tx, cityID, period, organisation)
		if err != nil {
			return err
		}
		ends := r.Clock.Now().Add(grace)
		assigned, err := r.Assignments(ctx, tx, cityID, period, organisation)
		if err != nil {
			return err
		}
		for _, a := range assigned {
			if day := cmp.Or(a.Due, c.AnswerBy); a.Person == id && day != 0 && endOf(day).After(ends) {
				ends = endOf(day)
			}
		}
		to = Contact{City: cityID, Period: period, Organisation: organisation}
		if to.Guest, token, err = r.Accounts.RenewGuest(ctx, tx, by, about, contactsOf(c, organisation), id, ends); err != nil {
			return err
		}
		return r.invited(ctx, tx, by, to, token)
	})
	return to, token, err
}

// EndContact ends a contact's link at once. What they wrote stays, and what is assigned to them too. Returns NotFound or Forbidden.
func (r *Room) EndContact(ctx context.Context, by account.Actor, cityID, period, organisation, id string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		c, about, err := r.host(ctx, tx, cityID, period, organisation)
		if err != nil {
			return err
		}
		return r.Accounts.EndGuest(ctx, tx, by, about, contactsOf(c, organisation), id)
	})
}

// Contacts gives those who answer for an organisation in a cycle by a link, by name.
func (r *Room) Contacts(ctx context.Context, tx database.Tx, c Cycle, organisation string) ([]account.Guest, error) {
	return r.guests(ctx, tx, c, organisation)
}

// Asked gives the questions that are assigned to somebody who answers by a link, as account.Room.Asked wants them.
func (r *Room) Asked(ctx context.Context, tx database.Tx, guest string) ([]account.Scope, error) {
	tasks, err := r.AssignedTo(ctx, tx, guest)
	scopes := make([]account.Scope, len(tasks))
	for i, t := range tasks {
		scopes[i] = account.InQuestion(t.City, t.Period, t.Organisation, t.Requirement)
	}
	return scopes, err
}

// AssignedTo gives everything that is assigned to a person as the one who answers, in whatever state it is, in the order of the standard.
func (r *Room) AssignedTo(ctx context.Context, tx database.Tx, person string) ([]Task, error) {
	rows, err := tx.Query(ctx, `SELECT s.city_id, s.period, s.requirement, s.organisation_id, coalesce(s.due_at, c.answer_by, 0), coalesce(a.state, ''), coalesce(a.note, '')
		FROM assessment_assignment s
		JOIN assessment_cycle c ON c.city_id = s.city_id AND c.period = s.period
		LEFT JOIN assessment_answer a ON a.city_id = s.city_id AND a.period = s.period AND a.requirement = s.requirement AND a.organisation_id = s.organisation_id
		WHERE s.person_id = $1`, person)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []Task
	for rows.Next() {
		t := Task{Person: person}
		if err := rows.Scan(&t.City, &t.Period, &t.Requirement, &t.Organisation, &t.Due, &t.State, &t.Note); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	ByDeadline(all)
	return all, rows.Err()
}

// host gives a cycle and what account.Assigns is asked about.
func (r *Room) host(ctx context.Context, tx database.Tx, cityID, period, organisation string) (c Cycle, about account.Resource, err error) {
	if c, err = r.Cycle(ctx, tx, cityID, period); err != nil {
		return c, about, err
	}
	var o city.Organisation
	o, err = r.Answering(ctx, tx, cityID, organisation)
	return c, Resource(cityID, o, true), err
}

func (r *Room) invited(ctx context.Context, tx database.Tx, by account.Actor, to Contact, token string) error {
	if r.Invited == nil || to.Email == "" {
		return nil
	}
	return r.Invited(ctx, tx, by, to, token)
}

// guests gives the contacts of an organisation in a cycle; none where the node has no accounts.
func (r *Room) guests(ctx context.Context, tx database.Tx, c Cycle, organisation string) ([]account.Guest, error) {
	if r.Accounts == nil {
		return nil, nil
	}
	return r.Accounts.GuestsOf(ctx, tx, contactsOf(c, organisation))
}

// prolong lets the link of a contact work until a week after what was assigned to them is due.
func (r *Room) prolong(ctx context.Context, tx database.Tx, a Assigning) error {
	if r.Accounts == nil || a.Person == "" || a.Due == 0 {
		return nil
	}
	return r.Accounts.ProlongGuest(ctx, tx, a.Person, endOf(a.Due))
}

// linkEnds gives when the link of a new contact ends. Returns Invalid where no day is named or it has passed.
func (r *Room) linkEnds(c Cycle, due int64) (time.Time, error) {
	day := cmp.Or(due, c.AnswerBy)
	switch {
	case day == 0:
		return time.Time{}, fault.SaidOf("due", "error.guest.no_day", "name the day until which you ask for the answers")
	case Over(day, r.Clock.Now()):
		return time.Time{}, fault.SaidOf("due", "error.guest.past_day", "this day has passed; name a later one")
	}
	return endOf(day), nil
}

// endOf is when a link ends that was asked for until a day.
func endOf(day int64) time.Time { return time.UnixMilli(day).UTC().Add(dayLength + grace) }

// contactsOf is the scope of those who answer for an organisation in a cycle by a link.
func contactsOf(c Cycle, organisation string) account.Scope {
	return account.Scope("answers/" + c.City + "/" + c.Period + "/" + organisation)
}
