// Package dbtest runs a test on both database engines.
//
// SQLite always runs, in a file of its own. PostgreSQL runs in a schema of its own on the server whose address is in
// $CITYRIGHTS_TEST_POSTGRES (scripts/with-postgres starts one); without it the test is skipped, and fails where $CI is set.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops the schemas

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Server names the environment variable with the address of the PostgreSQL server to test on.
const Server = "CITYRIGHTS_TEST_POSTGRES"

// Each runs test once on an empty SQLite database and once on an empty PostgreSQL one, as subtests.
func Each(t *testing.T, test func(t *testing.T, db *database.DB)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { test(t, Open(t, url)) })
}

// EachURL is Each for a test that opens the database itself, such as one of the whole program.
func EachURL(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQLURL(t)) })
}

// SQLite opens an empty SQLite database, for benchmarks and for what one engine is enough for.
func SQLite(t testing.TB) *database.DB {
	t.Helper()
	return Open(t, SQLiteURL(t))
}

// Open opens the database at url until the test ends.
func Open(t testing.TB, url string) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// SQLiteURL names a SQLite file that does not exist yet.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "node.db")
}

// PostgreSQLURL makes an empty schema and gives an address whose connections see that schema only.
func PostgreSQLURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Server)
	if server == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not set: the tests on PostgreSQL must run where CI is set; use scripts/with-postgres", Server)
		}
		t.Skipf("%s is not set: no PostgreSQL to test on; use scripts/with-postgres", Server)
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	exec(t, server, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { exec(t, server, "DROP SCHEMA "+schema+" CASCADE") })
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

// PostgreSQLDatabaseURL makes an empty database of its own on the server, for what a schema is not enough for, such as pg_restore.
func PostgreSQLDatabaseURL(t testing.TB) string {
	t.Helper()
	schema, err := url.Parse(PostgreSQLURL(t))
	if err != nil {
		t.Fatal(err)
	}
	server, name := os.Getenv(Server), "test_"+strings.ToLower(rand.Text())
	exec(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { exec(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	query := schema.Query()
	query.Del("search_path")
	schema.Path, schema.RawQuery = "/"+name, query.Encode()
	return schema.String()
}

func exec(t testing.TB, server, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}
