package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func postgresEngine() engine {
	return engine{
		dialect:      PostgreSQL,
		beginRead:    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		beginWrite:   "BEGIN ISOLATION LEVEL SERIALIZABLE",
		beginUpgrade: "BEGIN",
		tables:       "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1",
		writers:      4,
		retry: func(err error) bool {
			code := postgresCode(err)
			return code == "40001" || code == "40P01" // serialization_failure, deadlock_detected
		},
		duplicate: func(err error) bool { return postgresCode(err) == "23505" },
		unavailable: func(err error) bool {
			code := postgresCode(err)
			var network net.Error
			return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57P") ||
				strings.HasPrefix(code, "58") || errors.As(err, &network) ||
				errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || pgconn.SafeToRetry(err)
		},
		lock: lockMigrations,
	}
}

// lockMigrations waits until no other process migrates the same schema.
func lockMigrations(ctx context.Context, pool *sql.DB) (unlock func(), err error) {
	const key = "hashtext('cityrights migrations in ' || current_schema())"
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+key+")"); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+key+")")
		_ = conn.Close()
	}, nil
}

func openPostgreSQL(ctx context.Context, url string, create bool) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The driver's text may repeat the address with its password.
		return nil, fault.Field("database", "the address of the PostgreSQL database cannot be read; write postgres://USER@HOST/NAME")
	}
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(commitOnDisk))
	db := &DB{engine: postgresEngine(), pools: []*sql.DB{pool}, address: url}
	db.writers = newSessions(pool, db.engine.writers, false)
	db.readers = newSessions(pool, max(4, 2*runtime.GOMAXPROCS(0)), false)

	var fsync string
	if err := pool.QueryRowContext(ctx, "SHOW fsync").Scan(&fsync); err != nil {
		_ = db.Close()
		return nil, &fault.Error{Kind: fault.Unavailable, Text: "connect to PostgreSQL", Err: err}
	}
	err = checkPostgreSQL(fsync)
	if err == nil && !create {
		err = db.checkOurs(ctx, pool)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// checkPostgreSQL refuses a server that may lose what it has acknowledged.
func checkPostgreSQL(fsync string) error {
	if fsync == "off" {
		return fault.New(fault.Unavailable, "this PostgreSQL runs with fsync=off and may lose or corrupt data; set fsync=on")
	}
	return nil
}

// commitOnDisk turns synchronous_commit on where the server's default is off, so that an acknowledged transaction is on disk. Stronger
// settings, which wait for replicas, stay.
func commitOnDisk(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")
	return err
}

func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
