package database_test

import (
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestLostConnectionsAreReplaced(t *testing.T) {
	url := dbtest.PostgreSQLURL(t)
	db, other := dbtest.Open(t, url+"&application_name=to_be_lost"), dbtest.Open(t, url)
	nothing := func(tx database.Tx) error { _, err := tx.Exec(t.Context(), "SELECT 1"); return err }
	for range 3 {
		if err := db.Read(t.Context(), nothing); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), nothing); err != nil {
			t.Fatal(err)
		}
		write(t, other, "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity WHERE application_name = 'to_be_lost'")
	}
}

func TestAcknowledgedMeansOnDiskWhereTheServerSaysOtherwise(t *testing.T) {
	url := dbtest.PostgreSQLURL(t) + "&synchronous_commit=off"
	var got string
	err := dbtest.Open(t, url).Read(t.Context(), func(tx database.Tx) error {
		return tx.QueryRow(t.Context(), "SHOW synchronous_commit").Scan(&got)
	})
	if err != nil || got != "on" {
		t.Errorf("synchronous_commit is %q (%v)", got, err)
	}
}
