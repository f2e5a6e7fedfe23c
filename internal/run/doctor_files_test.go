package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/backup"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// Evidence goes through a backup with its file, on both engines, and the doctor finds what is missing or damaged.
func TestTheDoctorFindsFilesOfEvidenceThatAreNotWhatTheyWere(t *testing.T) {
	eachPlace(t, func(t *testing.T, from, to cli.Node) {
		hash := nodeWithEvidence(t, from)
		file := filepath.Join(t.TempDir(), "backup.zip")
		if _, err := Backup(t.Context(), from, file, backup.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(t.Context(), to, file, nil); err != nil {
			t.Fatal(err)
		}
		about := func(level checkup.Level, says, todo string) {
			t.Helper()
			for _, f := range Doctor(t.Context(), to) {
				if f.Subject != "files of evidence" {
					continue
				}
				if f.Level != level || !strings.Contains(f.Says, says) || !strings.Contains(f.Todo, todo) {
					t.Errorf("the doctor says %s: %s %s", f.Level, f.Says, f.Todo)
				}
				return
			}
			t.Error("the doctor did not look at the files")
		}
		about(checkup.OK, "All 1 are there", "")
		place := filepath.Join(to.Data, "files", hash[:2], hash)
		if err := os.WriteFile(place, []byte("another"), 0o600); err != nil {
			t.Fatal(err)
		}
		about(checkup.Fail, "Of 1, 0 are missing and 1 are damaged", hash)
		if err := os.Remove(place); err != nil {
			t.Fatal(err)
		}
		about(checkup.Fail, "Of 1, 1 are missing and 0 are damaged", "files/files/")
	})
}

// nodeWithEvidence makes a node with the demo and an assessment in which the authority has given a file, and gives its hash.
func nodeWithEvidence(t *testing.T, n cli.Node) string {
	t.Helper()
	rooms, err := Open(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rooms.DB.Close() }()
	if err := FillDemo(t.Context(), rooms, "arvenholt"); err != nil {
		t.Fatal(err)
	}
	var organisation string
	err = rooms.DB.Write(t.Context(), func(tx database.Tx) error {
		all, err := rooms.City.Organisations(t.Context(), tx, "arvenholt")
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Kind.Party() == "authority" {
				organisation = o.ID
			}
		}
		cycle := assessment.Cycle{City: "arvenholt", Period: "2027", Standard: rooms.Standard.Ref(), Profile: "full"}
		if err := rooms.Assessment.Start(t.Context(), tx, cycle); err != nil {
			return err
		}
		return rooms.Assessment.Advance(t.Context(), tx, "arvenholt", "2027", assessment.Open)
	})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := filesIn(n.Data).Keep(t.Context(), "plan.txt", strings.NewReader("The council has decided."))
	if err != nil {
		t.Fatal(err)
	}
	key := assessment.Key{City: "arvenholt", Period: "2027", Requirement: "LIV.1", Organisation: organisation}
	if _, err := rooms.Assessment.AddEvidence(t.Context(), account.Operator(), assessment.Evidence{Key: key, File: kept}); err != nil {
		t.Fatal(err)
	}
	return kept.Hash
}
