package account

import (
	"context"
	"errors"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Nobody tells whether no person was ever added: the node belongs to nobody yet.
func (r *Room) Nobody(ctx context.Context) (bool, error) {
	var n int
	err := r.db.ReadRow(ctx, "SELECT count(*) FROM (SELECT person_id FROM account_person LIMIT 1) AS somebody", nil, &n)
	return err == nil && n == 0, err
}

// Found keeps the first person of a node, makes them its administrator, and signs them in where the context has a session. It is for whoever has
// shown that the node is theirs. Returns Invalid with the fields, or Conflict where there is somebody already.
func (r *Room) Found(ctx context.Context, p Person, password string) (Person, error) {
	if password == "" {
		_, wrong := Clean(p)
		return Person{}, errors.Join(wrong, checkPassword(password, p))
	}
	by := Actor{Name: "setup", Grants: Operator().Grants}
	p, err := r.newcomer(ctx, by, p, password)
	if err != nil {
		return Person{}, err
	}
	err = r.db.Write(ctx, func(tx database.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM account_person").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fault.Said(fault.Conflict, "error.setup.done", "this node has people already; sign in, or ask its administrator")
		}
		p, err = r.welcome(ctx, tx, by, p, []Granted{{RoleAdministrator, Node}}, func(Granted) Resource { return Resource{Kind: "node"} }, "")
		return err
	})
	if err != nil || !has(ctx) {
		return p, err
	}
	return p, r.sessions.begin(ctx, map[string]string{sessionPerson: p.ID, sessionEpoch: strconv.FormatInt(p.epoch, 10)})
}
