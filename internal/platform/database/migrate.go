package database

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrationTable is where goose notes what was applied.
const migrationTable = "database_migration"

// migrate brings the tables up to date. On a database that is, it costs one query.
func (db *DB) migrate(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "bring the database up to date")
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	count, newest, err := known(files)
	if err != nil {
		return err
	}
	pool := db.pools[0]
	if done, err := migrated(ctx, pool, count, newest); done || err != nil {
		return err
	}
	unlock, err := db.engine.lock(ctx, pool)
	if err != nil {
		return err
	}
	defer unlock()

	provider, err := goose.NewProvider(db.engine.goose, pool, files,
		goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	// On SQLite, where nothing is locked, another process may have begun the same: then this one fails on what is there, and looks again.
	for try := 1; ; try++ {
		if done, err := migrated(ctx, pool, count, newest); done || err != nil {
			return err
		}
		_, err := provider.Up(ctx)
		if err == nil || try == 5 || ctx.Err() != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// known gives the number of embedded migrations and the highest of their versions.
func known(files fs.FS) (count, newest int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, 0, err
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, 0, err
		}
		newest = max(newest, version)
	}
	return int64(len(names)), newest, nil
}

// migrated tells whether all embedded migrations were applied. A table that cannot be read counts as none; the attempt to migrate then
// says why.
func migrated(ctx context.Context, pool *sql.DB, count, newest int64) (bool, error) {
	var applied, last int64
	err := pool.QueryRowContext(ctx, "SELECT count(*), coalesce(max(version_id), 0) FROM "+migrationTable+" WHERE version_id > 0").
		Scan(&applied, &last)
	switch {
	case err != nil:
		return false, ctx.Err()
	case last > newest:
		return false, fault.New(fault.Unavailable,
			"a newer cityrights has changed this database (step %d, this program knows %d); use that version", last, newest)
	}
	return applied == count, nil
}
