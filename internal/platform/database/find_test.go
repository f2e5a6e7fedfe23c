package database_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestFindOpensWhatIsThereAndMakesNothing(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		for range 2 { // the first look has made nothing that the second would find
			if _, err := database.Find(context.Background(), url); fault.KindOf(err) != fault.NotFound {
				t.Fatalf("a database that is not there: %v", err)
			}
		}
		db, err := database.Open(context.Background(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if db, err = database.Find(context.Background(), url); err != nil {
			t.Fatalf("a database that is there: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestFindLeavesTheFilesOfOthersAlone(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		text string
		kind fault.Kind
	}{
		"empty.sqlite":  {"", fault.NotFound},
		"letter.sqlite": {"Dear mayor, this is a letter and no database. It is long enough to be looked at: more than the hundred bytes of a header.", fault.Unavailable},
	} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := database.Find(context.Background(), "sqlite:"+file); fault.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
		if text, _ := os.ReadFile(file); string(text) != c.text {
			t.Errorf("%s was changed", name)
		}
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 2 {
		t.Errorf("something was made: %v", entries)
	}
	if _, err := database.Find(context.Background(), "sqlite:"+filepath.Join(folder, "no", "such")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "no")); err == nil {
		t.Error("a folder was made")
	}
}
