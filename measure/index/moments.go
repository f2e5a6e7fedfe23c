package index

import (
	"math"
	"slices"
)

// present gives the values of a column that are there.
func present(column []float64) []float64 {
	values := make([]float64, 0, len(column))
	for _, v := range column {
		if !isMissing(v) {
			values = append(values, v)
		}
	}
	return values
}

// complete tells whether no value is missing.
func complete(column []float64) bool {
	for _, v := range column {
		if isMissing(v) {
			return false
		}
	}
	return true
}

// extent gives the smallest and the largest value and how many there are.
func extent(column []float64) (low, high float64, n int) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range column {
		if !isMissing(v) {
			low, high, n = min(low, v), max(high, v), n+1
		}
	}
	return low, high, n
}

// mean gives the mean of what is there, in two passes, and how many there are.
func mean(column []float64) (float64, int) {
	sum, n := 0.0, 0
	for _, v := range column {
		if !isMissing(v) {
			sum += v
			n++
		}
	}
	if n == 0 {
		return missing, 0
	}
	m, rest := sum/float64(n), 0.0
	for _, v := range column {
		if !isMissing(v) {
			rest += v - m
		}
	}
	return m + rest/float64(n), n
}

// deviation gives the mean and the standard deviation (n-1); the deviation is missing below two values.
func deviation(column []float64) (m, sd float64, n int) {
	m, n = mean(column)
	if n < 2 {
		return m, missing, n
	}
	sum := 0.0
	for _, v := range column {
		if !isMissing(v) {
			sum += (v - m) * (v - m)
		}
	}
	return m, math.Sqrt(sum / float64(n-1)), n
}

// median gives the middle of what is there; missing where nothing is.
func median(column []float64) float64 {
	values := present(column)
	if len(values) == 0 {
		return missing
	}
	slices.Sort(values)
	return quantile(values, 0.5)
}

// quantile of sorted values, of type 7 of Hyndman and Fan (1996): linear between the values at (n-1)p.
func quantile(sorted []float64, p float64) float64 {
	at := float64(len(sorted)-1) * p
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := at - float64(below)
	if part == 0 {
		return sorted[below]
	}
	return sorted[below] + part*(sorted[below+1]-sorted[below])
}

// Moments are the shape of a distribution, by the estimators of type 2 (Joanes and Gill, 1998): without bias where values are normal.
type Moments struct {
	N        int
	Skew     float64
	Kurtosis float64 // in excess of the normal distribution's
	Known    bool    // there are at least four values and they differ
}

// MomentsOf gives the shape of what is there.
func MomentsOf(column []float64) Moments {
	m, sd, count := deviation(column)
	made := Moments{N: count}
	if count < 4 || !finite(sd) || sd == 0 {
		return made
	}
	n, cubes, fourths := float64(count), 0.0, 0.0
	for _, v := range column {
		if !isMissing(v) {
			z := (v - m) / sd
			cubes += z * z * z
			fourths += z * z * z * z
		}
	}
	made.Skew = cubes * n / ((n - 1) * (n - 2))
	made.Kurtosis = fourths*n*(n+1)/((n-1)*(n-2)*(n-3)) - 3*(n-1)*(n-1)/((n-2)*(n-3))
	made.Known = finite(made.Skew) && finite(made.Kurtosis)
	if !made.Known {
		return Moments{N: count}
	}
	return made
}
