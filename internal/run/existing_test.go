package run

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestAMistypedNodeIsNamedAndNotMadeOnEitherEngine(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		for range 2 {
			status, out, errs := command(t, "score", "--city", "lake", "--period", "2021", "--data", t.TempDir(), "--database", url)
			if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "cityrights: there is no node in ") || strings.Contains(errs, "postgres:") {
				t.Fatalf("status %d, output %q, errors %q", status, out, errs)
			}
		}
		must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", t.TempDir(), "--database", url)
		if out := must(t, "city", "list", "--data", t.TempDir(), "--database", url); !strings.Contains(out, "Lakeview") {
			t.Errorf("the node that is there lists %q", out)
		}
	})
}
