package index

import (
	"fmt"
	"runtime"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Aggregate makes the aggregates of the tree from its indicators, level by level; one aggregation for all levels, or one for each from the
// second. Weights are renormalised over what is there; a row is missing where less than the share threshold (0 to 1) of what belongs to the
// aggregate is there, and where nothing is. The columns are those of Structure.Aggregates. A value that a mean cannot take is a
// NotPositiveError; of several in one aggregate the first twenty are joined.
func Aggregate(t *Table, s *Structure, list []Aggregation, threshold float64) (*Table, []Warning, error) {
	per, err := perLevel(list, s.top)
	if err != nil {
		return nil, nil, err
	}
	if !(threshold >= 0 && threshold <= 1) {
		return nil, nil, fmt.Errorf("the threshold %v is no share: it goes from 0 to 1", threshold)
	}
	values := make([][]float64, len(s.nodes))
	for _, leaf := range s.leaves {
		j, ok := t.place[s.nodes[leaf].Code]
		if !ok {
			return nil, nil, &InvalidError{Item: leaf, Code: s.nodes[leaf].Code, Field: "iCode", Text: "the data have no column of this indicator"}
		}
		values[leaf] = t.columns[j]
	}
	c := combiner{threshold: threshold, groups: t.samePeriod(), workers: runtime.GOMAXPROCS(0)}
	weights := s.Weights()
	var operands []operand
	var of []float64
	for _, at := range s.upward {
		operands, of = operands[:0], of[:0]
		for _, child := range s.children[at] {
			operands = append(operands, operand{values: values[child], complete: complete(values[child])})
			of = append(of, weights[child])
		}
		values[at] = make([]float64, t.Rows())
		a := per[s.nodes[at].Level]
		if _, bad := c.combine(a, operands, of, values[at]); bad != nil {
			return nil, nil, refused(t, s, at, a, values)
		}
	}
	columns := make([][]float64, len(s.inner))
	var warnings []Warning
	for k, at := range s.inner {
		columns[k] = values[at]
		if gone := t.Rows() - len(present(values[at])); gone > 0 {
			warnings = append(warnings, Warning{"aggregate", s.nodes[at].Code, fmt.Sprintf("%d of %d scores are missing", gone, t.Rows())})
		}
	}
	return t.with(s.Aggregates(), columns), warnings, nil
}

// refused names the values of an aggregate's children that its mean cannot take, row by row.
func refused(t *Table, s *Structure, at int, a Aggregation, values [][]float64) error {
	var wrong mistakes.List
	for row, unit := range t.units {
		for _, child := range s.children[at] {
			if v := values[child][row]; !isMissing(v) && !a.takes(v) {
				wrong.Add(&NotPositiveError{Row: row, Unit: unit, Code: s.nodes[child].Code, Value: v, Mean: a})
			}
		}
	}
	return wrong.Joined()
}
