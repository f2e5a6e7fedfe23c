package survey

import (
	"math"
	"slices"
)

// LonelyRule is what to do with a stratum of one primary sampling unit, as the R package survey names them.
type LonelyRule string

const (
	LonelyFail    LonelyRule = ""        // an error: somebody must decide which strata are alike
	LonelyCertain LonelyRule = "certain" // the unit counts as drawn for certain and adds no variance
	LonelyAdjust  LonelyRule = "adjust"  // compare the unit to the mean of all units, which is cautious
	LonelyAverage LonelyRule = "average" // the stratum adds as much as the others on average
)

// LonelyRules lists them.
var LonelyRules = []LonelyRule{LonelyFail, LonelyCertain, LonelyAdjust, LonelyAverage}

func (s *stratum) isLonely() bool { return s.units == 1 && s.fraction < 1 }

// checkLonely wants something that varies. A sample of one unit helps under no rule.
func (d *Design) checkLonely(named bool) error {
	if !slices.Contains(LonelyRules, d.lonely) {
		return &InputError{Strata, "", -1, "there is no rule " + string(d.lonely) + " for strata of one unit"}
	}
	others := false
	for i := range d.strata {
		s := &d.strata[i]
		if s.isLonely() && (d.lonely == LonelyFail || len(d.strata) == 1) {
			name := s.name
			if !named {
				name = ""
			}
			return &LonelyError{name, s.first}
		}
		others = others || !s.isLonely()
	}
	if !others && d.lonely != LonelyAdjust {
		return &InputError{Strata, "", -1, "every stratum has one primary sampling unit"}
	}
	return nil
}

// negligible is the standard error, in parts of the size of what was summed, below which rounding is all that is left.
const negligible = 1e-13

// variance gives that of the sum of weight times linearised variable e, which is 0 but for members: between primary sampling units within
// strata, with the finite population correction,
//
//	V = Σ_h (1-f_h) n_h/(n_h-1) Σ_c (t_hc - t̄_h)²
//
// After calibration t is made of residuals. e is overwritten. scale is the size of the terms before they were centred: what is negligible
// beside it is 0.
func (d *Design) variance(e []float64, members []int32, scale float64) float64 {
	if d.fitted != nil {
		d.fitted.residuals(e, members)
	}
	totals := make([]float64, len(d.within))
	for i, u := range d.unit {
		totals[u] += d.weights[i] * e[i]
	}
	means := make([]float64, len(d.strata))
	for u, h := range d.within {
		means[h] += totals[u]
	}
	whole := 0.0
	for h := range means {
		whole += means[h]
		means[h] /= float64(d.strata[h].units)
	}
	if d.lonely == LonelyAdjust {
		for h := range means {
			if d.strata[h].isLonely() {
				means[h] = whole / float64(len(totals))
			}
		}
	}
	squares := make([]float64, len(d.strata))
	for u, h := range d.within {
		t := totals[u] - means[h]
		squares[h] += t * t
	}
	v := d.overStrata(squares)
	if v <= math.Pow(negligible*scale, 2) {
		return 0
	}
	return v
}

func (d *Design) overStrata(squares []float64) float64 {
	sum, lonely := 0.0, 0
	for h, square := range squares {
		s := &d.strata[h]
		switch factor := 1 - s.fraction; {
		case s.units > 1:
			sum += factor * float64(s.units) / float64(s.units-1) * square
		case !s.isLonely():
		case d.lonely == LonelyAdjust:
			sum += factor * square
		default:
			lonely++
		}
	}
	if d.lonely == LonelyAverage {
		sum *= float64(len(squares)) / float64(len(squares)-lonely)
	}
	return sum
}
