package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Estimate is a value with its standard deviation and the interval of the confidence asked for.
type Estimate struct{ Value, SD, Lower, Upper float64 }

// Model is what the ratings say by the latent model; see Fit. The unit of all its values is the standard deviation of a single rating's
// deviation e for thresholds and shifts, and that of the units for positions.
type Model struct {
	Units      []UnitPosition // by name
	Raters     []RaterHabit   // by name
	Groups     []GroupShift   // by name
	Thresholds []Threshold
	// Spread of raters about their group.
	RaterSD, DiscriminationSD float64
	// Signal is how far units differ, as a standard deviation on the scale of thresholds: the mean discrimination.
	Signal      Estimate
	Diagnostics Diagnostics
	Warnings    []string
}

// UnitPosition is where a unit stands among the units: 0 is the mean, 1 a standard deviation better than the mean.
type UnitPosition struct {
	Unit     string
	Position *Estimate // nil where nobody has rated the unit
	Ratings  int
	Vignette bool
}

// RaterHabit is how a rater uses the scale. A positive shift gives higher ratings than the group's. A discrimination near 0 says that the ratings
// follow the units little; below 0, that they run against what the others say. With fewer than 15 ratings it is the mean of all raters, in an
// interval of what others have.
type RaterHabit struct {
	Rater, Group          string
	Shift, Discrimination Estimate
	Ratings               int
}

// GroupShift is how much higher a group rates the same unit than the reference group. With vignettes, Shift is how the group uses the scale
// and Experience how much better the real units are for it; without, Experience is nil and Shift holds both, which then cannot be told apart.
type GroupShift struct {
	Group      string
	Reference  bool
	Shift      Estimate
	Experience *Estimate
	Raters     int
	Ratings    int
}

// Threshold is the point between two neighbouring ratings.
type Threshold struct {
	Below, Above float64 // ratings
	At           Estimate
}

// Diagnostics tell how the estimation went.
type Diagnostics struct {
	Converged   bool
	Iterations  int     // of the search for the spread
	Evaluations int     // of the approximate posterior
	NewtonSteps int     // in all of them
	LogMarginal float64 // the approximate log posterior of the spread at the end
}

// FitOptions say how to fit.
type FitOptions struct {
	Confidence          float64  // of intervals, between 0 and 1; 0 means 0.9
	Reference           string   // the group to which shifts are relative; empty: the first by name
	EqualDiscrimination bool     // all raters follow the units equally
	Units               []string // units that should have been rated; those without a rating are named in a warning
}

// UnfitError says why the model cannot be fitted to ratings that are each in order.
type UnfitError struct{ Reason string }

func (e *UnfitError) Error() string { return e.Reason }

// Fit estimates the latent model y* = β_r·z_u + s_group + s_r + e, in which a rating is the number of thresholds that y* passes; e is standard
// normal (probit). Positions z are drawn from N(0, 1), the raters' shifts s_r and discriminations β_r from normal distributions whose
// standard deviations are estimated; thresholds are common to all. Estimates of positions are posterior means. Intervals allow for all that is estimated,
// by Laplace's approximation. docs/methods/agreement.md describes how, and how often the intervals hold the truth. There is no randomness.
//
// Errors: *InvalidError for a rating that cannot be used, several of them joined; *UnfitError where there are fewer than two raters or units, no unit was rated twice, all
// ratings are equal, there are more than 20 different ratings, or more than 4,000 units and raters both.
func Fit(ratings []Rating, options FitOptions) (*Model, error) {
	if options.Confidence == 0 {
		options.Confidence = 0.9
	}
	if !(options.Confidence > 0 && options.Confidence < 1) {
		return nil, fmt.Errorf("a confidence of %v does not lie between 0 and 1", options.Confidence)
	}
	t, err := arrange(ratings)
	if err != nil {
		return nil, err
	}
	out, err := t.fit(options)
	why := "the estimation did not settle with a discrimination of each rater"
	if err == nil && out.Diagnostics.Converged {
		if out.DiscriminationSD <= out.Signal.Value {
			return out, nil
		}
		why = "raters do not put the units in the same order: their discriminations differ by more than their mean"
	}
	if options.EqualDiscrimination {
		return out, err
	}
	options.EqualDiscrimination = true
	if simpler, failed := t.fit(options); failed == nil && simpler.Diagnostics.Converged {
		simpler.Warnings = append(simpler.Warnings, why+"; all are taken as equally discerning")
		return simpler, nil
	}
	return out, err
}

// fit estimates the model once. Converged is false where the search gave up.
func (t *rated) fit(options FitOptions) (*Model, error) {
	d, err := newDesign(t, options.EqualDiscrimination, options.Reference)
	if err != nil {
		return nil, err
	}
	if err := d.fitting(); err != nil {
		return nil, err
	}
	failed := func(err error) error {
		return &UnfitError{"the model cannot be fitted to these ratings: " + err.Error()}
	}
	f := &marginal{d: d, m: newSystem(d)}
	o, covariance, iterations, converged, err := f.search()
	if err != nil {
		return nil, failed(err)
	}
	// The search has left the system at a neighbouring point.
	if _, o.mode, err = f.at(o.t, o.mode); err != nil {
		return nil, failed(err)
	}
	w := &writer{f: f, o: o, covariance: covariance, z: math.Sqrt2 * math.Erfinv(options.Confidence), v: f.spreadOf(o.t)}
	if w.variance, err = f.m.variances(); err != nil {
		return nil, failed(err)
	}
	out := w.model(options)
	out.Diagnostics = Diagnostics{converged, iterations, f.evaluations, f.steps, o.value}
	out.Warnings = d.warnings(options.Units, converged)
	return out, nil
}

const maxDense = 4000 // of the less numerous kind; its matrix is dense

// fitting tells whether the model can be fitted.
func (d *design) fitting() error {
	twice := false
	for _, list := range d.ofUnit {
		twice = twice || len(list) > 1
	}
	reason := ""
	switch {
	case len(d.raters) < 2:
		reason = "there are fewer than two raters, so a rater's habits cannot be told from what the units are like"
	case len(d.units) < 2:
		reason = "there are fewer than two units, so positions cannot be told from thresholds"
	case len(d.categories) < 2:
		reason = AllEqual
	case len(d.categories) > maxCategories:
		reason = fmt.Sprintf("there are %d different ratings; the model takes an ordinal scale of at most %d", len(d.categories), maxCategories)
	case !twice:
		reason = NoPairs
	case min(len(d.units), d.perRater*len(d.raters)) > maxDense:
		reason = fmt.Sprintf("there are %d units and %d raters; one of the two must be at most %d", len(d.units), len(d.raters), maxDense)
	}
	if reason != "" {
		return &UnfitError{reason}
	}
	return nil
}

// writer turns a fitted surface into estimates on the published scale, on which e has standard deviation 1.
type writer struct {
	f          *marginal
	o          *surface
	covariance *mat.SymDense // of t
	variance   state         // of the unknowns given t
	z          float64       // half-width of an interval in standard deviations
	v          spread
}

// through gives the variance that the uncertainty of t adds to a quantity of t and the mode.
func (w *writer) through(of func(t []float64, s state) float64) float64 {
	slope := mat.NewVecDense(len(w.o.t), nil)
	for j := range w.o.t {
		t := append([]float64(nil), w.o.t...)
		near := w.o.near[j]
		t[j] += near
		up := of(t, w.o.up[j])
		t[j] -= 2 * near
		slope.SetVec(j, (up-of(t, w.o.down[j]))/(2*near))
	}
	return math.Max(0, mat.Inner(slope, w.covariance, slope))
}

// estimate gives a quantity with its variance given t and that through t.
func (w *writer) estimate(variance float64, of func(t []float64, s state) float64) Estimate {
	value, sd := of(w.o.t, w.o.mode), math.Sqrt(variance+w.through(of))
	return Estimate{value, sd, value - w.z*sd, value + w.z*sd}
}

func (w *writer) model(options FitOptions) *Model {
	d, noise := w.f.d, w.v.noise
	scaled := func(s float64) float64 { return s / (noise * noise) }
	out := &Model{RaterSD: w.v.shift / noise, Units: w.units(options.Units)}
	if d.perRater == 2 {
		out.DiscriminationSD = w.v.discrimination / noise
	}
	out.Signal = w.estimate(0, func(t []float64, _ state) float64 { return math.Exp(-t[0]) })
	for r, name := range d.raters {
		at := r * d.perRater
		habit := RaterHabit{Rater: name, Group: d.groups[d.groupOf[r]], Ratings: len(d.ofRater[r]), Discrimination: out.Signal}
		habit.Shift = w.estimate(scaled(w.variance.rater[at]), func(t []float64, s state) float64 { return s.rater[at] * math.Exp(-t[0]) })
		if d.perRater == 2 {
			habit.Discrimination = w.estimate(scaled(w.variance.rater[at+1]), func(t []float64, s state) float64 { return (1 + s.rater[at+1]) * math.Exp(-t[0]) })
		}
		out.Raters = append(out.Raters, habit)
	}
	common := func(i int) Estimate {
		return w.estimate(scaled(w.variance.common[i]), func(t []float64, s state) float64 { return s.common[i] * math.Exp(-t[0]) })
	}
	for k := range len(d.categories) - 1 {
		out.Thresholds = append(out.Thresholds, Threshold{d.categories[k], d.categories[k+1], common(k)})
	}
	for g, name := range d.groups {
		shift := GroupShift{Group: name, Reference: g == d.reference}
		if i := d.shiftAt[g]; i >= 0 {
			shift.Shift = common(i)
		}
		if d.seenAt != nil {
			shift.Experience = &Estimate{}
			if i := d.seenAt[g]; i >= 0 {
				*shift.Experience = common(i)
			}
		}
		for r, group := range d.groupOf {
			if group == g {
				shift.Raters++
				shift.Ratings += len(d.ofRater[r])
			}
		}
		out.Groups = append(out.Groups, shift)
	}
	return out
}
