package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/checkup"
)

// Examine looks at the database at address and changes nothing: the engine and its settings, whether the data are sound, and the version of
// the tables. current tells whether this program can open it without changing it. now is the machine's time, which a server's is held against.
func Examine(ctx context.Context, address string, now time.Time) (findings []checkup.Finding, current bool) {
	var pool *sql.DB
	engine, err := EngineOf(address)
	if err == nil && engine == SQLite {
		file := strings.TrimPrefix(address, "sqlite:")
		if err = mustBeThere(file); err == nil {
			pool, err = sql.Open("sqlite", sqliteDSN(file, true)+"&mode=ro")
		}
	} else if err == nil {
		var db *DB
		if db, err = openPostgreSQL(ctx, address, true); err == nil {
			defer func() { _ = db.Close() }()
			pool = db.pools[0]
		}
	}
	if err != nil {
		return []checkup.Finding{checkup.Failed("database", "It cannot be opened: "+err.Error()+".", "Look whether --data and --database name the node, "+
			"whether this user may read it, and whether the server of the database runs.")}, false
	}
	defer func() { _ = pool.Close() }()
	e := examination{pool: pool}
	if engine == SQLite {
		e.sqlite(ctx)
	} else {
		e.postgresql(ctx, now)
	}
	e.schema(ctx)
	return e.findings, e.current
}

// examination collects findings of a database.
type examination struct {
	pool     *sql.DB
	findings []checkup.Finding
	current  bool
}

func (e *examination) add(f checkup.Finding) { e.findings = append(e.findings, f) }

// ask gives the answer to a query of one value, or what went wrong as a text that equals no expected one.
func (e *examination) ask(ctx context.Context, query string) string {
	var said string
	if err := e.pool.QueryRowContext(ctx, query).Scan(&said); err != nil {
		return "not known (" + err.Error() + ")"
	}
	return said
}

func (e *examination) sqlite(ctx context.Context) {
	version := e.ask(ctx, "SELECT sqlite_version()")
	if err := checkSQLite(version); err != nil {
		e.add(checkup.Failed("database engine", err.Error()+".", "Use a release of cityrights as it was built."))
	} else {
		e.add(checkup.Fine("database engine", "SQLite "+version+"; "+oldestSQLite+" or newer is needed."))
	}
	if mode := e.ask(ctx, "PRAGMA journal_mode"); mode != "wal" {
		e.add(checkup.Warned("write-ahead log", "The journal mode is "+mode+" and not wal: readers and writers wait for each other.",
			"Start the node once; it sets the mode. Where it does not stay, another program changes the file, or the file system cannot keep it (a network share)."))
	} else {
		e.add(checkup.Fine("write-ahead log", "On."))
	}
	switch synchronous, keys := e.ask(ctx, "PRAGMA synchronous"), e.ask(ctx, "PRAGMA foreign_keys"); {
	case synchronous != "2" || keys != "1":
		e.add(checkup.Failed("settings", "A connection has synchronous="+synchronous+" and foreign_keys="+keys+", and needs 2 (FULL) and 1.", "Use a release of cityrights as it was built."))
	default:
		e.add(checkup.Fine("settings", "What is acknowledged is on the disk (synchronous=FULL), and references are held (foreign_keys=ON)."))
	}
	if said := e.ask(ctx, "PRAGMA integrity_check(1)"); said != "ok" {
		e.add(checkup.Failed("integrity", "The database is damaged: "+strings.Join(strings.Fields(said), " ")+".",
			"Stop the node, keep a copy of its folder, and restore the last backup (cityrights restore). Then look after the disk and its cables, and the memory."))
	} else {
		e.add(checkup.Fine("integrity", "Every page, index and row was read and is sound."))
	}
	broken, err := texts(ctx, e.pool, `SELECT DISTINCT "table" FROM pragma_foreign_key_check LIMIT 5`)
	switch {
	case err != nil:
		e.add(checkup.Failed("references", "They cannot be checked: "+err.Error()+".", "Mend the database first."))
	case len(broken) > 0:
		e.add(checkup.Failed("references", "Rows of "+strings.Join(broken, ", ")+" refer to rows that are not there.",
			"Another program has changed the file. Restore the last backup that cityrights doctor finds sound."))
	default:
		e.add(checkup.Fine("references", "Every row that is referred to is there."))
	}
}

func (e *examination) postgresql(ctx context.Context, now time.Time) {
	e.add(checkup.Fine("database engine", "PostgreSQL "+e.ask(ctx, "SHOW server_version")+"."))
	fsync, pages := e.ask(ctx, "SHOW fsync"), e.ask(ctx, "SHOW full_page_writes")
	if fsync != "on" || pages != "on" {
		e.add(checkup.Failed("settings", "The server runs with fsync="+fsync+" and full_page_writes="+pages+": it may lose or corrupt data when it stops.", "Set both to on in postgresql.conf."))
	} else {
		e.add(checkup.Fine("settings", "What is acknowledged is on the disk (fsync=on, full_page_writes=on)."))
	}
	if encoding := e.ask(ctx, "SHOW server_encoding"); encoding != "UTF8" {
		e.add(checkup.Failed("encoding", "The database is in "+encoding+" and cannot hold every language.", "Make a database in UTF8 (createdb --encoding=UTF8 --template=template0) and restore a backup into it."))
	} else {
		e.add(checkup.Fine("encoding", "UTF8."))
	}
	broken, err := texts(ctx, e.pool, `SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE NOT i.indisvalid AND n.nspname = current_schema() LIMIT 5`)
	switch {
	case err != nil:
		e.add(checkup.Failed("integrity", "The indexes cannot be looked at: "+err.Error()+".", "Look into the server's log."))
	case len(broken) > 0:
		e.add(checkup.Failed("integrity", "These indexes are not valid: "+strings.Join(broken, ", ")+".", "Build them anew by REINDEX INDEX."))
	case e.ask(ctx, "SHOW data_checksums") != "on":
		e.add(checkup.Warned("integrity", "The indexes are valid, and the server keeps no checksums of its pages, so a failing disk stays unseen for long.",
			"Stop the server and run pg_checksums --enable, at the next occasion."))
	default:
		e.add(checkup.Fine("integrity", "The indexes are valid, and the server keeps checksums of its pages."))
	}
	var server int64
	if err := e.pool.QueryRowContext(ctx, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)").Scan(&server); err == nil {
		if apart := now.Sub(time.UnixMilli(server)).Abs(); apart > time.Minute {
			e.add(checkup.Warned("clock of the server", fmt.Sprintf("This machine and the database's server are %v apart.", apart.Round(time.Second)), "Let both keep time by NTP."))
		}
	}
}

// schema looks at the version of the tables.
func (e *examination) schema(ctx context.Context) {
	const subject = "tables"
	own, err := ownSteps()
	if err != nil {
		e.add(checkup.Failed(subject, err.Error()+".", "Use a release of cityrights as it was built."))
		return
	}
	applied, err := appliedSteps(ctx, e.pool)
	switch {
	case err != nil:
		e.add(checkup.Failed(subject, "This is no database of cityrights, or it cannot be read: "+err.Error()+".", "Look whether --data and --database name the node."))
	case KnowsSchema(applied) != nil:
		e.add(checkup.Failed(subject, "A newer cityrights has changed this database.", "Use that version of the program."))
	case len(applied) < len(own):
		e.add(checkup.Warned(subject, fmt.Sprintf("They are of an older cityrights, %d steps behind this program.", len(own)-len(applied)),
			"Make a backup, stop the node and start it with this program; it keeps a snapshot and brings them up to date."))
	default:
		e.current = true
		e.add(checkup.Fine(subject, fmt.Sprintf("Up to date (step %d).", own[len(own)-1].version)))
	}
}
