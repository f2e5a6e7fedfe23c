// Package inequalitytest finds out how often intervals of inequality measures hold the truth, by drawing estimates about a known one.
package inequalitytest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/cityrights/cityrights/measure/inequality"
)

// Coverage is what repeated draws said of one measure.
type Coverage struct {
	Code        inequality.Code
	Truth       float64
	Covered     float64 // share of the draws whose interval holds the truth
	Below       float64 // share of the draws whose interval lies below the truth
	Drawn       int     // draws that have an interval
	SD, Implied float64 // standard deviation of the estimates; mean half-width of the intervals in standard deviations' units
}

// Run takes the breakdown's estimates as the truth, draws estimates about them by their standard errors, and looks at the intervals of each. The
// confidence is that of the options; 0 means 0.95.
func Run(truth inequality.Breakdown, draws int, seed uint64, options inequality.Options) ([]Coverage, error) {
	exact, err := inequality.Summarise(truth, inequality.Options{Replications: 2})
	if err != nil {
		return nil, err
	}
	confidence := options.Confidence
	if confidence == 0 {
		confidence = 0.95
	}
	width := 2 * math.Sqrt2 * math.Erfinv(confidence)
	random := rand.New(rand.NewPCG(seed, 0xc0de))
	out := make([]Coverage, len(exact.Measures))
	sums, squares := make([]float64, len(out)), make([]float64, len(out))
	drawn := truth
	for i := range draws {
		drawn.Subgroups = append([]inequality.Subgroup(nil), truth.Subgroups...)
		for j, s := range truth.Subgroups {
			estimate := *s.Estimate + *s.SE*random.NormFloat64()
			if truth.Scale > 0 {
				estimate = math.Min(math.Max(estimate, 0), truth.Scale)
			}
			drawn.Subgroups[j].Estimate = &estimate
		}
		options.Seed = seed + uint64(i)
		got, err := inequality.Summarise(drawn, options)
		if err != nil {
			return nil, fmt.Errorf("draw %d: %w", i, err)
		}
		for k, m := range got.Measures {
			if m.Interval == nil || exact.Measures[k].Estimate == nil {
				continue
			}
			c, want := &out[k], *exact.Measures[k].Estimate
			c.Drawn++
			sums[k] += *m.Estimate - want
			squares[k] += (*m.Estimate - want) * (*m.Estimate - want)
			c.Implied += (m.Interval.Upper - m.Interval.Lower) / width
			switch {
			case m.Interval.Upper < want:
				c.Below++
			case m.Interval.Lower <= want:
				c.Covered++
			}
		}
	}
	for k := range out {
		c := &out[k]
		c.Code = exact.Measures[k].Code
		if exact.Measures[k].Estimate == nil || c.Drawn == 0 {
			continue
		}
		n := float64(c.Drawn)
		c.Truth = *exact.Measures[k].Estimate
		c.Covered, c.Below, c.Implied = c.Covered/n, c.Below/n, c.Implied/n
		c.SD = math.Sqrt(math.Max(0, squares[k]/n-sums[k]/n*sums[k]/n))
	}
	return out, nil
}
