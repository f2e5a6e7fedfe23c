package agreement

import (
	"errors"
	"math"
)

const (
	maxNewton = 60    // steps of one search
	exact     = 1e-12 // a decrement below this ends a search
)

var errNoMode = errors.New("the search for the most likely values did not end")

// begin gives a start: thresholds from how often each rating was given, everything else at its mean.
func (d *design) begin(v spread) state {
	s := d.newState()
	total := math.Sqrt(1 + v.noise*v.noise + v.shift*v.shift)
	counts := make([]float64, len(d.categories))
	for _, k := range d.grades {
		counts[k]++
	}
	below := 0.0
	for k := range len(d.categories) - 1 {
		below += counts[k]
		p := below / float64(len(d.grades))
		s.common[k] = total * math.Sqrt2 * math.Erfinv(2*p-1)
	}
	return s
}

// mode searches the most likely values of all unknowns given v, from start on, by Newton's method with halved steps. It leaves m filled and
// factored at the mode, and gives the log posterior there.
func (m *system) mode(start state, v spread) (s state, log float64, steps int, err error) {
	d := m.d
	s, log = start, d.logPosterior(start, v)
	if math.IsInf(log, -1) {
		s = d.begin(v)
		log = d.logPosterior(s, v)
	}
	for steps = range maxNewton {
		m.fill(s, v, true)
		whole := m.eliminate() == nil
		if !whole {
			m.fill(s, v, false)
			if err := m.eliminate(); err != nil {
				return s, log, steps, err
			}
		}
		step, decrement, err := m.solve()
		if err != nil {
			return s, log, steps, err
		}
		if decrement < exact && whole {
			return s, log, steps, nil
		}
		length := 1.0
		for ; length > 1e-6; length /= 2 {
			next := s.plus(length, step)
			if value := d.logPosterior(next, v); value > log || decrement < 1e-6 && value > log-1e-9 {
				s, log = next, value
				break
			}
		}
		if length <= 1e-6 {
			return s, log, steps, errNoMode
		}
	}
	return s, log, steps, errNoMode
}
