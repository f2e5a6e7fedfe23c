package chart

import "math"

// Ticks gives round values that span lo to hi, about count of them, in rising order. With zero the span is widened to contain 0. Where
// lo and hi are equal, or as good as, the span is widened so that the value stands inside it.
func Ticks(lo, hi float64, count int, zero bool) []float64 {
	if zero {
		lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	}
	// Beyond these a step is 0, infinite or lost beside the value, and there is no end to the ticks.
	const least, part, most = 1e-300, 1e-9, 1e300
	lo, hi = max(-most, min(lo, most)), max(-most, min(hi, most))
	if !(hi-lo > max(least, part*max(math.Abs(lo), math.Abs(hi)))) {
		pad := math.Max(math.Abs(lo)*0.1, 0.5)
		if lo >= 0 { // what cannot be negative gets no negative axis
			lo, hi = math.Max(0, lo-pad), hi+pad
		} else {
			lo, hi = lo-pad, hi+pad
		}
	}
	raw := (hi - lo) / float64(max(count-1, 1))
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * unit
	for _, f := range []float64{1, 2, 5} {
		if f*unit >= raw {
			step = f * unit
			break
		}
	}
	first := math.Floor(lo/step + 1e-9)
	last := math.Ceil(hi/step - 1e-9)
	ticks := make([]float64, 0, int(last-first)+1)
	for i := first; i <= last; i++ {
		// Dividing by a whole number keeps 0.1, 0.2, 0.3 free of binary dust.
		if step < 1 {
			inverse := math.Round(1 / step)
			ticks = append(ticks, i/inverse)
			continue
		}
		ticks = append(ticks, i*step)
	}
	return ticks
}

// span gives the ends of the bar that shows a value's interval; false where no bound is known. Where only one is, the bar ends at the value.
func span(value float64, lower, upper *float64) (from, to float64, ok bool) {
	from, to = value, value
	if lower != nil {
		from = *lower
	}
	if upper != nil {
		to = *upper
	}
	return from, to, lower != nil || upper != nil
}
