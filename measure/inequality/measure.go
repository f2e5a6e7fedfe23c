package inequality

import (
	"fmt"
	"math"
	"strings"
)

// Code names a measure, as the WHO's Health Equity Assessment Toolkit does.
type Code string

// The measures. Those of the first group are for all dimensions, those of the second for ordered ones, those of the third for the others.
const (
	Difference      Code = "d"      // between the ends: of the order; of best and worst; of the reference and the worst
	Ratio           Code = "r"      // of the same two
	AttributableGap Code = "parisk" // population attributable risk: the most advantaged (ordered) or best subgroup less the mean
	AttributablePct Code = "paf"    // the same in per cent of the mean

	Slope         Code = "sii"        // slope index: fitted value at rank 1 less that at rank 0, by a weighted logit
	RelativeIndex Code = "rii"        // the two as a ratio
	LinearSlope   Code = "sii_linear" // slope index by a weighted straight line
	Concentration Code = "aci"        // absolute concentration index: Σp(2X−1)y
	RelativeConc  Code = "rci"        // the same in relation to the mean

	Variance        Code = "bgv"   // between-group variance: Σp(y−μ)²
	Deviation       Code = "bgsd"  // its root
	Variation       Code = "covar" // coefficient of variation: the root in per cent of the mean
	Theil           Code = "ti"    // Theil index times 1000: Σp(y/μ)ln(y/μ)
	LogDeviation    Code = "mld"   // mean log deviation times 1000: Σp·−ln(y/μ)
	FromMean        Code = "mdmw"  // mean difference from the mean, weighted by population
	FromMeanEach    Code = "mdmu"  // each subgroup counted once
	FromBest        Code = "mdbw"  // mean difference from the best subgroup
	FromBestEach    Code = "mdbu"
	FromRef         Code = "mdrw" // mean difference from the reference
	FromRefEach     Code = "mdru"
	Disparity       Code = "idisw" // index of disparity: mean difference from the mean in per cent of it
	DisparityOfEach Code = "idisu"
)

// Why a measure or its interval is missing.
const (
	OneSubgroup    = "there are fewer than two subgroups with an estimate"
	TwoSubgroups   = "there are fewer than three subgroups with an estimate, so no slope can be fitted"
	NoEnd          = "the first or the last subgroup has no estimate"
	NoReference    = "no subgroup with an estimate is the reference"
	ZeroDivisor    = "it would be divided by a value that is not positive"
	ZeroLogarithm  = "an estimate is not positive and has no logarithm"
	OutsideScale   = "an estimate lies below 0 or above the scale"
	NoFit          = "the slope has no finite value: lower subgroups are all at one end of the scale and higher ones at the other"
	Beyond         = "it lies beyond what a number can hold"
	NoErrors       = "the standard error of a subgroup's estimate is not known"
	TooOftenAbsent = "in more than 1 in 20 replications the measure does not exist"
)

// shape says on what scale a measure's deviations are nearly normal.
type shape struct{ to, from func(float64) float64 }

var (
	same        = shape{func(v float64) float64 { return v }, func(v float64) float64 { return v }}
	notNegative = shape{same.to, func(v float64) float64 { return math.Max(0, v) }}
	logarithm   = shape{math.Log, math.Exp}
	squared     = shape{func(v float64) float64 { return v * v }, func(v float64) float64 { return math.Sqrt(math.Max(0, v)) }}
)

// kind says how a measure answers to small changes of estimates, on which its interval rests.
type kind int

const (
	linear   kind = iota // by derivatives that do not vanish where subgroups are equal: the delta method holds
	curved               // by derivatives that do
	kinked               // another subgroup can become the best, or change sides
	referred             // kinked, and rises faster on one side than it falls on the other; see draws.reach
)

// definition is how a measure is computed from estimates, and a reason where it cannot be.
type definition struct {
	code     Code
	weighted bool // needs populations
	kind     kind
	shape    shape
	value    func(s *setting, y []float64) (float64, string)
}

var forAll = []definition{
	{Difference, false, linear, same, difference},
	{Ratio, false, linear, logarithm, ratio},
	{AttributableGap, true, linear, same, attributable},
	{AttributablePct, true, linear, same, relative(100, attributable)},
}

var forOrdered = []definition{
	{Slope, true, linear, same, slopeIndex},
	{RelativeIndex, true, linear, logarithm, relativeIndex},
	{LinearSlope, true, linear, same, linearSlope},
	{Concentration, true, linear, same, concentration},
	{RelativeConc, true, linear, same, relative(1, concentration)},
}

var forOthers = []definition{
	{Variance, true, curved, notNegative, variance},
	{Deviation, true, curved, squared, deviation},
	{Variation, true, curved, squared, relative(100, deviation)},
	{Theil, true, curved, notNegative, theil},
	{LogDeviation, true, curved, notNegative, logDeviation},
	{FromMean, true, kinked, notNegative, weightedFrom(toMean)},
	{FromMeanEach, true, kinked, notNegative, eachFrom(toMean)},
	{FromBest, true, kinked, notNegative, weightedFrom(toBest)},
	{FromBestEach, false, kinked, notNegative, eachFrom(toBest)},
	{FromRef, true, referred, notNegative, weightedFrom(toReference)},
	{FromRefEach, false, referred, notNegative, eachFrom(toReference)},
	{Disparity, true, kinked, notNegative, relative(100, weightedFrom(toMean))},
	{DisparityOfEach, true, kinked, notNegative, relative(100, eachFrom(toMean))},
}

// Measure is one measure of a breakdown.
type Measure struct {
	Code     Code
	Estimate *float64  // nil: see Missing
	Missing  string    // why there is no estimate
	Interval *Interval // nil: see Open
	Open     string    // why there is no interval
}

// Interval is a range that holds the true value with the confidence asked for.
type Interval struct{ Lower, Upper float64 }

// Summary is all measures of a breakdown, in the order of their codes above.
type Summary struct {
	Indicator, Dimension string
	Measures             []Measure
	Warnings             []string
}

// Options say how intervals are made.
type Options struct {
	Confidence   float64 // between 0 and 1; 0 means 0.95
	Replications int     // of the parametric bootstrap; 0 means 1000
	Seed         uint64  // of the bootstrap; the same seed gives the same intervals
}

// Summarise computes the measures that fit the breakdown's dimension. Differences and indices are in the unit of the estimates, unless their
// code says otherwise.
//
// Intervals take populations as known and estimates as independent and normal about the truth. Measures with derivatives have one by the delta
// method, on the logarithm for ratios; those that choose a best or worst subgroup or cannot be negative have one by a parametric bootstrap
// that also takes off the bias by which noise makes subgroups look more unequal than they are. So such an interval need not lie about its estimate.
// Mean differences from the reference reach up to what likely true values give, if that is more.
//
// A breakdown that contradicts itself is an *InvalidError, several of them joined. What cannot be computed is missing, with a reason and a warning.
func Summarise(b Breakdown, options Options) (Summary, error) {
	if options.Confidence == 0 {
		options.Confidence = 0.95
	}
	if !(options.Confidence > 0 && options.Confidence < 1) {
		return Summary{}, fmt.Errorf("a confidence of %v does not lie between 0 and 1", options.Confidence)
	}
	if options.Replications <= 0 {
		options.Replications = 1000
	}
	if err := b.check(); err != nil {
		return Summary{}, err
	}
	s, y, errors, warnings := b.prepare()
	out := Summary{Indicator: b.Indicator, Dimension: b.Dimension, Warnings: warnings}
	definitions := append([]definition(nil), forAll...)
	if b.Ordered {
		definitions = append(definitions, forOrdered...)
	} else {
		for i := range definitions {
			definitions[i].kind = kinked // they choose the best or the worst
			if definitions[i].code == Difference {
				definitions[i].shape = notNegative
			}
		}
		definitions = append(definitions, forOthers...)
	}
	draws := newDraws(b, y, errors, options)
	for _, d := range definitions {
		m := Measure{Code: d.code}
		if value, missing := d.of(s, y); missing != "" {
			m.Missing = missing
		} else {
			m.Estimate = &value
			m.Interval, m.Open = draws.interval(d, s, value)
		}
		out.Measures = append(out.Measures, m)
	}
	out.Warnings = append(out.Warnings, absences(out.Measures)...)
	return out, nil
}

// absences gives a warning for each reason for which measures are missing. That there is no reference is none: many breakdowns need none.
func absences(measures []Measure) (warnings []string) {
	var reasons []string
	codes := map[string][]string{}
	for _, m := range measures {
		if m.Missing == "" || m.Missing == NoReference {
			continue
		}
		if codes[m.Missing] == nil {
			reasons = append(reasons, m.Missing)
		}
		codes[m.Missing] = append(codes[m.Missing], string(m.Code))
	}
	for _, reason := range reasons {
		is := "is"
		if len(codes[reason]) > 1 {
			is = "are"
		}
		warnings = append(warnings, fmt.Sprintf("%s %s missing: %s", strings.Join(codes[reason], ", "), is, reason))
	}
	return warnings
}

// of computes a measure, or says why it is missing.
func (d definition) of(s *setting, y []float64) (value float64, missing string) {
	switch {
	case len(y) < 2:
		return 0, OneSubgroup
	case d.weighted && s.share == nil:
		return 0, s.noShares
	}
	if value, missing = d.value(s, y); missing == "" && (math.IsNaN(value) || math.IsInf(value, 0)) {
		missing = Beyond
	}
	return value, missing
}
