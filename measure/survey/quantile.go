package survey

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// tied is how near, in parts of all weight, a sum of weights must come to a share to have reached it: sums of the same weights in another
// order differ by less.
const tied = 1e-11

// Quantile estimates the smallest value that at least a share p of the population, between 0 and 1, does not exceed: the inverse of the
// weighted distribution function (svyquantile's rule “math”). The interval is Woodruff's (1952): that of the share of the population at or
// below the estimate, by Student's t, turned into values by the same rule; where it reaches below 0 or above 1 that end is not known.
// The standard error is the interval's length over 2t. It fails as Mean, and where linear calibration has made a weight negative.
func (d *Design) Quantile(values []float64, p float64, in Domain, level Confidence) (Estimate, error) {
	if !(p > 0 && p < 1) {
		return Estimate{}, fmt.Errorf("the share %s of a quantile is not between 0 and 1", number(p))
	}
	a, est, err := d.answered(in, level, values)
	if err != nil || est.N == 0 {
		return zeroIfNil(est), err
	}
	for _, i := range a.members {
		if d.weights[i] < 0 {
			return Estimate{}, &InputError{Weights, "", int(i), "it is negative after calibration, quantiles need weights above 0"}
		}
	}
	steps := a.distribution()
	value := steps.at(p)
	est.Value = known(value)
	if est.DF < 1 {
		est.warn(NoFreedom)
		return *est, nil
	}
	below := steps.share(value)
	se := a.spread(func(i int32) (float64, float64) {
		if values[i] <= value {
			return (1 - below) / a.total, 1 / a.total
		}
		return -below / a.total, 1 / a.total
	})
	if se == 0 {
		est.warn(NoVariation)
	}
	t := studentQuantile(0.5+float64(est.Level)/2, est.DF)
	if from := below - t*se; from >= 0 {
		est.Lower = known(steps.at(from))
	} else {
		est.warn(OpenBelow)
	}
	if to := below + t*se; to <= 1+tied {
		est.Upper = known(steps.at(to))
	} else {
		est.warn(OpenAbove)
	}
	if est.Lower != nil && est.Upper != nil {
		est.SE = known((*est.Upper - *est.Lower) / (2 * t))
	}
	return *est, nil
}

// steps is a weighted distribution function: sorted distinct values, and the share of all weight up to each.
type steps struct{ values, shares []float64 }

func (a *answers) distribution() steps {
	sorted := slices.SortedFunc(slices.Values(a.members), func(i, j int32) int { return cmp.Compare(a.values[i], a.values[j]) })
	var s steps
	sum := 0.0
	for k, i := range sorted {
		sum += a.design.weights[i]
		if k+1 < len(sorted) && a.values[sorted[k+1]] == a.values[i] {
			continue
		}
		s.values, s.shares = append(s.values, a.values[i]), append(s.shares, sum/a.total)
	}
	s.shares[len(s.shares)-1] = 1
	return s
}

// at gives the smallest value up to which lies the share p.
func (s steps) at(p float64) float64 {
	k, _ := slices.BinarySearch(s.shares, p-tied)
	return s.values[min(k, len(s.values)-1)]
}

// share gives the share up to a value that is one of the steps.
func (s steps) share(value float64) float64 {
	k, _ := slices.BinarySearch(s.values, value)
	return math.Min(s.shares[k], 1)
}
