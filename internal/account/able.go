package account

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Able gives everybody who can sign in and may do verb with a resource, by name.
func (r *Room) Able(ctx context.Context, tx database.Tx, verb Verb, resource Resource) ([]Person, error) {
	all, err := r.everybody(ctx, tx)
	able := slices.DeleteFunc(all, func(p Person) bool { return !Can(p.Actor(), verb, resource) })
	slices.SortFunc(able, func(a, b Person) int { return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	return able, err
}

// Names gives the names of people by their ids; an id that nobody has is not in it.
func (r *Room) Names(ctx context.Context, tx database.Tx) (map[string]string, error) {
	rows, err := tx.Query(ctx, "SELECT person_id, name FROM account_person")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	names := map[string]string{}
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		names[id] = name
	}
	return names, rows.Err()
}
