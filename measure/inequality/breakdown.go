package inequality

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Breakdown is an indicator's estimates for the subgroups of one dimension.
type Breakdown struct {
	Indicator, Dimension string
	Favourable           bool // more is better; false: less is better
	Ordered              bool
	// Scale is the largest value that the indicator can have: 100 for percentages, 1000 for rates per thousand. 0 means 100. Only the slope and the
	// relative index use it.
	Scale     float64
	Subgroups []Subgroup
}

// Subgroup is a part of the population. Subgroups of a breakdown do not overlap.
type Subgroup struct {
	Name       string
	Order      *float64 // in an ordered dimension: from the most disadvantaged to the most advantaged
	Estimate   *float64 // nil: not known; the subgroup is left out, with a warning
	SE         *float64 // standard error of the estimate; nil: not known; 0: a count without sampling
	Population *float64 // number of people, in any unit; nil: not known
	Reference  bool     // others are compared with this one, in a dimension without order
	Row        int      // where it stands in its file, for errors; 0 is unknown
}

// InvalidError is a breakdown that contradicts itself or holds a number that cannot be.
type InvalidError struct {
	Row    int    // as Subgroup.Row; where that is 0, the place in the list, counted from 1
	Column string // subgroup, order, estimate, se, population, reference or scale
	Text   string
}

func (e *InvalidError) Error() string { return fmt.Sprintf("row %d: %s: %s", e.Row, e.Column, e.Text) }

// check gives an *InvalidError for each subgroup that cannot be, of several the first twenty joined.
func (b Breakdown) check() error {
	if b.Scale < 0 || math.IsNaN(b.Scale) || math.IsInf(b.Scale, 0) {
		return &InvalidError{1, "scale", fmt.Sprintf("%v is not a positive number", b.Scale)}
	}
	names, orders, reference := map[string]int{}, map[float64]int{}, 0
	var wrong mistakes.List
	for i, s := range b.Subgroups {
		row := s.Row
		if row == 0 {
			row = i + 1
		}
		if earlier, twice := names[s.Name]; twice {
			wrong.Add(&InvalidError{row, "subgroup", fmt.Sprintf("%q is in row %d already", s.Name, earlier)})
		}
		names[s.Name] = row
		for _, c := range []struct {
			column string
			value  *float64
			signed bool
		}{{"order", s.Order, true}, {"estimate", s.Estimate, true}, {"se", s.SE, false}, {"population", s.Population, false}} {
			switch {
			case c.value == nil:
			case math.IsNaN(*c.value) || math.IsInf(*c.value, 0):
				wrong.Add(&InvalidError{row, c.column, fmt.Sprintf("%v is not a finite number", *c.value)})
			case !c.signed && *c.value < 0:
				wrong.Add(&InvalidError{row, c.column, fmt.Sprintf("%v is negative", *c.value)})
			}
		}
		if b.Ordered {
			if s.Order == nil {
				wrong.Add(&InvalidError{row, "order", fmt.Sprintf("subgroup %q of an ordered dimension has no order", s.Name)})
				continue
			}
			if earlier, twice := orders[*s.Order]; twice {
				wrong.Add(&InvalidError{row, "order", fmt.Sprintf("%v is the order of row %d already", *s.Order, earlier)})
			}
			orders[*s.Order] = row
		}
		if s.Reference && !b.Ordered {
			if reference > 0 {
				wrong.Add(&InvalidError{row, "reference", fmt.Sprintf("row %d is the reference already", reference)})
			}
			reference = row
		}
	}
	return wrong.Joined()
}

// setting is what measures share: all that is known of the subgroups besides their estimates.
type setting struct {
	favourable, ordered bool
	scale               float64
	share               []float64 // of the population; nil: see noShares
	noShares            string
	midpoint            []float64 // of each subgroup's share, ranked from the most disadvantaged, from 0 to 1
	reference           int       // -1: none
	endMissing          bool      // the first or last subgroup of an ordered dimension has no estimate
}

// prepare sorts the subgroups that have an estimate: by order, or by name so that nothing depends on how they were listed.
func (b Breakdown) prepare() (s *setting, estimates []float64, errors []*float64, warnings []string) {
	sorted := slices.SortedStableFunc(slices.Values(b.Subgroups), func(x, y Subgroup) int {
		if b.Ordered {
			return cmp.Compare(*x.Order, *y.Order)
		}
		return cmp.Compare(x.Name, y.Name)
	})
	s = &setting{favourable: b.Favourable, ordered: b.Ordered, scale: b.Scale, reference: -1}
	if s.scale == 0 {
		s.scale = 100
	}
	total := 0.0
	for i, g := range sorted {
		if g.Estimate == nil {
			warnings = append(warnings, fmt.Sprintf("subgroup %q has no estimate and is left out", g.Name))
			s.endMissing = s.endMissing || b.Ordered && (i == 0 || i == len(sorted)-1)
			continue
		}
		if g.Reference && !b.Ordered {
			s.reference = len(estimates)
		}
		if g.Population == nil {
			s.noShares = fmt.Sprintf("the population of subgroup %q is not known", g.Name)
		} else {
			s.share = append(s.share, *g.Population)
			total += *g.Population
		}
		estimates, errors = append(estimates, *g.Estimate), append(errors, g.SE)
	}
	if s.noShares == "" && !(total > 0 && !math.IsInf(total, 1)) {
		s.noShares = "the populations of the subgroups do not have a positive sum"
	}
	if s.noShares != "" {
		s.share = nil
		return s, estimates, errors, warnings
	}
	below := 0.0
	for i := range s.share {
		s.share[i] /= total
		s.midpoint = append(s.midpoint, below+s.share[i]/2)
		below += s.share[i]
	}
	return s, estimates, errors, warnings
}

// mean is weighted by population. It is taken from the first value, so that equal values have exactly their value as mean.
func (s *setting) mean(y []float64) float64 {
	sum := 0.0
	for j, v := range y {
		sum += s.share[j] * (v - y[0])
	}
	return y[0] + sum
}
