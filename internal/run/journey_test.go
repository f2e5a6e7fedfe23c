package run

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

// The main job, from an empty node to a corrected figure on a page, is the same on both engines.
func TestAFigureComesInIsCorrectedAndIsPublicOnBothEngines(t *testing.T) {
	scores := map[string]string{}
	dbtest.EachURL(t, func(t *testing.T, url string) {
		files, data := lakeview(t), t.TempDir()
		node := []string{"--data", data, "--database", url}
		cityrights := func(args ...string) string { t.Helper(); return must(t, append(args, node...)...) }
		folder := filepath.Join(files, "sdg")
		bring := func(more ...string) string {
			t.Helper()
			return cityrights(append([]string{"import", "statistics", "--city", "lake", "--from", "opensdg", folder}, more...)...)
		}
		wantTold := func(said, want string) {
			t.Helper()
			if !strings.Contains(said, want) {
				t.Errorf("no %q in\n%s", want, said)
			}
		}

		cityrights("city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--population", "41200", "--fictional")
		mapping := filepath.Join(files, "mapping.csv")
		wantTold(bring("--mapping", mapping, "--dry-run"), "Nothing was saved; an import would give: 11 new values")
		wantTold(bring("--mapping", mapping), "Saved: 11 new values, 0 changed, 0 withdrawn, 0 unchanged.")
		before := contentsOf(t, url)
		wantTold(bring("--mapping", mapping), "Saved: 0 new values, 0 changed, 0 withdrawn, 11 unchanged.")
		wantTold(bring(), "11 unchanged")
		wantContents(t, url, before, "the same import")

		edit(t, filepath.Join(folder, "data", "indicator_1-1-1.csv"), "2021,,Harbour,40", "2021,,Harbour,41.5")
		wantTold(bring("--reason", "weighted anew"), "Saved: 0 new values, 1 changed, 0 withdrawn, 10 unchanged.")
		scores[url[:6]] = cityrights("score", "--city", "lake", "--period", "2021", "--format", "json")
		card := readCard(t, scores[url[:6]])
		safe := card.figure(t, "ENV.1.O2")
		if *safe.Value != 62 || safe.Gap == nil || *safe.Gap != 38.5 || len(safe.Groups) != 4 {
			t.Errorf("ENV.1.O2 is %+v", safe)
		}
		if work := card.figure(t, "LIV.5.O1"); *work.Value != 6.5 || work.Fit != "close" {
			t.Errorf("LIV.5.O1 is %+v", work)
		}

		page := pages(t, cli.Node{Data: data, Database: url})
		wantTold(page("/en/cities/lake/data/ENV.1.O2"), "41.5")
		wantTold(page("/en/cities/lake/data/ENV.1.O2.csv"), ",District,Harbour,,41.5,%,")
		series := page("/en/cities/lake/data/ENV.1.O2")
		for _, want := range []string{"weighted anew", "40"} {
			wantTold(series, want) // the value that was corrected, and why
		}
	})
	if lite, post := scores["sqlite"], scores["postgr"]; post != "" && lite != post {
		t.Error("the two engines give different scorecards")
	}
}

// card is a scorecard as another program reads it.
type card struct {
	City, Standard string
	Dimensions     []struct {
		Requirements []struct {
			ID, State  string
			Indicators []indicator
		}
	}
}

type indicator struct {
	ID, Unit, Period, Source, Fit string
	Value                         *float64
	Groups                        []group
	Gap                           *float64
	Gaps                          []struct {
		Dimension, Period string
		Lowest, Highest   group
		Size              float64
	}
}

type group struct {
	Dimension, Group, Period string
	Value                    float64
}

func readCard(t *testing.T, text string) (c card) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// figure finds an indicator in a scorecard; it must have a value.
func (c card) figure(t *testing.T, id string) indicator {
	t.Helper()
	for _, d := range c.Dimensions {
		for _, r := range d.Requirements {
			for _, i := range r.Indicators {
				if i.ID == id && i.Value != nil {
					return i
				}
			}
		}
	}
	t.Fatalf("the scorecard has no value of %s", id)
	return indicator{}
}
