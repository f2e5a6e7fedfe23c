package database_test

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestADatabaseSaysWhetherItsTablesAreThoseOfThisProgram(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		if err := db.Current(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ change, want string }{
			{"INSERT INTO database_migration (version_id, is_applied) VALUES (99999, true)", "a newer cityrights"},
			{"DELETE FROM database_migration WHERE version_id IN (99999, 1)", "steps of this program"},
			{"DROP TABLE database_migration", "does not answer"},
		} {
			write(t, db, c.change)
			err := db.Current(t.Context())
			if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), c.want) {
				t.Errorf("after %s: %v", c.change, err)
			}
		}
	})
}
