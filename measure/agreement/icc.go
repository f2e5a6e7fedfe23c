package agreement

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Form is one of the six intraclass correlations of Shrout and Fleiss (1979). The first number is the design, the second tells whether it is
// about a single rater or the mean of k raters.
type Form string

// The forms.
const (
	ICC11 Form = "ICC(1,1)" // each unit has raters of its own
	ICC21 Form = "ICC(2,1)" // the same raters, drawn at random, rate all units; differences in level count as disagreement
	ICC31 Form = "ICC(3,1)" // these very raters; differences in level do not count
	ICC1k Form = "ICC(1,k)"
	ICC2k Form = "ICC(2,k)"
	ICC3k Form = "ICC(3,k)"
)

// Why an intraclass correlation is missing.
const (
	TooFewUnits  = "fewer than two units have been rated by all raters"
	TooFewRaters = "there are fewer than two raters"
	AllEqual     = "all ratings are equal, so nothing can be told about agreement"
)

// Correlation is an intraclass correlation with the test that it is zero.
type Correlation struct {
	Form     Form
	Value    *float64 // nil where the units' means are equal and the mean of raters has no finite one
	F        *float64 // ratio of mean squares; nil where raters agree without any deviation and it has no end
	DF1, DF2 int
	P        float64
	Interval *Interval // nil where an end has no finite value
}

// Correlations are the six forms in the order 1,1 2,1 3,1 1,k 2,k 3,k.
type Correlations struct {
	Forms   []Correlation // none: see Missing
	Missing string
	Units   int // that all raters rated
	Raters  int
	Left    int // units left out, since a rating is missing
}

// IntraclassOf computes the correlations of a list of ratings, over the units that all raters have rated. Errors are as in
// KrippendorffAlpha.
func IntraclassOf(ratings []Rating, confidence float64) (Correlations, error) {
	t, err := arrange(ratings)
	if err != nil {
		return Correlations{}, err
	}
	var table [][]float64
	left := 0
	for from := 0; from < len(t.cells); {
		to := from
		var row []float64
		for ; to < len(t.cells) && t.cells[to].unit == t.cells[from].unit; to++ {
			row = append(row, t.cells[to].value)
		}
		if len(row) == len(t.raters) {
			table = append(table, row)
		} else {
			left++
		}
		from = to
	}
	out, err := Intraclass(table, confidence)
	out.Left, out.Raters = left, len(t.raters)
	return out, err
}

// Intraclass computes the correlations of a complete table, one row per unit and one column per rater, with intervals based on F
// (Shrout and Fleiss, 1979; for ICC(2,·) after Satterthwaite). confidence lies between 0 and 1. A row that is longer or shorter than the
// first, or a rating that is not finite, is an *InvalidError.
func Intraclass(table [][]float64, confidence float64) (Correlations, error) {
	if !(confidence > 0 && confidence < 1) {
		return Correlations{}, fmt.Errorf("a confidence of %v does not lie between 0 and 1", confidence)
	}
	out := Correlations{Units: len(table)}
	if len(table) > 0 {
		out.Raters = len(table[0])
	}
	for i, row := range table {
		if len(row) != out.Raters {
			return Correlations{}, &InvalidError{i + 1, "rating", fmt.Sprintf("the unit has %d ratings, not %d", len(row), out.Raters)}
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return Correlations{}, &InvalidError{i + 1, "rating", fmt.Sprintf("%v of rater %d is not a finite number", v, j+1)}
			}
		}
	}
	switch {
	case len(table) < 2:
		out.Missing = TooFewUnits
	case out.Raters < 2:
		out.Missing = TooFewRaters
	}
	if out.Missing != "" {
		return out, nil
	}
	m := meanSquares(table)
	switch sum := m.between + m.within + m.raters + m.residual; {
	case m.between == 0 && m.within == 0:
		out.Missing = AllEqual
	case finite(sum*sum) == nil:
		out.Missing = Beyond
	}
	if out.Missing != "" {
		return out, nil
	}
	out.Forms = m.forms((1 - confidence) / 2)
	return out, nil
}

// squares are the mean squares of a two-way analysis of variance of n units by k raters.
type squares struct{ n, k, between, within, raters, residual float64 }

func meanSquares(table [][]float64) squares {
	n, k := float64(len(table)), float64(len(table[0]))
	unit, rater, all := make([]float64, len(table)), make([]float64, len(table[0])), 0.0
	for i, row := range table {
		for j, v := range row {
			unit[i] += v / k
			rater[j] += v / n
			all += v / (n * k)
		}
	}
	var between, within, raters, residual float64
	for i, row := range table {
		between += k * square(unit[i]-all)
		for j, v := range row {
			within += square(v - unit[i])
			residual += square(v - unit[i] - rater[j] + all)
		}
	}
	for _, mean := range rater {
		raters += n * square(mean-all)
	}
	// What rounding leaves of a sum that is zero must not pass for disagreement.
	floor := 1e-28 * n * k * square(math.Max(math.Abs(all), math.Sqrt(between/(n*k))))
	for _, sum := range []*float64{&between, &within, &raters, &residual} {
		if finite(floor) != nil && *sum <= floor {
			*sum = 0
		}
	}
	return squares{n, k, between / (n - 1), within / (n * (k - 1)), raters / (k - 1), residual / ((n - 1) * (k - 1))}
}

func square(v float64) float64 { return v * v }

// forms gives the six correlations with tail in each tail of their intervals.
func (m squares) forms(tail float64) []Correlation {
	n, k := m.n, m.k
	one := m.test(m.within, n*(k-1), tail)
	three := m.test(m.residual, (n-1)*(k-1), tail)
	// Both tend to 1 as the ratio f grows.
	ofOne := func(f float64) float64 { return 1 - k/(f+k-1) }
	ofMean := func(f float64) float64 { return 1 - 1/f }
	fixed := func(form Form, t test, at func(f float64) float64) Correlation {
		return t.correlation(form, at(t.ratio), at(t.lower), at(t.upper))
	}
	single := (m.between - m.residual) / (m.between + (k-1)*m.residual + k*(m.raters-m.residual)/n)
	mean := (m.between - m.residual) / (m.between + (m.raters-m.residual)/n)
	lower, upper := m.absolute(single, tail)
	return []Correlation{
		fixed(ICC11, one, ofOne), three.correlation(ICC21, single, lower, upper), fixed(ICC31, three, ofOne),
		fixed(ICC1k, one, ofMean), three.correlation(ICC2k, mean, spearmanBrown(lower, k), spearmanBrown(upper, k)), fixed(ICC3k, three, ofMean),
	}
}

// test is a ratio of mean squares with the bounds of its true value; +Inf where nothing remains below the fraction.
type test struct{ ratio, lower, upper, df1, df2, p float64 }

func (m squares) test(below, df2, tail float64) test {
	df1 := m.n - 1
	if below == 0 {
		return test{math.Inf(1), math.Inf(1), math.Inf(1), df1, df2, 0}
	}
	ratio := m.between / below
	f, turned := distuv.F{D1: df1, D2: df2}, distuv.F{D1: df2, D2: df1}
	return test{ratio, ratio / f.Quantile(1-tail), ratio * turned.Quantile(1-tail), df1, df2, f.Survival(ratio)}
}

func (t test) correlation(form Form, value, lower, upper float64) Correlation {
	c := Correlation{Form: form, Value: finite(value), F: finite(t.ratio), DF1: int(t.df1), DF2: int(t.df2), P: t.p}
	if finite(lower) != nil && finite(upper) != nil {
		c.Interval = &Interval{lower, upper}
	}
	return c
}

// finite gives nil for what is not a finite number.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// absolute gives the interval of ICC(2,1), whose degrees of freedom are approximated (Shrout and Fleiss, 1979, page 424).
func (m squares) absolute(value, tail float64) (lower, upper float64) {
	n, k := m.n, m.k
	if m.residual == 0 && m.raters == 0 {
		return 1, 1
	}
	// The published fraction has F_J = raters/residual; both its parts are multiplied by residual² here, so that it may be zero.
	a, b := k*value*m.raters, (n*(1+(k-1)*value)-k*value)*m.residual
	df := (k - 1) * (n - 1) * square(a+b) / ((n-1)*square(a) + square(b))
	if !(df > 0) {
		return math.NaN(), math.NaN()
	}
	up, down := distuv.F{D1: n - 1, D2: df}.Quantile(1-tail), distuv.F{D1: df, D2: n - 1}.Quantile(1-tail)
	rest := k*m.raters + (k*n-k-n)*m.residual
	return n * (m.between - up*m.residual) / (up*rest + n*m.between), n * (down*m.between - m.residual) / (rest + n*down*m.between)
}

// spearmanBrown carries the reliability of one rater to the mean of k.
func spearmanBrown(one, k float64) float64 {
	if below := 1 + one*(k-1); below > 0 {
		return one * k / below
	}
	return math.NaN()
}
