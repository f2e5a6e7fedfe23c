package disclosure

// cut is a condition that every protecting pattern keeps: of the cells that cross a cut between the two ends of a protected cell's arc,
// enough must be hidden for the flow that the need asks. Σ weight over hidden cells ≥ 1, where a weight is the share of the need that the cell
// can carry (the capacity constraints of Fischetti and Salazar 1999, section 3).
type cut struct {
	cells  []int32
	weight []float64
}

// violated finds cuts that x, the degree from 0 to 1 to which each cell is hidden, does not keep: for each need the one that is missed
// most, in the order of the needs.
func (s *search) violated(x []float64) (cuts []cut) {
	var partly []int32
	for i, v := range x {
		if v > enough {
			partly = append(partly, int32(i))
		}
	}
	f := newFlow(s.net, partly)
	for _, n := range s.needs {
		for k, c := range partly {
			f.raise[k] = n.level * x[c]
			f.lower[k] = min(n.level, float64(s.table.Cells[c].Value)) * x[c]
		}
		if f.greatest(n.from, n.to, n.cell, n.level) < n.level*(1-1e-6) {
			cuts = append(cuts, s.across(n, f.reached))
		}
	}
	return cuts
}

// across is the cut between the nodes inside, among them the start of a need's flow, and the others.
func (s *search) across(n aim, inside func(int32) bool) (c cut) {
	for i := range s.table.Cells {
		if int32(i) == n.cell {
			continue
		}
		tail, head := inside(s.net.tail[i]), inside(s.net.head[i])
		carries := 0.0
		switch {
		case tail && !head:
			carries = n.level
		case head && !tail:
			carries = min(n.level, float64(s.table.Cells[i].Value))
		}
		if carries > 0 {
			c.cells, c.weight = append(c.cells, int32(i)), append(c.weight, carries/n.level)
		}
	}
	return c
}

// around are the two smallest cuts of each need: around the node where its flow starts, and around the one where it ends.
func (s *search) around() (cuts []cut) {
	for _, n := range s.needs {
		cuts = append(cuts,
			s.across(n, func(node int32) bool { return node == n.from }),
			s.across(n, func(node int32) bool { return node != n.to }))
	}
	return cuts
}
