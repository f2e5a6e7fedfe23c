package index

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Denominate divides each indicator that names a denominator by that column of other, row by row. A value whose denominator is missing or
// 0 is missing, with a warning. A denominator that other does not have is an InvalidError, with the place of the node in the structure.
func Denominate(t *Table, s *Structure, other *Table) (*Table, []Warning, error) {
	if other.Rows() != t.Rows() {
		return nil, nil, fmt.Errorf("%d rows of denominators for %d rows", other.Rows(), t.Rows())
	}
	var warnings []Warning
	var wrong mistakes.List
	columns := make([][]float64, len(t.columns))
	copy(columns, t.columns)
	for _, leaf := range s.leaves {
		n := s.nodes[leaf]
		j, ok := t.place[n.Code]
		if n.Denominator == "" || !ok {
			continue
		}
		d, ok := other.place[n.Denominator]
		if !ok {
			wrong.Add(&InvalidError{Item: leaf, Code: n.Code, Field: "Denominator", Text: fmt.Sprintf("there is no column %q", n.Denominator)})
			continue
		}
		divided, lost := make([]float64, t.Rows()), 0
		for i, v := range t.columns[j] {
			by := other.columns[d][i]
			divided[i] = v / by
			if by == 0 || !finite(divided[i]) {
				divided[i] = missing
				if !isMissing(v) {
					lost++
				}
			}
		}
		columns[j] = divided
		if lost > 0 {
			warnings = append(warnings, Warning{"denominate", n.Code, fmt.Sprintf("%d values are left out, because %s is missing or 0 there", lost, n.Denominator)})
		}
	}
	if len(wrong) > 0 {
		return nil, nil, wrong.Joined()
	}
	return t.with(t.codes, columns), warnings, nil
}
