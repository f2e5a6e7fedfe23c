package database

import (
	"context"
	"database/sql"
	"errors"
)

// Tx is a running transaction, valid until the function it was handed to returns. It must not be used by two goroutines at once, and
// the rows of one query must be closed before the next statement.
type Tx struct{ *transaction }

type transaction struct {
	session *session
	write   bool
	bump    bool
	ended   bool
	rows    []*sql.Rows
}

// The texts are for the developer: no input can cause these.
var (
	errEnded  = errors.New("database: this transaction has ended")
	errReader = errors.New("database: Bump in a transaction that reads")
)

// Exec runs a statement that gives no rows and tells how many rows it changed.
func (t *transaction) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	if t.ended {
		return 0, errEnded
	}
	stmt, err := t.session.statement(ctx, text)
	if err != nil {
		return 0, err
	}
	var result sql.Result
	if stmt == nil {
		result, err = t.session.conn.ExecContext(ctx, text, args...)
	} else {
		result, err = stmt.ExecContext(ctx, args...)
	}
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Query runs a statement that gives rows. Rows left open are closed when the transaction ends.
func (t *transaction) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if t.ended {
		return nil, errEnded
	}
	stmt, err := t.session.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	var rows *sql.Rows
	if stmt == nil {
		rows, err = t.session.conn.QueryContext(ctx, text, args...)
	} else {
		rows, err = stmt.QueryContext(ctx, args...)
	}
	if err != nil {
		return nil, err
	}
	t.rows = append(t.rows, rows)
	return rows, nil
}

// QueryRow runs a statement that gives at most one row. Errors come from Scan; sql.ErrNoRows where there is none.
func (t *transaction) QueryRow(ctx context.Context, text string, args ...any) *sql.Row {
	if t.ended {
		// A sql.Row cannot be made outside database/sql; this is the way to one that carries an error.
		gone, cancel := context.WithCancelCause(ctx)
		cancel(errEnded)
		return t.session.conn.QueryRowContext(gone, text)
	}
	stmt, err := t.session.statement(ctx, text)
	if err != nil || stmt == nil {
		return t.session.conn.QueryRowContext(ctx, text, args...) // meets the same error, if there was one
	}
	return stmt.QueryRowContext(ctx, args...)
}

// Bump says that this transaction changes what the public sees: when it commits, Version gives another number, here and in every
// process on the same database.
func (t *transaction) Bump(context.Context) error {
	if t.ended {
		return errEnded
	}
	if !t.write {
		return errReader
	}
	t.bump = true
	return nil
}

func (t *transaction) closeRows() {
	for _, rows := range t.rows {
		_ = rows.Close()
	}
	t.rows = nil
}
