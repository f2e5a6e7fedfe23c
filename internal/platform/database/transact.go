package database

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// attempts bounds how often a transaction that loses against others is run again.
const attempts = 20

// Read calls fn with one snapshot of the database: however long fn takes, it sees no other transaction's later changes. Nothing can be
// written in it.
//
// Returns Unavailable where the database cannot be reached, else the error of fn.
func (db *DB) Read(ctx context.Context, fn func(Tx) error) error {
	if db.inside.here() {
		return errNested
	}
	return db.explain(db.transact(ctx, db.readers, db.engine.beginRead, false, fn))
}

// Write calls fn in a transaction that is committed when fn returns nil and rolled back when it returns an error or panics. When Write
// returns nil, the changes are on disk.
//
// Where transactions write at the same time, the engine may let one fail; it is run again. So fn must have no effect outside of its
// transaction that would be wrong twice. Read and Write inside fn are refused: they would wait for fn, or not see its changes.
func (db *DB) Write(ctx context.Context, fn func(Tx) error) error {
	if db.inside.here() {
		return errNested
	}
	leave := db.inside.enter()
	defer leave()
	for attempt := 1; ; attempt++ {
		err := db.transact(ctx, db.writers, db.engine.beginWrite, true, fn)
		if err == nil || !db.engine.retry(err) {
			return db.explain(err)
		}
		if attempt == attempts {
			return &fault.Error{Kind: fault.Unavailable, Text: "too many changes at the same time; try again", Err: err}
		}
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << min(attempt, 7)))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// transact runs one attempt of a transaction.
func (db *DB) transact(ctx context.Context, pool *sessions, begin string, write bool, fn func(Tx) error) (err error) {
	s, err := db.begin(ctx, pool, begin)
	if err != nil {
		return err
	}
	t := &transaction{session: s, write: write}
	committed := false
	defer func() { // also where fn panics or ends the goroutine
		t.closeRows()
		t.ended = true
		switch {
		case committed:
			pool.give(s)
		case rollback(ctx, s) == nil:
			pool.give(s)
		default:
			pool.giveBroken(s)
		}
	}()
	if err := fn(Tx{t}); err != nil {
		return err
	}
	t.closeRows()
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.bump {
		if _, err := t.Exec(ctx, bumpVersion, rand.Int64N(versionSlots)); err != nil {
			return err
		}
	}
	// From here on the caller's impatience must not leave it open whether the transaction was committed.
	if err := s.run(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return err
	}
	committed = true
	if t.bump {
		db.version.forget()
	}
	return nil
}

// begin takes a session and opens a transaction on it. A connection that was lost while idle is replaced once.
func (db *DB) begin(ctx context.Context, pool *sessions, begin string) (*session, error) {
	for last := false; ; last = true {
		s, err := pool.take(ctx)
		if err != nil {
			return nil, err
		}
		if err = s.run(ctx, begin); err == nil {
			return s, nil
		}
		pool.giveBroken(s)
		if last || ctx.Err() != nil || !db.engine.unavailable(err) {
			return nil, err
		}
	}
}

func rollback(ctx context.Context, s *session) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), waitForTurn)
	defer cancel()
	return s.run(ctx, "ROLLBACK")
}

// explain makes a fault of an error of the engine itself.
func (db *DB) explain(err error) error {
	if err == nil || fault.KindOf(err) != "" || errors.Is(err, context.Canceled) || !db.engine.unavailable(err) {
		return err
	}
	return &fault.Error{Kind: fault.Unavailable, Text: "the database cannot do this now", Err: err}
}
