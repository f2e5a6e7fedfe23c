package disclosure

import "math"

const branchNodes = 2_000 // after these the search ends with the bound it has proven

// node is a part of all patterns: those in which some cells are hidden or shown for sure.
type node struct {
	program *program // with all cuts found so far, its value a bound for the part
}

// branch finds the cheapest pattern by branch and cut: linear programmes over the cuts bound what a part of all patterns costs at least; parts
// that cannot be cheaper than the best pattern are left, others are halved. It gives the bound that was proven: the best cost itself, unless
// the search had to end before.
func (s *search) branch() int64 {
	root := newProgram(s.cost)
	for i, must := range s.must {
		if must {
			root.add([]int32{int32(i)}, []float64{1}, 1)
		}
	}
	for _, c := range s.around() {
		root.add(c.cells, c.weight, 1)
	}
	open := []node{{root}}
	for visited := 0; len(open) > 0; visited++ {
		if visited == branchNodes {
			least := s.bestCost
			for _, n := range open {
				least = min(least, math.Ceil(n.program.value-1e-6))
			}
			return int64(least)
		}
		p := open[len(open)-1].program
		open = open[:len(open)-1]
		x, worth := s.tighten(p)
		if !worth {
			continue
		}
		half := -1
		for i, v := range x {
			if v > 1e-6 && v < 1-1e-6 && (half < 0 || s.cost[i]*min(v, 1-v) > s.cost[half]*min(x[half], 1-x[half])) {
				half = i
			}
		}
		if half < 0 { // a pattern, and no cheaper one in this part
			s.take(x)
			continue
		}
		shown := p.clone()
		shown.add([]int32{int32(half)}, []float64{-1}, 0)
		p.add([]int32{int32(half)}, []float64{1}, 1)
		open = append(open, node{shown}, node{p})
	}
	return int64(s.bestCost)
}

// tighten solves a part's programme and adds cuts until none is violated; false where the part has nothing cheaper than the best.
func (s *search) tighten(p *program) (x []float64, worth bool) {
	x = make([]float64, len(s.cost))
	for {
		pivots := 5000
		if !p.dual(&pivots) && pivots > 0 {
			return nil, false // nothing keeps all the cuts
		}
		if math.Ceil(p.value-1e-6) >= s.bestCost {
			return nil, false
		}
		over := false
		for i := range x {
			if x[i] = p.at(i); x[i] > 1+1e-7 {
				p.add([]int32{int32(i)}, []float64{-1}, -1)
				over = true
			}
		}
		if over {
			continue
		}
		cuts := s.violated(x)
		if len(cuts) == 0 {
			return x, true
		}
		for _, c := range cuts {
			p.add(c.cells, c.weight, 1)
		}
	}
}

// take keeps a pattern that is cheaper than the best.
func (s *search) take(x []float64) {
	hidden := make([]bool, len(x))
	total := 0.0
	for i, v := range x {
		if hidden[i] = v > 0.5; hidden[i] {
			total += s.cost[i]
		}
	}
	if total < s.bestCost {
		s.best, s.bestCost = hidden, total
	}
}
