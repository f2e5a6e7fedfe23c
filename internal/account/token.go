package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Purposes of a one-time token.
const (
	invite = "invite"
	reset  = "reset"
)

// Link is a one-time token by which a person chooses a password.
type Link struct {
	Token string
	Until time.Time
	Reset bool // they have a password, or had one
}

// Invite gives a one-time token by which a person sets their first password within seven days. Earlier tokens of theirs end.
func (r *Room) Invite(ctx context.Context, by Actor, id string) (token string, err error) {
	return r.issue(ctx, by, id, invite, inviteLifetime)
}

// Reset gives a one-time token by which a person sets a new password within a day. Earlier tokens of theirs end; their password and
// their sessions stay until then, so that nobody is locked out by a reset that somebody else asked for.
func (r *Room) Reset(ctx context.Context, by Actor, id string) (token string, err error) {
	return r.issue(ctx, by, id, reset, resetLifetime)
}

func (r *Room) issue(ctx context.Context, by Actor, id, purpose string, lifetime time.Duration) (string, error) {
	token := rand.Text() // 128 bits or more
	err := r.privileged(ctx, by, id, purpose+" issued", func(tx database.Tx, p Person) error {
		if p.Guest {
			return noAccount()
		}
		if p.Disabled {
			return fault.Said(fault.Conflict, "error.person.disabled", "this person is disabled; enable them first")
		}
		return r.keepToken(ctx, tx, by, p, token, purpose, lifetime)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// keepToken makes a token the only one of a person.
func (r *Room) keepToken(ctx context.Context, tx database.Tx, by Actor, p Person, token, purpose string, lifetime time.Duration) error {
	if _, err := tx.Exec(ctx, "DELETE FROM account_token WHERE person_id = $1", p.ID); err != nil {
		return err
	}
	until := r.clock.Now().Add(lifetime)
	_, err := tx.Exec(ctx, "INSERT INTO account_token (token_hash, person_id, purpose, expires_at) VALUES ($1, $2, $3, $4)",
		hashToken(token), p.ID, purpose, until.UnixMilli())
	if err != nil || r.Invited == nil {
		return err
	}
	return r.Invited(ctx, tx, by, p, Link{Token: token, Until: until, Reset: purpose == reset})
}

// Redeem sets a new password by a one-time token and ends all sessions of the person. Returns Invalid for a password that may not be,
// which leaves the token as it is, and Forbidden for a token that is unknown, used or too old.
func (r *Room) Redeem(ctx context.Context, token, password string) error {
	var p Person
	err := r.db.Read(ctx, func(tx database.Tx) (err error) {
		p, _, err = r.redeemable(ctx, tx, token)
		return err
	})
	if err != nil {
		return err
	}
	if err := checkPassword(password, p); err != nil {
		return err
	}
	hash, err := r.hasher.hash(ctx, password) // before the writing transaction: it takes its time
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		p, purpose, err := r.redeemable(ctx, tx, token)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE account_person SET password = $2 WHERE person_id = $1", p.ID, hash); err != nil {
			return err
		}
		if err := r.endAccess(ctx, tx, p.ID); err != nil {
			return err
		}
		return r.note(ctx, tx, p.Actor(), purpose+" used", p.ID, nil, scopesOf(p.Grants))
	})
}

func (r *Room) redeemable(ctx context.Context, tx database.Tx, token string) (p Person, purpose string, err error) {
	refused := fault.Said(fault.Forbidden, "sign.reset_gone", "this link has been used or is too old; ask for a new one")
	var id string
	err = tx.QueryRow(ctx, "SELECT person_id, purpose FROM account_token WHERE token_hash = $1 AND expires_at > $2",
		hashToken(token), r.clock.Now().UnixMilli()).Scan(&id, &purpose)
	if errors.Is(err, sql.ErrNoRows) {
		return Person{}, "", refused
	}
	if err != nil {
		return Person{}, "", err
	}
	if p, err = r.Get(ctx, tx, id); err == nil && p.Disabled {
		err = refused
	}
	return p, purpose, err
}

// hashToken is what is stored of a token. A token is random and long, so that a plain hash keeps it as well as a slow one would.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
