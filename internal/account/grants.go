package account

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Grant gives a person a role in a scope. The resource is what the scope names, as its room fills it: for an organisation with the city
// that it belongs to, so that this city's coordinator may let people speak for it. Granting twice changes nothing.
// Returns Invalid, NotFound or Forbidden.
func (r *Room) Grant(ctx context.Context, by Actor, id string, g Granted, about Resource) error {
	return r.change(ctx, by, id, g, about, func(tx database.Tx) error { return r.grant(ctx, tx, by, id, g, about) })
}

func (r *Room) grant(ctx context.Context, tx database.Tx, by Actor, id string, g Granted, about Resource) error {
	n, err := tx.Exec(ctx, `INSERT INTO account_grant (person_id, role, scope, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`, id, string(g.Role), string(g.Scope), r.clock.Now().UnixMilli(), by.Person)
	if err != nil || n == 0 {
		return err
	}
	return r.noteGrant(ctx, tx, by, "role granted", id, g, about)
}

// Revoke takes a role away. Taking what is not there changes nothing. Returns Conflict for the last administrator.
func (r *Room) Revoke(ctx context.Context, by Actor, id string, g Granted, about Resource) error {
	return r.change(ctx, by, id, g, about, func(tx database.Tx) error {
		if g.Role == RoleAdministrator {
			if err := r.keepAnAdministrator(ctx, tx, id); err != nil {
				return err
			}
		}
		n, err := tx.Exec(ctx, "DELETE FROM account_grant WHERE person_id = $1 AND role = $2 AND scope = $3", id, string(g.Role), string(g.Scope))
		if err != nil || n == 0 {
			return err
		}
		return r.noteGrant(ctx, tx, by, "role revoked", id, g, about)
	})
}

// change runs do, which grants or revokes, where by may do so and the person exists.
func (r *Room) change(ctx context.Context, by Actor, id string, g Granted, about Resource, do func(database.Tx) error) error {
	if err := mayGrant(by, g, about); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		p, err := r.Get(ctx, tx, id)
		if err == nil && p.Guest {
			err = noAccount()
		}
		if err != nil {
			return err
		}
		return do(tx)
	})
}

// noteGrant notes it where the role counts, and in the city of an organisation that is not independent of it.
func (r *Room) noteGrant(ctx context.Context, tx database.Tx, by Actor, act, id string, g Granted, about Resource) error {
	var city []Scope
	if !about.Independent {
		city = []Scope{InCity(about.City)}
	}
	return r.note(ctx, tx, by, act, id, map[string]string{"role": string(g.Role), "scope": string(g.Scope)}, city)
}

// mayGrant returns Invalid for a grant that cannot be, or Forbidden.
func mayGrant(by Actor, g Granted, about Resource) error {
	if _, err := ParseGrant(string(g.Role), string(g.Scope)); err != nil {
		return err
	}
	if !g.Scope.names(about) {
		return fault.Said(fault.Invalid, "error.grant.scope", "the scope {Scope} is not what is asked about", "Scope", string(g.Scope))
	}
	if !Can(by, Grant, about) {
		return fault.Said(fault.Forbidden, "error.person.may_not_grant", "{Name} may not grant roles in {Scope}", "Name", nameOf(by), "Scope", string(g.Scope))
	}
	return nil
}

// names tells whether the scope is that of the resource itself, so that nobody grants a wider one than they were asked about.
func (s Scope) names(about Resource) bool {
	switch s.Kind() {
	case "city":
		return s == InCity(about.City) && about.Organisation == ""
	case "organisation":
		return s == InOrganisation(about.Organisation)
	case "network":
		return s == InNetwork(about.Organisation)
	}
	return s == Node && about.City == "" && about.Organisation == ""
}

// readGrants gives the grants by person, each person's in a fixed order.
func readGrants(ctx context.Context, tx database.Tx, where string, args ...any) (map[string][]Granted, error) {
	rows, err := tx.Query(ctx, "SELECT person_id, role, scope FROM account_grant "+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string][]Granted{}
	for rows.Next() {
		var id string
		var g Granted
		if err := rows.Scan(&id, &g.Role, &g.Scope); err != nil {
			return nil, err
		}
		all[id] = append(all[id], g)
	}
	for _, grants := range all {
		slices.SortFunc(grants, func(a, b Granted) int {
			return cmp.Or(strings.Compare(string(a.Role), string(b.Role)), strings.Compare(string(a.Scope), string(b.Scope)))
		})
	}
	return all, rows.Err()
}

// HoldsCity gives a Conflict where somebody has a role for the city.
func (r *Room) HoldsCity(ctx context.Context, tx database.Tx, cityID string) error {
	var n int
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM account_grant WHERE scope = $1", string(InCity(cityID))).Scan(&n); err != nil || n == 0 {
		return err
	}
	return fault.Said(fault.Conflict, "error.city.holds_people", "{City} cannot be removed: somebody has a role for it; take the role back on the desk first", "City", cityID)
}
