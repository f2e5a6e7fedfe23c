package index

// fillRows replaces what is missing by the mean of the row's other indicators with the same parent, each brought to 0 to 1 by its extent and its
// direction, and takes the mean back to the scale of the missing one.
func fillRows(t *Table, s *Structure) [][]float64 {
	columns := each(t, func(column []float64) []float64 { return append([]float64(nil), column...) })
	type scale struct{ low, width, direction float64 }
	scales := make([]scale, len(t.columns))
	for j, column := range t.columns {
		low, high, _ := extent(column)
		direction := 1.0
		if i, ok := s.place[t.codes[j]]; ok && s.nodes[i].Direction < 0 {
			direction = -1
			low, high = -high, -low
		}
		scales[j] = scale{low, high - low, direction}
	}
	for _, at := range s.inner {
		var group []int
		for _, child := range s.children[at] {
			if j, ok := t.place[s.nodes[child].Code]; ok {
				group = append(group, j)
			}
		}
		for i := range t.Rows() {
			sum, n := 0.0, 0
			for _, j := range group {
				// A column that does not vary says nothing about where the row stands.
				if v := t.columns[j][i]; !isMissing(v) && scales[j].width > 0 {
					sum += (v*scales[j].direction - scales[j].low) / scales[j].width
					n++
				}
			}
			for _, j := range group {
				if n > 0 && isMissing(t.columns[j][i]) && scales[j].width >= 0 {
					if v := (sum/float64(n)*scales[j].width + scales[j].low) * scales[j].direction; finite(v) {
						columns[j][i] = v
					}
				}
			}
		}
	}
	return columns
}
