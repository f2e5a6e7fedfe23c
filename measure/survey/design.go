package survey

import (
	"fmt"
	"math"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Sampling says how respondents were drawn. Each slice has one entry per respondent, or is nil.
type Sampling struct {
	// Weights say for how many people a respondent stands; above 0. Nil: they follow from Population, or else all are 1.
	Weights []float64
	// Strata are the parts of the population that were sampled apart from each other. Nil: one stratum.
	Strata []string
	// Clusters are the primary sampling units, such as streets or schools. Nil: each respondent was drawn alone. Later stages of drawing need not
	// be told: the variance between primary units holds theirs (“ultimate clusters”).
	Clusters []string
	// NumberedWithin tells that the names of clusters begin again in each stratum. Otherwise a cluster in two strata is an error.
	NumberedWithin bool
	// Population is the size of the respondent's stratum, counted in primary sampling units: all at least 1. Or all are at most 1: the
	// share of those units that was drawn. It is the same throughout a stratum. Nil: so large that it makes no difference.
	Population []float64
	// Lonely is what to do with a stratum of one primary sampling unit of which not all were drawn.
	Lonely LonelyRule
}

// Design is a sample with its weights. It is never changed once made: calibrating it gives another. Make it with NewDesign.
type Design struct {
	weights []float64
	unit    []int32 // primary sampling unit of each respondent
	within  []int32 // stratum of each unit
	strata  []stratum
	lonely  LonelyRule
	fitted  fit // nil: the weights are not calibrated

	sampling    []float64 // weights before calibration; nil: weights has them
	calibration Calibration
}

type stratum struct {
	name     string
	units    int
	fraction float64 // drawn share of the units
	first    int     // a respondent
}

// NewDesign checks a sampling of n respondents. Its errors are an *InputError, which names the column and the respondent, or a *LonelyError; of
// several wrong values in a column the first twenty are joined.
func NewDesign(n int, s Sampling) (*Design, error) {
	if n == 0 {
		return nil, &InputError{Weights, "", -1, "there are no respondents"}
	}
	d := &Design{lonely: s.Lonely}
	if err := d.place(n, s); err != nil {
		return nil, err
	}
	if err := d.setFractions(s.Population); err != nil {
		return nil, err
	}
	if err := d.setWeights(s); err != nil {
		return nil, err
	}
	return d, d.checkLonely(s.Strata != nil)
}

// place finds the stratum and the primary sampling unit of each respondent.
func (d *Design) place(n int, s Sampling) error {
	stratumOf, names := make([]int32, n), []string{""}
	var err error
	if s.Strata != nil {
		if stratumOf, names, err = encode(Strata, s.Strata, n); err != nil {
			return err
		}
	}
	d.strata = make([]stratum, len(names))
	for i, name := range names {
		d.strata[i] = stratum{name: name, first: -1}
	}
	switch {
	case s.Clusters == nil:
		d.unit, d.within = make([]int32, n), stratumOf
		for i := range d.unit {
			d.unit[i] = int32(i)
		}
	case s.NumberedWithin:
		err = d.nest(s.Clusters, stratumOf)
	default:
		err = d.cluster(s.Clusters, stratumOf)
	}
	if err != nil {
		return err
	}
	for _, h := range d.within {
		d.strata[h].units++
	}
	for i, h := range stratumOf {
		if d.strata[h].first < 0 {
			d.strata[h].first = i
		}
	}
	return nil
}

// cluster takes each name as one unit, which must lie in one stratum.
func (d *Design) cluster(clusters []string, stratumOf []int32) error {
	unit, names, err := encode(Clusters, clusters, len(stratumOf))
	if err != nil {
		return err
	}
	within := make([]int32, len(names))
	for u := range within {
		within[u] = -1
	}
	var wrong mistakes.List
	for i, u := range unit {
		h := stratumOf[i]
		if within[u] >= 0 && within[u] != h {
			wrong.Add(&InputError{Clusters, "", i, fmt.Sprintf("%q lies in the strata %q and %q; are clusters numbered within strata?",
				names[u], d.strata[within[u]].name, d.strata[h].name)})
			continue
		}
		within[u] = h
	}
	d.unit, d.within = unit, within
	return wrong.Joined()
}

// nest takes the same name in two strata as two units.
func (d *Design) nest(clusters []string, stratumOf []int32) error {
	named, _, err := encode(Clusters, clusters, len(stratumOf))
	if err != nil {
		return err
	}
	type place struct{ stratum, name int32 }
	seen := map[place]int32{}
	d.unit = make([]int32, len(stratumOf))
	for i, name := range named {
		at := place{stratumOf[i], name}
		u, ok := seen[at]
		if !ok {
			u = int32(len(d.within))
			seen[at] = u
			d.within = append(d.within, at.stratum)
		}
		d.unit[i] = u
	}
	return nil
}

// setFractions reads the sizes of the strata, as counts or as drawn shares.
func (d *Design) setFractions(population []float64) error {
	if population == nil {
		return nil
	}
	if err := perRespondent(Population, "", len(population), len(d.unit)); err != nil {
		return err
	}
	counts := false
	var wrong mistakes.List
	for i, size := range population {
		if !(size > 0) || math.IsInf(size, 0) {
			wrong.Add(&InputError{Population, "", i, "the size of the stratum is unknown or not above 0"})
		}
		counts = counts || size > 1
	}
	if err := wrong.Joined(); err != nil {
		return err
	}
	for i, size := range population {
		s := &d.strata[d.within[d.unit[i]]]
		switch given := population[s.first]; {
		case counts && size < 1:
			wrong.Add(&InputError{Population, "", i, fmt.Sprintf("%s is a share, others are counts", number(size))})
		case size != given:
			wrong.Add(&InputError{Population, "", i, fmt.Sprintf("stratum %q has the sizes %s and %s", s.name, number(given), number(size))})
		case counts && size < float64(s.units):
			wrong.Add(&InputError{Population, "", i, fmt.Sprintf("stratum %q has %s units, of which %d were drawn", s.name, number(size), s.units)})
		case counts:
			s.fraction = float64(s.units) / size
		default:
			s.fraction = size
		}
	}
	return wrong.Joined()
}

func (d *Design) setWeights(s Sampling) error {
	d.weights = make([]float64, len(d.unit))
	if s.Weights == nil {
		for i := range d.weights {
			d.weights[i] = 1
			if s.Population != nil {
				d.weights[i] = 1 / d.strata[d.within[d.unit[i]]].fraction
			}
		}
		return nil
	}
	if err := perRespondent(Weights, "", len(s.Weights), len(d.weights)); err != nil {
		return err
	}
	var wrong mistakes.List
	for i, w := range s.Weights {
		switch {
		case math.IsNaN(w):
			wrong.Add(&InputError{Weights, "", i, "the weight is missing"})
		case !(w > 0) || math.IsInf(w, 0):
			wrong.Add(&InputError{Weights, "", i, fmt.Sprintf("%s is not a number above 0", number(w))})
		}
	}
	copy(d.weights, s.Weights)
	return wrong.Joined()
}

// Len is the number of respondents.
func (d *Design) Len() int { return len(d.weights) }

// Weights gives a copy of the weights, after calibration the calibrated ones.
func (d *Design) Weights() []float64 { return append([]float64(nil), d.weights...) }

// encode numbers the words of a column in the order in which they first appear. An empty word is an error.
func encode(part Part, words []string, n int) (codes []int32, names []string, err error) {
	if err := perRespondent(part, "", len(words), n); err != nil {
		return nil, nil, err
	}
	codes = make([]int32, n)
	seen := map[string]int32{}
	var wrong mistakes.List
	for i, word := range words {
		if word == "" {
			wrong.Add(&InputError{part, "", i, "it is missing"})
			continue
		}
		code, ok := seen[word]
		if !ok {
			code = int32(len(names))
			seen[word] = code
			names = append(names, word)
		}
		codes[i] = code
	}
	return codes, names, wrong.Joined()
}
