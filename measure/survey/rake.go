package survey

import (
	"errors"
	"fmt"
	"math"
)

const (
	// Precision is how near, in parts of each total, the weights come to all margins.
	Precision = 1e-12
	// MaxSweeps over the margins are made before raking is given up. Most samples need tens, some with margins that nearly follow from each other
	// thousands; where categories exclude each other no number is enough.
	MaxSweeps = 10_000
)

// ErrCalibrated is the answer to calibrating a design twice. Put all that is known of the population into one calibration, and trim before it.
var ErrCalibrated = errors.New("the weights are calibrated already")

// RakeOptions are seldom needed.
type RakeOptions struct {
	// PlainResiduals leaves the residuals from which standard errors come unweighted, as R's survey::rake does. By default they are weighted by the
	// weights before raking (Deville and Särndal 1992, section 3), as R's postStratify and calibrate do, so that raking on one margin and
	// post-stratification are the same. Where those weights are equal this makes no difference.
	PlainResiduals bool
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
	raked.fitted, err = newMarginFit(c, d.weights, margins, o.PlainResiduals)
	if err != nil {
		return nil, err
	}
	return &raked, nil
}

// PostStratify makes the weights of each category add up to its total: raking on one margin. Categories of several characteristics together
// are one margin whose names are combinations. Errors as for Rake.
func (d *Design) PostStratify(margin Margin) (*Design, error) {
	return d.Rake([]Margin{margin}, RakeOptions{})
}

// fitProportionally gives the factor of each cell.
func (c *cells) fitProportionally(margins []Margin) ([]float64, Calibration, error) {
	targets := make([][]float64, len(margins))
	sums := make([][]accumulator, len(margins))
	for m := range margins {
		scale := margins[0].sum() / margins[m].sum() // 1 but for rounding
		targets[m], sums[m] = make([]float64, len(margins[m].Categories)), make([]accumulator, len(margins[m].Categories))
		for k, category := range margins[m].Categories {
			targets[m][k] = category.Total * scale
		}
	}
	factors := make([]float64, len(c.base))
	for k := range factors {
		factors[k] = 1
	}
	var worst *MarginError
	gap := 0.0
	for sweep := 1; sweep <= MaxSweeps; sweep++ {
		gap, worst = 0, nil
		for m, codes := range c.codes {
			at, off := c.adjust(factors, codes, sums[m], targets[m])
			if at >= 0 && (off > gap || !finite(off)) {
				gap = off
				worst = &MarginError{Column: margins[m].Column, Category: at, Name: margins[m].Categories[at].Name}
			}
		}
		if !finite(gap) {
			break
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

// adjust multiplies the factors so that one margin holds, and gives the category that was furthest off, in parts of its total.
func (c *cells) adjust(factors []float64, codes []int32, sums []accumulator, targets []float64) (worst int, gap float64) {
	clear(sums)
	for cell, k := range codes {
		sums[k].add(c.base[cell] * factors[cell])
	}
	worst = -1
	ratios := make([]float64, len(sums))
	for k, target := range targets {
		if target == 0 {
			continue // without respondents
		}
		ratios[k] = target / sums[k].value()
		if off := math.Abs(sums[k].value()/target - 1); worst < 0 || off > gap || !finite(off) || !finite(ratios[k]) {
			worst, gap = k, off
			if !finite(ratios[k]) {
				return k, math.Inf(1)
			}
		}
	}
	for cell, k := range codes {
		factors[cell] *= ratios[k]
	}
	return worst, gap
}
