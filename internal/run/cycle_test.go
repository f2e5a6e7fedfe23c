package run

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestAnAssessmentIsOpenedAndClosedOnTheCommandLine(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		data := t.TempDir()
		cityrights := func(args ...string) string {
			t.Helper()
			return must(t, append(args, "--data", data, "--database", url)...)
		}
		cityrights("city", "add", "aldea", "--name", "Aldea", "--country", "XA", "--fictional")
		rooms, err := Open(t.Context(), cli.Node{Data: data, Database: url})
		if err == nil {
			err = rooms.City.AddOrganisation(t.Context(), "test", city.Organisation{ID: "aldea-hall", City: "aldea", Kind: city.Authority, Name: "Aldea Hall", Country: "XA"})
			_ = rooms.DB.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		cityrights("cycle", "open", "--city", "aldea", "--period", "2026", "--profile", "starter", "--answer-by", "2026-11-30", "--first")
		if got, want := cityrights("cycle", "list"), "aldea\t2026\topen\thrc-ms@0.2\tstarter\t2026-11-30\n"; got != want {
			t.Errorf("the list is %q, want %q", got, want)
		}
		next := cityrights("cycle", "next", "--city", "aldea", "--period", "2026")
		if !strings.Contains(next, "Next: review.") || !strings.Contains(next, "12 of 12 requirements have no answer") || !strings.Contains(next, "Unanswered: COM.1 COM.2") {
			t.Errorf("what comes next is %q", next)
		}
		closed := cityrights("cycle", "close", "--city", "aldea", "--period", "2026", "--note", "Nobody had time.")
		if !strings.Contains(closed, "unknown: COM.1 COM.2") || !strings.HasSuffix(closed, "The assessment of aldea for 2026 is validated.\n") {
			t.Errorf("closing says %q", closed)
		}
		if again := cityrights("cycle", "close", "--city", "aldea", "--period", "2026"); again != "The assessment of aldea for 2026 is validated.\n" {
			t.Errorf("closing again says %q", again)
		}
	})
}
