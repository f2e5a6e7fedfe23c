package agreement

import (
	"fmt"
	"slices"
)

// maxCategories is how many different ratings the latent model takes: beyond, they are no ordinal scale.
const maxCategories = 20

// design numbers the unknowns of the latent model. There are three kinds: one position per unit; a shift and, unless discrimination is the
// same for all, a discrimination per rater; and the common ones: thresholds, shifts of groups, experience of groups.
type design struct {
	*rated
	categories []float64
	grades     []int // of each cell, from 0
	perRater   int   // 1 or 2
	common     int
	held       bool  // the common unknowns stay as they are, to compare with a fit by another program
	reference  int   // number of the group to which shifts are relative
	shiftAt    []int // of each group, among the common ones; -1 for the reference
	seenAt     []int // experience, as shiftAt; nil without vignettes
	ofUnit     [][]int
	ofRater    [][]int // numbers of cells
	// discerning tells which raters have a discrimination of their own: those with enough ratings to show one.
	discerning []bool
}

// enough is how many ratings a rater needs for a discrimination of its own. With fewer, it would be little but the prior, and many such raters
// together spoil the approximation by which the rest is estimated.
const enough = 15

func newDesign(t *rated, equal bool, reference string) (*design, error) {
	d := &design{rated: t, perRater: 2}
	if equal {
		d.perRater = 1
	}
	for _, c := range t.cells {
		d.categories = append(d.categories, c.value)
	}
	d.categories = distinct(d.categories)
	number := numbers(d.categories)
	d.ofUnit, d.ofRater = make([][]int, len(t.units)), make([][]int, len(t.raters))
	for i, c := range t.cells {
		d.grades = append(d.grades, number[c.value])
		d.ofUnit[c.unit], d.ofRater[c.rater] = append(d.ofUnit[c.unit], i), append(d.ofRater[c.rater], i)
	}
	for _, list := range d.ofRater {
		d.discerning = append(d.discerning, !equal && len(list) >= enough)
	}
	if !slices.Contains(d.discerning, true) {
		d.perRater = 1
	}
	d.common = len(d.categories) - 1
	if reference != "" {
		at, ok := numbers(t.groups)[reference]
		if !ok {
			return nil, fmt.Errorf("no rating is by the group %q, to which the shifts are to be relative", reference)
		}
		d.reference = at
	}
	d.shiftAt = d.perGroup()
	real, vignettes := 0, 0
	for _, v := range t.vignette {
		if v {
			vignettes++
		} else {
			real++
		}
	}
	if vignettes > 0 && real > 0 && len(t.groups) > 1 {
		d.seenAt = d.perGroup()
	}
	return d, nil
}

// perGroup numbers one more common unknown for each group but the reference.
func (d *design) perGroup() []int {
	at := make([]int, len(d.groups))
	for g := range at {
		at[g] = -1
		if g != d.reference {
			at[g], d.common = d.common, d.common+1
		}
	}
	return at
}

// state holds values of all unknowns, on the scale on which units have standard deviation 1.
type state struct {
	unit   []float64
	rater  []float64 // shift and, where perRater is 2, discrimination less 1, rater by rater
	common []float64
}

func (d *design) newState() state {
	return state{make([]float64, len(d.units)), make([]float64, len(d.raters)*d.perRater), make([]float64, d.common)}
}

func (s state) clone() state {
	return state{append([]float64(nil), s.unit...), append([]float64(nil), s.rater...), append([]float64(nil), s.common...)}
}

// plus gives s + step·by.
func (s state) plus(step float64, by state) state {
	out := s.clone()
	for i, v := range by.unit {
		out.unit[i] += step * v
	}
	for i, v := range by.rater {
		out.rater[i] += step * v
	}
	for i, v := range by.common {
		out.common[i] += step * v
	}
	return out
}

// spread holds the standard deviations on the same scale: of the deviation e of a single rating, of the raters' shifts, and of their
// discriminations.
type spread struct{ noise, shift, discrimination float64 }
