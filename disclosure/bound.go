package disclosure

import (
	"math"
	"slices"
)

const (
	boundRounds = 20  // of new cuts
	boundSteps  = 120 // of the ascent in a round
)

// ascend proves a bound for tables too large for branch: it climbs the Lagrangian dual of the programme over the cuts by the volume algorithm
// (Barahona and Anbil 2000), whose averages also say which cells are worth hiding; each round looks for cuts that they do not keep and for a
// better pattern. Any multipliers give a true bound, so that rounding and an early end cost quality, never truth.
func (s *search) ascend() int64 {
	pool := s.pool(s.around())
	fixed := 0.0 // what the needs themselves cost
	for i, must := range s.must {
		if must {
			fixed += s.cost[i]
		}
	}
	y := make([]float64, len(pool))
	bound := 0.0
	for range boundRounds {
		var value float64
		var x []float64
		value, y, x = s.climb(pool, y, s.bestCost-fixed)
		bound = max(bound, value)
		if math.Ceil(fixed+bound-1e-6) >= s.bestCost {
			break
		}
		seen := make([]float64, len(x))
		favoured := make([]float64, len(x))
		for i := range x {
			seen[i] = x[i]
			if s.must[i] {
				seen[i] = 1
			}
			favoured[i] = s.cost[i] * (1 - min(0.95, x[i]))
		}
		s.hide(favoured)
		fresh := s.pool(s.violated(seen))
		if len(fresh) == 0 {
			break
		}
		pool = append(pool, fresh...)
		y = slices.Concat(y, make([]float64, len(fresh)))
	}
	return int64(math.Ceil(fixed + bound - 1e-6))
}

// priced is a cut over the cells that may or may not be hidden: those with needs are, and take their part off what is asked.
type priced struct {
	cut
	asked float64
}

func (s *search) pool(cuts []cut) (pool []priced) {
	for _, c := range cuts {
		p := priced{asked: 1}
		for i, cell := range c.cells {
			if s.must[cell] {
				p.asked -= c.weight[i]
			} else {
				p.cells, p.weight = append(p.cells, cell), append(p.weight, c.weight[i])
			}
		}
		if p.asked > enough {
			pool = append(pool, p)
		}
	}
	return pool
}

// climb takes steps from multipliers y, with upper as the best known cost, and gives the highest bound, its multipliers, and the average of
// the cells hidden on the way.
func (s *search) climb(pool []priced, y []float64, upper float64) (best float64, at, average []float64) {
	at = y
	average = make([]float64, len(s.cost))
	reduced := make([]float64, len(s.cost))
	step := make([]float64, len(pool))
	pace, poor := 1.0, 0
	for n := range boundSteps {
		copy(reduced, s.cost)
		value := 0.0
		for k, p := range pool {
			value += y[k] * p.asked
			if y[k] > 0 {
				for i, c := range p.cells {
					reduced[c] -= y[k] * p.weight[i]
				}
			}
		}
		share := 0.1
		if n == 0 {
			share = 1
		}
		for c, r := range reduced {
			hidden := 0.0
			if r < 0 && !s.must[c] {
				value += r
				hidden = 1
			}
			average[c] += share * (hidden - average[c])
		}
		if n == 0 || value > best {
			best, at, poor = value, slices.Clone(y), 0
		} else if poor++; poor == 10 {
			pace, poor = pace*0.66, 0
		}
		length := 0.0
		for k, p := range pool {
			missing := p.asked
			for i, c := range p.cells {
				missing -= p.weight[i] * average[c]
			}
			if at[k] == 0 && missing < 0 {
				missing = 0
			}
			step[k] = missing
			length += missing * missing
		}
		if length < tiny {
			break
		}
		by := pace * max(upper-value, upper*1e-4) / length
		next := make([]float64, len(pool))
		for k := range pool {
			next[k] = max(0, at[k]+by*step[k])
		}
		y = next
	}
	return best, at, average
}
