package inequality_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/inequality"
	"github.com/cityrights/cityrights/measure/inequality/inequalitytest"
)

// breakdown draws a breakdown with positive estimates, often with equal ones.
func breakdown(t *rapid.T) inequality.Breakdown {
	b := inequality.Breakdown{Indicator: "i", Dimension: "d", Favourable: rapid.Bool().Draw(t, "favourable"), Ordered: rapid.Bool().Draw(t, "ordered")}
	n := rapid.IntRange(3, 9).Draw(t, "subgroups")
	for i := range n {
		s := inequality.Subgroup{Name: fmt.Sprint(i), Estimate: p(float64(rapid.IntRange(1, 99).Draw(t, "estimate"))),
			SE: p(float64(rapid.IntRange(0, 9).Draw(t, "se")) / 2), Population: p(float64(rapid.IntRange(1, 900).Draw(t, "population"))), Reference: i == n/2}
		if b.Ordered {
			s.Order = p(float64(i))
		}
		b.Subgroups = append(b.Subgroups, s)
	}
	return b
}

// changed gives a breakdown with other subgroups.
func changed(b inequality.Breakdown, f func(i int, s *inequality.Subgroup)) inequality.Breakdown {
	b.Subgroups = append([]inequality.Subgroup(nil), b.Subgroups...)
	for i := range b.Subgroups {
		f(i, &b.Subgroups[i])
	}
	return b
}

func summarise(t *rapid.T, b inequality.Breakdown) inequality.Summary {
	out, err := inequality.Summarise(b, inequality.Options{Replications: 60, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// isRatio tells which measures are 1 and not 0 where all are equal.
func isRatio(c inequality.Code) bool { return c == inequality.Ratio || c == inequality.RelativeIndex }

// free lists measures without a unit: other units of the estimates leave them as they are.
var free = map[inequality.Code]bool{inequality.Ratio: true, inequality.AttributablePct: true, inequality.RelativeConc: true, inequality.Variation: true,
	inequality.Theil: true, inequality.LogDeviation: true, inequality.Disparity: true, inequality.DisparityOfEach: true, inequality.RelativeIndex: true}

func TestLawsOfInequality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := breakdown(t)
		want := summarise(t, b)
		for _, m := range want.Measures {
			if m.Estimate == nil {
				t.Fatalf("%s is missing: %s", m.Code, m.Missing)
			}
			if i := m.Interval; i != nil && !(i.Lower <= i.Upper) || i == nil && m.Open == "" {
				t.Fatalf("%s: %+v %q", m.Code, i, m.Open)
			}
		}

		shuffled := b
		shuffled.Subgroups = rapid.Permutation(b.Subgroups).Draw(t, "shuffled")
		if diff := cmp.Diff(want, summarise(t, shuffled)); diff != "" {
			t.Fatalf("another order of the list changes the result\n%s", diff)
		}

		equal := summarise(t, changed(b, func(_ int, s *inequality.Subgroup) { s.Estimate = b.Subgroups[0].Estimate }))
		for _, m := range equal.Measures {
			if v := *m.Estimate; isRatio(m.Code) && v != 1 || !isRatio(m.Code) && v != 0 {
				t.Fatalf("%s of equal subgroups is %v", m.Code, v)
			}
		}

		scaled := changed(b, func(_ int, s *inequality.Subgroup) { s.Estimate = p(*s.Estimate * 4) })
		scaled.Scale = 400
		for i, m := range summarise(t, scaled).Measures {
			factor := 4.0
			switch {
			case free[m.Code]:
				factor = 1
			case m.Code == inequality.Variance:
				factor = 16
			}
			if w := factor * *want.Measures[i].Estimate; math.Abs(*m.Estimate-w) > 1e-9*math.Max(1, math.Abs(w)) {
				t.Fatalf("%s of four times the estimates is %v, not %v", m.Code, *m.Estimate, w)
			}
		}

		people := changed(b, func(_ int, s *inequality.Subgroup) { s.Population = p(*s.Population * 1000) })
		for i, m := range summarise(t, people).Measures {
			if w := *want.Measures[i].Estimate; math.Abs(*m.Estimate-w) > 1e-9*math.Max(1, math.Abs(w)) {
				t.Fatalf("%s changes with the unit of populations: %v, not %v", m.Code, *m.Estimate, w)
			}
		}
	})
}

// Splitting a subgroup in two with the same estimate changes nothing where subgroups count by population.
func TestWeightedMeasuresDoNotDependOnHowFineTheSubgroupsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := breakdown(t)
		b.Ordered = false
		want := summarise(t, b)
		split := changed(b, func(i int, s *inequality.Subgroup) {
			if i == 0 {
				s.Population = p(*s.Population / 2)
			}
		})
		split.Subgroups = append(split.Subgroups, split.Subgroups[0])
		split.Subgroups[len(split.Subgroups)-1].Name, split.Subgroups[len(split.Subgroups)-1].Reference = "another", false
		each := map[inequality.Code]bool{inequality.FromMeanEach: true, inequality.FromBestEach: true, inequality.FromRefEach: true, inequality.DisparityOfEach: true}
		for i, m := range summarise(t, split).Measures {
			if w := *want.Measures[i].Estimate; !each[m.Code] && math.Abs(*m.Estimate-w) > 1e-9*math.Max(1, math.Abs(w)) {
				t.Fatalf("%s is %v, not %v", m.Code, *m.Estimate, w)
			}
		}
	})
}

// The peer's intervals of the mean log deviation, Theil index and attributable fraction are a thousandth or a hundredth as wide as they should be. The
// study with more draws is test/speed/inequality.
func TestIntervalsHoldTheTruth(t *testing.T) {
	for name, truth := range map[string]inequality.Breakdown{
		"sample, ordered":    sample(t, "in_OrderedSample.csv", false),
		"sample, by region":  sample(t, "in_NonorderedSample.csv", false),
		"unit tests, others": unit(t, "in_unit_nonordered25.csv", false),
	} {
		truth.Scale = 0 // no cutting off at the scale's end
		const draws = 300
		coverages, err := inequalitytest.Run(truth, draws, 5, inequality.Options{Replications: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range coverages {
			if c.Code == inequality.Slope || c.Code == inequality.RelativeIndex || c.Drawn == 0 {
				continue // estimates above 100 have no logit; see the next test
			}
			if c.Covered < 0.87 || c.Drawn < draws*9/10 {
				t.Errorf("%s, %s: intervals of 95 %% hold the truth in %.1f %% of %d draws", name, c.Code, 100*c.Covered, c.Drawn)
			}
		}
	}
}

func TestIntervalsOfSlopesHoldTheTruth(t *testing.T) {
	b := inequality.Breakdown{Favourable: true, Ordered: true}
	for i, estimate := range []float64{20, 35, 40, 55, 60} {
		b.Subgroups = append(b.Subgroups, inequality.Subgroup{Name: fmt.Sprint(i), Order: p(float64(i)), Estimate: p(estimate), SE: p(2), Population: p(float64(100 + 50*i))})
	}
	coverages, err := inequalitytest.Run(b, 600, 9, inequality.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range coverages {
		if c.Covered < 0.92 || c.Covered > 0.98 || math.Abs(c.Implied/c.SD-1) > 0.1 {
			t.Errorf("%s: %+v", c.Code, c)
		}
	}
}
