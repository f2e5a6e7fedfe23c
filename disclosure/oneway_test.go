package disclosure_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/disclosure"
)

// drawn writes decisions as letters: s for shown, p for primary, x for secondary; the total stands behind the stroke.
func drawn(o disclosure.OneWay) string {
	letter := map[disclosure.Decision]string{disclosure.Shown: "s", disclosure.Primary: "p", disclosure.Secondary: "x"}
	var out strings.Builder
	for _, d := range o.Groups {
		out.WriteString(letter[d])
	}
	return out.String() + "/" + letter[o.Total]
}

func TestCountsOfOneBreakdown(t *testing.T) {
	for _, c := range []struct {
		name   string
		groups []int64
		want   string
	}{
		{"nothing small", []int64{10, 20, 30}, "sss/s"},
		{"one small, the next smallest goes with it", []int64{3, 40, 20}, "psx/s"},
		{"two small that together protect each other", []int64{9, 9, 50}, "pps/s"},
		{"two small that are too few together", []int64{1, 1, 50, 60}, "ppxs/s"},
		{"ten groups of one each tell on one another", []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 30, 40}, "ppppppppppxs/s"},
		{"empty groups are shown and protect nobody", []int64{0, 3, 40, 20, 0}, "spsxs/s"},
		{"one small and nobody else: the total is as small", []int64{3}, "p/p"},
		{"all small, enough together", []int64{5, 6, 7}, "ppp/s"},
		{"all small, too few together: the total gives them away", []int64{4, 6}, "pp/x"},
		{"one small and one large", []int64{4, 60}, "px/s"},
		{"small next to empty: the total gives it away", []int64{4, 0, 6}, "psp/x"},
		{"nobody at all", []int64{0, 0}, "ss/s"},
		{"no groups", nil, "/s"},
	} {
		if got := drawn(disclosure.Threshold{}.Counts(c.groups)); got != c.want {
			t.Errorf("%s: %v gives %s, want %s", c.name, c.groups, got, c.want)
		}
	}
}

func TestFiguresOfOneBreakdown(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	for _, c := range []struct {
		name   string
		groups []*int64
		total  *int64
		want   string
	}{
		{"nothing small", []*int64{n(10), n(20)}, n(30), "ss/s"},
		{"one small, the next smallest goes with it", []*int64{n(3), n(40), n(20)}, n(63), "psx/s"},
		{"one small, but the figure of the whole is not shown", []*int64{n(3), n(40), n(20)}, nil, "pss/p"},
		{"a group without anybody has no figure", []*int64{n(0), n(40), n(20)}, n(60), "pss/s"},
		{"unknown counts are hidden and protect nobody", []*int64{nil, n(3), n(40), n(20)}, n(70), "ppsx/s"},
		{"all counts unknown", []*int64{nil, nil}, n(60), "pp/s"},
		{"one small and nobody to hide with it", []*int64{n(3)}, n(40), "p/x"},
	} {
		if got := drawn(disclosure.Threshold{}.Figures(c.groups, c.total)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func threshold(t *rapid.T) disclosure.Threshold {
	k := rapid.Int64Range(disclosure.Lowest, 20).Draw(t, "k")
	th, err := disclosure.NewThreshold(k, "a decision")
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func TestNoHiddenCountCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		groups := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 25), rapid.Int64Range(0, 3), rapid.Int64Range(0, 100000)), 0, 12).Draw(t, "groups")
		out := th.Counts(groups)
		var total, shown, hidden int64
		for i, n := range groups {
			total += n
			if out.Groups[i] == disclosure.Shown {
				shown += n
				if th.HidesCount(n) {
					t.Fatalf("%v shows %d", groups, n)
				}
			} else {
				hidden++
			}
		}
		if hidden == 0 {
			if out.Total != disclosure.Shown && !th.HidesCount(total) {
				t.Fatalf("%v hides the total for nothing", groups)
			}
			return
		}
		if !slices.Contains(out.Groups, disclosure.Primary) {
			t.Fatalf("%v hides groups though none is small", groups)
		}
		if out.Total != disclosure.Shown {
			return // nothing to subtract from
		}
		// What an attacker knows of one hidden group: at least one person, at most what the others leave.
		left := total - shown
		if least, most := int64(1), left-(hidden-1); hidden == 1 || most-least+1 < th.K() {
			t.Fatalf("%v with threshold %d decides %s: a hidden group has %d to %d people", groups, th.K(), drawn(out), least, most)
		}
	})
}

func TestFiguresHideNoLessThanCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		groups := rapid.SliceOfN(rapid.Int64Range(1, 40), 1, 10).Draw(t, "groups")
		var total int64
		counts := make([]*int64, len(groups))
		for i := range groups {
			counts[i] = &groups[i]
			total += groups[i]
		}
		if a, b := drawn(th.Counts(groups)), drawn(th.Figures(counts, &total)); a != b {
			t.Fatalf("%v: counts %s, figures %s", groups, a, b)
		}
	})
}

func TestDecisionsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		groups := rapid.SliceOfNDistinct(rapid.Int64Range(0, 60), 0, 10, rapid.ID[int64]).Draw(t, "groups")
		byCount := map[int64]disclosure.Decision{}
		for i, d := range th.Counts(groups).Groups {
			byCount[groups[i]] = d
		}
		shuffled := rapid.Permutation(groups).Draw(t, "shuffled")
		for i, d := range th.Counts(shuffled).Groups {
			if byCount[shuffled[i]] != d {
				t.Fatalf("%v: %d is %s, and in the order %v it is %s", groups, shuffled[i], byCount[shuffled[i]], shuffled, d)
			}
		}
	})
}
