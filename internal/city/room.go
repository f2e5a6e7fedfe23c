package city

import (
	"context"
	"database/sql"
	"errors"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Room keeps the cities of a node. Its fields are set before it is first used.
type Room struct {
	db *database.DB
	// Clock tells when a change was made; New sets the machine's.
	Clock clock.Clock
	// Changed, if set, is called inside the transaction after a city was added, changed or removed, or its own
	// indicators were changed.
	Changed func(ctx context.Context, tx database.Tx, cityID string) error
	// Holds are asked inside the transaction before a city is removed: each gives a Conflict where its room keeps something of the city.
	Holds []func(ctx context.Context, tx database.Tx, cityID string) error
	// Trail, if set, is called inside the transaction of an act that the trail of privileged acts has to tell; account.Room.Note is.
	Trail func(ctx context.Context, tx database.Tx, by account.Actor, act, subject string, details map[string]string) error
}

// New makes the room on a database.
func New(db *database.DB) *Room { return &Room{db: db, Clock: clock.System{}} }

// One gives a city by its code. Returns NotFound where there is none.
func (r *Room) One(ctx context.Context, id string) (c City, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		c, err = r.Get(ctx, tx, id)
		return err
	})
	return c, err
}

// All gives the cities in the order of their codes.
func (r *Room) All(ctx context.Context) (all []City, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		all, err = r.List(ctx, tx)
		return err
	})
	return all, err
}

// Add keeps a new city. Returns Invalid with the field, or Conflict where the code, or one of the city's external codes, is taken.
func (r *Room) Add(ctx context.Context, by string, c City) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.AddIn(ctx, tx, by, c) })
}

// AddIn is Add inside a transaction of the caller.
func (r *Room) AddIn(ctx context.Context, tx database.Tx, by string, c City) error {
	c, err := Clean(c)
	if err != nil {
		return err
	}
	switch _, err := r.Get(ctx, tx, c.ID); {
	case err == nil:
		return fault.Said(fault.Conflict, "error.city.code_taken", "there is a city with the code {Code} already", "Code", c.ID).At(fault.Place{Field: "code"})
	case fault.KindOf(err) != fault.NotFound:
		return err
	}
	c.Version = 1
	if err := insertGovernment(ctx, tx, c); err != nil {
		return err
	}
	return r.keep(ctx, tx, by, City{}, c)
}

// Update changes a city as a whole. The city handed in has the version that it was read with: where somebody else has changed it since,
// Update returns Conflict and changes nothing. Returns NotFound or Invalid as well.
func (r *Room) Update(ctx context.Context, by string, c City) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.UpdateIn(ctx, tx, by, c) })
}

// UpdateIn is Update inside a transaction of the caller.
func (r *Room) UpdateIn(ctx context.Context, tx database.Tx, by string, c City) error {
	c, err := Clean(c)
	if err != nil {
		return err
	}
	before, err := r.Get(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	if before.Version != c.Version {
		return changedSince(c.ID)
	}
	if len(differences(before.fields(), c.fields())) == 0 {
		return nil
	}
	c.Version++
	if err := updateGovernment(ctx, tx, c); err != nil {
		return err
	}
	return r.keep(ctx, tx, by, before, c)
}

// keep writes the parts of a city that have tables of their own, and the history.
func (r *Room) keep(ctx context.Context, tx database.Tx, by string, before, after City) error {
	if err := replacePlaces(ctx, tx, after); err != nil {
		return err
	}
	if err := replaceCompetences(ctx, tx, after); err != nil {
		return err
	}
	if err := r.note(ctx, tx, by, after.ID, "city", after.ID, differences(before.fields(), after.fields())); err != nil {
		return err
	}
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx, after.ID)
}

// notFound gives missing where the database has no row.
func notFound(err error, missing *fault.Error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return missing
	}
	return err
}

func noCity(id string) *fault.Error {
	return fault.Said(fault.NotFound, "error.city.none", `there is no city with the code "{Code}"`, "Code", id)
}

func changedSince(code string) error {
	return fault.Said(fault.Conflict, "error.changed_since", "somebody else has changed {Code} since you opened it; look at the new version first", "Code", code)
}
