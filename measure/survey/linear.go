package survey

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// errTooLarge ends a calibration whose sums leave the range of numbers.
var errTooLarge = &InputError{Weights, "", -1, "weights and auxiliary variables are too large to calibrate"}

// Auxiliary is a number that is known of each respondent and of which the total over the population is known. The number of people is the
// total of a variable that is 1 for everybody.
type Auxiliary struct {
	Column string
	Values []float64 // one per respondent
	Total  float64   // over the population
}

// TotalError is an auxiliary total that no weights of the linear form reach.
type TotalError struct {
	Column string
	Total  float64 // wanted
	Sum    float64 // reached
}

func (e *TotalError) Error() string {
	return fmt.Sprintf("%s: its total %s cannot be reached together with the others, the weighted sum stays at %s", e.Column, number(e.Total), number(e.Sum))
}

// Auxiliaries gives the categories of the margin as variables that are 1 for those in it. Errors as for Rake.
func (m *Margin) Auxiliaries() ([]Auxiliary, error) {
	codes, err := m.code(len(m.Answers))
	if err != nil {
		return nil, err
	}
	all := make([]Auxiliary, len(m.Categories))
	for k, c := range m.Categories {
		all[k] = Auxiliary{Column: m.Column + " " + c.Name, Values: make([]float64, len(codes)), Total: c.Total}
	}
	for i, k := range codes {
		all[k].Values[i] = 1
	}
	return all, nil
}

// Calibrate adjusts the weights to w(1+x'λ) so that the weighted sums of the auxiliary variables are their totals, to Precision (the
// generalised regression estimator; Särndal, Swensson and Wretman 1992, section 6.4, with constant variance). A weight may become
// negative, which Calibration shows: means and totals remain right, quantiles are refused. Variables may follow from each other if their totals
// agree. Its errors are an *InputError, a *TotalError, or ErrCalibrated.
func (d *Design) Calibrate(auxiliaries []Auxiliary) (*Design, error) {
	if d.fitted != nil {
		return nil, ErrCalibrated
	}
	f, err := newLinearFit(d.weights, auxiliaries)
	if err != nil {
		return nil, err
	}
	factors := make([]float64, d.Len())
	for i := range factors {
		factors[i] = 1
	}
	// The second and third round only mend rounding.
	for range 3 {
		misfit, _ := f.misfit(factors, auxiliaries)
		f.addTo(factors, f.equation.solve(misfit))
	}
	misfit, sizes := f.misfit(factors, auxiliaries)
	done := Calibration{Sweeps: 1, Lowest: math.Inf(1), Highest: math.Inf(-1)}
	for k, off := range misfit {
		gap := math.Abs(off) / sizes[k]
		if sizes[k] == 0 {
			gap = 0
		}
		if !(gap <= sameTotals) {
			return nil, &TotalError{auxiliaries[k].Column, auxiliaries[k].Total, auxiliaries[k].Total - off}
		}
		done.Gap = max(done.Gap, gap)
	}
	calibrated := *d
	calibrated.sampling = d.weights
	calibrated.weights = make([]float64, d.Len())
	for i, factor := range factors {
		calibrated.weights[i] = d.weights[i] * factor
		done.Lowest, done.Highest = min(done.Lowest, factor), max(done.Highest, factor)
	}
	calibrated.fitted, calibrated.calibration = f, done
	return &calibrated, nil
}

// linearFit regresses on auxiliary variables, by the weights before calibration.
type linearFit struct {
	weights   []float64
	variables *mat.Dense // respondents by variables
	equation  *equation
}

func newLinearFit(weights []float64, auxiliaries []Auxiliary) (*linearFit, error) {
	if len(auxiliaries) == 0 {
		return nil, errors.New("there is no auxiliary variable to calibrate to")
	}
	n := len(weights)
	f := &linearFit{weights: weights, variables: mat.NewDense(n, len(auxiliaries), nil)}
	rooted := mat.NewDense(len(auxiliaries), n, nil)
	for k, a := range auxiliaries {
		if err := perRespondent(Known, a.Column, len(a.Values), n); err != nil {
			return nil, err
		}
		if !finite(a.Total) {
			return nil, &InputError{Known, a.Column, -1, "its total is not a number"}
		}
		for i, v := range a.Values {
			if !finite(v) {
				return nil, &InputError{Known, a.Column, i, "it is missing or infinite; each respondent needs a number"}
			}
			f.variables.Set(i, k, v)
			rooted.Set(k, i, v*math.Sqrt(weights[i]))
		}
	}
	gram := mat.NewSymDense(len(auxiliaries), nil)
	gram.SymOuterK(1, rooted)
	var err error
	f.equation, err = newEquation(gram)
	return f, err
}

// misfit gives, for each total, what is missing to it, and the size of what was added.
func (f *linearFit) misfit(factors []float64, auxiliaries []Auxiliary) (misfit, sizes []float64) {
	misfit, sizes = make([]float64, len(auxiliaries)), make([]float64, len(auxiliaries))
	for k, a := range auxiliaries {
		var off accumulator
		off.add(a.Total)
		sizes[k] = math.Abs(a.Total)
		for i, v := range a.Values {
			off.add(-f.weights[i] * factors[i] * v)
			sizes[k] = max(sizes[k], math.Abs(f.weights[i]*v))
		}
		misfit[k] = off.value()
	}
	return misfit, sizes
}

// addTo adds the variables times slopes.
func (f *linearFit) addTo(to, slopes []float64) {
	var sum mat.VecDense
	sum.MulVec(f.variables, mat.NewVecDense(len(slopes), slopes))
	for i := range to {
		to[i] += sum.AtVec(i)
	}
}

func (f *linearFit) residuals(e []float64, _ []int32) {
	weighted := mat.NewVecDense(len(e), nil)
	for range 2 { // the second round only mends rounding
		for i, v := range e {
			weighted.SetVec(i, f.weights[i]*v)
		}
		var right mat.VecDense
		right.MulVec(f.variables.T(), weighted)
		slopes := f.equation.solve(right.RawVector().Data)
		for k := range slopes {
			slopes[k] = -slopes[k]
		}
		f.addTo(e, slopes)
	}
}
