package account

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Add keeps a new person, who has no role yet. With an empty password they sign in by an invitation (see Invite).
// Returns Invalid with the field, Conflict where the address is taken, or Forbidden.
func (r *Room) Add(ctx context.Context, by Actor, p Person, password string) (Person, error) {
	p, err := r.newcomer(ctx, by, p, password)
	if err != nil {
		return Person{}, err
	}
	if err := r.db.Write(ctx, func(tx database.Tx) error { return r.insert(ctx, tx, by, p) }); err != nil {
		return Person{}, err
	}
	return p, nil
}

// newcomer gives a person as they are about to be kept, with the hash of their password.
func (r *Room) newcomer(ctx context.Context, by Actor, p Person, password string) (Person, error) {
	if !Can(by, Operate, Resource{Kind: "person"}) {
		return Person{}, fault.Said(fault.Forbidden, "error.person.may_not_add", "{Name} may not add people", "Name", nameOf(by))
	}
	p, err := Clean(p)
	if err != nil {
		return Person{}, err
	}
	p.ID, p.Created, p.Disabled, p.Grants, p.password = database.NewID(), r.clock.Now(), false, nil, ""
	if password == "" {
		return p, nil
	}
	if err := checkPassword(password, p); err != nil {
		return Person{}, err
	}
	p.password, err = r.hasher.hash(ctx, password) // before the writing transaction: it takes its time
	return p, err
}

func (r *Room) insert(ctx context.Context, tx database.Tx, by Actor, p Person) error {
	switch _, err := r.ByEmail(ctx, tx, p.Email); {
	case err == nil:
		return fault.Said(fault.Conflict, "error.person.email_taken", "there is a person with this address already").At(fault.Place{Field: "email"})
	case fault.KindOf(err) != fault.NotFound:
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO account_person (person_id, email, email_key, name, language, password, epoch, disabled, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7)`, p.ID, p.Email, emailKey(p.Email), p.Name, p.Language, p.password, p.Created.UnixMilli())
	if err != nil {
		return err
	}
	if err := tx.Bump(ctx); err != nil { // pages tell whether there is anybody
		return err
	}
	return r.Note(ctx, tx, by, "person added", p.ID, nil)
}

// Disable ends a person's sessions, invitations and access; what they did stays. Returns NotFound, Forbidden, or Conflict for the last
// administrator who can still sign in.
func (r *Room) Disable(ctx context.Context, by Actor, id string) error {
	return r.privileged(ctx, by, id, "person disabled", func(tx database.Tx, p Person) error {
		if err := r.keepAnAdministrator(ctx, tx, p.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE account_person SET disabled = 1 WHERE person_id = $1", p.ID); err != nil {
			return err
		}
		return r.endAccess(ctx, tx, p.ID)
	})
}

// Enable lets a disabled person sign in again.
func (r *Room) Enable(ctx context.Context, by Actor, id string) error {
	return r.privileged(ctx, by, id, "person enabled", func(tx database.Tx, p Person) error {
		_, err := tx.Exec(ctx, "UPDATE account_person SET disabled = 0 WHERE person_id = $1", p.ID)
		return err
	})
}

// privileged runs what only those who operate the node may do with a person, and notes it.
func (r *Room) privileged(ctx context.Context, by Actor, id, act string, do func(database.Tx, Person) error) error {
	if !Can(by, Operate, Resource{Kind: "person"}) {
		return fault.Said(fault.Forbidden, "error.person.may_not_change", "{Name} may not change people", "Name", nameOf(by))
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		p, err := r.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return r.note(ctx, tx, by, act, id, nil, scopesOf(p.Grants))
	})
}

// endAccess ends all sessions, one-time tokens and access tokens of a person. The epoch also voids a session that a running request writes back.
func (r *Room) endAccess(ctx context.Context, tx database.Tx, id string) error {
	for _, statement := range []string{
		"UPDATE account_person SET epoch = epoch + 1 WHERE person_id = $1",
		"DELETE FROM account_session WHERE person_id = $1",
		"DELETE FROM account_token WHERE person_id = $1",
	} {
		if _, err := tx.Exec(ctx, statement, id); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, "UPDATE account_access_token SET revoked_at = $2 WHERE person_id = $1 AND revoked_at = 0", id, r.clock.Now().UnixMilli())
	return err
}

// keepAnAdministrator returns Conflict where nobody but this person can operate the node by signing in. Who was invited and has not
// chosen a password yet cannot, and may never do so.
func (r *Room) keepAnAdministrator(ctx context.Context, tx database.Tx, id string) error {
	rows, err := tx.Query(ctx, `SELECT g.person_id FROM account_grant g JOIN account_person p ON p.person_id = g.person_id
		WHERE g.role = $1 AND p.disabled = 0 AND p.password <> ''`, string(RoleAdministrator))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var administrators []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return err
		}
		administrators = append(administrators, one)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if slices.Equal(administrators, []string{id}) {
		return fault.Said(fault.Conflict, "error.person.last_administrator",
			"this is the last administrator who can sign in; make somebody else administrator, and let them choose a password, first")
	}
	return nil
}

// nameOf says who acts; a visitor has no name.
func nameOf(by Actor) string {
	if by.Name == "" {
		return "a visitor"
	}
	return by.Name
}
