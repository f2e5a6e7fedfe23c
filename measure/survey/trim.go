package survey

import "fmt"

// Trim keeps weights within bounds: those outside are set to the bound, and what they lose or gain is shared equally by the others, again until
// none is outside (Potter 1990; R's trimWeights with strict). The sum of all weights stays. An upper of +Inf or a lower of 0 or less is no bound.
// After calibration, the margins then hold only nearly; trim before it where they must hold. It fails where bounds are so tight that the
// weights cannot keep their sum.
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
	trimmed := *d
	trimmed.weights = d.Weights()
	fixed := make([]bool, d.Len())
	for {
		free, lost := trimmed.clip(lower, upper, fixed)
		if lost == 0 {
			return &trimmed, nil
		}
		if free == 0 {
			return nil, fmt.Errorf("no weight is left between %s and %s to take what the others lose", number(lower), number(upper))
		}
		for i, done := range fixed {
			if !done {
				trimmed.weights[i] += lost / float64(free)
			}
		}
	}
}

// clip sets weights outside the bounds to the bound for good, and gives how many are left free and the weight that was taken.
func (d *Design) clip(lower, upper float64, fixed []bool) (free int, lost float64) {
	var taken accumulator
	for i, w := range d.weights {
		if to := min(max(w, lower), upper); to != w {
			taken.add(w - to)
			d.weights[i], fixed[i] = to, true
		}
		if !fixed[i] {
			free++
		}
	}
	return free, taken.value()
}
