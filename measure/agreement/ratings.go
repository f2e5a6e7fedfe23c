package agreement

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Rating is what one rater says of one unit.
type Rating struct {
	Rater    string
	Group    string // the party that the rater speaks for; may be empty
	Unit     string
	Value    float64
	Vignette bool // the unit is a described, invented case that all are meant to see alike; only Fit makes a difference
	Row      int  // where the rating stands in its file, for errors; 0 is unknown
}

// InvalidError is a rating that cannot be what it says.
type InvalidError struct {
	Row    int    // as Rating.Row; where that is 0, the place in the list, counted from 1
	Column string // rater, group, unit, rating or vignette
	Text   string
}

func (e *InvalidError) Error() string { return fmt.Sprintf("row %d: %s: %s", e.Row, e.Column, e.Text) }

// Interval is a range that holds the true value with a given confidence.
type Interval struct{ Lower, Upper float64 }

// rated is the ratings by number: raters, units and groups sorted by name, cells by unit and rater.
type rated struct {
	raters, units, groups []string
	groupOf               []int // of each rater
	vignette              []bool
	cells                 []cell
}

type cell struct {
	rater, unit int
	value       float64
}

// arrange checks the ratings and numbers them. Its errors are of type *InvalidError; of several the first twenty are joined.
func arrange(ratings []Rating) (*rated, error) {
	t := &rated{}
	var wrong mistakes.List
	for i, r := range ratings {
		row := place(r, i)
		if r.Rater == "" {
			wrong.Add(&InvalidError{row, "rater", "the rater has no name"})
		}
		if r.Unit == "" {
			wrong.Add(&InvalidError{row, "unit", "the unit has no name"})
		}
		if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) {
			wrong.Add(&InvalidError{row, "rating", fmt.Sprintf("%v is not a finite number", r.Value)})
		}
		t.raters, t.units, t.groups = append(t.raters, r.Rater), append(t.units, r.Unit), append(t.groups, r.Group)
	}
	if err := wrong.Joined(); err != nil {
		return nil, err
	}
	t.raters, t.units, t.groups = distinct(t.raters), distinct(t.units), distinct(t.groups)
	return t, t.number(ratings)
}

// number fills the cells, and finds what contradicts an earlier rating.
func (t *rated) number(ratings []Rating) error {
	rater, unit, group := numbers(t.raters), numbers(t.units), numbers(t.groups)
	t.groupOf, t.vignette = make([]int, len(t.raters)), make([]bool, len(t.units))
	ofRater, ofUnit := make([]int, len(t.raters)), make([]int, len(t.units)) // one more than the number of their first rating
	seen := make(map[[2]int]int, len(ratings))
	t.cells = make([]cell, 0, len(ratings))
	var wrong mistakes.List
	for i, r := range ratings {
		who, what := rater[r.Rater], unit[r.Unit]
		if earlier, twice := seen[[2]int{who, what}]; twice {
			wrong.Add(&InvalidError{place(r, i), "unit", fmt.Sprintf("rater %q has rated unit %q already, in row %d", r.Rater, r.Unit, place(ratings[earlier], earlier))})
			continue
		}
		seen[[2]int{who, what}] = i
		if first := ofRater[who] - 1; first < 0 {
			ofRater[who], t.groupOf[who] = i+1, group[r.Group]
		} else if ratings[first].Group != r.Group {
			wrong.Add(&InvalidError{place(r, i), "group", fmt.Sprintf("rater %q is in group %q here and in %q in row %d", r.Rater, r.Group, ratings[first].Group, place(ratings[first], first))})
		}
		if first := ofUnit[what] - 1; first < 0 {
			ofUnit[what], t.vignette[what] = i+1, r.Vignette
		} else if ratings[first].Vignette != r.Vignette {
			wrong.Add(&InvalidError{place(r, i), "vignette", fmt.Sprintf("unit %q is a vignette in one row and not in another, row %d", r.Unit, place(ratings[first], first))})
		}
		t.cells = append(t.cells, cell{who, what, r.Value})
	}
	slices.SortFunc(t.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.rater, b.rater)) })
	return wrong.Joined()
}

func place(r Rating, i int) int {
	if r.Row > 0 {
		return r.Row
	}
	return i + 1
}

func distinct[T cmp.Ordered](list []T) []T { return slices.Compact(slices.Sorted(slices.Values(list))) }

func numbers[T comparable](list []T) map[T]int {
	all := make(map[T]int, len(list))
	for i, name := range list {
		all[name] = i
	}
	return all
}
