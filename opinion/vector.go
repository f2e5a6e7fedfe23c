package opinion

import "math"

// dot gives the sum of products, by four sums side by side: faster, and the same on every run.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// add adds factor times b to a.
func add(a []float64, factor float64, b []float64) {
	b = b[:len(a)]
	for i := range a {
		a[i] += factor * b[i]
	}
}

func scale(a []float64, factor float64) {
	for i := range a {
		a[i] *= factor
	}
}

func norm(a []float64) float64 { return math.Sqrt(dot(a, a)) }
