package assessment

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

// Figures gives the series of a city; statistics.Room does.
type Figures interface {
	Series(ctx context.Context, tx database.Tx, cityID string) ([]statistics.Series, error)
}

// Room keeps assessments. Its fields are set before it is first used.
type Room struct {
	db        *database.DB
	cities    *city.Room
	figures   Figures
	standards []*standard.Standard
	// Clock tells when something was changed; New sets the machine's.
	Clock clock.Clock
	// Changed, if set, is called inside the transaction after a cycle was started or came to its next state. An answer alone changes nothing
	// that others show: it is recorded while the cycle is open.
	Changed func(ctx context.Context, tx database.Tx, cityID string) error
	// Able gives who may do something with a resource; account.Room.Able does. Nil: nobody can be assigned anything.
	Able func(ctx context.Context, tx database.Tx, verb account.Verb, resource account.Resource) ([]account.Person, error)
	// Trail, if set, is called inside the transaction in which somebody began, moved or removed a cycle, or let the public see evidence or no
	// more; account.Room.Note is.
	Trail func(ctx context.Context, tx database.Tx, by account.Actor, act, subject string, details map[string]string) error
	// Accounts keeps people who answer by a link. Nil: nobody can be invited.
	Accounts *account.Room
	// Invited, if set, is called inside the transaction in which somebody who has an address was invited to answer by a link, or got a new one.
	// It is the only chance to send the link to them: its token is not kept.
	Invited func(ctx context.Context, tx database.Tx, by account.Actor, to Contact, token string) error
	// KeepEvidence is called inside the transaction in which an answer was taken over from an earlier cycle: what is evidence for from becomes
	// evidence for to. New sets the room's own way.
	KeepEvidence func(ctx context.Context, tx database.Tx, by account.Actor, from, to Key) error
}

// noted puts an act about a cycle into the trail.
func (r *Room) noted(ctx context.Context, tx database.Tx, by account.Actor, act, cityID, period string, to State) error {
	if r.Trail == nil {
		return nil
	}
	details := map[string]string{"city": cityID}
	if to != "" {
		details["to"] = string(to)
	}
	return r.Trail(ctx, tx, by, act, period, details)
}

// New makes the room on a database. The last of the standards is the one for cities without a cycle.
func New(db *database.DB, cities *city.Room, figures Figures, standards ...*standard.Standard) *Room {
	r := &Room{db: db, cities: cities, figures: figures, standards: standards, Clock: clock.System{}}
	r.KeepEvidence = r.keepEvidence
	return r
}

// Standard is the one by which cities without a cycle are looked at.
func (r *Room) Standard() *standard.Standard { return r.standards[len(r.standards)-1] }

// Indicators gives what finds an indicator by its id in the standards of the node, the newest first, with a city's own in them; false if none
// has it. The city's are put in once, however many are looked for.
func (r *Room) Indicators(own city.Additions) func(id string) (*standard.Indicator, bool) {
	with := make([]*standard.Standard, len(r.standards))
	for n, s := range r.standards {
		with[n] = own.Under(s)
	}
	return func(id string) (*standard.Indicator, bool) {
		for _, s := range slices.Backward(with) {
			if i, ok := s.Indicator(id); ok {
				return i, true
			}
		}
		return nil, false
	}
}

// find gives a standard by its reference, as hrc-ms@0.2. Returns NotFound.
func (r *Room) find(ref string) (*standard.Standard, error) {
	for _, s := range r.standards {
		if s.Ref() == ref {
			return s, nil
		}
	}
	return nil, fault.Said(fault.NotFound, "error.standard.none", "this node does not have the standard {Standard}", "Standard", ref)
}

func (r *Room) changed(ctx context.Context, tx database.Tx, cityID string) error {
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx, cityID)
}

func notAPeriod(period string) error {
	return fault.SaidOf("period", "error.period", `the period "{Period}" is neither a year like 2026 nor a span like 2025-2026`, "Period", period)
}
