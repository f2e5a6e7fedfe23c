package inequality

import "math"

func variance(s *setting, y []float64) (float64, string) {
	mean, sum := s.mean(y), 0.0
	for j, v := range y {
		sum += s.share[j] * (v - mean) * (v - mean)
	}
	return sum, ""
}

func deviation(s *setting, y []float64) (float64, string) {
	v, missing := variance(s, y)
	return math.Sqrt(v), missing
}

// ratios gives y/μ, which must all be positive.
func ratios(s *setting, y []float64) ([]float64, string) {
	mean := s.mean(y)
	out := make([]float64, len(y))
	for j, v := range y {
		if out[j] = v / mean; !(v > 0) || !(out[j] > 0) {
			return nil, ZeroLogarithm
		}
	}
	return out, ""
}

func theil(s *setting, y []float64) (float64, string) {
	r, missing := ratios(s, y)
	sum := 0.0
	for j, v := range r {
		sum += s.share[j] * v * math.Log(v)
	}
	return 1000 * sum, missing
}

func logDeviation(s *setting, y []float64) (float64, string) {
	r, missing := ratios(s, y)
	sum := 0.0
	for j, v := range r {
		sum -= s.share[j] * math.Log(v)
	}
	return 1000 * sum, missing
}

// A target is the value from which mean differences are taken.
type target func(s *setting, y []float64) (float64, string)

func toMean(s *setting, y []float64) (float64, string) { return s.mean(y), "" }

func toBest(s *setting, y []float64) (float64, string) { return best(s, y), "" }

func toReference(s *setting, y []float64) (float64, string) {
	if s.reference < 0 {
		return 0, NoReference
	}
	return y[s.reference], ""
}

// weightedFrom is the mean over people of the distance of their subgroup from a target.
func weightedFrom(to target) func(*setting, []float64) (float64, string) {
	return func(s *setting, y []float64) (float64, string) {
		from, missing := to(s, y)
		sum := 0.0
		for j, v := range y {
			sum += s.share[j] * math.Abs(v-from)
		}
		return sum, missing
	}
}

// eachFrom is the mean over subgroups of their distance from a target.
func eachFrom(to target) func(*setting, []float64) (float64, string) {
	return func(s *setting, y []float64) (float64, string) {
		from, missing := to(s, y)
		sum := 0.0
		for _, v := range y {
			sum += math.Abs(v-from) / float64(len(y))
		}
		return sum, missing
	}
}
