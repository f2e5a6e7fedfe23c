package disclosure

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestMagnitudesThatAFewContributeAreSensitive(t *testing.T) {
	for _, test := range []struct {
		name string
		rule interface {
			Need(int, []float64) (Need, bool, error)
		}
		contributions []float64
		want          Need
		sensitive     bool
	}{
		// Hundepool et al. 2012, section 4.2.2: 100/75·(90+5) − 100 = 26.67 wide.
		{"two give 95 of 100 under (2, 75)", Dominance{2, 75}, []float64{90, 5, 3, 2}, Need{0, 27, 27}, true},
		{"two give exactly 75 of 100", Dominance{2, 75}, []float64{50, 25, 15, 10}, Need{}, false},
		{"one gives all", Dominance{1, 80}, []float64{100}, Need{0, 25, 25}, true},
		{"nobody gives", Dominance{1, 80}, nil, Need{}, false},
		// The second can estimate the first to within 10: 0.15·80 − 10 = 2 short.
		{"the rest is less than 15 per cent of the first", PPercent{15}, []float64{10, 80, 10}, Need{0, 2, 2}, true},
		{"the rest covers the first", PPercent{10}, []float64{10, 80, 10}, Need{}, false},
		{"one alone", PPercent{10}, []float64{50}, Need{0, 5, 5}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			need, sensitive, err := test.rule.Need(0, test.contributions)
			if err != nil || need != test.want || sensitive != test.sensitive {
				t.Errorf("need %+v, sensitive %v, error %v; want %+v, %v", need, sensitive, err, test.want, test.sensitive)
			}
		})
	}
}

func TestContributionsAndRulesOutOfRangeAreRefused(t *testing.T) {
	for _, bad := range [][]float64{{1, -1}, {math.NaN()}, {math.Inf(1)}, {1 << 41}} {
		if _, _, err := (PPercent{10}).Need(0, bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	for _, rule := range []Dominance{{0, 75}, {1, 0}, {1, 100}, {1, math.NaN()}} {
		if _, _, err := rule.Need(0, []float64{1}); err == nil {
			t.Errorf("%+v was taken", rule)
		}
	}
	for _, p := range []float64{0, -1, 101, math.NaN()} {
		if _, _, err := (PPercent{p}).Need(0, []float64{1}); err == nil {
			t.Errorf("p = %v was taken", p)
		}
	}
}

func TestAnotherContributorNeverMakesACellMoreSensitive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		contributions := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 8).Draw(t, "contributions")
		rule := PPercent{rapid.Float64Range(1, 100).Draw(t, "p")}
		need, _, err := rule.Need(0, contributions)
		if err != nil {
			t.Fatal(err)
		}
		smallest := contributions[0]
		for _, c := range contributions {
			smallest = min(smallest, c)
		}
		more, _, err := rule.Need(0, append(contributions, smallest/2))
		if err != nil {
			t.Fatal(err)
		}
		if len(contributions) > 1 && more.Above > need.Above {
			t.Fatalf("need %d became %d", need.Above, more.Above)
		}
	})
}

func TestRoundingGoesToTheNearestMultiple(t *testing.T) {
	for _, test := range []struct{ n, base, want int64 }{{0, 5, 0}, {2, 5, 0}, {3, 5, 5}, {7, 5, 5}, {8, 5, 10}, {5, 10, 0}, {15, 10, 20}, {25, 10, 20}, {7, 1, 7}, {7, 0, 7}} {
		if got := Round(test.n, test.base); got != test.want {
			t.Errorf("%d to base %d is %d, want %d", test.n, test.base, got, test.want)
		}
	}
}
