package publication_test

import (
	"testing"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/statistics"
)

func TestTheRoomSaysWhenDocumentsAreThoseOfAnotherProgram(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		want := func(want int, after string) {
			t.Helper()
			if got, err := n.Outdated(t.Context()); err != nil || got != want {
				t.Errorf("%s: %d cities are outdated, %v", after, got, err)
			}
		}
		want(0, "nothing is public")
		n.figures["aldea"] = []statistics.Series{safety("aldea")}
		n.refresh(t, "aldea")
		want(0, "just made")
		n.Clock = clock.Fixed(noon.AddDate(1, 0, 0))
		want(0, "another year is no other program")
		for _, change := range []string{"UPDATE publication_made SET made_by = '2027 hrc-ms@0.1 k=5 v0'", "DELETE FROM publication_made"} {
			n.execute(t, change)
			want(2, change) // both cities of the node have documents
		}
	})
}

func TestTheSeriesOfACityAreListedInTheOrderOfTheirIndicators(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		_, err := n.AllSeries(t.Context(), "nowhere")
		wantMissing(t, err)
		later, earlier := safety("aldea"), safety("aldea")
		later.Indicator = "LIV.5.O1"
		earlier.Groups = nil
		earlier.Headline = []statistics.Point{point("2019", 20190101, 20191231, 55), point("2021", 20210101, 20211231, 60)}
		n.figures["aldea"] = []statistics.Series{later, earlier}
		n.refresh(t, "aldea")
		list, err := n.AllSeries(t.Context(), "aldea")
		must(t, err)
		if len(list) != 2 || list[0].Indicator != "ENV.1.O2" || list[1].Indicator != "LIV.5.O1" {
			t.Fatalf("listed %+v", list)
		}
		if first := list[0]; first.First != "2019" || first.Last != "2021" || first.Unit == "" || first.Fit == "" || len(first.Sources) == 0 {
			t.Errorf("listed %+v", first)
		}
	})
}
