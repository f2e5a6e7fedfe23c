package index

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Normalise brings the indicators of the tree to one scale, with more being better: each value is first multiplied by its direction. The
// years of a panel share one scale. Where the scale has no width, since an indicator does not vary, its values are missing, with a warning.
// Columns that the tree does not have are left out.
func (n Normalisation) Normalise(t *Table, s *Structure) (*Table, []Warning, error) {
	if err := n.ready(t, s); err != nil {
		return nil, nil, err
	}
	var warnings []Warning
	codes, columns := s.Indicators(), make([][]float64, len(s.leaves))
	for k, leaf := range s.leaves {
		j, ok := t.place[codes[k]]
		if !ok {
			return nil, nil, &InvalidError{Item: leaf, Code: codes[k], Field: "iCode", Text: "the data have no column of this indicator"}
		}
		var why string
		if columns[k], why = n.column(t.columns[j], s.nodes[leaf], t); why != "" {
			warnings = append(warnings, Warning{"normalise", codes[k], why})
		}
	}
	return t.with(codes, columns), warnings, nil
}

// ready checks what a scale needs beside the values.
func (n Normalisation) ready(t *Table, s *Structure) error {
	if err := n.check(); err != nil {
		return err
	}
	switch n.Scale {
	case "", AsTheyStand, MinMax, ZScore, Scaled, RankUp, Borda, Percentile, FractionMax, DistanceMax:
		return nil
	case DistanceTarget:
		var wrong mistakes.List
		for _, i := range s.leaves {
			if s.nodes[i].Target == nil {
				wrong.Add(&InvalidError{Item: i, Code: s.nodes[i].Code, Field: "Target", Text: "the indicator has no target"})
			}
		}
		return wrong.Joined()
	case DistanceReference:
		for _, unit := range t.units {
			if unit == n.Reference {
				return nil
			}
		}
		return fmt.Errorf("distance-reference: there is no unit %q", n.Reference)
	case ByGoalposts:
		return CheckGoalposts(n.Goalposts, s)
	}
	return fmt.Errorf("%q is no normalisation", n.Scale)
}

// column normalises one indicator; why tells what could not be done.
func (n Normalisation) column(raw []float64, node Node, t *Table) (made []float64, why string) {
	if n.Scale == "" || n.Scale == AsTheyStand {
		return raw, ""
	}
	column := raw
	if node.Direction < 0 {
		column = make([]float64, len(raw))
		for i, v := range raw {
			column[i] = 0 - v // never -0
		}
	}
	low, high, count := extent(column)
	if count == 0 {
		return raw, "no value is there"
	}
	switch n.Scale {
	case MinMax:
		return affine(column, low, high-low, n.Upper-n.Lower, n.Lower)
	case ZScore:
		m, sd, _ := deviation(column)
		return affine(column, m, sd, n.Upper, n.Lower)
	case Scaled:
		return affine(column, n.Lower, n.Upper-n.Lower, 100, 0)
	case FractionMax:
		return affine(column, 0, high, 1, 0)
	case DistanceMax:
		return affine(column, low, high-low, 1, 0)
	case DistanceTarget:
		return affine(column, low, *node.Target*float64(node.Direction)-low, 1, 0)
	case DistanceReference:
		return n.toReference(column, low, t)
	case ByGoalposts:
		p := n.Goalposts[node.Code]
		from := p.Lower
		if node.Direction < 0 {
			from = -p.Upper // what was the upper end is the lower one, seen in the direction
		}
		made, why = affine(column, from, p.Upper-p.Lower, 1, 0)
		for i, v := range made {
			if !isMissing(v) {
				made[i] = min(max(v, 0), 1) * p.Factor
			}
		}
		return made, why
	}
	return n.byRank(column, count)
}

// affine gives (x-from)/width·factor+base. Where the width is 0 or not a number, nothing can be said of any value.
func affine(column []float64, from, width, factor, base float64) (made []float64, why string) {
	made = make([]float64, len(column))
	usable := width != 0 && finite(width)
	lost := 0
	for i, v := range column {
		made[i] = missing
		if usable && !isMissing(v) {
			if y := (v-from)/width*factor + base; finite(y) {
				made[i] = y
			} else {
				lost++
			}
		}
	}
	switch {
	case !usable:
		return made, "the scale has no width, since the values do not vary: all are missing"
	case lost > 0:
		return made, fmt.Sprintf("%d values are beyond the range of numbers and are missing", lost)
	}
	return made, ""
}

// toReference measures the way from the smallest value to the reference unit's in the same period.
func (n Normalisation) toReference(column []float64, low float64, t *Table) (made []float64, why string) {
	at := map[float64]float64{}
	period := func(i int) float64 {
		p, _ := t.Period(i)
		return p
	}
	for i, unit := range t.units {
		if unit == n.Reference {
			at[period(i)] = column[i]
		}
	}
	made = make([]float64, len(column))
	for i, v := range column {
		made[i] = missing
		reference, ok := at[period(i)]
		width := reference - low
		if !ok || isMissing(reference) || width == 0 || !finite(width) {
			why = fmt.Sprintf("%s has no value, or the smallest one, so that there is no distance to it", n.Reference)
			continue
		}
		if y := (v - low) / width; finite(y) {
			made[i] = min(y, 1)
		}
	}
	return made, why
}

func (n Normalisation) byRank(column []float64, count int) (made []float64, why string) {
	made = make([]float64, len(column))
	for i, rank := range ascending(column) {
		switch {
		case rank == 0 || n.Scale == Percentile && count == 1:
			made[i] = missing
		case n.Scale == RankUp:
			made[i] = float64(rank)
		case n.Scale == Borda:
			made[i] = float64(rank - 1)
		default:
			made[i] = float64(rank-1) / float64(count-1)
		}
	}
	if n.Scale == Percentile && count == 1 {
		why = "there is one value only, which has no percentile"
	}
	return made, why
}
