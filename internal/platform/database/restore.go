package database

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// EngineOf tells which engine an address names.
func EngineOf(address string) (Dialect, error) {
	switch scheme, _, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		return SQLite, nil
	case "postgres", "postgresql":
		return PostgreSQL, nil
	}
	return "", fault.Field("database", "write sqlite:FILE or postgres://USER@HOST/NAME")
}

// Vacant returns Conflict where there is something at address that a restored database would replace or mix with.
func Vacant(ctx context.Context, address string) error {
	engine, err := EngineOf(address)
	if err != nil {
		return err
	}
	if engine == SQLite {
		file := strings.TrimPrefix(address, "sqlite:")
		for _, name := range []string{file, file + "-wal", file + "-journal"} {
			if _, err := os.Lstat(name); err == nil {
				return fault.New(fault.Conflict, "%s is there already; a backup is restored into an empty place only", name)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return nil
	}
	db, err := openPostgreSQL(ctx, address, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tables, err := texts(ctx, db.pools[0], "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name LIMIT 1")
	if err != nil {
		return db.explain(err)
	}
	if len(tables) > 0 {
		return fault.New(fault.Conflict, "this PostgreSQL database has tables already (%s); a backup is restored into an empty one only: "+
			"make one by createdb and name it by --database", tables[0])
	}
	return nil
}

// Restore makes the database at address, where there must be none, from a dump. It is all there, sound and counted, or not at all.
//
// Returns Invalid where the dump is of another engine, Conflict where a database is there, Unavailable where what was restored is not what
// was dumped.
func Restore(ctx context.Context, address string, d Dump) error {
	engine, err := EngineOf(address)
	if err != nil {
		return err
	}
	if engine != d.Engine {
		return fault.New(fault.Invalid, "this is a backup of a node on %s, and --database names one on %s; a backup is restored on its own engine", d.Engine, engine)
	}
	if err := KnowsSchema(d.Schema); err != nil {
		return err
	}
	if err := Vacant(ctx, address); err != nil {
		return err
	}
	if engine == PostgreSQL {
		return restorePostgreSQL(ctx, address, d)
	}
	file := strings.TrimPrefix(address, "sqlite:")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	draft, err := disk.NewDraft(file)
	if err != nil {
		return err
	}
	defer draft.Discard()
	if _, err := io.Copy(draft, d.Content); err != nil {
		return err
	}
	schema, tables, err := inspectFile(ctx, draft.Name())
	if err != nil {
		return err
	}
	if err := sameContent(d, schema, tables); err != nil {
		return err
	}
	return draft.Keep(false)
}

// sameContent returns Unavailable where a restored database does not hold what was dumped.
func sameContent(d Dump, schema []int64, tables map[string]int64) error {
	if !slices.Equal(schema, d.Schema) {
		return fault.New(fault.Unavailable, "the restored database is at another version than the backup says (%v, %v)", schema, d.Schema)
	}
	if maps.Equal(tables, d.Tables) {
		return nil
	}
	for name, n := range d.Tables {
		if tables[name] != n {
			return fault.New(fault.Unavailable, "the restored table %s has %d rows, and the backup says %d", name, tables[name], n)
		}
	}
	return fault.New(fault.Unavailable, "the restored database has tables that the backup does not name")
}

// restorePostgreSQL hands a dump to pg_restore, which restores it in one transaction.
func restorePostgreSQL(ctx context.Context, address string, d Dump) error {
	program, err := tool("pg_restore")
	if err != nil {
		return err
	}
	db, err := openPostgreSQL(ctx, address, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	pool := db.pools[0]
	var namespace sql.NullString
	if err := pool.QueryRowContext(ctx, "SELECT current_schema()").Scan(&namespace); err != nil {
		return db.explain(err)
	}
	if namespace.String != d.Namespace {
		return fault.New(fault.Invalid, "the backup is of tables in the schema %q, and this address leads to %q; make that schema and add ?search_path=%s to the address",
			d.Namespace, namespace.String, url.QueryEscape(d.Namespace))
	}
	environment, name, err := libpq(address)
	if err != nil {
		return err
	}
	// With --schema the tables are restored and not the schema itself, which is there.
	cmd := exec.CommandContext(ctx, program, "--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction", //nolint:gosec // G204: found in the PATH by its fixed name
		"--schema="+d.Namespace, "--dbname="+name)
	cmd.Env = environment
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = d.Content, &complaint
	if err := complained("pg_restore", cmd.Run(), &complaint); err != nil {
		return err
	}
	schema, err := appliedSteps(ctx, pool)
	if err != nil {
		return db.explain(err)
	}
	tables, err := countTables(ctx, pool, listPostgreSQL)
	if err != nil {
		return db.explain(err)
	}
	if err := sameContent(d, schema, tables); err != nil {
		return fmt.Errorf("%w; drop this database and make it anew", err)
	}
	return nil
}

// parameters gives those of a PostgreSQL address; none where it is not written as a URL.
func parameters(address string) url.Values {
	parsed, err := url.Parse(address)
	if err != nil {
		return url.Values{}
	}
	return parsed.Query()
}
