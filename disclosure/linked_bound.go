package disclosure

import "math"

const (
	boundedCells = 200  // above, the programmes of boundByProgram take too long
	linkedRounds = 40   // of new cuts
	linkedPivots = 4000 // in each programme
	linkedWork   = 1e9  // numbers that pivots change in all programmes together, after which the bound stays as it is
	besides      = 1e-3 // price of a cell that is not hidden so far, so that cuts have few cells
)

// boundByProgram proves a bound on what any pattern that protects costs, for a table of any shape: as branch does for two-way tables, by a linear
// programme over cuts, here without the search, so that the bound may lie below the cost of the cheapest pattern. Above boundedCells it is what the needs
// themselves cost.
//
// A cut comes from a combination of the relations, one in which the protected cell stands with −1: its value can rise by no more than the other cells
// of the combination that are hidden let it, Σ max(ρ·rise, −ρ·value), where nothing limits a rise. So of these cells enough must be hidden (the
// capacity constraints of Fischetti and Salazar 2001, section 4, with weights of at most 1).
func (t *Table) boundByProgram(needs []Need, cost int64) int64 {
	costs := make([]float64, len(t.Cells))
	for i, c := range t.Cells {
		costs[i] = float64(c.Cost)
	}
	p := newProgram(costs)
	fixed := 0.0
	for _, n := range needs {
		p.add([]int32{int32(n.Cell)}, []float64{1}, 1)
		fixed += costs[n.Cell]
	}
	bound, work := fixed, 0.0
	for range linkedRounds {
		pivots := linkedPivots
		solved := p.dual(&pivots)
		work += float64(linkedPivots-pivots) * float64(len(p.rows)*len(p.cost))
		if bound = max(bound, math.Ceil(p.value-1e-6)); !solved || bound >= float64(cost) {
			break
		}
		x, over := make([]float64, len(t.Cells)), false
		for i := range x {
			if x[i] = p.at(i); x[i] > 1+1e-7 {
				p.add([]int32{int32(i)}, []float64{-1}, -1)
				over = true
			}
		}
		found := false
		for _, n := range needs {
			for _, side := range []float64{1, -1} {
				if over || work > linkedWork {
					continue
				}
				c, violated, spent := t.linkedCut(n, side, x)
				if work += spent; violated {
					p.add(c.cells, c.weight, 1)
					found = true
				}
			}
		}
		if !found && !over {
			break
		}
	}
	return int64(min(bound, float64(cost)))
}

// linkedCut looks for a cut that x does not keep, for a need above its value (side 1) or below (side −1): the combination of relations that allows the
// least, as x hides cells. Moves are taken to be no longer than the need while it is looked for, which only chooses the combination. It gives the work
// that this took too.
func (t *Table) linkedCut(n Need, side float64, x []float64) (c cut, violated bool, work float64) {
	level := float64(n.Above)
	if side < 0 {
		level = float64(n.Below)
	}
	if level == 0 {
		return cut{}, false, 0
	}
	relations, cells := len(t.Relations), len(t.Cells)
	cost := make([]float64, 2*relations+cells) // of multipliers above and below 0, and of what each cell allows
	for i := range t.Cells {
		if i != n.Cell {
			cost[2*relations+i] = x[i] + besides
		}
	}
	of, sign := make([][]int32, cells), make([][]float64, cells) // ρ of each cell in terms of the multipliers
	for r, relation := range t.Relations {
		for at, cell := range append([]int{relation.Total}, relation.Parts...) {
			s := 1.0
			if at == 0 {
				s = -1
			}
			of[cell], sign[cell] = append(of[cell], int32(2*r), int32(2*r+1)), append(sign[cell], s, -s)
		}
	}
	p := newProgram(cost)
	times := func(list []float64, by float64) []float64 {
		out := make([]float64, len(list))
		for i, v := range list {
			out[i] = by * v
		}
		return out
	}
	for i := range t.Cells {
		if i == n.Cell { // ρ = −side
			p.add(of[i], times(sign[i], -side), 1)
			p.add(of[i], times(sign[i], side), -1)
			continue
		}
		allows := append([]int32{int32(2*relations + i)}, of[i]...)
		p.add(allows, append([]float64{1}, times(sign[i], -1)...), 0) // rising, in parts of the level
		if falls := min(1, float64(t.Cells[i].Value)/level); falls > 0 {
			p.add(allows, append([]float64{1}, times(sign[i], falls)...), 0)
		}
	}
	pivots := linkedPivots
	solved := p.dual(&pivots)
	work = float64(linkedPivots-pivots) * float64(len(p.rows)*len(p.cost))
	if !solved {
		return cut{}, false, work
	}
	// Any multipliers give a true cut. Rounded, they add up without error, so that what should cancel does.
	const fine = 1 << 20
	multiplier := make([]float64, 2*relations)
	for r := range multiplier {
		multiplier[r] = math.Round(p.at(r)*fine) / fine
	}
	rho := make([]float64, cells)
	for i := range rho {
		for k, variable := range of[i] {
			rho[i] += sign[i][k] * multiplier[variable]
		}
	}
	own := -side * rho[n.Cell] // 1 but for rounding
	if own < 0.5 {
		return cut{}, false, work
	}
	kept := 0.0
	for i, cell := range t.Cells {
		weight := 0.0
		switch {
		case i == n.Cell:
		case rho[i] > 0:
			weight = 1 // nothing limits a rise
		case rho[i] < 0:
			weight = min(1, -rho[i]/own*float64(cell.Value)/level)
		}
		if weight > 0 {
			c.cells, c.weight = append(c.cells, int32(i)), append(c.weight, weight)
			kept += weight * x[i]
		}
	}
	return c, kept < 1-1e-6, work
}
