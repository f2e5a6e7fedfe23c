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
	up, down []state       // the modes at t ± nearby in each direction
}

const nearby = 0.05 // distance of finite differences, in logarithms

func (f *marginal) look(t []float64, start state) (*surface, error) {
	value, mode, err := f.at(t, start)
	if err != nil {
		return nil, err
	}
	n := len(t)
	o := &surface{t: t, value: value, mode: mode, gradient: make([]float64, n), curve: mat.NewSymDense(n, nil), up: make([]state, n), down: make([]state, n)}
	moved := func(by ...int) []float64 { // 1 for a step up in the first direction, -1 for one down
		to := append([]float64(nil), t...)
		for _, j := range by {
			if j > 0 {
				to[j-1] += nearby
			} else {
				to[-j-1] -= nearby
			}
		}
		return to
	}
	above := make([]float64, n)
	for j := range n {
		var below float64
		if above[j], o.up[j], err = f.at(moved(j+1), mode); err != nil {
			return nil, err
		}
		if below, o.down[j], err = f.at(moved(-j-1), mode.plus(1, difference(mode, o.up[j]))); err != nil {
			return nil, err
		}
		o.gradient[j] = (above[j] - below) / (2 * nearby)
		o.curve.SetSym(j, j, (2*value-above[j]-below)/(nearby*nearby))
	}
	for j := range n {
		for i := range j {
			start := o.up[i].plus(1, difference(o.up[j], mode))
			both, _, err := f.at(moved(i+1, j+1), start)
			if err != nil {
				return nil, err
			}
			o.curve.SetSym(i, j, (above[i]+above[j]-value-both)/(nearby*nearby))
		}
	}
	return o, nil
}

// difference gives a − b.
func difference(a, b state) state { return a.plus(-1, b) }

// search climbs to the highest point. converged is false where it gives up; the surface is then the best one seen.
func (f *marginal) search() (o *surface, covariance *mat.SymDense, iterations int, converged bool, err error) {
	t := []float64{weak[0].mean, weak[1].mean, weak[2].mean}[:f.d.perRater+1]
	start := f.d.begin(f.spreadOf(t))
	for iterations = 1; ; iterations++ {
		if o, err = f.look(t, start); err != nil {
			return nil, nil, iterations, false, err
		}
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
