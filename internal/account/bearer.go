package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Only bounds an actor further: they may do what their roles allow and these verbs in this scope allow too.
type Only struct {
	Verbs []Verb
	Scope Scope
}

func (o *Only) allows(verb Verb, resource Resource) bool {
	return slices.Contains(o.Verbs, verb) && o.Scope.reaches(resource) != nowhere
}

// The text of an access token: a prefix by which scanners of leaked secrets find it, 130 random bits, and a checksum by which they tell it
// from what only looks like one. [A-Z2-7] throughout, so that a double click takes all of it: crt_[A-Z2-7]{33}.
const (
	secretPrefix   = "crt_"
	secretRandom   = 26 // characters, as crypto/rand.Text gives
	secretChecksum = 7  // characters: CRC-32 (IEEE) of what stands before, in base 32
)

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

func newSecret() string {
	text := secretPrefix + rand.Text()
	return text + checksum(text)
}

func checksum(text string) string {
	return base32Text.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(text))))
}

// LooksLikeToken tells whether a text has the form and the checksum of an access token, of whatever node. It says nothing of whether it opens
// anything, and costs no query.
func LooksLikeToken(text string) bool {
	const length = len(secretPrefix) + secretRandom + secretChecksum
	if len(text) != length || !strings.HasPrefix(text, secretPrefix) {
		return false
	}
	body, sum := text[:length-secretChecksum], text[length-secretChecksum:]
	return subtle.ConstantTimeCompare([]byte(checksum(body)), []byte(sum)) == 1
}

// Bearer gives the person for whom a token speaks, bounded by what it was made for, with the roles of this moment. Returns Forbidden in the
// same words for a token that is none, unknown, revoked, too old or of a disabled person.
func (r *Room) Bearer(ctx context.Context, secret string) (Actor, error) {
	refused := fault.Said(fault.Forbidden, "error.token.refused", "this token is not known, has ended or was revoked")
	if !LooksLikeToken(secret) {
		return Actor{}, refused
	}
	hash, now := hashToken(secret), r.clock.Now()
	var kept string
	var t AccessToken
	var p Person
	err := r.db.Read(ctx, func(tx database.Tx) (err error) {
		if err := tx.QueryRow(ctx, "SELECT token_hash FROM account_access_token WHERE token_hash = $1", hash).Scan(&kept); err != nil {
			return err
		}
		t, err = scanAccessToken(tx.QueryRow(ctx, "SELECT "+accessTokenColumns+` FROM account_access_token t JOIN account_person p ON p.person_id = t.person_id
			WHERE t.token_hash = $1`, hash))
		if err != nil {
			return err
		}
		p, err = r.Get(ctx, tx, t.Person)
		return err
	})
	if isNoRow(err) {
		return Actor{}, refused
	}
	if err != nil {
		return Actor{}, err
	}
	if subtle.ConstantTimeCompare([]byte(kept), []byte(hash)) != 1 || !t.Live(now) || p.Disabled {
		return Actor{}, refused
	}
	actor := p.Actor()
	actor.Only = &Only{Verbs: t.Verbs, Scope: t.Scope}
	return actor, r.noteDay(ctx, t, now)
}

// noteDay writes down on which day a token was last used, once a day. As with sessions, who reads does not wait for who writes.
func (r *Room) noteDay(ctx context.Context, t AccessToken, now time.Time) error {
	day := now.UTC().Truncate(24 * time.Hour)
	if !t.Used.Before(day) {
		return nil
	}
	soon, cancel := context.WithTimeout(ctx, noteWithin)
	defer cancel()
	err := r.db.Write(soon, func(tx database.Tx) error {
		_, err := tx.Exec(soon, "UPDATE account_access_token SET used_day = $2 WHERE access_token_id = $1", t.ID, day.UnixMilli())
		return err
	})
	if ctx.Err() == nil && (soon.Err() != nil || fault.KindOf(err) == fault.Unavailable) {
		return nil
	}
	return err
}

func isNoRow(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// joined gives several faults as one error; nil where there is none.
func joined(all []*fault.Error) error {
	errs := make([]error, len(all))
	for i, one := range all {
		errs[i] = one
	}
	return errors.Join(errs...)
}
