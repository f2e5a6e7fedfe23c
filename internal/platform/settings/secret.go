package settings

import (
	"context"
	"database/sql"
	"errors"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// sealedFor is the purpose for which secrets are sealed.
const sealedFor = "settings"

// Password is what a form says of a password, which is never shown again: a new one, that there is none any more, or neither: it stays.
type Password struct {
	New    string
	Forget bool
}

// SaveMail is as SaveNode. A password is kept only beside a user's name, and one that is replaced is gone. Where the server is another one, or
// the user, a password must come with it: nobody can have it sent to a server of their own.
func (s *Store) SaveMail(ctx context.Context, by string, version int64, m Mail, password Password) error {
	m, err := m.Clean()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx database.Tx) error {
		values, err := s.Read(ctx, tx)
		if err != nil {
			return err
		}
		before := values.Mail
		m.Secret = before.Secret
		moved := m.Host != before.Host || m.Port != before.Port || m.User != before.User || m.Security != before.Security
		switch {
		case password.Forget || m.User == "":
			m.Secret = ""
		case password.New != "":
			m.Secret = database.NewID()
		case moved && before.Secret != "":
			return fault.SaidOf("password", "error.settings.password_again", "the server, the user or the protection is another one, so type the password again")
		}
		if err := s.replace(ctx, tx, before.Secret, m.Secret, password.New); err != nil {
			return err
		}
		return s.save(ctx, tx, by, SectionMail, version, values.Versions, before, m)
	})
}

// replace keeps a new secret instead of an old one, where they are not the same.
func (s *Store) replace(ctx context.Context, tx database.Tx, before, after, secret string) error {
	if before == after {
		return nil
	}
	if before != "" {
		if _, err := tx.Exec(ctx, "DELETE FROM settings_secret WHERE secret_id = $1", before); err != nil {
			return err
		}
	}
	if after == "" {
		return nil
	}
	sealed, err := s.keys.Seal(sealedFor, secret)
	if err != nil {
		return fault.Said(fault.Unavailable, "error.settings.secret", "the password cannot be sealed").Because(err)
	}
	_, err = tx.Exec(ctx, "INSERT INTO settings_secret (secret_id, sealed) VALUES ($1, $2)", after, sealed)
	return err
}

// Secret gives a secret by its id, for whoever uses it; "" for an empty id. Returns Unavailable where it cannot be read, as after the key was
// lost: it must be set again then.
func (s *Store) Secret(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	var sealed string
	err := s.db.ReadRow(ctx, "SELECT sealed FROM settings_secret WHERE secret_id = $1", []any{id}, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.Said(fault.Unavailable, "error.settings.secret", "the password was replaced a moment ago")
	}
	if err != nil {
		return "", err
	}
	return s.keys.Open(sealedFor, sealed)
}
