package account

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Act is an entry of the trail of privileged acts.
type Act struct {
	ID      string
	At      time.Time
	Actor   string // person; empty: the command line
	Act     string
	Subject string // what it was done to
	Details map[string]string
}

// Note adds an act to the trail, in the transaction of the act. Details hold codes and names of fields, never a secret or an address.
func (r *Room) Note(ctx context.Context, tx database.Tx, by Actor, act, subject string, details map[string]string) error {
	if details == nil {
		details = map[string]string{}
	}
	text, err := json.Marshal(details)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO account_audit (audit_id, acted_at, actor, act, subject, details) VALUES ($1, $2, $3, $4, $5, $6)",
		database.NewID(), r.clock.Now().UnixMilli(), by.Person, act, subject, string(text))
	return err
}

// Trail gives the acts since a moment, the oldest first.
func (r *Room) Trail(ctx context.Context, since time.Time) ([]Act, error) {
	var all []Act
	err := r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT audit_id, acted_at, actor, act, subject, details FROM account_audit WHERE acted_at >= $1", since.UnixMilli())
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var a Act
			var at int64
			var details []byte
			if err := rows.Scan(&a.ID, &at, &a.Actor, &a.Act, &a.Subject, &details); err != nil {
				return err
			}
			if err := json.Unmarshal(details, &a.Details); err != nil {
				return err
			}
			a.At = time.UnixMilli(at).UTC()
			all = append(all, a)
		}
		return rows.Err()
	})
	slices.SortFunc(all, func(a, b Act) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// LastAct gives when something was last done, by whomever; the zero time where it never was. An empty act is any.
func (r *Room) LastAct(ctx context.Context, act string) (time.Time, error) {
	var at int64
	err := r.db.ReadRow(ctx, "SELECT coalesce(max(acted_at), 0) FROM account_audit WHERE act = $1 OR $1 = ''", []any{act}, &at)
	if err != nil || at == 0 {
		return time.Time{}, err
	}
	return time.UnixMilli(at).UTC(), nil
}
