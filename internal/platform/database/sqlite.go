package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// oldestSQLite is the first version without the bug that can corrupt a database in WAL mode when two connections write or checkpoint at
// the same moment (sqlite.org/wal.html, "the WAL-reset bug").
const oldestSQLite = "3.51.3"

func sqliteEngine() engine {
	return engine{
		dialect:      SQLite,
		beginRead:    "BEGIN",
		beginWrite:   "BEGIN IMMEDIATE",
		beginUpgrade: "BEGIN IMMEDIATE",
		tables:       "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1",
		writers:      1,
		prepare:      true,
		retry:        func(error) bool { return false },
		duplicate: func(err error) bool {
			code := sqliteCode(err)
			return code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || code == sqlite3.SQLITE_CONSTRAINT_UNIQUE ||
				code == sqlite3.SQLITE_CONSTRAINT_ROWID
		},
		unavailable: func(err error) bool {
			switch sqliteCode(err) & 0xff {
			case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM:
				return true
			}
			return false
		},
		// A second process that migrates at the same moment waits for the transaction of the first, and finds nothing to do in its own.
		lock: func(context.Context, *sql.DB) (func(), error) { return func() {}, nil },
	}
}

func openSQLite(ctx context.Context, file string, create bool) (*DB, error) {
	if file == "" || strings.HasPrefix(file, ":memory:") {
		return nil, fault.Field("database", "sqlite: needs the name of a file")
	}
	prepare := createPrivate
	if !create {
		prepare = mustBeThere
	}
	if err := prepare(file); fault.KindOf(err) == fault.NotFound {
		return nil, err
	} else if err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Text: "open the database", Err: err}
	}
	writer, err := sql.Open("sqlite", sqliteDSN(file, false))
	if err != nil {
		return nil, err
	}
	reader, err := sql.Open("sqlite", sqliteDSN(file, true))
	if err != nil {
		return nil, err
	}
	db := &DB{engine: sqliteEngine(), pools: []*sql.DB{writer, reader}, file: file}
	db.writers = newSessions(writer, db.engine.writers, true)
	db.readers = newSessions(reader, max(4, runtime.GOMAXPROCS(0)), true)

	if !create { // before a writer turns another program's file into one with a write-ahead log
		if err := db.checkOurs(ctx, reader); err != nil {
			_ = db.Close()
			return nil, placed(err, file)
		}
	}
	version, err := firstAnswer(ctx, writer)
	if err != nil {
		_ = db.Close()
		return nil, &fault.Error{Kind: fault.Unavailable, Place: fault.Place{File: file}, Text: "open the database", Err: err}
	}
	if err := checkSQLite(version); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// firstAnswer asks a new writer for SQLite's version. The first connection to a new file turns it into one with a write-ahead log, which
// SQLite does not wait for: a second one at that moment is told that the file is locked, whatever its busy timeout. So it is asked again.
func firstAnswer(ctx context.Context, writer *sql.DB) (version string, err error) {
	for until := time.Now().Add(waitForTurn); ; {
		err = writer.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
		if sqliteCode(err)&0xff != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			return version, err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// createPrivate makes an empty file that nobody else may read, where there is none; SQLite gives its side files the same mode.
func createPrivate(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// mustBeThere returns NotFound where there is no file.
func mustBeThere(file string) error {
	_, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, "there is no file %s", file)
	}
	return err
}

// placed names the file that a fault is about.
func placed(err error, file string) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.At(fault.Place{File: file})
	}
	return err
}

func sqliteDSN(file string, readOnly bool) string {
	q := url.Values{}
	q.Set("_busy_timeout", strconv.FormatInt(waitForTurn.Milliseconds(), 10))
	q.Set("_foreign_keys", "on")
	q.Set("_synchronous", "FULL")
	q.Set("_dqs", "false") // "name" is a column and never, by misspelling, a string
	q.Add("_pragma", "trusted_schema(off)")
	q.Add("_pragma", "journal_size_limit(67108864)") // a log that one large import has made long does not stay so
	if readOnly {
		q.Set("_query_only", "on")
	} else {
		q.Set("_journal_mode", "WAL")
	}
	// The path may hold characters that mean something in a URI.
	return "file:" + (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath() + "?" + q.Encode()
}

// checkSQLite refuses a version that is too old to be trusted with a write-ahead log.
func checkSQLite(version string) error {
	if older(version, oldestSQLite) {
		return fault.New(fault.Unavailable, "SQLite %s can corrupt a database in WAL mode; %s or newer is needed", version, oldestSQLite)
	}
	return nil
}

// older compares dotted version numbers.
func older(a, b string) bool {
	var x, y [3]int
	_, errA := fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
	_, errB := fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	if errA != nil || errB != nil {
		return true
	}
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
