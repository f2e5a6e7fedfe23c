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

func TestFiguresOfTooFewPeopleAreHidden(t *testing.T) {
	var usual disclosure.Threshold
	for n, hidden := range map[int64]bool{0: true, 1: true, 9: true, 10: false, 1000: false} {
		if usual.HidesFigure(&n) != hidden {
			t.Errorf("a figure of %d people is hidden: %v", n, !hidden)
		}
	}
	if !usual.HidesFigure(nil) {
		t.Error("a figure of which nobody knows how many stand behind it is shown")
	}
}
