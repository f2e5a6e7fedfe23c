package index

import "fmt"

// InvalidError is what is wrong with one item of a list that was handed in: a node of the tree, a goalpost, a draw.
type InvalidError struct {
	Item  int    // place in the list, from 0
	Code  string // of the node or unit, where there is one
	Field string // Level, iCode, Direction, Weight, Parent and so on, as the tables name their columns
	Text  string
}

func (e *InvalidError) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("%s: %s", e.Field, e.Text)
	}
	return fmt.Sprintf("%s: %s: %s", e.Code, e.Field, e.Text)
}

// NotPositiveError is a value that a mean cannot take: geometric and harmonic means need values above 0, power means values of at least 0.
type NotPositiveError struct {
	Row        int // of the table that was handed in, from 0
	Unit, Code string
	Value      float64
	Mean       Aggregation
}

func (e *NotPositiveError) Error() string {
	need := "above 0"
	if e.Mean.Kind == Power && e.Mean.Power > 0 {
		need = "of at least 0"
	}
	return fmt.Sprintf("%s of %s is %v, and %s takes values %s; normalise to a positive range first, as minmax:1:100", e.Code, e.Unit, e.Value, e.Mean, need)
}

// Warning is something that could not be computed, or that whoever reads the result should know.
type Warning struct {
	Step string // denominate, impute, treat, normalise, aggregate
	Code string // of the indicator or aggregate
	Text string
}

func (w Warning) String() string { return w.Step + ": " + w.Code + ": " + w.Text }
