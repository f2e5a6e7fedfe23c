package survey

import (
	"errors"
	"fmt"
	"math"
)

const (
	// Precision is how near, in parts of each total, the weights come to all margins.
	Precision = 1e-12
	// patience is how many sums and products are made before raking is given up, about a tenth of a second. Most samples need tens of sweeps over
	// the margins, some with margins that nearly follow from each other tens of thousands; where categories exclude each other no
	// number is enough.
	patience = 20_000_000
	// overhead of one margin in one sweep, in the same measure
	overhead = 50
	// fewestSweeps are made however many cells there are.
	fewestSweeps = 1000
)

// ErrCalibrated is the answer to calibrating a design twice. Put all that is known of the population into one calibration, and trim before it.
var ErrCalibrated = errors.New("the weights are calibrated already")

// RakeOptions are seldom needed.
type RakeOptions struct {
	// WeightedResiduals weights the regression on the margins, whose residuals standard errors are made of, by the weights before raking (Deville
	// and Särndal 1992, section 3), as PostStratify and Calibrate always do; then raking on one margin and post-stratification are the same. By
	// default it is unweighted, as in R's survey::rake (Lumley 2010, section 7.3). Where those weights are equal this makes no difference.
	WeightedResiduals bool
}

// Calibration says what an adjustment of weights did.
type Calibration struct {
	Sweeps          int     // over the margins; 1 for linear calibration
	Gap             float64 // largest remaining difference to a total, in parts of that total
	Lowest, Highest float64 // factor by which a weight was multiplied
}

// Calibration gives it; false where the weights are those of the sampling.
func (d *Design) Calibration() (Calibration, bool) { return d.calibration, d.fitted != nil }

// Rake multiplies the weights by factors for the categories of each margin until their sums are the totals, all to Precision (iterative
// proportional fitting, Deming and Stephan 1940). The standard errors of estimates from the result are made of what the margins do not explain.
//
// Its errors are an *InputError for a respondent without a category, a *MarginError for margins that count different people, for a category
// that has people and no respondents, and where the totals cannot all be reached; ErrCalibrated.
func (d *Design) Rake(margins []Margin, o RakeOptions) (*Design, error) {
	if d.fitted != nil {
		return nil, ErrCalibrated
	}
	c, err := d.cellsOf(margins)
	if err != nil {
		return nil, err
	}
	factors, done, err := c.fitProportionally(margins)
	if err != nil {
		return nil, err
	}
	raked := *d
	raked.sampling = d.weights
	raked.weights = make([]float64, d.Len())
	for i, cell := range c.of {
		raked.weights[i] = d.weights[i] * factors[cell]
	}
	raked.calibration = done
	raked.fitted, err = newMarginFit(c, d.weights, margins, !o.WeightedResiduals)
	if err != nil {
		return nil, err
	}
	return &raked, nil
}

// PostStratify makes the weights of each category add up to its total: raking on one margin. Categories of several characteristics together
// are one margin whose names are combinations. Errors as for Rake, whose residuals are weighted here.
func (d *Design) PostStratify(margin Margin) (*Design, error) {
	return d.Rake([]Margin{margin}, RakeOptions{WeightedResiduals: true})
}

// target is a margin while weights are fitted to it.
type target struct {
	codes  []int32 // category of each cell
	totals []float64
	sums   []accumulator
	ratios []float64
}

// targetsOf gives the margins, all with exactly the same number of people.
func (c *cells) targetsOf(margins []Margin) []target {
	targets := make([]target, len(margins))
	for m := range margins {
		categories := margins[m].Categories
		t := target{c.codes[m], make([]float64, len(categories)), make([]accumulator, len(categories)), make([]float64, len(categories))}
		scale := margins[0].sum() / margins[m].sum() // 1 but for rounding
		for k := range categories {
			t.totals[k] = categories[k].Total * scale
		}
		targets[m] = t
	}
	return targets
}

// fitProportionally gives the factor of each cell.
func (c *cells) fitProportionally(margins []Margin) ([]float64, Calibration, error) {
	targets := c.targetsOf(margins)
	factors := make([]float64, len(c.base))
	for k := range factors {
		factors[k] = 1
	}
	gap, worst := 0.0, &MarginError{}
	for sweep, work := 1, 0; (work < patience || sweep <= fewestSweeps) && finite(gap); sweep++ {
		gap = 0
		for m := range targets {
			work += len(c.base) + len(targets[m].totals) + overhead
			if at, off := c.adjust(factors, &targets[m]); off > gap {
				gap = off
				worst = &MarginError{Column: margins[m].Column, Category: at, Name: margins[m].Categories[at].Name}
			}
		}
		if gap <= Precision {
			done := Calibration{Sweeps: sweep, Gap: gap, Lowest: math.Inf(1), Highest: math.Inf(-1)}
			for _, f := range factors {
				done.Lowest, done.Highest = min(done.Lowest, f), max(done.Highest, f)
			}
			return factors, done, nil
		}
	}
	worst.Reason = fmt.Sprintf("its total cannot be reached together with the other margins (it stays off by %.2g of it); join categories", gap)
	return nil, Calibration{}, worst
}

// adjust multiplies the factors so that one margin holds, and gives the category that was furthest off, in parts of its total; infinitely where
// a factor leaves the range of numbers.
func (c *cells) adjust(factors []float64, t *target) (worst int, gap float64) {
	clear(t.sums)
	for cell, k := range t.codes {
		t.sums[k].add(c.base[cell] * factors[cell])
	}
	for k, total := range t.totals {
		if total == 0 {
			continue // without respondents
		}
		sum := t.sums[k].value()
		t.ratios[k] = total / sum
		off := math.Abs(sum/total - 1)
		if !finite(off) || !finite(t.ratios[k]) {
			return k, math.Inf(1)
		}
		if off > gap {
			worst, gap = k, off
		}
	}
	for cell, k := range t.codes {
		factors[cell] *= t.ratios[k]
	}
	return worst, gap
}
