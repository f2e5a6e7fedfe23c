package city

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Join makes an organisation a member in a city, or a city a member of a network. Joining twice changes nothing. Returns NotFound where
// either is not known.
func (r *Room) Join(ctx context.Context, by, cityID, organisation string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		if _, err := r.Get(ctx, tx, cityID); err != nil {
			return err
		}
		if _, err := r.Organisation(ctx, tx, organisation); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, "INSERT INTO city_membership (city_id, organisation_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
			cityID, organisation, r.Clock.Now().UnixMilli())
		if err != nil || n == 0 {
			return err
		}
		return r.noteMembership(ctx, tx, by, cityID, organisation, Edit{To: true})
	})
}

// Leave ends a membership. Ending none changes nothing.
func (r *Room) Leave(ctx context.Context, by, cityID, organisation string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		n, err := tx.Exec(ctx, "DELETE FROM city_membership WHERE city_id = $1 AND organisation_id = $2", cityID, organisation)
		if err != nil || n == 0 {
			return err
		}
		return r.noteMembership(ctx, tx, by, cityID, organisation, Edit{From: true})
	})
}

// Members gives the memberships of an organisation, in the order of the cities' codes.
func (r *Room) Members(ctx context.Context, tx database.Tx, organisation string) ([]Membership, error) {
	var all []Membership
	err := each(ctx, tx, func(row scanner) error {
		var m Membership
		err := row.Scan(&m.City, &m.Organisation, &m.Since)
		all = append(all, m)
		return err
	}, "SELECT city_id, organisation_id, since FROM city_membership WHERE organisation_id = $1", organisation)
	slices.SortFunc(all, func(a, b Membership) int { return strings.Compare(a.City, b.City) })
	return all, err
}

func (r *Room) noteMembership(ctx context.Context, tx database.Tx, by, cityID, organisation string, edit Edit) error {
	if err := r.note(ctx, tx, by, cityID, "membership", organisation, map[string]Edit{"member": edit}); err != nil {
		return err
	}
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx, cityID)
}
