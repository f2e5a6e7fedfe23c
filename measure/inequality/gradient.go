package inequality

import "math"

// slopeIndex is p(1)−p(0) from a logit of the estimates' shares of the scale on the midpoint rank, weighted by population.
func slopeIndex(s *setting, y []float64) (float64, string) {
	at0, at1, missing := fitted(s, y)
	return at1 - at0, missing
}

// relativeIndex is p(1)/p(0) of the same fit.
func relativeIndex(s *setting, y []float64) (float64, string) {
	at0, at1, missing := fitted(s, y)
	if missing == "" && !(at0 > 0) {
		missing = ZeroDivisor
	}
	return at1 / at0, missing
}

// fitted gives the values of the fit at ranks 0 and 1, in the unit of the estimates.
func fitted(s *setting, y []float64) (at0, at1 float64, missing string) {
	if len(y) < 3 {
		return 0, 0, TwoSubgroups
	}
	share := make([]float64, len(y))
	for j, v := range y {
		if share[j] = v / s.scale; share[j] < 0 || share[j] > 1 {
			return 0, 0, OutsideScale
		}
	}
	a, b, ok := logit(share, s.midpoint, s.share)
	if !ok {
		return 0, 0, NoFit
	}
	return s.scale * logistic(a), s.scale * logistic(a+b), ""
}

func logistic(t float64) float64 { return 1 / (1 + math.Exp(-t)) }

// logit maximises Σw·(y·ln p + (1−y)·ln(1−p)) over p = logistic(a + b·x), by Newton's method with halved steps.
func logit(y, x, w []float64) (a, b float64, ok bool) {
	mean, total := 0.0, 0.0
	for j := range y {
		mean += w[j] * y[j]
		total += w[j]
	}
	mean /= total
	if mean <= 0 || mean >= 1 {
		// All are at one end: there is no slope, and any very small or large a says so.
		return math.Inf(map[bool]int{true: -1, false: 1}[mean <= 0]), 0, true
	}
	likelihood := func(a, b float64) (sum float64) {
		for j := range y {
			t := a + b*x[j]
			sum += w[j] * (y[j]*t - math.Max(t, 0) - math.Log1p(math.Exp(-math.Abs(t))))
		}
		return sum
	}
	a = math.Log(mean / (1 - mean))
	now := likelihood(a, b)
	for range 100 {
		var ga, gb, haa, hab, hbb float64
		for j := range y {
			p := logistic(a + b*x[j])
			r, h := w[j]*(y[j]-p), w[j]*p*(1-p)
			ga, gb = ga+r, gb+r*x[j]
			haa, hab, hbb = haa+h, hab+h*x[j], hbb+h*x[j]*x[j]
		}
		det := haa*hbb - hab*hab
		if !(det > 0) || math.Abs(a)+math.Abs(b) > 300 {
			return a, b, false
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		if math.Abs(da)+math.Abs(db) < 1e-12*(1+math.Abs(a)+math.Abs(b)) {
			return a + da, b + db, true
		}
		// Where nearly all weight lies at one rank, a full step can end where everything is flat: no estimate's logit moves by more than 4 at once.
		length, most := 1.0, 0.0
		for _, rank := range x {
			most = math.Max(most, math.Abs(da+db*rank))
		}
		if most > 4 {
			length = 4 / most
		}
		// A gain that rounding would hide is not looked for: Newton's step is exact there.
		gain := ga*da + gb*db
		for near := gain < 1e-10; !near && length > 1e-9; length /= 2 {
			if likelihood(a+length*da, b+length*db) >= now+1e-4*length*gain {
				break
			}
		}
		a, b = a+length*da, b+length*db
		now = likelihood(a, b)
	}
	return a, b, false
}

// linearSlope is the slope of a straight line through the estimates by midpoint rank, weighted by population.
func linearSlope(s *setting, y []float64) (float64, string) {
	if len(y) < 3 {
		return 0, TwoSubgroups
	}
	mean, centre, xy, xx := s.mean(y), s.mean(s.midpoint), 0.0, 0.0
	for j, v := range y {
		d := s.midpoint[j] - centre
		xy += s.share[j] * d * (v - mean)
		xx += s.share[j] * d * d
	}
	if !(xx > 0) {
		return 0, ZeroDivisor
	}
	return xy / xx, ""
}

// concentration is Σp(2X−1)y. Σp(2X−1) is 0, so that the mean may be taken off; equal subgroups then give exactly 0.
func concentration(s *setting, y []float64) (float64, string) {
	mean, sum := s.mean(y), 0.0
	for j, v := range y {
		sum += s.share[j] * (2*s.midpoint[j] - 1) * (v - mean)
	}
	return sum, ""
}
