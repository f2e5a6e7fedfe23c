package database_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestARowIsReadWithoutATransaction(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		write(t, db, "INSERT INTO item (id, name) VALUES ($1, $2)", 1, "one")
		const query = "SELECT name FROM item WHERE id = $1"
		var name string
		if err := db.ReadRow(t.Context(), query, []any{1}, &name); err != nil || name != "one" {
			t.Errorf("read %q, %v", name, err)
		}
		if err := db.ReadRow(t.Context(), query, []any{2}, &name); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a row that is not there: %v", err)
		}
		write(t, db, "UPDATE item SET name = $1", "another")
		if err := db.ReadRow(t.Context(), query, []any{1}, &name); err != nil || name != "another" {
			t.Errorf("after a change read %q, %v", name, err)
		}
	}))
}

func TestARowIsReadAfterQueriesThatFailed(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		write(t, db, "INSERT INTO item (id, name) VALUES ($1, $2)", 1, "one")
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		var name string
		for range 20 { // more than there are connections
			if err := db.ReadRow(gone, "SELECT name FROM item WHERE id = $1", []any{1}, &name); err == nil {
				t.Error("a reader who has gone is answered")
			}
			if err := db.ReadRow(t.Context(), "SELECT nothing FROM item", nil, &name); err == nil {
				t.Error("a column that is not there is read")
			}
		}
		if err := db.ReadRow(t.Context(), "SELECT name FROM item WHERE id = $1", []any{1}, &name); err != nil || name != "one" {
			t.Errorf("read %q, %v", name, err)
		}
	}))
}

func TestARowIsNotReadInsideWrite(t *testing.T) {
	dbtest.Each(t, withTable(func(t *testing.T, db *database.DB) {
		var n int
		err := db.Write(t.Context(), func(database.Tx) error { return db.ReadRow(t.Context(), "SELECT count(*) FROM item", nil, &n) })
		if err == nil {
			t.Error("it was read, without what the transaction had written")
		}
	}))
}
