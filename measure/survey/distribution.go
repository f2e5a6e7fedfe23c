package survey

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// manyDegrees is where Student's t is so near the normal distribution that its expansion in 1/df is right to the last digits, while
// inverting the incomplete beta function loses them.
const manyDegrees = 10_000

// studentQuantile gives the t that Student's distribution with df degrees of freedom, at least 1, stays below with probability p > 1/2.
// For many degrees: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
func studentQuantile(p float64, df int) float64 {
	if df < manyDegrees {
		return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}.Quantile(p)
	}
	z, n := distuv.UnitNormal.Quantile(p), float64(df)
	z3, z5, z7 := math.Pow(z, 3), math.Pow(z, 5), math.Pow(z, 7)
	return z + (z3+z)/(4*n) + (5*z5+16*z3+3*z)/(96*n*n) + (3*z7+19*z5+17*z3-15*z)/(384*n*n*n)
}

// betaQuantile gives the x that the beta distribution stays below with probability p. A parameter of 0 puts all probability at its end.
func betaQuantile(p, a, b float64) float64 {
	switch {
	case a <= 0:
		return 0
	case b <= 0:
		return 1
	}
	return min(max(distuv.Beta{Alpha: a, Beta: b}.Quantile(p), 0), 1)
}
