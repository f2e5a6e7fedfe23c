package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Dump is a whole database of one moment, and what must be found again when it is restored.
type Dump struct {
	Engine    Dialect
	Namespace string           // of PostgreSQL: the schema that its tables are in
	Schema    []int64          // numbers of the migrations that have made its tables
	Tables    map[string]int64 // rows of each table
	Size      int64            // of what Content gives; of PostgreSQL about, before compression
	Content   io.Reader        // a SQLite database, or what pg_dump writes in its custom format
}

// Dump calls use with the database as it is at one moment, while others go on writing. A SQLite database is first copied into the folder
// scratch, which needs room for all of it; made, unless nil, is told how many of how many bytes stand there.
//
// Returns Unavailable where pg_dump is not installed or the database cannot be read as a whole.
func (db *DB) Dump(ctx context.Context, scratch string, made func(done, all int64), use func(Dump) error) error {
	if db.Dialect() == PostgreSQL {
		return db.dumpPostgreSQL(ctx, use)
	}
	folder, err := os.MkdirTemp(scratch, ".cityrights-snapshot-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	copied := filepath.Join(folder, "snapshot.sqlite")
	if err := db.vacuumInto(ctx, copied, made); err != nil {
		return err
	}
	return dumpFile(ctx, copied, use)
}

// dumpFile calls use with a SQLite database that nobody writes.
func dumpFile(ctx context.Context, file string, use func(Dump) error) (err error) {
	d := Dump{Engine: SQLite}
	if d.Schema, d.Tables, err = inspectFile(ctx, file); err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	d.Size, d.Content = info.Size(), f
	return use(d)
}

// inspectFile reads what a SQLite file holds that nobody writes, and checks that it is sound.
func inspectFile(ctx context.Context, file string) (schema []int64, tables map[string]int64, err error) {
	pool, err := sql.Open("sqlite", sqliteDSN(file, true)+"&mode=ro&immutable=1")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = pool.Close() }()
	if err := sound(ctx, pool, "PRAGMA quick_check(1)"); err != nil {
		return nil, nil, err
	}
	if schema, err = appliedSteps(ctx, pool); err != nil {
		return nil, nil, err
	}
	tables, err = countTables(ctx, pool, listSQLite)
	return schema, tables, err
}

// sound runs one of SQLite's checks of a whole database.
func sound(ctx context.Context, pool asker, check string) error {
	var said string
	if err := pool.QueryRowContext(ctx, check).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fault.New(fault.Unavailable, "the database is damaged: %s", said)
	}
	return nil
}

const (
	listSQLite     = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
	listPostgreSQL = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
)

// countTables gives the number of rows of each table in a list.
func countTables(ctx context.Context, from asker, list string) (map[string]int64, error) {
	names, err := texts(ctx, from, list)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int64, len(names))
	for _, name := range names {
		var n int64
		if err := from.QueryRowContext(ctx, `SELECT count(*) FROM "`+name+`"`).Scan(&n); err != nil { // the names are the database's own
			return nil, fmt.Errorf("count %s: %w", name, err)
		}
		counts[name] = n
	}
	return counts, nil
}

// texts gives the first column of a query.
func texts(ctx context.Context, from asker, query string) (all []string, err error) {
	rows, err := from.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// dumpTo writes a snapshot of the database into a file: all of it, or no file.
func (db *DB) dumpTo(ctx context.Context, target string) error {
	if db.Dialect() == SQLite {
		return db.vacuumTo(ctx, target)
	}
	return db.dumpPostgreSQL(ctx, func(d Dump) error {
		draft, err := disk.NewDraft(target)
		if err != nil {
			return err
		}
		defer draft.Discard()
		if _, err := io.Copy(draft, d.Content); err != nil {
			return err
		}
		return draft.Keep(false)
	})
}
