package opinion

import "math"

// axis is a principal component: the direction, within the space of statements, in which participants differ most, and second most.
type axis struct {
	weight   []float64 // by statement; length 1, or all 0 where the votes do not vary that much
	variance float64   // sum over participants of the square of the projection before it is scaled
	sure     bool
}

// axes are the two components with the whole variance.
type axes struct {
	axis     [2]axis
	variance float64 // of all statements
	third    float64 // estimate of the variance of a third axis, from below
}

// components finds the two principal components of the centred votes. Each has the sign in which its greatest weight is positive; where several
// weights are as great, the first of them.
func components(s symmetric, variance, precision float64) axes {
	out := axes{variance: variance}
	var found [][]float64
	var known []ritz // of those that come next
	for i := range out.axis {
		beyond := 0.0
		if len(known) > 1 {
			beyond = known[1].value
		}
		pair, ok := topEigenpair(s, found, startFrom(s, i, known), beyond, out.axis[0].variance, precision)
		if !ok {
			out.axis[i] = axis{weight: make([]float64, s.size()), sure: true}
			continue
		}
		if i == 0 || len(known) < 2 || len(pair.behind) > 0 && pair.behind[0].value > beyond {
			known = pair.behind
		} else {
			known = known[1:] // the first search knows the third better
		}
		orient(pair.vector)
		out.axis[i] = axis{pair.vector, pair.value, pair.sure}
		found = append(found, pair.vector)
	}
	if len(found) == len(out.axis) {
		out.third = estimateTop(s, found, startFrom(s, len(found), known))
	}
	return out
}

// orient makes the greatest weight positive. Weights that are as great up to rounding count as equal.
func orient(weight []float64) {
	most := largest(weight) * (1 - 1e-9)
	for _, w := range weight {
		if math.Abs(w) >= most {
			if w < 0 {
				scale(weight, -1)
			}
			return
		}
	}
}

// variance gives the sum of the squares of all centred votes.
func (m *matrix) variance() (sum float64) {
	for j, n := range m.counts {
		if m.open(j) {
			sum += float64(n.Agree+n.Disagree) - m.mean[j]*float64(n.Agree-n.Disagree)
		}
	}
	return sum
}

// columnsByStatus marks the open statements with 1, and counts the others that were voted on.
func (m *matrix) columnsByStatus() (open []int, closed int) {
	open = make([]int, len(m.statements))
	for j := range open {
		if m.open(j) {
			open[j] = 1
		} else if m.counts[j].Seen > 0 {
			closed++
		}
	}
	return open, closed
}

// extremity tells how far from the centre agreeing with a statement alone would put a participant: E = √C · |1−mean| · √(a²+b²).
func (m *matrix) extremity(a *axes) []float64 {
	out := make([]float64, len(m.statements))
	root := math.Sqrt(float64(m.columns))
	for j := range out {
		if m.open(j) {
			out[j] = root * math.Abs(1-m.mean[j]) * math.Hypot(a.axis[0].weight[j], a.axis[1].weight[j])
		}
	}
	return out
}

// Point is a place on the map.
type Point struct{ X, Y float64 }

func (p Point) squaredDistance(q Point) float64 {
	dx, dy := p.X-q.X, p.Y-q.Y
	return dx*dx + dy*dy
}

// project places every participant: √(C/n) · Σ (vote − mean) · weight over the n votes given, so that few votes do not pull to the middle. Columns
// that are no part of the map are 0 for everyone: they count in n whether the participant voted on them or not.
func (m *matrix) project(a *axes) []Point {
	n := len(m.statements)
	x, y := make([]float64, 4*n), make([]float64, 4*n)
	m.deviations(x, a.axis[0].weight)
	m.deviations(y, a.axis[1].weight)
	open, closed := m.columnsByStatus()
	out := make([]Point, len(m.participants))
	const pieces = 16
	inParallel(pieces, func(piece int) {
		from, to := span(len(out), pieces, piece)
		for i := from; i < to; i++ {
			row := m.row(i)
			var p Point
			n := closed
			for _, vote := range row {
				p.X += x[vote]
				p.Y += y[vote]
				n += open[vote.statement()]
			}
			far := math.Sqrt(float64(m.columns) / float64(max(n, 1)))
			out[i] = Point{far * p.X, far * p.Y}
		}
	})
	return out
}
