package index

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The limits within which a distribution needs no treatment: one of the two is enough (OECD and JRC, 2008).
const (
	SkewLimit     = 2   // of the absolute skewness
	KurtosisLimit = 3.5 // of the excess kurtosis
)

// Passes tells whether values of this shape need no treatment. Where there are too few values, or they do not differ, there is nothing to
// judge and nothing to treat.
func (m Moments) Passes() bool {
	return !m.Known || math.Abs(m.Skew) < SkewLimit || m.Kurtosis < KurtosisLimit
}

// Treatment says how to treat outliers. The zero value treats none.
type Treatment struct {
	Winsorise bool
	Points    int // the number of points from which on no further group is Winsorised; 0 goes to the logarithm at once
}

// ParseTreatment reads none or winsorise:POINTS.
func ParseTreatment(text string) (Treatment, error) {
	if text == "none" {
		return Treatment{}, nil
	}
	name, number, ok := strings.Cut(text, ":")
	points, err := strconv.Atoi(number)
	if name != "winsorise" || !ok || err != nil || points < 0 {
		return Treatment{}, fmt.Errorf("%q is no treatment of outliers: write none, or winsorise:5 for at most five points", text)
	}
	return Treatment{Winsorise: true, Points: points}, nil
}

func (t Treatment) String() string {
	if !t.Winsorise {
		return "none"
	}
	return fmt.Sprintf("winsorise:%d", t.Points)
}

// Outcome is what was done to an indicator.
type Outcome struct {
	Code          string
	Before, After Moments // After is that of the values as they are now
	Low, High     []int   // rows that were Winsorised, by the side they stood out on
	Logarithm     bool    // Winsorising was not enough: the logarithm of the original values was taken
}

// Points is the number of values that were Winsorised.
func (o Outcome) Points() int { return len(o.Low) + len(o.High) }

// Treat brings in the outliers of each column. A distribution that passes stays as it is. Else its outermost values are brought in to the
// next ones, on the side to which it is skewed, one group of equal values at a time, until it passes, or Points have been brought in. One
// that still does not pass is taken as it was at first, and its logarithm is used instead.
func (t Treatment) Treat(table *Table) (*Table, []Outcome) {
	columns := make([][]float64, len(table.columns))
	outcomes := make([]Outcome, len(table.columns))
	for j, column := range table.columns {
		columns[j], outcomes[j] = t.column(column)
		outcomes[j].Code = table.codes[j]
	}
	return table.with(table.codes, columns), outcomes
}

// column treats one; what needs no treatment is given back as it came.
func (t Treatment) column(column []float64) ([]float64, Outcome) {
	shape := MomentsOf(column)
	done := Outcome{Before: shape, After: shape}
	if !t.Winsorise || shape.Passes() {
		return column, done
	}
	treated := append([]float64(nil), column...)
	for done.Points() < t.Points && !shape.Passes() {
		side := &done.High
		if shape.Skew < 0 {
			side = &done.Low
		}
		group, next, ok := outermost(treated, shape.Skew < 0)
		if !ok {
			break
		}
		for _, row := range group {
			treated[row] = next
		}
		*side = group
		shape = MomentsOf(treated)
	}
	if !shape.Passes() {
		done.Low, done.High = nil, nil
		treated, done.Logarithm = logarithm(column, done.Before.Skew < 0), true
		shape = MomentsOf(treated)
	}
	done.After = shape
	return treated, done
}

// outermost gives the rows of the largest value (of the smallest, where low) and the next value inwards; false where bringing it in would
// leave all values the same. A group that was brought in before stands in it again, together with what it was brought in to.
func outermost(column []float64, low bool) (group []int, next float64, ok bool) {
	sign := 1.0
	if low {
		sign = -1
	}
	first, second, third := math.Inf(-1), math.Inf(-1), math.Inf(-1)
	for row, v := range column {
		if isMissing(v) {
			continue
		}
		switch v *= sign; {
		case v > first:
			first, second, third = v, first, second
			group = append(group[:0], row)
		case v == first:
			group = append(group, row)
		case v > second:
			second, third = v, second
		case v < second && v > third:
			third = v
		}
	}
	return group, second * sign, !math.IsInf(third, -1)
}

// logarithm is ln(x - min + a) with a a hundredth of the range; mirrored, -ln(max + a - x), where the distribution leans to the low side, so
// that it takes effect where the outliers are and a change of sign of the data is one of the result.
func logarithm(column []float64, low bool) []float64 {
	least, most, _ := extent(column)
	a := 0.01 * (most - least)
	logs := make([]float64, len(column))
	for i, v := range column {
		switch {
		case isMissing(v):
			logs[i] = missing
		case low:
			logs[i] = -math.Log(most + a - v)
		default:
			logs[i] = math.Log(v - least + a)
		}
	}
	return logs
}
