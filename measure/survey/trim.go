package survey

import (
	"fmt"
	"math"
)

// Trim keeps weights within bounds: those outside are set to the bound, and what they lose or gain is shared equally by the others, again until
// none is outside (Potter 1990; R's trimWeights with strict). The sum of all weights stays. An upper of +Inf or a lower of 0 or less is no
// bound. After calibration, the margins then hold only nearly; trim before it where they must hold. It fails where bounds are so tight that
// the weights cannot keep their sum.
func (d *Design) Trim(lower, upper float64) (*Design, error) {
	n := float64(d.Len())
	var all accumulator
	for _, w := range d.weights {
		all.add(w)
	}
	sum := all.value()
	if !(lower < upper) || lower*n > sum || upper*n < sum {
		return nil, fmt.Errorf("weights whose mean is %s cannot be kept between %s and %s", number(sum/n), number(lower), number(upper))
	}
	t := trimming{weights: d.Weights(), fixed: make([]bool, d.Len()), lower: lower, upper: upper}
	for {
		free, lost := t.clip()
		if math.Abs(lost) <= Precision*sum {
			break
		}
		if free == 0 {
			free = t.release(lost > 0)
		}
		if free == 0 {
			break // what is lost is only the rounding of bounds that leave no room
		}
		t.share(lost / float64(free))
	}
	trimmed := *d
	trimmed.weights = t.weights
	return &trimmed, nil
}

// trimming is under way; fixed weights stand at a bound and take no share of what others lose.
type trimming struct {
	weights      []float64
	fixed        []bool
	lower, upper float64
}

// clip sets weights outside the bounds to the bound, and gives how many are free and the weight that was taken away in all.
func (t *trimming) clip() (free int, lost float64) {
	var taken accumulator
	for i, w := range t.weights {
		if to := min(max(w, t.lower), t.upper); to != w {
			taken.add(w - to)
			t.weights[i], t.fixed[i] = to, true
		}
		if !t.fixed[i] {
			free++
		}
	}
	return free, taken.value()
}

// release frees the weights at the bound from which they can take what was lost; the bounds leave room for it.
func (t *trimming) release(up bool) (free int) {
	for i, w := range t.weights {
		if up && w < t.upper || !up && w > t.lower {
			t.fixed[i] = false
			free++
		}
	}
	return free
}

func (t *trimming) share(each float64) {
	for i, done := range t.fixed {
		if !done {
			t.weights[i] += each
		}
	}
}
