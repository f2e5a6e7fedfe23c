package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/disclosure"
)

type computeSuppress struct {
	Tables    []string `name:"table" help:"CSV of counts with totals in the last row and the last column, with or without names of rows and columns. Give it again for further tables: cells of equal names are one." required:"" type:"path" sep:"none" placeholder:"FILE"`
	Threshold int64    `help:"Hide counts above 0 and below this." required:"" placeholder:"K"`
	Percent   float64  `help:"Hide so much that no hidden count can be worked out to within so many per cent of it." placeholder:"P"`
	Round     int64    `help:"Print what is shown rounded to multiples of this." placeholder:"B"`
	Reasons   bool     `help:"Add to the audit why each cell is blank, what the blanks cost and the bound: for those who hold the table, never for publication."`
	Out       string   `help:"Folder for each table under its own name and for audit.json; without it one table is printed." type:"path" placeholder:"DIR"`
	JSON      bool     `help:"Print the audit as JSON."`

	forceFlag
}

// Help shows an example.
func (computeSuppress) Help() string {
	return example("cityrights compute suppress --table shelter.csv --threshold 10 --out public",
		"Hides what is too small, and the least beside it that keeps it from being worked out. Everything is attacked before it is written: audit.json has, "+
			"for each blank, the interval that an attacker finds, and nothing that would tell an attacker more.",
		"A hidden cell costs its count and one: what all cost, and a proven bound below which no pattern costs less, are printed where --out is given. "+
			"Rounded parts need not add up to their rounded total.")
}

// suppressAudit says what was hidden and what an attacker finds. Cost and bound are sums of hidden counts, and whoever knows which blanks are too small
// knows more of the others, so these are left out unless they are asked for.
type suppressAudit struct {
	Threshold int64           `json:"threshold"`
	Percent   float64         `json:"percent,omitempty"`
	Round     int64           `json:"round,omitempty"`
	Cost      *int64          `json:"cost,omitempty"`
	Bound     *int64          `json:"bound,omitempty"` // no pattern costs less
	Optimal   bool            `json:"optimal"`
	Protected bool            `json:"protected"` // every too small count keeps the interval it needs
	Tables    []suppressTable `json:"tables"`
}

type suppressTable struct {
	File   string          `json:"file"`
	Blanks []suppressBlank `json:"blanks"`
}

// suppressBlank is one hidden cell; it never has the count itself.
type suppressBlank struct {
	Row    int    `json:"row"` // from 1, of the counts and totals, names left aside
	Column int    `json:"column"`
	Name   string `json:"name,omitempty"`
	Reason string `json:"reason,omitempty"` // primary: too small; secondary: it would give another one away
	Lower  int64  `json:"lower"`
	Upper  *int64 `json:"upper"` // null: there is no upper end
}

// Run hides, attacks and writes.
func (s computeSuppress) Run(c *call) error {
	switch {
	case s.Threshold < 2:
		return usageError{"--threshold: below 2 nothing is hidden"}
	case !(s.Percent >= 0 && s.Percent <= 100):
		return usageError{"--percent: take a number from 0 to 100"}
	case s.Round < 0:
		return usageError{"--round: take a whole number above 0"}
	case len(s.Tables) > 1 && s.Out == "" && !s.JSON:
		return usageError{"--out: name a folder where there are several tables"}
	}
	tables := make([]*crossTable, len(s.Tables))
	two := make([]*disclosure.Table, len(s.Tables))
	names := map[string]bool{}
	var wrong computeProblems
	for i, path := range s.Tables {
		var err error
		if tables[i], two[i], err = readCrossTable(path); err != nil {
			wrong.addEach(err)
			continue
		}
		if name := filepath.Base(path); names[name] {
			wrong.add(placed(path, "two tables have this file name, and would be written into one file"))
		}
		names[filepath.Base(path)] = true
		if len(s.Tables) > 1 && !tables[i].named() {
			wrong.add(placed(path, "the table has no names of rows and columns, by which several tables are linked"))
		}
	}
	if err := wrong.joined(); err != nil {
		return err
	}
	whole, places := two[0], [][]int{nil}
	if len(two) > 1 {
		var err error
		if whole, places, err = disclosure.Link(two...); err != nil {
			var wrong *disclosure.TableError
			if errors.As(err, &wrong) && wrong.Table > 0 {
				return placed(s.Tables[wrong.Table-1], wrong.Text)
			}
			return err
		}
	} else {
		for i := range whole.Cells {
			places[0] = append(places[0], i)
		}
	}
	needs := disclosure.Widen(whole, whole.Below(s.Threshold), s.Percent)
	pattern, err := whole.Suppress(needs)
	if errors.Is(err, disclosure.ErrUnprotectable) {
		return fmt.Errorf("%w: join rows or columns, and try again", err)
	}
	if err != nil {
		return err
	}
	audit := s.audit(tables, places, needs, pattern)
	results := make([]resultFile, 0, len(tables)+1)
	for i, t := range tables {
		hidden := make([]bool, len(places[i]))
		for cell, place := range places[i] {
			hidden[cell] = pattern.Hidden[place]
		}
		results = append(results, t.shown(filepath.Base(s.Tables[i]), hidden, s.Round))
	}
	if err := c.deliver(s.Out, s.JSON, audit, append(results, resultJSON{"audit.json", audit})...); err != nil || s.JSON || s.Out == "" {
		return err
	}
	fmt.Fprintf(c.Stdout, "%d blanks at a cost of %d; no pattern costs less than %d. The tables and audit.json are in %s.\n", len(pattern.Intervals), pattern.Cost,
		pattern.Bound, plain(s.Out))
	return nil
}

func (s computeSuppress) audit(tables []*crossTable, places [][]int, needs []disclosure.Need, p disclosure.Pattern) suppressAudit {
	audit := suppressAudit{Threshold: s.Threshold, Percent: s.Percent, Round: s.Round, Optimal: p.Optimal(), Protected: true}
	if s.Reasons {
		audit.Cost, audit.Bound = &p.Cost, &p.Bound
	}
	found := map[int]disclosure.Interval{}
	for _, i := range p.Intervals {
		found[i.Cell] = i
	}
	for i, t := range tables {
		of := suppressTable{File: filepath.Base(s.Tables[i]), Blanks: []suppressBlank{}}
		for cell, place := range places[i] {
			interval, hidden := found[place]
			if !hidden {
				continue
			}
			b := suppressBlank{Row: cell/t.columns() + 1, Column: cell%t.columns() + 1, Lower: interval.Lower}
			if t.named() {
				b.Name = t.name(cell)
			}
			switch {
			case !s.Reasons:
			case slices.ContainsFunc(needs, func(n disclosure.Need) bool { return n.Cell == place }):
				b.Reason = "primary"
			default:
				b.Reason = "secondary"
			}
			if !interval.Open {
				b.Upper = &interval.Upper
			}
			of.Blanks = append(of.Blanks, b)
		}
		audit.Tables = append(audit.Tables, of)
	}
	return audit
}

// blankedTable is a table with blanks for what is hidden.
type blankedTable struct{ resultTable }

// shown is the table with blanks for what is hidden.
func (t *crossTable) shown(name string, hidden []bool, base int64) blankedTable {
	return blankedTable{resultTable{name, t.head, func(yield func([]string) bool) {
		for i, counts := range t.counts {
			var row []string
			if t.labels != nil {
				row = append(row, t.labels[i])
			}
			for j, n := range counts {
				cell := ""
				if !hidden[i*len(counts)+j] {
					cell = strconv.FormatInt(disclosure.Round(n, base), 10)
				}
				row = append(row, cell)
			}
			if !yield(row) {
				return
			}
		}
	}}}
}
