package account

import (
	"context"
	"errors"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Self gives the person who acts, as they are kept.
func (r *Room) Self(ctx context.Context, by Actor) (p Person, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) (err error) {
		p, err = r.Get(ctx, tx, by.Person)
		return err
	})
	return p, err
}

// SetSelf keeps the name and the language of the person who acts; their address is changed by who operates the node. Returns Invalid.
func (r *Room) SetSelf(ctx context.Context, by Actor, name, language string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		before, err := r.Get(ctx, tx, by.Person)
		if err != nil {
			return err
		}
		after := before
		after.Name, after.Language = name, language
		if after, err = Clean(after); err != nil {
			return err
		}
		if after.Name == before.Name && after.Language == before.Language {
			return nil
		}
		if _, err := tx.Exec(ctx, "UPDATE account_person SET name = $2, language = $3 WHERE person_id = $1", before.ID, after.Name, after.Language); err != nil {
			return err
		}
		return r.Note(ctx, tx, by, "own entry changed", before.ID, nil)
	})
}

// SetPassword gives the person who acts another password, where they know the one they have. All their sessions end but the one of this request.
// Returns Invalid with the field current or password, and TooMuch after many failures.
func (r *Room) SetPassword(ctx context.Context, by Actor, current, password string) error {
	p, err := r.Self(ctx, by)
	if err != nil {
		return err
	}
	if err := r.limit.allow(p.Email); err != nil {
		return err
	}
	r.limit.failed(p.Email)
	if len(current) > 4*longestPassword { // in bytes: no longer one can be right
		current = ""
	}
	right, _, err := r.hasher.check(ctx, current, p.password)
	if err != nil {
		return err
	}
	if !right {
		return errors.Join(fault.SaidOf("current", "error.password.current", "this is not the password that you have now"), checkPassword(password, p))
	}
	r.limit.succeeded(p.Email)
	if err := checkPassword(password, p); err != nil {
		return err
	}
	hash, err := r.hasher.hash(ctx, password) // before the writing transaction: it takes its time
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(tx database.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE account_person SET password = $3 WHERE person_id = $1 AND password = $2", p.ID, p.password, hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.SaidOf("current", "error.password.current", "this is not the password that you have now")
		}
		if err := r.endAccess(ctx, tx, p.ID); err != nil {
			return err
		}
		if p, err = r.Get(ctx, tx, p.ID); err != nil {
			return err
		}
		return r.Note(ctx, tx, by, "password changed", p.ID, nil)
	})
	if err != nil || !has(ctx) {
		return err
	}
	return r.sessions.begin(ctx, map[string]string{sessionPerson: p.ID, sessionEpoch: strconv.FormatInt(p.epoch, 10)})
}
