package measure

import "math"

// exactUpTo is the largest number of points for which the distribution of Kendall's S is counted out; beyond, the normal approximation is
// right to three digits and quicker.
const exactUpTo = 50

// intervalRank gives the rank m, counted from 1, such that the m-th smallest and the m-th largest of the n(n-1)/2 slopes between n points
// enclose the true slope with at least the usual Confidence. It is 0 where no interval reaches it.
//
// S is the number of rising pairs less the falling ones. With k the smallest value such that P(S ≥ k) ≤ (1-Confidence)/2 where there is
// no trend, m = (N - k)/2 + 1 (Hollander, Wolfe and Chicken, 2014, section 9.3, with C = k - 2). Equal values make S less dispersed than
// assumed, so the interval is then wider than it need be, never narrower.
func intervalRank(n int) int {
	pairs := n * (n - 1) / 2
	if n > exactUpTo {
		sigma := math.Sqrt(float64(n) * float64(n-1) * float64(2*n+5) / 18)
		spread := math.Sqrt2 * math.Erfinv(Confidence) * sigma
		return max(0, int(math.Floor((float64(pairs)-spread)/2)))
	}
	// falling[j] is the probability that exactly j of the pairs fall. P(S ≥ N-2j) is the sum up to j.
	falling := inversions(n)
	m, below := 0, 0.0
	for ; m < len(falling); m++ {
		if below += falling[m]; below > (1-Confidence)/2 {
			break
		}
	}
	return m
}

// inversions gives the distribution of the number of falling pairs in a random order of n values: the i-th value falls behind 0 to i of
// those before it, each with the same probability (Kendall, 1970, chapter 5).
func inversions(n int) []float64 {
	p := make([]float64, n*(n-1)/2+1)
	p[0] = 1
	next := make([]float64, len(p))
	for i := 1; i < n; i++ {
		top, window := i*(i+1)/2, 0.0
		for j := 0; j <= top; j++ {
			window += p[j]
			if j > i {
				window -= p[j-i-1]
			}
			next[j] = window / float64(i+1)
		}
		p, next = next, p
	}
	return p
}
