package inequality

import "slices"

// ends gives the two estimates that difference and ratio compare, the one to subtract second. In an ordered dimension it is the most advantaged
// less the most disadvantaged where more is better, and the other way round where less is better. In others it is the highest less the lowest; where
// there is a reference, it takes the place of the better one.
func ends(s *setting, y []float64) (high, low float64, missing string) {
	if s.ordered {
		if s.endMissing {
			return 0, 0, NoEnd
		}
		high, low = y[len(y)-1], y[0]
		if !s.favourable {
			high, low = low, high
		}
		return high, low, ""
	}
	high, low = slices.Max(y), slices.Min(y)
	if s.reference >= 0 {
		if s.favourable {
			high = y[s.reference]
		} else {
			low = y[s.reference]
		}
	}
	return high, low, ""
}

func difference(s *setting, y []float64) (float64, string) {
	high, low, missing := ends(s, y)
	return high - low, missing
}

func ratio(s *setting, y []float64) (float64, string) {
	high, low, missing := ends(s, y)
	switch {
	case missing != "":
		return 0, missing
	case !(low > 0) || !(high > 0):
		return 0, ZeroDivisor
	}
	return high / low, ""
}

// attributable is what the mean would gain if all were as well off as the most advantaged subgroup (ordered) or the best one: negative
// where less is better.
func attributable(s *setting, y []float64) (float64, string) {
	if s.ordered {
		if s.endMissing {
			return 0, NoEnd
		}
		return y[len(y)-1] - s.mean(y), ""
	}
	return best(s, y) - s.mean(y), ""
}

func best(s *setting, y []float64) float64 {
	if s.favourable {
		return slices.Max(y)
	}
	return slices.Min(y)
}

// relative gives a measure in relation to the mean.
func relative(times float64, of func(*setting, []float64) (float64, string)) func(*setting, []float64) (float64, string) {
	return func(s *setting, y []float64) (float64, string) {
		value, missing := of(s, y)
		if missing != "" {
			return 0, missing
		}
		mean := s.mean(y)
		if !(mean > 0) {
			return 0, ZeroDivisor
		}
		return times * value / mean, ""
	}
}
