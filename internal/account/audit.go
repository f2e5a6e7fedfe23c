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

	ActorName   string // of a person; Trail leaves both names out, TrailOf gives them
	SubjectName string // where the subject is a person
}

// Note adds an act to the trail, in the transaction of the act. Details hold codes and names of fields, never a secret or an address.
//
// Those of a city or an organisation read what concerns them (see TrailOf). Details say whom an act concerns: "city" and "organisation" hold
// a code, "scope" a scope as a grant has it. What is of an organisation that the city may not look into names the organisation alone.
func (r *Room) Note(ctx context.Context, tx database.Tx, by Actor, act, subject string, details map[string]string) error {
	return r.note(ctx, tx, by, act, subject, details, nil)
}

// note is Note for an act that concerns further scopes: of a person, those of their roles.
func (r *Room) note(ctx context.Context, tx database.Tx, by Actor, act, subject string, details map[string]string, about []Scope) error {
	if details == nil {
		details = map[string]string{}
	}
	text, err := json.Marshal(details)
	if err != nil {
		return err
	}
	id := database.NewID()
	_, err = tx.Exec(ctx, "INSERT INTO account_audit (audit_id, acted_at, actor, act, subject, details) VALUES ($1, $2, $3, $4, $5, $6)",
		id, r.clock.Now().UnixMilli(), by.Person, act, subject, string(text))
	if err != nil {
		return err
	}
	for _, scope := range concerned(details, about) {
		if _, err := tx.Exec(ctx, "INSERT INTO account_audit_about (scope, audit_id) VALUES ($1, $2)", string(scope), id); err != nil {
			return err
		}
	}
	return nil
}

// concerned are the scopes that an act concerns, each once. The node is none: whoever operates it reads everything.
func concerned(details map[string]string, about []Scope) []Scope {
	all := append(slices.Clone(about), Scope(details["scope"]))
	if id := details["city"]; id != "" {
		all = append(all, InCity(id))
	}
	if id := details["organisation"]; id != "" {
		all = append(all, InOrganisation(id))
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s Scope) bool { return s == Node || !scopeForm.MatchString(string(s)) })
}

// scopesOf are those in which somebody has a role.
func scopesOf(grants []Granted) []Scope {
	all := make([]Scope, len(grants))
	for i, g := range grants {
		all[i] = g.Scope
	}
	return all
}

// Exported notes that somebody took out what is not public: what is its name, details say of whom.
func (r *Room) Exported(ctx context.Context, by Actor, what string, details map[string]string) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.Note(ctx, tx, by, "exported", what, details) })
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
			if err := a.scan(rows); err != nil {
				return err
			}
			all = append(all, a)
		}
		return rows.Err()
	})
	slices.SortFunc(all, func(a, b Act) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// scan reads an act, and what is asked for behind its details.
func (a *Act) scan(row interface{ Scan(...any) error }, more ...any) error {
	var at int64
	var details []byte
	if err := row.Scan(append([]any{&a.ID, &at, &a.Actor, &a.Act, &a.Subject, &details}, more...)...); err != nil {
		return err
	}
	a.At = time.UnixMilli(at).UTC()
	return json.Unmarshal(details, &a.Details)
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
