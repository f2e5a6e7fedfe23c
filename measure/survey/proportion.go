package survey

import (
	"fmt"
	"math"
	"slices"
)

// Method is a way to make the interval of a proportion p with standard error s, t being Student's t with the design's degrees of freedom.
type Method string

const (
	// Logit is symmetric on the scale of ln(p/(1-p)), where the standard error is s/(p(1-p)), and turned back (svyciprop's logit and xlogit).
	Logit Method = "logit"
	// Linear is p ± t·s, cut off at 0 and 1 (svyciprop's mean). It is too narrow for small proportions.
	Linear Method = "linear"
	// Beta is Korn and Graubard's (1998): the exact binomial interval for n_e = p(1-p)/s² · (t_{n-1}/t_df)² respondents (svyciprop's beta). It
	// covers at least as often as it says, for proportions near 0 and 1 too.
	Beta Method = "beta"
	// Wilson is the score interval for n_e = p(1-p)/s² respondents, with t in the place of z (Franco, Little, Louis and Slud, Journal of Survey
	// Statistics and Methodology 7, 2019).
	Wilson Method = "wilson"
	// Arcsine is symmetric on the scale of arcsin √p, where the standard error is s/(2√(p(1-p))), cut off at 0 and π/2, and turned back
	// (svyciprop's asin).
	Arcsine Method = "arcsine"
)

// Methods lists them, the usual one first.
var Methods = []Method{Logit, Linear, Beta, Wilson, Arcsine}

// Proportion estimates the share of the domain with a property, from 0 to 1. holds has 1 for a respondent who has it, 0 for one who has
// not, NaN for a missing answer; Share makes it from words. An empty method is Logit.
//
// Where all or none of the respondents have it, the linearised variance is 0 and says nothing. Then Beta and Wilson take Kish's effective size for n_e
// (Korn and Graubard take n), and the other methods give no interval; the warning is AllOrNone. Where p is between and nothing varies
// within strata, the interval is the point. It fails as Mean, and for other values than these three or an unknown method.
func (d *Design) Proportion(holds []float64, in Domain, method Method, level Confidence) (Estimate, error) {
	if method == "" {
		method = Logit
	}
	if !slices.Contains(Methods, method) {
		return Estimate{}, fmt.Errorf("there is no method %q for the interval of a proportion", string(method))
	}
	a, est, err := d.answered(in, level, holds)
	if err != nil || est.N == 0 {
		return zeroIfNil(est), err
	}
	with := 0
	for _, i := range a.members {
		switch holds[i] {
		case 0:
		case 1:
			with++
		default:
			return Estimate{}, &InputError{Values, "", int(i), number(holds[i]) + " is neither 0 nor 1"}
		}
	}
	a.mean(est)
	if est.Value == nil {
		return *est, nil
	}
	if with == 0 || with == est.N {
		est.allOrNone(with > 0, method)
		return *est, nil
	}
	*est.Value = min(max(*est.Value, 0), 1) // rounding, or negative weights after linear calibration
	if t, ok := est.critical(); ok {
		lower, upper := *est.Value, *est.Value
		if *est.SE > 0 {
			lower, upper = method.interval(*est.Value, *est.SE, t, est)
		}
		// Rounding must not put the estimate outside.
		est.Lower, est.Upper = known(min(max(lower, 0), *est.Value)), known(max(min(upper, 1), *est.Value))
	}
	return *est, nil
}

// interval turns an estimate strictly between 0 and 1, with a standard error above 0, into its interval.
func (m Method) interval(p, se, t float64, est *Estimate) (lower, upper float64) {
	spread := p * (1 - p)
	switch m {
	case Linear:
		return p - t*se, p + t*se
	case Beta:
		n := spread / (se * se) * math.Pow(studentQuantile(0.5+float64(est.Level)/2, est.N-1)/t, 2)
		return exact(p, n, est.Level)
	case Wilson:
		return score(p, spread/(se*se), t)
	case Arcsine:
		at, wide := math.Asin(math.Sqrt(p)), t*se/(2*math.Sqrt(spread))
		return math.Pow(math.Sin(max(at-wide, 0)), 2), math.Pow(math.Sin(min(at+wide, math.Pi/2)), 2)
	default:
		at, wide := math.Log(p/(1-p)), t*se/spread
		return 1 / (1 + math.Exp(wide-at)), 1 / (1 + math.Exp(-wide-at))
	}
}

// allOrNone sets a share that is exactly 0 or 1, without a standard error.
func (est *Estimate) allOrNone(all bool, method Method) {
	*est.Value = 0
	if all {
		*est.Value = 1
	}
	est.SE = nil
	est.Warnings = slices.DeleteFunc(est.Warnings, func(w Warning) bool { return w == NoVariation || w == OneUnit })
	est.warn(AllOrNone)
	if est.DF < 1 {
		return
	}
	t := studentQuantile(0.5+float64(est.Level)/2, est.DF)
	switch method {
	case Beta:
		ratio := studentQuantile(0.5+float64(est.Level)/2, est.N-1) / t
		lower, upper := exact(*est.Value, est.Effective*ratio*ratio, est.Level)
		est.Lower, est.Upper = known(lower), known(upper)
	case Wilson:
		lower, upper := score(*est.Value, est.Effective, t)
		est.Lower, est.Upper = known(min(max(lower, 0), *est.Value)), known(max(min(upper, 1), *est.Value))
	}
}

// Share gives, for Proportion, 1 where a respondent's word is the category, 0 where it is another, NaN where it is empty.
func Share(words []string, category string) []float64 {
	holds := make([]float64, len(words))
	for i, word := range words {
		switch word {
		case "":
			holds[i] = math.NaN()
		case category:
			holds[i] = 1
		}
	}
	return holds
}
