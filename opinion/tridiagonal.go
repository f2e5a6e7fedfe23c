package opinion

import "math"

// tridiagonal is a symmetric tridiagonal matrix.
type tridiagonal struct {
	diagonal, beside []float64 // beside has one number fewer
}

// above counts the eigenvalues greater than x: the positive pivots of T − x (Sylvester's law of inertia).
func (t *tridiagonal) above(x float64) (n int) {
	pivot := 1.0
	for i, d := range t.diagonal {
		before := 0.0
		if i > 0 {
			before = t.beside[i-1] * t.beside[i-1] / pivot
		}
		if pivot = d - x - before; pivot == 0 {
			pivot = -math.SmallestNonzeroFloat64 * 1e16 // on the eigenvalue: not above it
		}
		if pivot > 0 {
			n++
		}
	}
	return n
}

// eigenvalue gives the eigenvalue of a rank, 1 for the greatest, by bisection to the last bit or nearly so.
func (t *tridiagonal) eigenvalue(rank int) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for i, d := range t.diagonal { // Gershgorin's circles
		radius := 0.0
		if i > 0 {
			radius += math.Abs(t.beside[i-1])
		}
		if i < len(t.beside) {
			radius += math.Abs(t.beside[i])
		}
		low, high = min(low, d-radius), max(high, d+radius)
	}
	for range 120 {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if t.above(middle) >= rank {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// eigenvector gives the vector of length 1 that belongs to an eigenvalue, by inverse iteration: Gaussian elimination with partial pivoting of
// T − value, three times over.
func (t *tridiagonal) eigenvector(value float64) []float64 {
	n := len(t.diagonal)
	tiny := 1e-300
	for i, d := range t.diagonal {
		tiny = max(tiny, 1e-17*math.Abs(d))
		if i < len(t.beside) {
			tiny = max(tiny, 1e-17*math.Abs(t.beside[i]))
		}
	}
	x := make([]float64, n)
	for i := range x {
		x[i] = 1 / math.Sqrt(float64(n))
	}
	pivot, second, third := make([]float64, n), make([]float64, n), make([]float64, n) // rows of the triangle that elimination leaves
	for range 3 {
		here, next := t.diagonal[0]-value, 0.0
		if n > 1 {
			next = t.beside[0]
		}
		for i := range n {
			if i == n-1 {
				pivot[i], second[i], third[i] = here, 0, 0
				break
			}
			below, diagonal, beyond := t.beside[i], t.diagonal[i+1]-value, 0.0
			if i+1 < len(t.beside) {
				beyond = t.beside[i+1]
			}
			if math.Abs(below) > math.Abs(here) { // change places
				pivot[i], second[i], third[i] = below, diagonal, beyond
				x[i], x[i+1] = x[i+1], x[i]
				factor := here / below
				here, next = next-factor*diagonal, -factor*beyond
				x[i+1] -= factor * x[i]
				continue
			}
			if here == 0 {
				here = tiny
			}
			pivot[i], second[i], third[i] = here, next, 0
			factor := below / here
			here, next = diagonal-factor*next, beyond
			x[i+1] -= factor * x[i]
		}
		for i := n - 1; i >= 0; i-- {
			if i+1 < n {
				x[i] -= second[i] * x[i+1]
			}
			if i+2 < n {
				x[i] -= third[i] * x[i+2]
			}
			if math.Abs(pivot[i]) < tiny {
				pivot[i] = math.Copysign(tiny, pivot[i])
			}
			x[i] /= pivot[i]
		}
		scale(x, 1/largest(x))
		scale(x, 1/norm(x))
	}
	return x
}

// largest gives the greatest magnitude.
func largest(x []float64) (most float64) {
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	return most
}
