package database_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// withTable gives the test an empty table "item".
func withTable(test func(t *testing.T, db *database.DB)) func(t *testing.T, db *database.DB) {
	return func(t *testing.T, db *database.DB) {
		write(t, db, "CREATE TABLE item (id bigint NOT NULL PRIMARY KEY, name text NOT NULL)")
		test(t, db)
	}
}

func write(t *testing.T, db *database.DB, text string, args ...any) {
	t.Helper()
	err := db.Write(t.Context(), func(tx database.Tx) error {
		_, err := tx.Exec(t.Context(), text, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(ctx context.Context, tx database.Tx) (n int, err error) {
	err = tx.QueryRow(ctx, "SELECT count(*) FROM item").Scan(&n)
	return n, err
}

func countItems(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx database.Tx) (err error) {
		n, err = count(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWriteKeepsAllOrNothing(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		refused := errors.New("refused")
		insert := func(tx database.Tx) {
			if n, err := tx.Exec(ctx, "INSERT INTO item (id, name) VALUES ($1, $2)", 1, "one"); err != nil || n != 1 {
				t.Errorf("insert: %d rows, %v", n, err)
			}
		}
		if err := db.Write(ctx, func(tx database.Tx) error { insert(tx); return refused }); !errors.Is(err, refused) {
			t.Errorf("Write gives %v, not the error of its function", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("Write swallowed a panic")
				}
			}()
			_ = db.Write(ctx, func(tx database.Tx) error { insert(tx); panic("broken") })
		}()
		cancelled, cancel := context.WithCancel(ctx)
		if err := db.Write(cancelled, func(tx database.Tx) error { insert(tx); cancel(); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled Write gives %v", err)
		}
		if n := countItems(t, db); n != 0 {
			t.Fatalf("%d rows remain of transactions that failed", n)
		}
		if err := db.Write(ctx, func(tx database.Tx) error { insert(tx); return nil }); err != nil {
			t.Fatal(err)
		}
		if n := countItems(t, db); n != 1 {
			t.Fatalf("%d rows after a transaction that did not fail", n)
		}
	}))
}

func TestFiftyWritersAllSucceed(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		write(t, db, "INSERT INTO item (id, name) VALUES (0, '0')")
		const writers, rounds = 50, 4
		var group sync.WaitGroup
		for writer := range writers {
			group.Go(func() {
				for round := range rounds {
					err := db.Write(t.Context(), func(tx database.Tx) error {
						n, err := count(t.Context(), tx) // a read that every other writer makes stale
						if err != nil {
							return err
						}
						if _, err := tx.Exec(t.Context(), "UPDATE item SET name = $1 WHERE id = 0", fmt.Sprint(n)); err != nil {
							return err
						}
						_, err = tx.Exec(t.Context(), "INSERT INTO item (id, name) VALUES ($1, $2)", 1+writer*rounds+round, "x")
						return err
					})
					if err != nil {
						t.Errorf("writer %d: %v", writer, err)
						return
					}
				}
			})
		}
		group.Wait()
		if n := countItems(t, db); n != 1+writers*rounds {
			t.Errorf("%d rows of %d", n, 1+writers*rounds)
		}
		var last string
		err := db.Read(t.Context(), func(tx database.Tx) error {
			return tx.QueryRow(t.Context(), "SELECT name FROM item WHERE id = 0").Scan(&last)
		})
		if want := fmt.Sprint(writers * rounds); err != nil || last != want {
			t.Errorf("the last writer saw %s rows, want %s (%v): a lost update", last, want, err)
		}
	}))
}

func TestReadSeesOneSnapshot(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		err := db.Read(ctx, func(tx database.Tx) error {
			before, err := count(ctx, tx)
			if err != nil {
				return err
			}
			var other sync.WaitGroup
			other.Go(func() { write(t, db, "INSERT INTO item (id, name) VALUES (1, 'one')") })
			other.Wait()
			after, err := count(ctx, tx)
			if before != after {
				t.Errorf("a reader saw %d rows and then %d", before, after)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := countItems(t, db); n != 1 {
			t.Errorf("%d rows afterwards", n)
		}
	}))
}

func TestReadCannotWrite(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		err := db.Read(t.Context(), func(tx database.Tx) error {
			_, err := tx.Exec(t.Context(), "INSERT INTO item (id, name) VALUES (1, 'one')")
			return err
		})
		if err == nil || countItems(t, db) != 0 {
			t.Errorf("a reader wrote (%v)", err)
		}
		if err := db.Read(t.Context(), func(tx database.Tx) error { return tx.Bump(t.Context()) }); err == nil {
			t.Error("a reader bumped the version")
		}
	}))
}

func TestTransactionInsideWriteIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		inner := map[string]func(context.Context, func(database.Tx) error) error{"Write": db.Write, "Read": db.Read}
		for name, begin := range inner {
			err := db.Write(t.Context(), func(database.Tx) error {
				return begin(t.Context(), func(database.Tx) error { t.Errorf("%s inside Write ran", name); return nil })
			})
			if err == nil {
				t.Errorf("%s inside Write was not refused", name)
			}
		}
		if err := db.Write(t.Context(), func(database.Tx) error { return nil }); err != nil {
			t.Errorf("the writer is not free again: %v", err)
		}
	})
}

func TestEndedTransactionRefusesUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		var kept database.Tx
		if err := db.Write(t.Context(), func(tx database.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		var n int
		_, execErr := kept.Exec(t.Context(), "DELETE FROM database_version")
		_, queryErr := kept.Query(t.Context(), "SELECT 1")
		rowErr := kept.QueryRow(t.Context(), "SELECT 1").Scan(&n)
		if execErr == nil || queryErr == nil || rowErr == nil || kept.Bump(t.Context()) == nil {
			t.Errorf("a transaction that has ended took a statement: %v, %v, %v", execErr, queryErr, rowErr)
		}
	})
}

func TestRowsLeftOpenDoNotBlock(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		write(t, db, "INSERT INTO item (id, name) VALUES (1, 'one'), (2, 'two')")
		for range 30 { // more than there are connections
			err := db.Read(t.Context(), func(tx database.Tx) error {
				rows, err := tx.Query(t.Context(), "SELECT id FROM item")
				if err == nil && !rows.Next() {
					t.Error("no row")
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}))
}

func TestDuplicateIsTold(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		write(t, db, "INSERT INTO item (id, name) VALUES (1, 'one')")
		insert := func(text string) error {
			return db.Write(t.Context(), func(tx database.Tx) error { _, err := tx.Exec(t.Context(), text); return err })
		}
		if err := insert("INSERT INTO item (id, name) VALUES (1, 'one')"); !db.Duplicate(err) {
			t.Errorf("a second row of the same key: %v", err)
		}
		if err := insert("INSERT INTO item (id, name) VALUES (2, NULL)"); err == nil || db.Duplicate(err) {
			t.Errorf("a row without a name: %v", err)
		}
	}))
}

func TestVersionGrowsWithPublicChangesOnly(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db, other := dbtest.Open(t, url), dbtest.Open(t, url)
		version := func(db *database.DB) int64 {
			t.Helper()
			v, err := db.Version(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		change := func(bumps int, result error) {
			err := db.Write(t.Context(), func(tx database.Tx) error {
				for range bumps {
					if err := tx.Bump(t.Context()); err != nil {
						return err
					}
				}
				return result
			})
			if !errors.Is(err, result) {
				t.Fatal(err)
			}
		}
		start, elsewhere := version(db), version(other)
		change(0, nil)
		change(1, errors.New("rolled back"))
		if v := version(db); v != start {
			t.Errorf("version %d after changes that are not public, was %d", v, start)
		}
		change(3, nil)
		if v := version(db); v == start {
			t.Error("the version did not change at once in the process that made the change")
		}
		time.Sleep(250 * time.Millisecond)
		if version(other) == elsewhere {
			t.Error("another process does not see the change")
		}
	})
}

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	for _, url := range []string{"", "node.db", "mysql://localhost/x", "sqlite:", "sqlite::memory:"} {
		if _, err := database.Open(t.Context(), url); fault.KindOf(err) != fault.Invalid {
			t.Errorf("Open(%q): %v", url, err)
		}
	}
	file := t.TempDir() + "/letter.txt"
	if err := os.WriteFile(file, []byte(strings.Repeat("Dear mayor, ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := database.Open(t.Context(), "sqlite:"+file); err == nil {
		t.Error("a letter was opened as a database")
	}
	_, err := database.Open(t.Context(), "postgres://clerk:secret-word@127.0.0.1:1/none")
	if fault.KindOf(err) != fault.Unavailable || strings.Contains(fmt.Sprint(err), "secret-word") {
		t.Errorf("a server that is not there: %v", err)
	}
}

func TestSQLiteFileIsPrivateAndItsNameMayHoldAnything(t *testing.T) {
	file := t.TempDir() + "/new folder/São ?100%#.db"
	db := dbtest.Open(t, "sqlite:"+file)
	write(t, db, "CREATE TABLE item (id bigint)")
	for _, name := range []string{file, file + "-wal"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", name, info.Mode().Perm())
		}
	}
}

func TestSQLiteIsOpenedDurably(t *testing.T) {
	db := dbtest.SQLite(t)
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0"}
	for name, begin := range map[string]func(context.Context, func(database.Tx) error) error{"Write": db.Write, "Read": db.Read} {
		for pragma, value := range want {
			var got string
			err := begin(t.Context(), func(tx database.Tx) error { return tx.QueryRow(t.Context(), "PRAGMA "+pragma).Scan(&got) })
			if err != nil || got != value {
				t.Errorf("%s: %s is %q, want %q (%v)", name, pragma, got, value, err)
			}
		}
	}
}

func TestOpeningTwiceAtOnceMigratesOnce(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				db, err := database.Open(t.Context(), url)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := db.Version(t.Context()); err != nil {
					t.Error(err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

func TestDatabaseOfNewerProgramIsRefused(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		mark := "INSERT INTO database_migration (version_id, is_applied) VALUES (9999, true)"
		write(t, dbtest.Open(t, url), mark)
		if _, err := database.Open(t.Context(), url); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "newer") {
			t.Errorf("Open: %v", err)
		}
	})
}

func TestClosedDatabaseIsUnavailable(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db, err := database.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
		if err := db.Read(t.Context(), func(database.Tx) error { return nil }); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("Read: %v", err)
		}
	})
}

func TestManyDifferentStatementsStayBounded(t *testing.T) {
	db := dbtest.SQLite(t)
	for i := range 1000 {
		err := db.Read(t.Context(), func(tx database.Tx) error {
			var n int
			if err := tx.QueryRow(t.Context(), fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
				return fmt.Errorf("%d: %w", n, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNewIDsSortByTime(t *testing.T) {
	last := ""
	for range 1000 {
		id := database.NewID()
		if id <= last {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
}

func BenchmarkPointRead(b *testing.B) {
	db := dbtest.SQLite(b)
	ctx := b.Context()
	b.ReportAllocs()
	for b.Loop() {
		err := db.Read(ctx, func(tx database.Tx) error {
			var n int64
			return tx.QueryRow(ctx, "SELECT changes FROM database_version WHERE slot = $1", 3).Scan(&n)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenMigrated(b *testing.B) {
	url := dbtest.SQLiteURL(b)
	dbtest.Open(b, url)
	for b.Loop() {
		db, err := database.Open(b.Context(), url)
		if err != nil {
			b.Fatal(err)
		}
		_ = db.Close()
	}
}

func BenchmarkVersion(b *testing.B) {
	db := dbtest.SQLite(b)
	for b.Loop() {
		if _, err := db.Version(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
