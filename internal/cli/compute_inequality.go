package cli

import (
	"cmp"
	"errors"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/inequality"
)

type computeInequality struct {
	Table        string  `name:"data" help:"CSV of indicator, dimension, subgroup, order, estimate, se, population, favourable, ordered and reference; a column scale names the largest value that the indicator can have, 100 if not given." required:"" type:"path" env:"CITYRIGHTS_COMPUTE_DATA" placeholder:"FILE"`
	Confidence   float64 `help:"Confidence of intervals, ${default} if not given." default:"0.95" placeholder:"P"`
	Replications int     `help:"Replications of the bootstrap of intervals, ${default} if not given." default:"1000" placeholder:"N"`
	Seed         uint64  `help:"Seed of the bootstrap, ${default} if not given: the same seed gives the same intervals." default:"1" placeholder:"N"`
	Out          string  `help:"Folder for inequality.csv, or a file; without it the table is printed." type:"path" placeholder:"DIR"`
	JSON         bool    `help:"Print the measures as JSON."`

	forceFlag
}

// Help shows an example.
func (computeInequality) Help() string {
	return example("cityrights compute inequality --data groups.csv --out inequality.csv",
		"favourable is 1 where more of the indicator is better. In an ordered dimension, order rises from the most disadvantaged subgroup to the most "+
			"advantaged one. Measures that cannot be computed are empty, with the reason in the column note.",
		"docs/methods/inequality.md explains each measure with an example.")
}

type inequalityReport struct {
	Indicator string          `json:"indicator"`
	Dimension string          `json:"dimension"`
	Measure   inequality.Code `json:"measure"`
	Estimate  *float64        `json:"estimate"`
	Lower     *float64        `json:"lower"`
	Upper     *float64        `json:"upper"`
	Note      string          `json:"note,omitempty"`
}

// Run computes the measures of each dimension of each indicator.
func (i computeInequality) Run(c *call) error {
	if err := checkConfidence(i.Confidence); err != nil {
		return err
	}
	if i.Replications < 2 {
		return usageError{"--replications: a number of 2 or more"}
	}
	t, err := readComputeTable(i.Table, "indicator", "dimension", "subgroup", "estimate", "favourable", "ordered")
	if err != nil {
		return err
	}
	var wrong computeProblems
	list, err := breakdownsOf(t)
	wrong.addEach(err)
	if err != nil {
		i.Replications = 2 // only what is wrong is of interest
	}
	show, end := c.progress(len(list), "breakdowns")
	defer end()
	found := []inequalityReport{}
	var warnings []string
	for n, b := range list {
		if err := show(n); err != nil {
			return err
		}
		summary, err := inequality.Summarise(*b, inequality.Options{Confidence: i.Confidence, Replications: i.Replications, Seed: i.Seed})
		if err != nil {
			wrong.addEach(eachOf(err, func(err error) error { return refusedBreakdown(t, err) }))
			continue
		}
		for _, text := range summary.Warnings {
			warnings = append(warnings, b.Indicator+", "+b.Dimension+": "+text)
		}
		for _, m := range summary.Measures {
			one := inequalityReport{Indicator: b.Indicator, Dimension: b.Dimension, Measure: m.Code, Estimate: m.Estimate, Note: cmp.Or(m.Missing, m.Open)}
			if m.Interval != nil {
				one.Lower, one.Upper = &m.Interval.Lower, &m.Interval.Upper
			}
			found = append(found, one)
		}
	}
	end()
	if err := wrong.joined(); err != nil {
		return err
	}
	c.warn(warnings...)
	table := resultTable{"inequality.csv", []string{"indicator", "dimension", "measure", "estimate", "lower", "upper", "note"}, func(yield func([]string) bool) {
		for _, f := range found {
			if !yield([]string{f.Indicator, f.Dimension, string(f.Measure), decimalOf(f.Estimate), decimalOf(f.Lower), decimalOf(f.Upper), f.Note}) {
				return
			}
		}
	}}
	return c.deliver(i.Out, i.JSON, found, table)
}

// refusedBreakdown puts an error of the method into the file.
func refusedBreakdown(t *computeTable, err error) error {
	var invalid *inequality.InvalidError
	if errors.As(err, &invalid) {
		return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: invalid.Row, Column: invalid.Column}, Text: invalid.Text}
	}
	return placed(t.name, err.Error())
}

// breakdownsOf gathers the rows of each breakdown, in the order in which breakdowns begin.
func breakdownsOf(t *computeTable) ([]*inequality.Breakdown, error) {
	type key struct{ indicator, dimension string }
	var list []*inequality.Breakdown
	known := map[key]*inequality.Breakdown{}
	var wrong computeProblems
	for row := range t.rows {
		s, kind, errs := t.subgroup(row)
		for _, err := range errs {
			wrong.add(err)
		}
		if len(errs) > 0 {
			continue
		}
		k := key{kind.Indicator, kind.Dimension}
		b := known[k]
		if b == nil {
			b = &kind
			known[k] = b
			list = append(list, b)
		}
		for _, part := range []struct {
			column string
			same   bool
		}{{"favourable", b.Favourable == kind.Favourable}, {"ordered", b.Ordered == kind.Ordered}, {"scale", b.Scale == kind.Scale}} {
			if !part.same {
				wrong.add(t.wrong(row, part.column, "it differs from the first row of %s by %s", kind.Indicator, kind.Dimension))
			}
		}
		b.Subgroups = append(b.Subgroups, s)
	}
	return list, wrong.joined()
}

// subgroup reads a row: the subgroup, and what the row says of its breakdown.
func (t *computeTable) subgroup(row int) (s inequality.Subgroup, b inequality.Breakdown, errs []error) {
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	s = inequality.Subgroup{Name: t.cell(row, t.column("subgroup")), Row: t.rows[row].Line}
	b = inequality.Breakdown{Indicator: t.cell(row, t.column("indicator")), Dimension: t.cell(row, t.column("dimension"))}
	for _, cell := range []struct{ column, text string }{{"indicator", b.Indicator}, {"dimension", b.Dimension}, {"subgroup", s.Name}} {
		if cell.text == "" {
			note(t.wrong(row, cell.column, "the %s is missing", cell.column))
		}
	}
	for _, cell := range []struct {
		column string
		into   **float64
	}{{"order", &s.Order}, {"estimate", &s.Estimate}, {"se", &s.SE}, {"population", &s.Population}} {
		v, present, err := t.number(row, t.column(cell.column))
		note(err)
		*cell.into = optional(v, present)
	}
	for _, cell := range []struct {
		column string
		into   *bool
		needed bool
	}{{"favourable", &b.Favourable, true}, {"ordered", &b.Ordered, true}, {"reference", &s.Reference, false}} {
		yes, present, err := t.yesNo(row, t.column(cell.column))
		note(err)
		if err == nil && cell.needed && !present {
			note(t.wrong(row, cell.column, "write 1 for yes or 0 for no"))
		}
		*cell.into = yes
	}
	scale, present, err := t.number(row, t.column("scale"))
	note(err)
	if present && scale <= 0 {
		note(t.wrong(row, "scale", "%v is not a positive number", scale))
	}
	b.Scale = scale
	return s, b, errs
}
