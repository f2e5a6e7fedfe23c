package opinion

import (
	"math"
	"math/rand/v2"
)

// eigenpair is an eigenvalue with its vector of length 1.
type eigenpair struct {
	value  float64
	vector []float64
	next   float64 // the next smaller eigenvalue that the basis knows
	sure   bool    // the vector was reached with the precision asked for
	behind []ritz  // what the basis knows of the next two: lower bounds of eigenvalues, and where to begin to look for their vectors
}

// ritz is an approximate eigenpair.
type ritz struct {
	value  float64
	vector []float64
}

const (
	longestBasis = 300 // vectors held at a time
	mostRestarts = 20
	checkEvery   = 4 // steps between looks whether it is reached
)

// topEigenpair finds the greatest eigenvalue of a positive semidefinite matrix on the space orthogonal to some of its eigenvectors, by the method of
// Lanczos (1950) with full orthogonalisation, from a start vector. The vector deviates from the true one by at most about precision, relative to
// its length; beyond is a lower bound of the next eigenvalue, or 0. It is false where the matrix is nil there, up to rounding at the given magnitude.
func topEigenpair(s symmetric, against [][]float64, start []float64, beyond, magnitude, precision float64) (eigenpair, bool) {
	var found eigenpair
	for range mostRestarts {
		l := lanczos{s: s, against: against, most: min(s.size()-len(against), longestBasis), beyond: beyond}
		if !l.begin(start) {
			return eigenpair{}, false
		}
		found = l.run(precision)
		if found.value <= 1e-13*max(magnitude, 0) || found.value <= 0 {
			return eigenpair{}, false
		}
		if found.sure {
			break
		}
		start = found.vector
	}
	return found, true
}

// estimateTop gives the greatest eigenvalue on the space orthogonal to some eigenvectors, roughly and from below, in few steps.
func estimateTop(s symmetric, against [][]float64, start []float64) float64 {
	const steps = 10
	l := lanczos{s: s, against: against, most: min(s.size()-len(against), steps)}
	if l.most < 1 || !l.begin(start) {
		return 0
	}
	return max(0, l.run(0).value)
}

// startFrom gives a start vector for the eigenpair with this number, from 0: an approximation, where one is known, and a little noise, so that no
// eigenvector is missed that the approximation has no part of. It depends on the matrix alone.
func startFrom(s symmetric, number int, known []ritz) []float64 {
	const little = 1e-3
	start := firstVector(s, number)
	if length := norm(start); len(known) > 0 && length > 0 {
		scale(start, little/length)
		add(start, 1, known[0].vector)
	}
	return start
}

// firstVector gives noise from a seed, multiplied once, so that columns of the matrix that are 0 stay exactly 0.
func firstVector(s symmetric, seed int) []float64 {
	random := rand.New(rand.NewPCG(1, uint64(seed)))
	noise, start := make([]float64, s.size()), make([]float64, s.size())
	for i := range noise {
		noise[i] = random.Float64() - 0.5
	}
	s.apply(start, noise)
	return start
}

// lanczos is one run from a start vector.
type lanczos struct {
	s       symmetric
	against [][]float64
	basis   [][]float64
	t       tridiagonal
	most    int     // vectors of the basis, at most
	beyond  float64 // a lower bound of the second greatest eigenvalue
	scale   float64 // the greatest number met in t
}

// begin takes the first vector of the basis; false where nothing is left of it.
func (l *lanczos) begin(start []float64) bool {
	first, before := append([]float64(nil), start...), norm(start)
	for range 2 {
		l.clean(first)
		length := norm(first)
		if length == 0 || length < 1e-12*before {
			return false
		}
		scale(first, 1/length)
	}
	l.basis = [][]float64{first}
	return true
}

// clean takes out of a vector what lies in the basis or along the vectors to be avoided.
func (l *lanczos) clean(v []float64) {
	for _, list := range [][][]float64{l.against, l.basis} {
		for _, b := range list {
			add(v, -dot(b, v), b)
		}
	}
}

func (l *lanczos) run(precision float64) eigenpair {
	for step := 1; ; step++ {
		beside, rest := l.step()
		exhausted := step >= l.most || beside <= 1e-14*l.scale
		if exhausted || step%checkEvery == 0 {
			found, residual := l.best(beside)
			gap := found.value - max(found.next, l.beyond, 0)
			found.sure = residual <= precision*gap || beside <= 1e-14*l.scale || step >= l.s.size()-len(l.against)
			if exhausted || found.sure {
				found.vector = l.inFull(found.vector)
				found.behind = l.behind()
				return found
			}
		}
		scale(rest, 1/beside)
		l.t.beside = append(l.t.beside, beside)
		l.basis = append(l.basis, rest)
	}
}

// step multiplies the last vector and gives what of the product lies outside the basis, with its length.
func (l *lanczos) step() (length float64, rest []float64) {
	last := len(l.basis) - 1
	rest = make([]float64, l.s.size())
	l.s.apply(rest, l.basis[last])
	diagonal := dot(rest, l.basis[last])
	l.t.diagonal = append(l.t.diagonal, diagonal)
	add(rest, -diagonal, l.basis[last])
	if last > 0 {
		add(rest, -l.t.beside[last-1], l.basis[last-1])
	}
	before := norm(rest)
	l.clean(rest)
	length = norm(rest)
	if length < before/2 { // what was taken out was not small: its rounding is not either
		l.clean(rest)
		length = norm(rest)
	}
	l.scale = max(l.scale, math.Abs(diagonal), length)
	return length, rest
}

// best gives the greatest eigenvalue that the basis knows, its vector in terms of the basis, and how far it is from being one of the matrix.
func (l *lanczos) best(beside float64) (found eigenpair, residual float64) {
	found.value = l.t.eigenvalue(1)
	if len(l.t.diagonal) > 1 {
		found.next = l.t.eigenvalue(2)
	}
	found.vector = l.t.eigenvector(found.value)
	return found, beside * math.Abs(found.vector[len(found.vector)-1])
}

// behind gives the second and third of what the basis knows, as far as it has them.
func (l *lanczos) behind() (list []ritz) {
	for rank := 2; rank <= min(3, len(l.t.diagonal)); rank++ {
		value := l.t.eigenvalue(rank)
		list = append(list, ritz{value, l.inFull(l.t.eigenvector(value))})
	}
	return list
}

// inFull gives a vector in terms of the basis as one of the whole space.
func (l *lanczos) inFull(combination []float64) []float64 {
	out := make([]float64, l.s.size())
	for i, factor := range combination {
		add(out, factor, l.basis[i])
	}
	scale(out, 1/norm(out))
	return out
}
