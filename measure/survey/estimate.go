package survey

import (
	"fmt"
	"math"
)

// Confidence of an interval, from 0.5 to 0.9999; the zero value is 0.95.
type Confidence float64

// Usual is the confidence of the zero value.
const Usual Confidence = 0.95

func (c Confidence) check() (Confidence, error) {
	if c == 0 {
		return Usual, nil
	}
	if !(c >= 0.5 && c <= 0.9999) {
		return 0, fmt.Errorf("the confidence %s is not between 0.5 and 0.9999", number(float64(c)))
	}
	return c, nil
}

// Warning says why a part of an estimate is not known, or what to beware of.
type Warning string

const (
	EmptyDomain     Warning = "empty_domain"     // nobody in the domain has answered: nothing is known
	ZeroDenominator Warning = "zero_denominator" // the denominator of the ratio is 0
	TooLarge        Warning = "too_large"        // a result is beyond the range of numbers
	OneUnit         Warning = "one_unit"         // one primary sampling unit: how units differ, so the standard error, is not known
	NoFreedom       Warning = "no_freedom"       // no degree of freedom is left: there is no interval
	NoVariation     Warning = "no_variation"     // nothing varies within strata: the standard error is 0
	AllOrNone       Warning = "all_or_none"      // a share of 0 or 1: the sample cannot tell how far that is from the truth but by its size
	OpenBelow       Warning = "open_below"       // the lower end of the interval lies below all answers
	OpenAbove       Warning = "open_above"       // the upper end of the interval lies above all answers
)

// Estimate is a figure of the population with what is known about how sure it is. What is not known is nil, and Warnings say why.
type Estimate struct {
	Domain       string     `json:"domain"`
	N            int        `json:"n"`        // respondents of the domain who answered
	Missing      int        `json:"missing"`  // respondents of the domain who did not
	Effective    float64    `json:"neff"`     // Kish's effective size of those N; see EffectiveSize
	Value        *float64   `json:"estimate"` // in the unit of the answers
	SE           *float64   `json:"se"`       // standard error, in the same unit; 0 or more
	DF           int        `json:"df"`       // primary sampling units less strata, among those N
	Lower        *float64   `json:"lower"`    // ends of the interval
	Upper        *float64   `json:"upper"`    // by Student's t with DF degrees of freedom
	Level        Confidence `json:"level"`    // of the interval
	DesignEffect *float64   `json:"deff"`     // variance, as a multiple of that of a simple random sample of N; means and proportions only
	Warnings     []Warning  `json:"warnings,omitempty"`
}

// answers are the members of a domain who gave one, with what all estimates need.
type answers struct {
	design  *Design
	members []int32
	values  []float64
	total   float64 // Σ w
	units   int
}

// answered begins an estimate with those members of the domain whose values are all known.
func (d *Design) answered(in Domain, level Confidence, columns ...[]float64) (*answers, *Estimate, error) {
	level, err := level.check()
	if err != nil {
		return nil, nil, err
	}
	if in.of != d.Len() {
		return nil, nil, &InputError{Domains, "", -1, fmt.Sprintf("it is one of %d respondents, not of these %d", in.of, d.Len())}
	}
	for _, values := range columns {
		if err := perRespondent(Values, "", len(values), d.Len()); err != nil {
			return nil, nil, err
		}
	}
	a := &answers{design: d, values: columns[0], members: make([]int32, 0, len(in.members))}
	var total accumulator
	for _, i := range in.members {
		there := true
		for _, values := range columns {
			if math.IsInf(values[i], 0) {
				return nil, nil, &InputError{Values, "", int(i), "it is infinite"}
			}
			there = there && !math.IsNaN(values[i])
		}
		if !there {
			continue
		}
		a.members = append(a.members, i)
		total.add(d.weights[i])
	}
	a.total = total.value()
	units, strata := d.freedom(a.members)
	a.units = units
	est := &Estimate{Domain: in.Name, N: len(a.members), Missing: len(in.members) - len(a.members), DF: units - strata, Level: level}
	if est.N == 0 {
		est.Warnings = []Warning{EmptyDomain}
		return a, est, nil
	}
	est.Effective = effective(d.weights, a.members)
	return a, est, nil
}

// spread gives the standard error of Σ w·e over the members, e being linearised; size is how large e was before it was centred. It works
// in parts of the largest weighted size, so that squares neither overflow nor vanish.
func (a *answers) spread(e func(i int32) (centred, size float64)) float64 {
	full := make([]float64, a.design.Len())
	sizes := make([]float64, len(a.members))
	largest := 0.0
	for k, i := range a.members {
		centred, size := e(i)
		full[i], sizes[k] = centred, math.Abs(a.design.weights[i]*size)
		largest = max(largest, sizes[k])
	}
	if largest == 0 {
		return 0
	}
	scale := 0.0
	for k, i := range a.members {
		full[i] /= largest
		scale += sizes[k] / largest * (sizes[k] / largest)
	}
	return largest * math.Sqrt(a.design.variance(full, a.members, math.Sqrt(scale)))
}

// set gives the estimate its value and standard error. needsTwo tells that one unit alone would look as if nothing varied.
func (est *Estimate) set(value, se float64, needsTwo bool, units int) {
	est.Value, est.SE = known(value), known(se)
	switch {
	case est.Value == nil || est.SE == nil:
		est.SE = nil
		est.warn(TooLarge)
	case needsTwo && units < 2 && se == 0:
		est.SE = nil
		est.warn(OneUnit)
	case se == 0:
		est.warn(NoVariation)
	}
	if est.DF < 1 {
		est.warn(NoFreedom)
	}
}

func (est *Estimate) warn(w Warning) { est.Warnings = append(est.Warnings, w) }

// critical gives Student's t that the interval of the estimate needs; false where there is no interval.
func (est *Estimate) critical() (float64, bool) {
	if est.Value == nil || est.SE == nil || est.DF < 1 {
		return 0, false
	}
	return studentQuantile(0.5+float64(est.Level)/2, est.DF), true
}

// linear gives the estimate the interval value ± t·se.
func (est *Estimate) linear() {
	if t, ok := est.critical(); ok {
		est.Lower, est.Upper = known(*est.Value-t**est.SE), known(*est.Value+t**est.SE)
		if est.Lower == nil || est.Upper == nil {
			est.warn(TooLarge)
		}
	}
}

// Mean estimates the mean of the values, in their unit; NaN is a missing answer. It fails with an *InputError where the
// values are not one for each respondent, or infinite.
func (d *Design) Mean(values []float64, in Domain, level Confidence) (Estimate, error) {
	a, est, err := d.answered(in, level, values)
	if err != nil || est.N == 0 {
		return zeroIfNil(est), err
	}
	a.mean(est)
	est.linear()
	return *est, nil
}

// mean estimates it by Σwy/Σw, linearised as w(y-ȳ)/Σw.
func (a *answers) mean(est *Estimate) {
	heaviest := 0.0
	for _, i := range a.members {
		heaviest = max(heaviest, math.Abs(a.design.weights[i]))
	}
	var sum, weight accumulator
	for _, i := range a.members { // in parts of the heaviest, so that equal weights change no digit
		sum.add(a.design.weights[i] / heaviest * a.values[i])
		weight.add(a.design.weights[i] / heaviest)
	}
	mean := sum.value() / weight.value()
	se := a.spread(func(i int32) (float64, float64) {
		return (a.values[i] - mean) / a.total, (math.Abs(a.values[i]) + math.Abs(mean)) / a.total
	})
	est.set(mean, se, true, a.units)
	est.designEffect(a, mean)
}

// designEffect compares to a simple random sample without replacement from as many people as the weights stand for.
func (est *Estimate) designEffect(a *answers, mean float64) {
	n := float64(est.N)
	if est.SE == nil || est.N < 2 || a.total <= n {
		return
	}
	square := 0.0
	for _, i := range a.members {
		off := a.values[i] - mean
		square += a.design.weights[i] * off * off
	}
	simple := square / a.total * n / (n - 1) * (a.total - n) / (a.total * n)
	if simple > 0 && *est.SE > 0 {
		est.DesignEffect = known(*est.SE * *est.SE / simple)
	}
}

// Total estimates the sum of the values over the population, Σwy, in their unit. Missing answers and errors as for Mean: a total says
// nothing of those who did not answer, so it is too small where some are missing.
func (d *Design) Total(values []float64, in Domain, level Confidence) (Estimate, error) {
	a, est, err := d.answered(in, level, values)
	if err != nil || est.N == 0 {
		return zeroIfNil(est), err
	}
	var total accumulator
	for _, i := range a.members {
		total.add(d.weights[i] * values[i])
	}
	se := a.spread(func(i int32) (float64, float64) { return values[i], math.Abs(values[i]) })
	est.set(total.value(), se, false, a.units)
	est.linear()
	return *est, nil
}

// Ratio estimates the sum of the numerator over the population by that of the denominator, R = Σwy/Σwx, linearised as w(y-Rx)/Σwx.
// Respondents who lack either are missing. Errors as for Mean.
func (d *Design) Ratio(numerator, denominator []float64, in Domain, level Confidence) (Estimate, error) {
	a, est, err := d.answered(in, level, numerator, denominator)
	if err != nil || est.N == 0 {
		return zeroIfNil(est), err
	}
	var above, below accumulator
	for _, i := range a.members {
		above.add(d.weights[i] * numerator[i])
		below.add(d.weights[i] * denominator[i])
	}
	over, under := above.value(), below.value()
	if under == 0 {
		est.warn(ZeroDenominator)
		return *est, nil
	}
	ratio := over / under
	se := a.spread(func(i int32) (float64, float64) {
		return (numerator[i] - ratio*denominator[i]) / under, (math.Abs(numerator[i]) + math.Abs(ratio*denominator[i])) / math.Abs(under)
	})
	est.set(ratio, se, true, a.units)
	est.linear()
	return *est, nil
}

func zeroIfNil(est *Estimate) Estimate {
	if est == nil {
		return Estimate{}
	}
	return *est
}
