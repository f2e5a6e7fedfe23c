package account

import (
	"context"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Keys of a session's values.
const (
	sessionPerson = "person"
	sessionEpoch  = "epoch"
)

// SignIn begins a session in the request's context (see Sessions.Handler), under a new token. Returns TooMuch after many failures, and
// Forbidden in the same words and the same time whether the address, the password or the account is at fault.
func (r *Room) SignIn(ctx context.Context, email, password string) (Actor, error) {
	if err := r.limit.allow(email); err != nil {
		return Actor{}, err
	}
	r.limit.failed(email)
	var p Person
	err := r.db.Read(ctx, func(tx database.Tx) (err error) {
		p, err = r.ByEmail(ctx, tx, email)
		return err
	})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Actor{}, err
	}
	if len(password) > 4*longestPassword { // in bytes: no longer one can be right
		password = ""
	}
	right, stale, err := r.hasher.check(ctx, password, p.password)
	if err != nil {
		return Actor{}, err
	}
	if !right || p.Disabled || p.Guest {
		return Actor{}, fault.Said(fault.Forbidden, "sign.wrong", "the address or the password is not right")
	}
	r.limit.succeeded(email)
	if err := r.signedIn(ctx, p, password, stale); err != nil {
		return Actor{}, err
	}
	return p.Actor(), r.sessions.begin(ctx, map[string]string{sessionPerson: p.ID, sessionEpoch: strconv.FormatInt(p.epoch, 10)})
}

// signedIn notes the sign-in and makes a password's hash anew where its cost is no longer today's.
func (r *Room) signedIn(ctx context.Context, p Person, password string, stale bool) (err error) {
	var hash string
	if stale {
		if hash, err = r.hasher.hash(ctx, password); err != nil {
			return err
		}
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		if stale { // and not changed in the meantime
			if _, err := tx.Exec(ctx, "UPDATE account_person SET password = $3 WHERE person_id = $1 AND password = $2", p.ID, p.password, hash); err != nil {
				return err
			}
		}
		return r.Note(ctx, tx, p.Actor(), "signed in", p.ID, nil)
	})
}

// SignOut ends the session, on the server and in the browser.
func (r *Room) SignOut(ctx context.Context) error { return r.sessions.end(ctx) }

// Actor gives who makes the request: a visitor where nobody is signed in, or where the person has been disabled or given a new password
// since. Their grants are those of this moment.
func (r *Room) Actor(ctx context.Context) (Actor, error) {
	id := r.sessions.value(ctx, sessionPerson)
	if id == "" {
		return Actor{}, nil
	}
	var p Person
	err := r.db.Read(ctx, func(tx database.Tx) (err error) {
		p, err = r.Get(ctx, tx, id)
		return err
	})
	switch {
	case fault.KindOf(err) == fault.NotFound, err == nil && strconv.FormatInt(p.epoch, 10) != r.sessions.value(ctx, sessionEpoch):
		return Actor{}, nil
	case err != nil:
		return Actor{}, err
	}
	return p.Actor(), nil
}
