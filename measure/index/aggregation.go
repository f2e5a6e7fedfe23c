package index

import (
	"fmt"
	"math"
	"strings"
)

// Mean is a way to make one number of several.
type Mean string

const (
	Arithmetic Mean = "amean"    // Σwx/Σw
	Geometric  Mean = "gmean"    // exp(Σw ln x/Σw), of values above 0
	Harmonic   Mean = "hmean"    // Σw/Σ(w/x), of values above 0
	Power      Mean = "power"    // (Σwxᵖ/Σw)^(1/p), of values of at least 0; above 0 where p is below 0
	Copeland   Mean = "copeland" // the units a unit beats by a majority of weights, less those that beat it
)

// Aggregation says how a level is made from what belongs to it.
type Aggregation struct {
	Kind  Mean
	Power float64 // of Power: p, not 0
}

// ParseAggregation reads amean, gmean, hmean, power:P or copeland.
func ParseAggregation(text string) (Aggregation, error) {
	name, p, _ := strings.Cut(text, ":")
	switch kind := Mean(name); kind {
	case Arithmetic, Geometric, Harmonic, Copeland:
		if name == text {
			return Aggregation{Kind: kind}, nil
		}
	case Power:
		v, err := number(p)
		if err != nil {
			return Aggregation{}, fmt.Errorf("%q: write a number, as power:0.5", text)
		}
		a := Aggregation{Kind: kind, Power: v}
		return a, a.check()
	}
	return Aggregation{}, fmt.Errorf("%q is no aggregation: write amean, gmean, hmean, power:P or copeland", text)
}

// ParseAggregations reads one for all levels, or one for each level from the second upwards, separated by commas.
func ParseAggregations(text string) ([]Aggregation, error) {
	var list []Aggregation
	for part := range strings.SplitSeq(text, ",") {
		a, err := ParseAggregation(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

func (a Aggregation) check() error {
	switch a.Kind {
	case Arithmetic, Geometric, Harmonic, Copeland:
		return nil
	case Power:
		if !finite(a.Power) || a.Power == 0 {
			return fmt.Errorf("power:%v is no mean: with 0 it is the geometric one, gmean", a.Power)
		}
		return nil
	}
	return fmt.Errorf("%q is no aggregation", string(a.Kind))
}

func (a Aggregation) String() string {
	if a.Kind == Power {
		return fmt.Sprintf("power:%v", a.Power)
	}
	return string(a.Kind)
}

// perLevel gives the aggregation of each level, at the level's place.
func perLevel(list []Aggregation, levels int) ([]Aggregation, error) {
	if len(list) != 1 && len(list) != levels-1 {
		return nil, fmt.Errorf("%d aggregations for %d levels above the indicators: name one for all, or one for each", len(list), levels-1)
	}
	per := make([]Aggregation, levels+1)
	for level := 2; level <= levels; level++ {
		per[level] = list[0]
		if len(list) > 1 {
			per[level] = list[level-2]
		}
		if err := per[level].check(); err != nil {
			return nil, err
		}
	}
	return per, nil
}

// takes tells whether the mean can take a value.
func (a Aggregation) takes(v float64) bool {
	switch a.Kind {
	case Geometric, Harmonic:
		return v > 0
	case Power:
		return a.Power == 1 || v > 0 || v == 0 && a.Power > 0
	}
	return true
}

// straight tells whether the mean is one of the values themselves, so that nothing is to be transformed.
func (a Aggregation) straight() bool {
	return a.Kind == Arithmetic || a.Kind == Copeland || a.Kind == Power && a.Power == 1
}

// transform puts what is averaged in place of each value: its logarithm, its inverse, its power. It gives the row of the first value that
// the mean cannot take, or -1.
func (a Aggregation) transform(column, into []float64) int {
	for i, v := range column {
		if isMissing(v) {
			into[i] = missing
			continue
		}
		if !a.takes(v) {
			return i
		}
		switch a.Kind {
		case Geometric:
			into[i] = math.Log(v)
		case Harmonic:
			into[i] = 1 / v
		default:
			into[i] = math.Pow(v, a.Power)
		}
	}
	return -1
}

// back undoes transform on a mean.
func (a Aggregation) back(v float64) float64 {
	switch a.Kind {
	case Geometric:
		return math.Exp(v)
	case Harmonic:
		return 1 / v
	case Power:
		return math.Pow(v, 1/a.Power)
	}
	return v
}
