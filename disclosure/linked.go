package disclosure

import (
	"cmp"
	"fmt"
	"slices"
)

// hideByProgram hides, for a table of any shape, more cells until every need is kept: for each that is not, the cells of the cheapest change
// of the table that moves the protected cell as far as it must be able to move (Kelly, Golden and Assad 1992, section 3). In the end it shows
// again what is not needed, the dearest first.
func (t *Table) hideByProgram(hidden []bool, needs []Need) error {
	before := slices.Clone(hidden)
	order := slices.Clone(needs)
	slices.SortStableFunc(order, func(a, b Need) int { return cmp.Compare(b.Above+b.Below, a.Above+a.Below) })
	for _, n := range order {
		for range len(t.Cells) {
			intervals, err := t.attackOn(hidden, []int32{int32(n.Cell)})
			if err != nil {
				return err
			}
			i := intervals[0]
			value := t.Cells[n.Cell].Value
			if n.Kept(value, i) {
				break
			}
			by := n.Above
			if i.Lower > value-n.Below {
				by = -n.Below
			}
			changed, err := t.cheapestChange(hidden, n.Cell, by)
			if err != nil {
				return err
			}
			for _, c := range changed {
				hidden[c] = true
			}
		}
	}
	var extra []int
	for i, h := range hidden {
		if h && !before[i] {
			extra = append(extra, i)
		}
	}
	slices.SortFunc(extra, func(a, b int) int { return cmp.Or(cmp.Compare(t.Cells[b].Cost, t.Cells[a].Cost), cmp.Compare(a, b)) })
	var of []int32
	for _, n := range needs {
		of = append(of, int32(n.Cell))
	}
	for _, c := range extra {
		hidden[c] = false
		intervals, err := t.attackOn(hidden, of)
		if err != nil {
			return err
		}
		if t.exposed(needs, intervals) != nil {
			hidden[c] = true
		}
	}
	return nil
}

// cheapestChange finds which shown cells must change, at the least cost, for a cell to move by so much while all relations hold and nothing
// becomes negative. A cell's cost is spread over the move, so that those that can move far are preferred.
func (t *Table) cheapestChange(hidden []bool, cell int, by int64) (cells []int, err error) {
	n := len(t.Cells)
	cost := make([]float64, 2*n) // of raising each cell, and of lowering it
	for i, c := range t.Cells {
		if !hidden[i] {
			cost[i], cost[n+i] = float64(c.Cost), float64(c.Cost)
		}
	}
	p := newProgram(cost)
	for _, r := range t.Relations {
		var of []int32
		var sign, opposite []float64
		for at, c := range append([]int{r.Total}, r.Parts...) {
			s := 1.0
			if at == 0 {
				s = -1
			}
			of = append(of, int32(c), int32(n+c))
			sign, opposite = append(sign, s, -s), append(opposite, -s, s)
		}
		p.add(of, sign, 0)
		p.add(of, opposite, 0)
	}
	move, other := int32(cell), int32(n+cell)
	distance := float64(by)
	if by < 0 {
		move, other, distance = other, move, -distance
	}
	p.add([]int32{move}, []float64{1}, distance)
	p.add([]int32{other}, []float64{-1}, 0)
	for i := range t.Cells {
		if i != cell {
			p.add([]int32{int32(n + i), int32(i)}, []float64{-1, 1}, -float64(t.Cells[i].Value)) // never below zero
		}
	}
	pivots := 1000 + 50*(len(p.rows)+2*n)
	if !p.dual(&pivots) {
		return nil, fmt.Errorf("%s: no change of %d was found in the steps there are", t.name(cell), by)
	}
	for i := range t.Cells {
		if i != cell && !hidden[i] && (p.at(i) > tiny || p.at(n+i) > tiny) {
			cells = append(cells, i)
		}
	}
	return cells, nil
}
