package agreement

import "math"

// grade is the logarithm of the probability Φ(b)−Φ(a) that a rating falls between two thresholds, with its first and second derivatives.
var negativeInfinity, positiveInfinity = math.Inf(-1), math.Inf(1)

type grade struct {
	log           float64
	da, db        float64
	daa, dab, dbb float64
	impossible    bool
}

const smallest = 1e-280 // a probability below this is treated as this: its derivatives could no longer be divided by it

// between computes a grade for standardised thresholds a < b, which may be infinite at the ends of the scale.
func between(a, b float64) grade {
	if !(a < b) {
		return grade{impossible: true}
	}
	// Above zero the differences of the upper tail are exact, below those of the lower tail.
	var p float64
	if a > 0 {
		p = (math.Erfc(a/math.Sqrt2) - math.Erfc(b/math.Sqrt2)) / 2
	} else {
		p = (math.Erfc(-b/math.Sqrt2) - math.Erfc(-a/math.Sqrt2)) / 2
	}
	if p < smallest {
		return grade{impossible: true}
	}
	g := grade{log: math.Log(p)}
	var atA, atB float64 // a·φ(a)/p, b·φ(b)/p
	if !math.IsInf(a, -1) {
		g.da = -density(a) / p
		atA = -a * g.da
	}
	if !math.IsInf(b, 1) {
		g.db = density(b) / p
		atB = b * g.db
	}
	g.daa, g.dbb, g.dab = atA-g.da*g.da, -atB-g.db*g.db, -g.da*g.db
	return g
}

func density(x float64) float64 { return math.Exp(-x*x/2) * (1 / (math.Sqrt2 * math.SqrtPi)) }
