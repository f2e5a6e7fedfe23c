package city

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Remove takes away a city that was added by mistake, as long as nothing hangs on it: no figures, no assessment, no organisation, no
// indicators of its own, nobody's role. Else Remove returns Conflict with the first reason and changes nothing. The history says that it was
// there, and the trail by whom it was removed. Returns NotFound as well.
func (r *Room) Remove(ctx context.Context, by account.Actor, id string) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.RemoveIn(ctx, tx, by, id) })
}

// RemoveIn is Remove inside a transaction of the caller.
func (r *Room) RemoveIn(ctx context.Context, tx database.Tx, by account.Actor, id string) error {
	c, err := r.Get(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, holds := range slices.Concat(r.Holds, []func(context.Context, database.Tx, string) error{holdsItself}) {
		if err := holds(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		"DELETE FROM city_place WHERE city_id = $1",
		"DELETE FROM city_competence WHERE city_id = $1",
		"DELETE FROM city_government WHERE city_id = $1",
	} {
		if _, err := tx.Exec(ctx, statement, id); err != nil {
			return err
		}
	}
	if err := r.note(ctx, tx, by.Name, id, "city", id, differences(c.fields(), City{}.fields())); err != nil {
		return err
	}
	if r.Trail != nil {
		if err := r.Trail(ctx, tx, by, "city removed", id, map[string]string{"city": id}); err != nil {
			return err
		}
	}
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx, id)
}

// holdsItself gives a Conflict where this room keeps more of a city than its description.
func holdsItself(ctx context.Context, tx database.Tx, id string) error {
	for _, held := range []struct {
		query   string
		problem *fault.Error
	}{
		{"SELECT count(*) FROM city_organisation WHERE city_id = $1", fault.Said(fault.Conflict, "error.city.holds_organisations",
			"{City} cannot be removed: it has organisations", "City", id)},
		{"SELECT count(*) FROM city_membership WHERE city_id = $1", fault.Said(fault.Conflict, "error.city.holds_members",
			"{City} cannot be removed: organisations are members in it, or it is in a network", "City", id)},
		{"SELECT count(*) FROM city_addition WHERE city_id = $1", fault.Said(fault.Conflict, "error.city.holds_indicators",
			"{City} cannot be removed: it has, or had, indicators of its own, whose history is kept", "City", id)},
	} {
		var n int
		if err := tx.QueryRow(ctx, held.query, id).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return held.problem
		}
	}
	return nil
}
