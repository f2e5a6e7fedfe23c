package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrationTable is where it is noted which steps were applied. The form is goose's, which made it in earlier nodes.
const migrationTable = "database_migration"

// step is one migration: what changes the tables of the version before it.
type step struct {
	version int64
	name    string
	text    string // SQL
}

// steps reads migrations, named NUMBER_WORDS.sql, in the order of their numbers. What is applied stands after the line "-- +goose Up"; from
// "-- +goose Down" on, a file says how a developer takes the step back.
func steps(files fs.FS) ([]step, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	all := make([]step, 0, len(names))
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil || version < 1 {
			return nil, fmt.Errorf("the migration %s does not begin with its number", name)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		_, up, found := strings.Cut(string(text), "-- +goose Up\n")
		if !found {
			return nil, fmt.Errorf("the migration %s has no line -- +goose Up", name)
		}
		up, _, _ = strings.Cut(up, "-- +goose Down")
		all = append(all, step{version: version, name: name, text: up})
	}
	slices.SortFunc(all, func(a, b step) int { return int(a.version - b.version) })
	return all, nil
}

// ownSteps are the migrations that this program knows.
func ownSteps() ([]step, error) {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, err
	}
	return steps(files)
}

// migrate brings the tables up to date: all steps that are missing in one transaction, or none, so that the program that ran before still
// can when one fails. Before an existing database is changed, a snapshot of it is made (see Snapshots). On a database that is up to date it
// costs one query.
func (db *DB) migrate(ctx context.Context, all []step) (err error) {
	defer fault.Wrap(&err, "bring the database up to date")
	pool := db.pools[0]
	if missing, _, err := db.missingSteps(ctx, pool, all); err != nil || len(missing) == 0 {
		return err
	}
	unlock, err := db.engine.lock(ctx, pool)
	if err != nil {
		return err
	}
	defer unlock()
	missing, fresh, err := db.missingSteps(ctx, pool, all)
	if err != nil || len(missing) == 0 {
		return err // another process has done it meanwhile
	}
	if !fresh {
		if err := db.keepFormer(ctx, missing); err != nil {
			return fmt.Errorf("nothing was changed: no snapshot of the database could be made before: %w", err)
		}
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := db.apply(ctx, conn, all); err != nil {
		return fmt.Errorf("the tables stay as they were: %w", err)
	}
	if !fresh {
		slog.InfoContext(ctx, "the database is up to date", "step", all[len(all)-1].version)
	}
	return nil
}

// apply runs the steps that are missing in one transaction. What is missing is asked for again inside of it, where nobody else can be
// doing the same.
func (db *DB) apply(ctx context.Context, conn *sql.Conn, all []step) (err error) {
	if _, err := conn.ExecContext(ctx, db.engine.beginUpgrade); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	_, err = conn.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS "+migrationTable+" (version_id bigint NOT NULL PRIMARY KEY, is_applied boolean NOT NULL)")
	if err != nil {
		return err
	}
	missing, _, err := db.missingSteps(ctx, conn, all)
	if err != nil {
		return err
	}
	for _, s := range missing {
		if _, err := conn.ExecContext(ctx, s.text); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if _, err := conn.ExecContext(ctx, "INSERT INTO "+migrationTable+" (version_id, is_applied) VALUES ($1, $2)", s.version, true); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	_, err = conn.ExecContext(context.WithoutCancel(ctx), "COMMIT")
	return err
}

// asker is what a pool and a connection have in common.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// missingSteps gives the steps that were not applied, and whether none was. Returns Unavailable where a newer program has applied a step
// that this one does not know.
func (db *DB) missingSteps(ctx context.Context, from asker, all []step) (missing []step, fresh bool, err error) {
	applied, err := appliedSteps(ctx, from)
	if err != nil {
		var tables int
		if from.QueryRowContext(ctx, db.engine.tables, migrationTable).Scan(&tables) == nil && tables == 0 {
			return all, true, nil
		}
		return nil, false, err
	}
	if err := checkKnown(applied, all); err != nil {
		return nil, false, err
	}
	for _, s := range all {
		if !slices.Contains(applied, s.version) {
			missing = append(missing, s)
		}
	}
	return missing, len(applied) == 0, nil
}

// appliedSteps gives the versions of the steps that were applied, in their order.
func appliedSteps(ctx context.Context, from asker) (applied []int64, err error) {
	rows, err := from.QueryContext(ctx, "SELECT DISTINCT version_id FROM "+migrationTable+" WHERE version_id > 0 ORDER BY version_id")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		applied = append(applied, version)
	}
	return applied, rows.Err()
}

// checkKnown returns Unavailable where a step was applied that comes after all that this program knows.
func checkKnown(applied []int64, all []step) error {
	newest := int64(0)
	if len(all) > 0 {
		newest = all[len(all)-1].version
	}
	if len(applied) > 0 && applied[len(applied)-1] > newest {
		return fault.New(fault.Unavailable, "a newer cityrights has changed this database (step %d, this program knows %d); use that version",
			applied[len(applied)-1], newest)
	}
	return nil
}
