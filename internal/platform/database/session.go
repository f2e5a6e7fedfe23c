package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"sync"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	// waitForTurn is how long a transaction waits for a connection, or for another process that writes.
	waitForTurn = 10 * time.Second
	// maxStatements bounds the prepared statements of a session. The program's own texts are far fewer; lists of varying length are not.
	maxStatements = 256
)

// session is one connection with the statements prepared on it. One goroutine uses it at a time.
//
// database/sql would prepare a statement again for each transaction, or look it up on each connection of the pool; holding the
// connection makes a point read about three times cheaper.
type session struct {
	conn       *sql.Conn
	prepare    bool
	statements map[string]*sql.Stmt
}

// statement gives the prepared statement for text, or nil where the driver caches statements itself.
func (s *session) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if !s.prepare {
		return nil, nil
	}
	if stmt, ok := s.statements[text]; ok {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s.statements[text] = stmt
	return stmt, nil
}

// run executes a statement without arguments or results, such as BEGIN.
func (s *session) run(ctx context.Context, text string) error {
	stmt, err := s.statement(ctx, text)
	if err != nil {
		return err
	}
	if stmt == nil {
		_, err = s.conn.ExecContext(ctx, text)
	} else {
		_, err = stmt.ExecContext(ctx)
	}
	return err
}

// trim forgets all statements where they have become too many. Only between transactions: a statement in use must stay.
func (s *session) trim() {
	if len(s.statements) <= maxStatements {
		return
	}
	s.closeStatements()
}

func (s *session) closeStatements() {
	for _, stmt := range s.statements {
		_ = stmt.Close()
	}
	clear(s.statements)
}

// drop closes the connection itself rather than handing it back to database/sql's pool, because its state is not known.
func (s *session) drop() {
	s.closeStatements()
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = s.conn.Close()
}

// sessions is a bounded pool of sessions, opened when first needed.
type sessions struct {
	pool    *sql.DB
	prepare bool
	free    chan *session // nil entries stand for sessions that are not open
	once    sync.Once
	closed  chan struct{}
}

func newSessions(pool *sql.DB, n int, prepare bool) *sessions {
	s := &sessions{pool: pool, prepare: prepare, free: make(chan *session, n), closed: make(chan struct{})}
	for range n {
		s.free <- nil
	}
	return s
}

// take gives a session for the caller alone. Returns Unavailable when none became free in time.
func (s *sessions) take(ctx context.Context) (*session, error) {
	var next *session
	select {
	case <-s.closed:
		return nil, errClosed()
	default:
	}
	select {
	case next = <-s.free:
	default:
		timer := time.NewTimer(waitForTurn)
		defer timer.Stop()
		select {
		case next = <-s.free:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.closed:
			return nil, errClosed()
		case <-timer.C:
			return nil, fault.New(fault.Unavailable, "the database is busy; try again")
		}
	}
	if next != nil {
		return next, nil
	}
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		s.free <- nil
		return nil, err
	}
	return &session{conn: conn, prepare: s.prepare, statements: map[string]*sql.Stmt{}}, nil
}

func errClosed() error { return fault.New(fault.Unavailable, "the database is closed") }

// give hands a session back.
func (s *sessions) give(one *session) {
	one.trim()
	s.free <- one
}

// giveBroken hands back the place of a session that can no longer be used.
func (s *sessions) giveBroken(one *session) {
	one.drop()
	s.free <- nil
}

// close waits until all sessions are back and closes them.
func (s *sessions) close() {
	s.once.Do(func() {
		close(s.closed)
		for range cap(s.free) {
			if one := <-s.free; one != nil {
				one.closeStatements()
				_ = one.conn.Close()
			}
		}
	})
}
