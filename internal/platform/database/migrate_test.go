package database

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The tests of an upgrade bring steps of their own, behind those of the program.
func withSteps(t *testing.T, more fstest.MapFS) []step {
	t.Helper()
	own, err := ownSteps()
	if err != nil {
		t.Fatal(err)
	}
	added, err := steps(more)
	if err != nil {
		t.Fatal(err)
	}
	return append(own, added...)
}

func migration(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- A test.\n-- +goose Up\n" + text + "\n-- +goose Down\nDROP TABLE nothing;\n")}
}

func openFile(t *testing.T, file string, options ...Option) *DB {
	t.Helper()
	db, err := Open(t.Context(), "sqlite:"+file, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func snapshots(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), ".before-") {
			names = append(names, e.Name())
		}
	}
	return names
}

func counts(t *testing.T, file string) map[string]int64 {
	t.Helper()
	_, tables, err := inspectFile(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestANewDatabaseNeedsNoSnapshot(t *testing.T) {
	folder := t.TempDir()
	openFile(t, filepath.Join(folder, "node.db"))
	if found := snapshots(t, folder); len(found) != 0 {
		t.Errorf("there are the snapshots %v", found)
	}
}

func TestAnUpgradeKeepsASnapshotOfTheTablesBefore(t *testing.T) {
	for name, elsewhere := range map[string]bool{"beside the database": false, "in a folder that was named": true} {
		t.Run(name, func(t *testing.T) {
			folder, kept := t.TempDir(), ""
			if elsewhere {
				kept = filepath.Join(t.TempDir(), "made", "for", "it")
			}
			file := filepath.Join(folder, "node.db")
			db := openFile(t, file, Snapshots(kept))
			fill(t, db, 7)
			if kept == "" {
				kept = folder
			}
			if err := db.migrate(t.Context(), withSteps(t, fstest.MapFS{"9001_database_more.sql": migration("CREATE TABLE database_more (a text PRIMARY KEY);")})); err != nil {
				t.Fatal(err)
			}
			found := snapshots(t, kept)
			if len(found) != 1 || !strings.HasPrefix(found[0], "node.db.before-9001-2") {
				t.Fatalf("the snapshots are %v", found)
			}
			info, err := os.Stat(filepath.Join(kept, found[0]))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the snapshot has the mode %v (%v)", info.Mode(), err)
			}
			before := counts(t, filepath.Join(kept, found[0]))
			if _, later := before["database_more"]; later || before["database_probe"] != 7 {
				t.Errorf("the snapshot holds %v", before)
			}
		})
	}
}

// fill makes a table with rows behind the program's back.
func fill(t *testing.T, db *DB, rows int) {
	t.Helper()
	err := db.Write(t.Context(), func(tx Tx) error {
		if _, err := tx.Exec(t.Context(), "CREATE TABLE database_probe (n bigint PRIMARY KEY)"); err != nil {
			return err
		}
		for n := range rows {
			if _, err := tx.Exec(t.Context(), "INSERT INTO database_probe (n) VALUES ($1)", n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheNewestThreeSnapshotsAreKeptAndNothingElseIsTouched(t *testing.T) {
	folder := t.TempDir()
	var all []string
	for day := 1; day <= 5; day++ {
		all = append(all, fmt.Sprintf("node.db.before-%04d-2026010%dT000000.000Z", 100-day, day))
	}
	others := []string{"node.db", "other.db.before-0001-20250101T000000.000Z", "node.db.before-mine", "notes.txt"}
	for _, name := range slices.Concat(all, others) {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := dropFormer(folder, filepath.Join(folder, all[4])); err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		left[e.Name()] = true
	}
	want := map[string]bool{}
	for _, name := range slices.Concat(all[2:], others) {
		want[name] = true
	}
	if !maps.Equal(left, want) {
		t.Errorf("there are left %v", left)
	}
}

func TestAFailedUpgradeLeavesTheTablesAsTheyWere(t *testing.T) {
	eachEngine(t, func(t *testing.T, url string) {
		db, err := Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		before, err := db.Schema(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		err = db.migrate(t.Context(), withSteps(t, fstest.MapFS{
			"9001_database_good.sql": migration("CREATE TABLE database_good (a text PRIMARY KEY);\nUPDATE database_version SET changes = 77;"),
			"9002_database_bad.sql":  migration("CREATE TABLE database_half (a text PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);"),
		}))
		if err == nil || !strings.Contains(err.Error(), "the tables stay as they were: 9002_database_bad.sql: ") || !strings.Contains(err.Error(), "nowhere") {
			t.Fatalf("the upgrade says %v", err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		former, err := Find(t.Context(), url) // the program from before still runs on it
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = former.Close() }()
		if after, err := former.Schema(t.Context()); err != nil || !slices.Equal(after, before) {
			t.Errorf("the database is at %v, and was at %v (%v)", after, before, err)
		}
		if version, err := former.Version(t.Context()); err != nil || version != 0 {
			t.Errorf("a failed step has left its changes: %d (%v)", version, err)
		}
		err = former.Write(t.Context(), func(tx Tx) error {
			_, err := tx.Exec(t.Context(), "CREATE TABLE database_half (a text PRIMARY KEY)")
			return err
		})
		if err != nil {
			t.Errorf("half a step is there: %v", err)
		}
	})
}

func TestAnUpgradeWithoutRoomForItsSnapshotChangesNothing(t *testing.T) {
	folder := t.TempDir()
	taken := filepath.Join(folder, "a file")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db := openFile(t, filepath.Join(folder, "node.db"), Snapshots(taken))
	before, _ := db.Schema(t.Context())
	err := db.migrate(t.Context(), withSteps(t, fstest.MapFS{"9001_database_more.sql": migration("CREATE TABLE database_more (a text PRIMARY KEY);")}))
	if err == nil || !strings.Contains(err.Error(), "nothing was changed: no snapshot of the database could be made before") {
		t.Errorf("the upgrade says %v", err)
	}
	if after, err := db.Schema(t.Context()); err != nil || !slices.Equal(before, after) {
		t.Errorf("the database is at %v, and was at %v (%v)", after, before, err)
	}
}

func TestADatabaseIsLookedAtWithoutAnUpgrade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "node.db")
	db := openFile(t, file)
	undo := "DELETE FROM " + migrationTable + " WHERE version_id = (SELECT max(version_id) FROM " + migrationTable + ")"
	if err := db.Write(t.Context(), func(tx Tx) error { _, err := tx.Exec(t.Context(), undo); return err }); err != nil {
		t.Fatal(err)
	}
	before, _ := db.Schema(t.Context())
	same, err := AsIs(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = same.Close() }()
	if after, err := same.Schema(t.Context()); err != nil || !slices.Equal(before, after) {
		t.Errorf("the tables were brought from %v to %v (%v)", before, after, err)
	}
}

func TestMigrationsThatCannotBeReadAreRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"does not begin with its number": {"more.sql": migration("")},
		"has no line -- +goose Up":       {"1_more.sql": {Data: []byte("CREATE TABLE a (b text);")}},
	} {
		if _, err := steps(files); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// eachEngine is dbtest.EachURL, which a test inside this package cannot import.
func eachEngine(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "node.db")) })
	t.Run("postgres", func(t *testing.T) {
		server := os.Getenv("CITYRIGHTS_TEST_POSTGRES")
		if server == "" {
			t.Skip("CITYRIGHTS_TEST_POSTGRES is not set: no PostgreSQL to test on; use scripts/with-postgres")
		}
		admin, err := openPostgreSQL(t.Context(), server, true)
		if err != nil {
			t.Fatal(err)
		}
		schema := "upgrade_" + strings.ReplaceAll(NewID(), "-", "")
		if _, err := admin.pools[0].ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_, err := admin.pools[0].ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+schema+" CASCADE")
			if err != nil {
				t.Error(err)
			}
			_ = admin.Close()
		})
		test(t, server+"&search_path="+schema)
	})
}
