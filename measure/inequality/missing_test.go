package inequality_test

import (
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/inequality"
)

// three is an ordered breakdown of three subgroups to be spoilt.
func three(values ...float64) inequality.Breakdown {
	b := inequality.Breakdown{Indicator: "i", Dimension: "d", Favourable: true, Ordered: true}
	for i, v := range values {
		b.Subgroups = append(b.Subgroups, inequality.Subgroup{Name: string(rune('a' + i)), Order: p(float64(i)), Estimate: p(v), SE: p(1), Population: p(100), Row: i + 2})
	}
	return b
}

func unordered(b inequality.Breakdown) inequality.Breakdown {
	b.Ordered = false
	return b
}

func TestWhatCannotBeComputedIsMissingWithItsReason(t *testing.T) {
	withoutPeople := three(10, 20, 30)
	withoutPeople.Subgroups[1].Population = nil
	nobody := changed(three(10, 20, 30), func(_ int, s *inequality.Subgroup) { s.Population = p(0) })
	withoutEnd := three(10, 20, 30, 40)
	withoutEnd.Subgroups[3].Estimate = nil
	for name, c := range map[string]struct {
		b     inequality.Breakdown
		wants map[inequality.Code]string // "" means: there is an estimate
	}{
		"no subgroup":      {three(), map[inequality.Code]string{inequality.Difference: inequality.OneSubgroup, inequality.Slope: inequality.OneSubgroup}},
		"one subgroup":     {unordered(three(10)), map[inequality.Code]string{inequality.Ratio: inequality.OneSubgroup, inequality.Theil: inequality.OneSubgroup}},
		"two subgroups":    {three(10, 20), map[inequality.Code]string{inequality.Difference: "", inequality.Slope: inequality.TwoSubgroups, inequality.LinearSlope: inequality.TwoSubgroups, inequality.Concentration: ""}},
		"a rate of zero":   {unordered(three(0, 20, 30)), map[inequality.Code]string{inequality.Difference: "", inequality.Ratio: inequality.ZeroDivisor, inequality.Theil: inequality.ZeroLogarithm, inequality.LogDeviation: inequality.ZeroLogarithm, inequality.Variance: "", inequality.Disparity: ""}},
		"all zero":         {unordered(three(0, 0, 0)), map[inequality.Code]string{inequality.AttributablePct: inequality.ZeroDivisor, inequality.Variation: inequality.ZeroDivisor, inequality.Variance: "", inequality.Disparity: inequality.ZeroDivisor}},
		"all zero ordered": {three(0, 0, 0), map[inequality.Code]string{inequality.Slope: "", inequality.RelativeIndex: inequality.ZeroDivisor, inequality.RelativeConc: inequality.ZeroDivisor}},
		"all at the top":   {three(100, 100, 100), map[inequality.Code]string{inequality.Slope: "", inequality.RelativeIndex: ""}},
		"apart":            {three(0, 0, 100), map[inequality.Code]string{inequality.Slope: inequality.NoFit, inequality.RelativeIndex: inequality.NoFit, inequality.LinearSlope: ""}},
		"above the scale":  {three(90, 95, 101), map[inequality.Code]string{inequality.Slope: inequality.OutsideScale, inequality.Difference: ""}},
		"no populations":   {withoutPeople, map[inequality.Code]string{inequality.Difference: "", inequality.AttributableGap: `the population of subgroup "b" is not known`, inequality.Concentration: `the population of subgroup "b" is not known`}},
		"nobody":           {unordered(nobody), map[inequality.Code]string{inequality.FromBestEach: "", inequality.FromMean: "the populations of the subgroups do not have a positive sum"}},
		"no end":           {withoutEnd, map[inequality.Code]string{inequality.Difference: inequality.NoEnd, inequality.AttributablePct: inequality.NoEnd, inequality.Concentration: ""}},
		"no reference":     {unordered(three(10, 20, 30)), map[inequality.Code]string{inequality.FromRef: inequality.NoReference, inequality.FromRefEach: inequality.NoReference}},
		"too large":        {unordered(three(1e300, -1e300, 1e300)), map[inequality.Code]string{inequality.Variance: inequality.Beyond}},
	} {
		out, err := inequality.Summarise(c.b, inequality.Options{Replications: 20})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := strings.Join(out.Warnings, "\n")
		for _, m := range out.Measures {
			want, asked := c.wants[m.Code]
			if !asked {
				continue
			}
			if (m.Estimate != nil) != (want == "") || m.Missing != want {
				t.Errorf("%s: %s: got %v, %q, want %q", name, m.Code, m.Estimate, m.Missing, want)
			}
			if want != "" && want != inequality.NoReference && !regexp.MustCompile(`(?m)\b`+string(m.Code)+`\b.* (is|are) missing: `+regexp.QuoteMeta(want)).MatchString(said) {
				t.Errorf("%s: no warning about %s in %q", name, m.Code, said)
			}
		}
	}
}

func TestWithoutStandardErrorsThereIsNoInterval(t *testing.T) {
	b := three(10, 20, 30)
	b.Subgroups[2].SE = nil
	for _, m := range mustSummarise(t, b, inequality.Options{}) {
		if m.Estimate == nil || m.Interval != nil || m.Open != inequality.NoErrors {
			t.Errorf("%+v", m)
		}
	}
	counted := changed(three(10, 20, 30), func(_ int, s *inequality.Subgroup) { s.SE = p(0) })
	for _, m := range mustSummarise(t, counted, inequality.Options{}) {
		if i := m.Interval; i == nil || math.Abs(i.Lower-*m.Estimate) > 1e-9 || math.Abs(i.Upper-*m.Estimate) > 1e-9 {
			t.Errorf("full counts: %s is %v in %+v", m.Code, *m.Estimate, i)
		}
	}
}

func TestBreakdownsThatContradictThemselvesAreRefusedWithTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		spoil  func(b *inequality.Breakdown)
		column string
		says   string
	}{
		"named twice":         {func(b *inequality.Breakdown) { b.Subgroups[2].Name = "a" }, "subgroup", "in row 2 already"},
		"no order":            {func(b *inequality.Breakdown) { b.Subgroups[2].Order = nil }, "order", "has no order"},
		"the same order":      {func(b *inequality.Breakdown) { b.Subgroups[2].Order = p(0) }, "order", "of row 2 already"},
		"not a number":        {func(b *inequality.Breakdown) { b.Subgroups[2].Estimate = p(math.NaN()) }, "estimate", "not a finite number"},
		"infinite":            {func(b *inequality.Breakdown) { b.Subgroups[2].Population = p(math.Inf(1)) }, "population", "not a finite number"},
		"negative error":      {func(b *inequality.Breakdown) { b.Subgroups[2].SE = p(-1) }, "se", "negative"},
		"negative population": {func(b *inequality.Breakdown) { b.Subgroups[2].Population = p(-1) }, "population", "negative"},
		"two references": {func(b *inequality.Breakdown) {
			b.Ordered, b.Subgroups[0].Reference, b.Subgroups[2].Reference = false, true, true
		}, "reference", "row 2 is the reference"},
	} {
		b := three(10, 20, 30)
		c.spoil(&b)
		_, err := inequality.Summarise(b, inequality.Options{})
		var invalid *inequality.InvalidError
		if !errors.As(err, &invalid) || invalid.Row != 4 || invalid.Column != c.column || !strings.Contains(invalid.Text, c.says) {
			t.Errorf("%s: got %v, want row 4, %s, %q", name, err, c.column, c.says)
		}
	}
	if _, err := inequality.Summarise(inequality.Breakdown{Scale: -1}, inequality.Options{}); err == nil {
		t.Error("a negative scale was taken")
	}
	if _, err := inequality.Summarise(three(1, 2), inequality.Options{Confidence: 1}); err == nil {
		t.Error("a confidence of 1 was taken")
	}
}

// Whatever finite numbers come, nothing is NaN or infinite, and a missing measure has a reason.
func TestNothingIsEverNaN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1, 101), rapid.SampledFrom([]float64{0, 100, math.Copysign(0, -1), math.MaxFloat64, 5e-324}))
		b := inequality.Breakdown{Favourable: rapid.Bool().Draw(t, "favourable"), Ordered: rapid.Bool().Draw(t, "ordered")}
		for i := range rapid.IntRange(0, 6).Draw(t, "subgroups") {
			b.Subgroups = append(b.Subgroups, inequality.Subgroup{Name: string(rune('a' + i)), Order: p(float64(i)), Estimate: p(value.Draw(t, "estimate")),
				SE: p(math.Abs(value.Draw(t, "se"))), Population: p(math.Abs(value.Draw(t, "population"))), Reference: i == 1})
		}
		for _, m := range summarise(t, b).Measures {
			bad := func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
			switch {
			case m.Estimate == nil && m.Missing == "", m.Estimate != nil && bad(*m.Estimate), m.Interval != nil && (bad(m.Interval.Lower) || bad(m.Interval.Upper)),
				m.Estimate != nil && m.Interval == nil && m.Open == "":
				t.Fatalf("%+v", m)
			}
		}
	})
}
