package agreement

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// The three standard deviations of spread are found where their posterior is highest, with all other unknowns integrated out by Laplace's
// approximation. Thresholds need no such care on this scale, since they are locations; that is why the positions of units, and not the single
// rating's deviation, have standard deviation 1.

// weak are the priors of the logarithms: noise, the raters' shifts in relation to noise, discriminations in relation to their mean 1. Two
// standard deviations are a factor of 7, 5 and 4.
var weak = [3]struct{ mean, sd float64 }{{0, 1}, {math.Log(0.35), 0.8}, {math.Log(0.25), 0.7}}

// marginal searches the spread.
type marginal struct {
	d           *design
	m           *system
	evaluations int // of the approximation
	steps       int // of Newton's method in all of them
}

// spreadOf turns the searched logarithms, two or three, into standard deviations.
func (f *marginal) spreadOf(t []float64) spread {
	v := spread{noise: math.Exp(t[0]), shift: math.Exp(t[0] + t[1]), discrimination: 1}
	if len(t) == 3 {
		v.discrimination = math.Exp(t[2])
	}
	return v
}

// at gives the log of the approximate posterior density of t, and the mode of the other unknowns.
func (f *marginal) at(t []float64, start state) (float64, state, error) {
	f.evaluations++
	s, log, steps, err := f.m.mode(start, f.spreadOf(t))
	f.steps += steps
	if err != nil {
		return math.Inf(-1), s, err
	}
	log -= f.m.logDet / 2
	for j, x := range t {
		log -= square((x-weak[j].mean)/weak[j].sd) / 2
	}
	return log, s, nil
}

// surface is the posterior of t near a point: its height, gradient and curvature, and how the other unknowns move with t.
type surface struct {
	t        []float64
	value    float64
	mode     state
	gradient []float64
	curve    *mat.SymDense // −∂²
	up, down []state       // the modes at t ± near in each direction
	near     []float64     // distances of finite differences, in logarithms
}

// Finite differences are taken over a third of a standard deviation of the posterior: near enough for a parabola, far enough to see a slope.
const (
	nearFirst = 0.05
	nearShare = 0.3
	nearLeast = 1e-3
	nearMost  = 0.1
)

// nearby gives the distances for the next look.
func (o *surface) nearby() []float64 {
	next := make([]float64, len(o.near))
	for j := range next {
		next[j] = math.Min(nearMost, math.Max(nearLeast, nearShare/math.Sqrt(math.Max(o.curve.At(j, j), 1))))
	}
	return next
}

// look computes the surface at t. Differences are central, so that what a parabola lacks of third order cancels.
func (f *marginal) look(t []float64, start state, near []float64) (*surface, error) {
	value, mode, err := f.at(t, start)
	if err != nil {
		return nil, err
	}
	n := len(t)
	o := &surface{t: t, value: value, mode: mode, near: near, gradient: make([]float64, n), curve: mat.NewSymDense(n, nil), up: make([]state, n), down: make([]state, n)}
	moved := func(side float64, by ...int) []float64 {
		to := append([]float64(nil), t...)
		for _, j := range by {
			to[j] += side * near[j]
		}
		return to
	}
	bend := make([]float64, n) // what the ends of each direction lack to twice the height in the middle
	for j := range n {
		var above, below float64
		if above, o.up[j], err = f.at(moved(1, j), mode); err != nil {
			return nil, err
		}
		if below, o.down[j], err = f.at(moved(-1, j), mode.plus(-1, difference(o.up[j], mode))); err != nil {
			return nil, err
		}
		o.gradient[j], bend[j] = (above-below)/(2*near[j]), 2*value-above-below
		o.curve.SetSym(j, j, bend[j]/(near[j]*near[j]))
	}
	for j := range n {
		for i := range j {
			corner := 2 * value
			for _, end := range []struct {
				side float64
				of   []state
			}{{1, o.up}, {-1, o.down}} {
				height, _, err := f.at(moved(end.side, i, j), end.of[i].plus(1, difference(end.of[j], mode)))
				if err != nil {
					return nil, err
				}
				corner -= height
			}
			o.curve.SetSym(i, j, (corner-bend[i]-bend[j])/(2*near[i]*near[j]))
		}
	}
	return o, nil
}

// difference gives a − b.
func difference(a, b state) state { return a.plus(-1, b) }

// search climbs to the highest point. converged is false where it gives up; the surface is then the best one seen.
func (f *marginal) search() (o *surface, covariance *mat.SymDense, iterations int, converged bool, err error) {
	t := []float64{weak[0].mean, weak[1].mean, weak[2].mean}[:f.d.perRater+1]
	start, near := f.d.begin(f.spreadOf(t)), []float64{nearFirst, nearFirst, nearFirst}[:len(t)]
	for iterations = 1; ; iterations++ {
		if o, err = f.look(t, start, near); err != nil {
			return nil, nil, iterations, false, err
		}
		near = o.nearby()
		step, inverse, concave := climb(o)
		if expected := mat.Dot(step, mat.NewVecDense(len(t), o.gradient)); concave && expected < 1e-3 {
			return o, inverse, iterations, true, nil
		}
		if iterations == maxClimb {
			return o, inverse, iterations, false, nil
		}
		length := 1.0
		for i := range t {
			length = math.Min(length, 1/math.Abs(step.AtVec(i)))
		}
		for ; ; length /= 2 {
			if length < 1e-4 {
				return o, inverse, iterations, false, nil
			}
			next := make([]float64, len(t))
			for i := range t {
				next[i] = t[i] + length*step.AtVec(i)
			}
			if value, mode, err := f.at(next, o.mode); err == nil && value > o.value {
				t, start = next, mode
				break
			}
		}
	}
}

const maxClimb = 30

// climb gives a step uphill and the covariance of t by the curvature, which is made positive where it is not.
func climb(o *surface) (step *mat.VecDense, covariance *mat.SymDense, concave bool) {
	n := len(o.t)
	concave = true
	var eigen mat.EigenSym
	covariance = mat.NewSymDense(n, nil)
	if eigen.Factorize(o.curve, true) {
		var vectors mat.Dense
		eigen.VectorsTo(&vectors)
		for k, value := range eigen.Values(nil) {
			least := 0.3 // the priors alone curve more than this
			if value < least {
				concave = false
				value = math.Max(least, -value)
			}
			for i := range n {
				for j := range i + 1 {
					covariance.SetSym(i, j, covariance.At(i, j)+vectors.At(i, k)*vectors.At(j, k)/value)
				}
			}
		}
	}
	step = mat.NewVecDense(n, nil)
	step.MulVec(covariance, mat.NewVecDense(n, o.gradient))
	return step, covariance, concave
}
