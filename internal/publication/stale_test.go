package publication_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/statistics"
)

// execute changes the tables behind the node's back.
func (n *node) execute(t *testing.T, sql string) {
	t.Helper()
	n.write(t, func(tx database.Tx) error {
		_, err := tx.Exec(context.Background(), sql)
		return err
	})
}

func TestDocumentsOfAnotherYearThresholdOrProgramAreMadeAnew(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		s := safety("aldea")
		s.Headline = []statistics.Point{point("2026", 20260101, 20261231, 60), point("2027", 20270101, 20271231, 61)}
		n.figures["aldea"] = []statistics.Series{s}
		n.refresh(t, "aldea")
		before, version := n.documents(t), n.version(t)
		n.figures["borgo"] = []statistics.Series{safety("borgo")} // of which nobody tells the gate

		must(t, n.RefreshStale(t.Context()))
		if n.version(t) != version || !slices.Equal(n.documents(t), before) {
			t.Fatal("documents were made anew though nothing is stale")
		}

		n.Clock = clock.Fixed(noon.AddDate(1, 0, 0))
		must(t, n.RefreshStale(t.Context()))
		if series, err := n.Series(t.Context(), "aldea", "ENV.1.O2"); err != nil || len(series.Headline) != 2 {
			t.Errorf("the year has begun, and its figure is not public: %+v, %v", series.Headline, err)
		}
		if c, err := n.City(t.Context(), "borgo"); err != nil || len(c.Periods) != 1 {
			t.Errorf("the other city was not made anew: %+v, %v", c.Periods, err)
		}

		few := int64(12)
		counted := safety("borgo")
		counted.Sources = []statistics.Source{{Code: "own", Title: "Own survey"}}
		counted.Groups, counted.Headline = nil, []statistics.Point{{Period: "2020", Start: 20200101, End: 20201231, Value: 3, Count: &few}}
		n.figures["borgo"] = []statistics.Series{counted}
		n.refresh(t, "borgo")
		n.Threshold, _ = disclosure.NewThreshold(20, "")
		must(t, n.RefreshStale(t.Context()))
		_, err := n.Series(t.Context(), "borgo", "ENV.1.O2")
		wantMissing(t, err)

		for _, by := range []string{"UPDATE publication_made SET made_by = '2027 hrc-ms@0.1 k=20 v2'", "UPDATE publication_made SET made_by = '2027 hrc-ms@0.2 k=20 v0'",
			"DELETE FROM publication_made"} {
			want := n.documents(t)
			n.execute(t, by)
			n.execute(t, "DELETE FROM publication_document WHERE kind = 'series'")
			must(t, n.RefreshStale(t.Context()))
			if !slices.Equal(n.documents(t), want) {
				t.Errorf("after %q the documents were not made anew", by)
			}
		}
	})
}

func TestCityWithoutDocumentsIsNeverStale(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		n.refresh(t, "nowhere")
		version := n.version(t)
		n.Clock = clock.Fixed(noon.AddDate(1, 0, 0))
		must(t, n.RefreshStale(t.Context()))
		if n.version(t) != version {
			t.Error("something was written")
		}
	})
}

// BenchmarkRefreshStale measures what opening a node pays where nothing is stale; the target is 5 ms.
func BenchmarkRefreshStale(b *testing.B) {
	n := large(b)
	for b.Loop() {
		must(b, n.RefreshStale(context.Background()))
	}
}
