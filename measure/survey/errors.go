package survey

import (
	"fmt"
	"math"
	"strconv"
)

// Part is what a value is used for.
type Part string

const (
	Weights    Part = "weights"
	Strata     Part = "strata"
	Clusters   Part = "clusters"
	Population Part = "population"
	Values     Part = "values"
	Domains    Part = "domains"
	Known      Part = "known" // a margin or an auxiliary variable, of which the population's totals are known
)

// InputError is a wrong value, or a wrong number of values, among what there should be one of per respondent.
type InputError struct {
	Part       Part
	Column     string // of a Known part; else empty
	Respondent int    // counted from 0; -1: it is about the column as a whole
	Reason     string
}

func (e *InputError) Error() string {
	name := e.Column
	if name == "" {
		name = string(e.Part)
	}
	if e.Respondent < 0 {
		return name + ": " + e.Reason
	}
	return fmt.Sprintf("%s of respondent %d: %s", name, e.Respondent+1, e.Reason)
}

// MarginError is a population margin to which weights cannot be adjusted.
type MarginError struct {
	Column   string
	Category int // counted from 0; -1: it is about the margin as a whole
	Name     string
	Reason   string
}

func (e *MarginError) Error() string {
	if e.Category < 0 {
		return fmt.Sprintf("margin %s: %s", e.Column, e.Reason)
	}
	return fmt.Sprintf("margin %s, category %q: %s", e.Column, e.Name, e.Reason)
}

// LonelyError is a stratum with one primary sampling unit, from which nothing can be learned about how units differ.
type LonelyError struct {
	Stratum    string // empty: the design has no strata, the whole sample is one unit
	Respondent int    // one that the unit holds, counted from 0
}

func (e *LonelyError) Error() string {
	if e.Stratum == "" {
		return "the sample has one primary sampling unit, at least two are needed"
	}
	return fmt.Sprintf("stratum %q has one primary sampling unit; join it to a similar stratum or choose a rule for such strata", e.Stratum)
}

// perRespondent wants n values of a part.
func perRespondent(part Part, column string, got, n int) error {
	if got != n {
		return &InputError{part, column, -1, fmt.Sprintf("%d values for %d respondents", got, n)}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// known gives what can be published of a result: nothing where it is not a finite number.
func known(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
