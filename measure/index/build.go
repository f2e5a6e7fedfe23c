package index

import (
	"errors"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Method says how an index is built. The zero value of each step leaves the data as they are; only Aggregate must be given.
type Method struct {
	Screen    Screening
	Impute    Imputation
	Treat     Treatment
	Normalise Normalisation
	Aggregate []Aggregation // one for all levels, or one for each from the second
	Threshold float64       // smallest share of what belongs to an aggregate that must be there, 0 to 1
}

// Result holds an index and every step on the way to it.
type Result struct {
	Structure    *Structure
	Availability []Availability // of every row handed in
	Screened     *Table
	Imputed      *Table
	Treated      *Table
	Outcomes     []Outcome // of the treatment, in the order of the columns of Treated
	Normalised   *Table
	Scores       *Table    // the aggregates, in the order of Structure.Aggregates
	Ranks        [][]int32 // of Scores, column by column; 0 where missing
	Warnings     []Warning
}

// Build runs every step: screen, impute, treat, normalise, aggregate, rank. The table needs a column for every indicator; others are left out.
func Build(t *Table, s *Structure, m Method) (*Result, error) {
	r := &Result{Structure: s}
	own, err := t.indicators(s)
	if err != nil {
		return nil, err
	}
	if r.Screened, r.Availability, err = m.Screen.Screen(own); err != nil {
		return nil, err
	}
	var warned []Warning
	if r.Imputed, warned, err = m.Impute.Impute(r.Screened, s); err != nil {
		return nil, err
	}
	r.Warnings = append(r.Warnings, warned...)
	r.Treated, r.Outcomes = m.Treat.Treat(r.Imputed)
	if r.Normalised, warned, err = m.Normalise.Normalise(r.Treated, s); err != nil {
		return nil, err
	}
	r.Warnings = append(r.Warnings, warned...)
	if r.Scores, warned, err = Aggregate(r.Normalised, s, m.Aggregate, m.Threshold); err != nil {
		return nil, r.unscreened(err)
	}
	r.Warnings = append(r.Warnings, warned...)
	r.Ranks = Ranks(r.Scores)
	return r, nil
}

// unscreened counts the rows in errors as those of the table that was handed in, of which some were screened out.
func (r *Result) unscreened(err error) error {
	var kept []int
	for row, a := range r.Availability {
		if a.Included() {
			kept = append(kept, row)
		}
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, one := range all {
		var refused *NotPositiveError
		if errors.As(one, &refused) {
			refused.Row = kept[refused.Row]
		}
	}
	return err
}

// indicators gives the table with the columns of the tree's indicators, in its order.
func (t *Table) indicators(s *Structure) (*Table, error) {
	var wrong mistakes.List
	columns := make([][]float64, len(s.leaves))
	for k, leaf := range s.leaves {
		j, ok := t.place[s.nodes[leaf].Code]
		if !ok {
			wrong.Add(&InvalidError{Item: leaf, Code: s.nodes[leaf].Code, Field: "iCode", Text: "the data have no column of this indicator"})
			continue
		}
		columns[k] = t.columns[j]
	}
	if len(wrong) > 0 {
		return nil, wrong.Joined()
	}
	return t.with(s.Indicators(), columns), nil
}
