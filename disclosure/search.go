package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// search looks for the cheapest pattern of a two-way table.
type search struct {
	table *Table
	net   *network
	needs []aim // the greatest first
	cost  []float64
	must  []bool // cells that have needs

	best     []bool
	bestCost float64

	full *flow // over all cells
}

// aim is one side of a need: the flow that must be able to come back from one end of the cell's arc to the other.
type aim struct {
	cell, from, to int32
	level          float64
}

func newSearch(t *Table, needs []Need) *search {
	s := &search{table: t, net: t.network, cost: make([]float64, len(t.Cells)), must: make([]bool, len(t.Cells)), bestCost: math.Inf(1)}
	all := make([]int32, len(t.Cells))
	for i, c := range t.Cells {
		s.cost[i], all[i] = float64(c.Cost), int32(i)
	}
	for _, n := range needs {
		s.must[n.Cell] = true
		tail, head := t.network.tail[n.Cell], t.network.head[n.Cell]
		if n.Above > 0 {
			s.needs = append(s.needs, aim{int32(n.Cell), head, tail, float64(n.Above)})
		}
		if n.Below > 0 {
			s.needs = append(s.needs, aim{int32(n.Cell), tail, head, float64(n.Below)})
		}
	}
	slices.SortFunc(s.needs, func(a, b aim) int {
		return cmp.Or(cmp.Compare(b.level, a.level), cmp.Compare(a.cell, b.cell), cmp.Compare(a.from, b.from))
	})
	s.full = newFlow(t.network, all)
	return s
}

const exactCells = 400 // above, a proof that nothing is cheaper takes too long

// run gives a pattern and a cost below which there is none.
func (s *search) run() (hidden []bool, bound int64) {
	s.hide(s.cost)
	if len(s.table.Cells) <= exactCells {
		bound = s.branch()
	} else {
		bound = s.ascend()
	}
	return s.best, min(bound, int64(s.bestCost))
}

// hide builds a pattern need by need along cheapest ways, as seen by the costs given, drops what is not needed after all, and keeps the
// pattern if it is the best so far.
func (s *search) hide(cost []float64) {
	hidden := slices.Clone(s.must)
	for i := range s.full.arcs {
		s.show(int32(i), hidden[i])
	}
	witness := make([][]int32, len(s.needs)) // the cells by which each need is kept
	for i, n := range s.needs {
		for s.full.greatest(n.from, n.to, n.cell, n.level) < n.level-enough {
			for _, c := range s.way(n, hidden, cost) {
				hidden[c] = true
				s.show(c, true)
			}
		}
		witness[i] = s.full.used()
	}
	s.drop(hidden, witness)
	total := 0.0
	for i, h := range hidden {
		if h {
			total += s.cost[i]
		}
	}
	if total < s.bestCost {
		s.best, s.bestCost = hidden, total
	}
}

// show lets a cell vary for an attacker, or not.
func (s *search) show(c int32, hidden bool) {
	s.full.raise[c], s.full.lower[c] = 0, 0
	if hidden {
		s.full.raise[c], s.full.lower[c] = endless, float64(s.table.Cells[c].Value)
	}
}

// way is the cheapest way on which what the last flow for a need lacked could come back (Dijkstra 1959): through what is left of hidden cells
// for nothing, through shown ones at their cost, the dearer the less they can carry.
func (s *search) way(n aim, hidden []bool, cost []float64) (cells []int32) {
	f := s.full
	nodes := s.net.nodes
	far := make([]float64, nodes)
	by := make([]int32, nodes)
	done := make([]bool, nodes)
	for i := range far {
		far[i], by[i] = math.Inf(1), -1
	}
	far[n.from] = 0
	for {
		node := -1
		for i, d := range far {
			if !done[i] && !math.IsInf(d, 1) && (node < 0 || d < far[node]) {
				node = i
			}
		}
		if node < 0 || int32(node) == n.to {
			break
		}
		done[node] = true
		for _, e := range f.edges[f.start[node]:f.start[node+1]] {
			c := e >> 1
			if c == n.cell {
				continue
			}
			step := 0.0
			if hidden[c] {
				if f.left[e] <= enough {
					continue
				}
			} else {
				carries := n.level
				if e&1 == 1 {
					carries = min(n.level, float64(s.table.Cells[c].Value))
				}
				if carries <= 0 {
					continue
				}
				step = cost[c] * n.level / carries
			}
			if end := f.end(e); far[node]+step < far[end] {
				far[end], by[end] = far[node]+step, e
			}
		}
	}
	for at := n.to; at != n.from; {
		e := by[at]
		if c := e >> 1; !hidden[c] {
			cells = append(cells, c)
		}
		at = f.end(e ^ 1)
	}
	return cells
}

// drop shows hidden cells again, the dearest first, as long as every need stays kept.
func (s *search) drop(hidden []bool, witness [][]int32) {
	relies := make(map[int32][]int, len(s.needs)) // on a cell: needs
	for i, cells := range witness {
		for _, c := range cells {
			relies[c] = append(relies[c], i)
		}
	}
	var extra []int32
	for _, c := range places(hidden) {
		if !s.must[c] {
			extra = append(extra, c)
		}
	}
	slices.SortFunc(extra, func(a, b int32) int { return cmp.Or(cmp.Compare(s.cost[b], s.cost[a]), cmp.Compare(a, b)) })
	for _, c := range extra {
		s.show(c, false)
		found := map[int][]int32{}
		kept := true
		for _, i := range relies[c] {
			if n := s.needs[i]; slices.Contains(witness[i], c) {
				if s.full.greatest(n.from, n.to, n.cell, n.level) < n.level-enough {
					kept = false
					break
				}
				found[i] = s.full.used()
			}
		}
		if !kept {
			s.show(c, true)
			continue
		}
		hidden[c] = false
		for i, cells := range found {
			witness[i] = cells
			for _, u := range cells {
				if !slices.Contains(relies[u], i) {
					relies[u] = append(relies[u], i)
				}
			}
		}
	}
}
