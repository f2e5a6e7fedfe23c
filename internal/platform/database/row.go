package database

import (
	"context"
	"database/sql"
	"errors"
)

// ReadRow reads one row by a query that does not write, as QueryRow and Scan do. A statement alone is its own snapshot, so no transaction is
// opened around it: where one row is all that is asked, that is most of the cost.
//
// Returns sql.ErrNoRows where there is none, and Unavailable where the database cannot be reached.
func (db *DB) ReadRow(ctx context.Context, query string, args []any, into ...any) error {
	if db.inside.here() {
		return errNested
	}
	for last := false; ; last = true {
		s, err := db.readers.take(ctx)
		if err != nil {
			return db.explain(err)
		}
		t := &transaction{session: s}
		err = t.QueryRow(ctx, query, args...).Scan(into...)
		if err == nil || errors.Is(err, sql.ErrNoRows) {
			db.readers.give(s)
			return err
		}
		db.readers.giveBroken(s) // a connection that was lost while idle is replaced once
		if last || ctx.Err() != nil || !db.engine.unavailable(err) {
			return db.explain(err)
		}
	}
}
