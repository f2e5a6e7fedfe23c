package disclosure_test

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/disclosure"
)

func TestThresholdIsTenUnlessDecidedOtherwise(t *testing.T) {
	var usual disclosure.Threshold
	if usual.K() != 10 || usual.Decision() != "" {
		t.Errorf("the usual threshold is %d by decision %q", usual.K(), usual.Decision())
	}
	for _, c := range []struct {
		k        int64
		decision string
		refused  string
	}{
		{10, "", ""}, {20, "", ""}, {5, "council 12/2026", ""}, {7, "council 12/2026", ""},
		{5, "", "needs a logged decision"}, {9, "", "needs a logged decision"},
		{4, "council 12/2026", "is below 5"}, {0, "", "is below 5"}, {-1, "x", "is below 5"},
	} {
		threshold, err := disclosure.NewThreshold(c.k, c.decision)
		switch {
		case c.refused == "" && (err != nil || threshold.K() != c.k || threshold.Decision() != c.decision):
			t.Errorf("threshold %d by %q: got %d, %v", c.k, c.decision, threshold.K(), err)
		case c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("threshold %d by %q: got %v, want an error with %q", c.k, c.decision, err, c.refused)
		}
	}
}

func TestSmallCountsAndFiguresAreHidden(t *testing.T) {
	var usual disclosure.Threshold
	for _, c := range []struct {
		n             int64
		count, figure bool // hidden
	}{{0, false, true}, {1, true, true}, {9, true, true}, {10, false, false}, {1000, false, false}} {
		if usual.HidesCount(c.n) != c.count || usual.HidesFigure(&c.n) != c.figure {
			t.Errorf("%d people: count hidden %v, figure hidden %v", c.n, usual.HidesCount(c.n), usual.HidesFigure(&c.n))
		}
	}
	if !usual.HidesFigure(nil) {
		t.Error("a figure of which nobody knows how many stand behind it is shown")
	}
}
