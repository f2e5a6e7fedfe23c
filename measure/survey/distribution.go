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

// manyRespondents is where the exact and the score interval of a proportion are the same to all digits that the incomplete beta function has.
const manyRespondents = 1e10

// exact is the Clopper-Pearson interval of p among n respondents, which need not be whole. An end that cannot be worked out, for n near 0,
// is the end of the range.
func exact(p, n float64, level Confidence) (lower, upper float64) {
	alpha := 1 - float64(level)
	if n > manyRespondents {
		return score(p, n, distuv.UnitNormal.Quantile(1-alpha/2))
	}
	return betaQuantile(alpha/2, n*p, n*(1-p)+1, 0), betaQuantile(1-alpha/2, n*p+1, n*(1-p), 1)
}

// betaQuantile gives the x that the beta distribution stays below with probability p, or otherwise where there is none: a parameter of 0 puts
// all probability at one end.
func betaQuantile(p, a, b, otherwise float64) float64 {
	if a <= 0 || b <= 0 {
		return otherwise
	}
	x := distuv.Beta{Alpha: a, Beta: b}.Quantile(p)
	if !(x >= 0 && x <= 1) {
		return otherwise
	}
	return x
}

// score is the Wilson interval of p among n respondents, t being how many standard errors wide to each side.
func score(p, n, t float64) (lower, upper float64) {
	square := t * t / n
	middle := (p + square/2) / (1 + square)
	wide := t / (1 + square) * math.Sqrt(p*(1-p)/n+square/(4*n))
	return middle - wide, middle + wide
}
