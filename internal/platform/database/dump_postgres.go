package database

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// dumpPostgreSQL calls use with what pg_dump writes of a snapshot in which the rows were counted, too (pg_export_snapshot).
func (db *DB) dumpPostgreSQL(ctx context.Context, use func(Dump) error) (err error) {
	program, err := tool("pg_dump")
	if err != nil {
		return err
	}
	conn, err := db.pools[0].Conn(ctx)
	if err != nil {
		return db.explain(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, db.engine.beginRead); err != nil {
		return db.explain(err)
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") }()
	d, snapshot := Dump{Engine: PostgreSQL}, ""
	const about = `SELECT current_schema(), pg_export_snapshot(), (SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r')`
	if err := conn.QueryRowContext(ctx, about).Scan(&d.Namespace, &snapshot, &d.Size); err != nil {
		return db.explain(err)
	}
	if d.Schema, err = appliedSteps(ctx, conn); err != nil {
		return db.explain(err)
	}
	if d.Tables, err = countTables(ctx, conn, listPostgreSQL); err != nil {
		return db.explain(err)
	}
	environment, _, err := libpq(db.address)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// The quickest compression: the node that goes on meanwhile needs the processor more than the disk needs a third less.
	cmd := exec.CommandContext(ctx, program, "--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--no-password", //nolint:gosec // G204: found in the PATH by its fixed name
		"--snapshot="+snapshot, `--schema="`+strings.ReplaceAll(d.Namespace, `"`, `""`)+`"`)
	cmd.Env = environment
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	running := &untilDone{Reader: out, wait: func() error { return complained("pg_dump", cmd.Wait(), &complaint) }}
	d.Content = running
	err = use(d)
	stop() // where use has not read to the end
	_ = running.end()
	return err
}

// untilDone reads what a program prints. Its end is an error where the program fails, so that half of it is never taken for the whole.
type untilDone struct {
	io.Reader
	wait  func() error
	ended bool
	err   error
}

func (u *untilDone) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		if failed := u.end(); failed != nil {
			return n, failed
		}
	}
	return n, err
}

func (u *untilDone) end() error {
	if !u.ended {
		u.ended, u.err = true, u.wait()
	}
	return u.err
}

// tool finds a program of PostgreSQL's, which belongs to its client package.
func tool(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fault.New(fault.Unavailable, "%s is not installed here, and a PostgreSQL database is backed up and restored by it; "+
			"install PostgreSQL's client programs, of the server's version or a newer one (Debian, Ubuntu: apt-get install postgresql-client)", name)
	}
	return path, nil
}

// complained gives the failure of a program with what it said about it.
func complained(name string, err error, said *bytes.Buffer) error {
	if err == nil {
		return nil
	}
	text := strings.TrimSpace(said.String())
	if text == "" {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fault.New(fault.Unavailable, "%s", text)
}

// libpq gives the environment in which PostgreSQL's own programs reach the database at url. They are told by variables and not by
// arguments, which everybody on the machine can read. Settings of a session that only our driver takes from an address are left out.
func libpq(address string) (environment []string, database string, err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, "", fault.Field("database", "the address of the PostgreSQL database cannot be read; write postgres://USER@HOST/NAME")
	}
	environment = append(os.Environ(),
		"PGHOST="+config.Host, fmt.Sprintf("PGPORT=%d", config.Port), "PGUSER="+config.User, "PGDATABASE="+config.Database)
	if config.Password != "" {
		environment = append(environment, "PGPASSWORD="+config.Password)
	}
	asked := parameters(address)
	for _, name := range []string{"sslmode", "sslrootcert", "sslcert", "sslkey"} {
		if value := asked.Get(name); value != "" {
			environment = append(environment, "PG"+strings.ToUpper(name)+"="+value)
		}
	}
	return environment, config.Database, nil
}
