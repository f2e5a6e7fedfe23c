package notice

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// reader is what is known of how a person is told.
type reader struct {
	rhythm settings.Rhythm // empty: as the node does
	looked time.Time       // zero: never
	sent   time.Time       // zero: never
	said   map[string]group
}

func (r *Room) reader(ctx context.Context, tx database.Tx, person string) (reader, error) {
	var one reader
	var looked, sent int64
	var said []byte
	err := tx.QueryRow(ctx, "SELECT rhythm, looked_at, sent_at, said FROM notice_reader WHERE person_id = $1", person).Scan(&one.rhythm, &looked, &sent, &said)
	if errors.Is(err, sql.ErrNoRows) {
		return one, nil
	}
	if err != nil {
		return one, err
	}
	if looked > 0 {
		one.looked = time.UnixMilli(looked).UTC()
	}
	if sent > 0 {
		one.sent = time.UnixMilli(sent).UTC()
	}
	return one, json.Unmarshal(said, &one.said)
}

func (r *Room) keepReader(ctx context.Context, tx database.Tx, person string, one reader) error {
	if one.said == nil {
		one.said = map[string]group{}
	}
	said, err := json.Marshal(one.said)
	if err != nil {
		return err
	}
	milli := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMilli()
	}
	_, err = tx.Exec(ctx, `INSERT INTO notice_reader (person_id, rhythm, looked_at, sent_at, said) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person_id) DO UPDATE SET rhythm = excluded.rhythm, looked_at = excluded.looked_at, sent_at = excluded.sent_at, said = excluded.said`,
		person, string(one.rhythm), milli(one.looked), milli(one.sent), string(said))
	return err
}

// Rhythm gives how often a person wants to be told; empty: as the node does.
func (r *Room) Rhythm(ctx context.Context, person string) (rhythm settings.Rhythm, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		one, err := r.reader(ctx, tx, person)
		rhythm = one.rhythm
		return err
	})
	return rhythm, err
}

// SetRhythm keeps how often a person wants to be told; empty: as the node does. Returns Invalid.
func (r *Room) SetRhythm(ctx context.Context, person string, rhythm settings.Rhythm) error {
	if rhythm != "" && !slices.Contains(settings.Rhythms, rhythm) {
		return fault.SaidOf("rhythm", "error.settings.rhythm", "choose how often")
	}
	return r.db.Write(ctx, func(tx database.Tx) error {
		if _, err := r.people.Get(ctx, tx, person); err != nil {
			return err
		}
		one, err := r.reader(ctx, tx, person)
		if err != nil || one.rhythm == rhythm {
			return err
		}
		one.rhythm = rhythm
		return r.keepReader(ctx, tx, person, one)
	})
}

// stopping is the purpose of the signature in a link that ends a person's digests.
const stopping = "stop digests"

// stopToken gives what stands at the end of a link that ends a person's digests. It opens nothing else, and works for good.
func (r *Room) stopToken(person string) (string, error) {
	by, err := r.keys.Sign(stopping, person)
	return person + "." + by, err
}

// Stop ends the digests of the person for whom a token was made. Returns NotFound for a token that the node has not made.
func (r *Room) Stop(ctx context.Context, token string) error {
	person, err := r.stops(token)
	if err != nil {
		return err
	}
	err = r.SetRhythm(ctx, person, settings.Never)
	if fault.KindOf(err) == fault.NotFound { // gone since: nothing more is sent to them
		return nil
	}
	return err
}

// Stops returns NotFound for a token that the node has not made.
func (r *Room) Stops(token string) error {
	_, err := r.stops(token)
	return err
}

func (r *Room) stops(token string) (person string, err error) {
	person, by, _ := strings.Cut(token, ".")
	if !r.keys.Signed(stopping, person, by) {
		return "", fault.Said(fault.NotFound, "error.notice.stop", "this link is not one that the node has sent; choose on your own page of the desk instead")
	}
	return person, nil
}

// mayHear tells whether a person is written to at all.
func mayHear(p account.Person) bool { return !p.Disabled }
