package database

import (
	"context"
	"database/sql"
	"strings"

	"github.com/google/uuid"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Dialect names a database engine.
type Dialect string

const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgres"
)

// DB is an open, migrated database. It is safe for concurrent use.
type DB struct {
	engine  engine
	pools   []*sql.DB
	readers *sessions
	writers *sessions
	version versionCache
	inside  insiders

	file      string // of SQLite
	address   string // of PostgreSQL, as it was named
	snapshots string // folder for snapshots of former tables; empty: see Snapshots
}

// engine is what differs between the dialects.
type engine struct {
	dialect    Dialect
	beginRead  string // opens one snapshot that cannot write
	beginWrite string
	// beginUpgrade opens the transaction that changes the tables; the lock, or SQLite's own, keeps others out of it.
	beginUpgrade string
	tables       string // counts the tables of a name
	writers      int    // how many transactions may write at the same time
	prepare      bool   // whether statements are prepared and cached here; the PostgreSQL driver does it itself
	// retry tells that the transaction lost against another one and should be run again.
	retry func(error) bool
	// duplicate tells that a primary key or a unique index refused a row.
	duplicate func(error) bool
	// unavailable tells that the engine itself cannot work: disk full, connection lost.
	unavailable func(error) bool
	// lock keeps other processes from migrating the same database until unlock is called.
	lock func(context.Context, *sql.DB) (unlock func(), err error)
}

// Open opens the database at url, creates it where it is a SQLite file that does not exist yet, and brings its tables up to date.
// The url is sqlite:FILE or postgres://…
//
// Open refuses a SQLite older than 3.51.3, a PostgreSQL that runs with fsync=off, and a database that a newer program has migrated.
func Open(ctx context.Context, url string, options ...Option) (*DB, error) {
	db, err := connect(ctx, url, true)
	if err != nil {
		return nil, err
	}
	return db.updated(ctx, options)
}

// Find is Open for a database that must be there: it returns NotFound, and makes and changes nothing, where there is no SQLite file of this
// name or a database in which Open has made no tables.
func Find(ctx context.Context, url string, options ...Option) (*DB, error) {
	db, err := connect(ctx, url, false)
	if err != nil {
		return nil, err
	}
	return db.updated(ctx, options)
}

// connect opens the database at url; its tables stay as they are. Without create it must be one of ours.
func connect(ctx context.Context, url string, create bool) (*DB, error) {
	switch scheme, rest, _ := strings.Cut(url, ":"); scheme {
	case "sqlite":
		return openSQLite(ctx, rest, create)
	case "postgres", "postgresql":
		return openPostgreSQL(ctx, url, create)
	}
	return nil, fault.Field("database", "write sqlite:FILE or postgres://USER@HOST/NAME")
}

// checkOurs returns NotFound where Open has made no tables. It only reads, by a pool that need not be one that writes.
func (db *DB) checkOurs(ctx context.Context, pool *sql.DB) error {
	var tables int
	if err := pool.QueryRowContext(ctx, db.engine.tables, migrationTable).Scan(&tables); err != nil {
		return &fault.Error{Kind: fault.Unavailable, Text: "open the database", Err: err}
	}
	if tables == 0 {
		return fault.New(fault.NotFound, "this is no database of cityrights")
	}
	return nil
}

// updated gives the database with its tables up to date, or closes it.
func (db *DB) updated(ctx context.Context, options []Option) (*DB, error) {
	for _, choose := range options {
		choose(db)
	}
	all, err := ownSteps()
	if err == nil {
		err = db.migrate(ctx, all)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// Dialect tells which engine keeps the data.
func (db *DB) Dialect() Dialect { return db.engine.dialect }

// File names the file of a SQLite database; empty for PostgreSQL.
func (db *DB) File() string { return db.file }

// Close waits for running transactions and closes the database.
func (db *DB) Close() error {
	db.readers.close()
	db.writers.close()
	var first error
	for _, pool := range db.pools {
		if err := pool.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Duplicate tells whether err says that a row with this key exists already. On PostgreSQL the transaction is lost then.
func (db *DB) Duplicate(err error) bool { return db.engine.duplicate(err) }

// NewID makes an identifier that sorts by the time it was made: a UUID of version 7 (RFC 9562). It is not a secret.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
