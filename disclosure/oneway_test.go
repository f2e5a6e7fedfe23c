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

// unknown stands for a count that nobody knows.
const unknown = -1

// counts gives the counts and their sum, as far as they are known.
func counts(numbers []int64) (groups []*int64, total int64) {
	for _, n := range numbers {
		if n == unknown {
			groups = append(groups, nil)
			continue
		}
		groups, total = append(groups, new(n)), total+n
	}
	return groups, total
}

func TestFiguresOfOneBreakdown(t *testing.T) {
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
		{"empty groups have no figure and protect nobody", []int64{0, 3, 40, 20, 0}, "ppsxp/s"},
		{"a group without anybody hides no other", []int64{0, 40, 20}, "pss/s"},
		{"one small and nobody else: the total is as small", []int64{3}, "p/p"},
		{"all small, enough together", []int64{5, 6, 7}, "ppp/s"},
		{"all small, too few together: the total gives them away", []int64{4, 6}, "pp/x"},
		{"one small and one large", []int64{4, 60}, "px/s"},
		{"small next to empty: the total gives it away", []int64{4, 0, 6}, "ppp/x"},
		{"unknown protects nobody", []int64{unknown, 3, 40, 20}, "ppsx/s"},
		{"one unknown among large ones: it is what the others leave of the whole", []int64{unknown, 40, 20}, "psx/s"},
		{"one unknown and one small: the small one may be all there is", []int64{unknown, 9, 40}, "ppx/s"},
		{"one unknown beside small ones that are enough", []int64{unknown, 8, 8, 40}, "ppps/s"},
		{"nobody at all", []int64{0, 0}, "pp/p"},
		{"no groups", nil, "/p"},
	} {
		groups, total := counts(c.groups)
		if got := drawn(disclosure.Threshold{}.Figures(groups, &total)); got != c.want {
			t.Errorf("%s: %v gives %s, want %s", c.name, c.groups, got, c.want)
		}
	}
}

func TestFiguresBesideAWholeThatIsNotTheirSum(t *testing.T) {
	for _, c := range []struct {
		name   string
		groups []int64
		total  int64
		want   string
	}{
		{"the figure of the whole is not shown, so it gives nothing away", []int64{3, 40, 20}, unknown, "pss/p"},
		{"all counts unknown: the whole may be the figure of one of them", []int64{unknown, unknown}, 60, "pp/x"},
		{"one small and nobody to hide with it", []int64{3}, 40, "p/x"},
		{"no groups", nil, 40, "/s"},
	} {
		groups, _ := counts(c.groups)
		whole, _ := counts([]int64{c.total})
		if got := drawn(disclosure.Threshold{}.Figures(groups, whole[0])); got != c.want {
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

// people draws how many people there are in each group.
func people(t *rapid.T) []int64 {
	return rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 25), rapid.Int64Range(0, 3), rapid.Int64Range(0, 100000)), 0, 12).Draw(t, "people")
}

// The attacker knows the whole and how many people it has, the shown groups and that a hidden group which has anybody has one at least.
// Whoever decides knows less: some counts are missing.
func TestNoHiddenFigureCanBeWorkedOutBySubtraction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		groups := people(t)
		var total int64
		known := make([]*int64, len(groups))
		for i, n := range groups {
			total += n
			if rapid.IntRange(0, 4).Draw(t, "known") > 0 {
				known[i] = &groups[i]
			}
		}
		out := th.Figures(known, &total)
		left, hidden := total, int64(0)
		for i, n := range groups {
			switch {
			case out.Groups[i] == disclosure.Shown:
				left -= n
				if known[i] == nil || n < th.K() {
					t.Fatalf("%v with threshold %d shows a figure of %d", groups, th.K(), n)
				}
			case n > 0:
				hidden++
			}
		}
		if out.Total != disclosure.Shown {
			return // nothing to subtract from
		}
		for i, n := range groups {
			// A large group may be worked out; one of which nobody knew how large it is may be too, if it is large.
			if out.Groups[i] == disclosure.Shown || n == 0 || n >= th.K() && known[i] != nil {
				continue
			}
			if most := left - (hidden - 1); hidden == 1 || most < th.K() {
				t.Fatalf("%v with threshold %d decides %s: group %d has 1 to %d people", groups, th.K(), drawn(out), i, most)
			}
		}
	})
}

func TestNothingIsHiddenWithoutNeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		numbers := people(t)
		groups, total := counts(numbers)
		out := th.Figures(groups, &total)
		small := slices.ContainsFunc(numbers, func(n int64) bool { return n > 0 && n < th.K() })
		if !small && (slices.Contains(out.Groups, disclosure.Secondary) || out.Total == disclosure.Secondary) {
			t.Fatalf("%v with threshold %d decides %s though no group is small", numbers, th.K(), drawn(out))
		}
	})
}

func TestDecisionsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := threshold(t)
		numbers := rapid.SliceOfNDistinct(rapid.Int64Range(unknown, 60), 0, 10, rapid.ID[int64]).Draw(t, "groups")
		decide := func(numbers []int64) []disclosure.Decision {
			groups, total := counts(numbers)
			return th.Figures(groups, &total).Groups
		}
		byCount := map[int64]disclosure.Decision{}
		for i, d := range decide(numbers) {
			byCount[numbers[i]] = d
		}
		shuffled := rapid.Permutation(numbers).Draw(t, "shuffled")
		for i, d := range decide(shuffled) {
			if byCount[shuffled[i]] != d {
				t.Fatalf("%v: %d is %s, and in the order %v it is %s", numbers, shuffled[i], byCount[shuffled[i]], shuffled, d)
			}
		}
	})
}
