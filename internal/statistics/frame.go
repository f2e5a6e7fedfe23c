package statistics

import (
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// frame is a table whose header has been understood.
type frame struct {
	delimiter byte
	header    []string
	roles     []Role
	merged    map[int]int // a column spelt like an earlier one, to that one
	rows      []sheet.Row
	declared  bool // the form itself says that these are series: no placeholder, no list of records
}

// newFrame finds the header and what each column is for. names are the role tables, the first one first; aside are columns that the
// source's own configuration takes out of the dimensions. It adds an error where the table cannot be used.
func newFrame(t *sheet.Table, f *findings, aside map[string]bool, names ...map[string]Role) *frame {
	f.reading(t)
	top := headerRow(t, names)
	if top < 0 {
		var have []string
		if len(t.Rows) > 0 {
			have = t.Rows[0].Cells
		}
		f.add(Error, "table.header", 1, "", "columns", choices(tidyAll(have)))
		return nil
	}
	for _, row := range t.Rows[:top] {
		f.add(Warning, "row.preface", row.Line, "", "text", strings.Join(row.Cells, " "))
	}
	fr := &frame{delimiter: t.Delimiter, header: tidyAll(t.Rows[top].Cells), merged: map[int]int{}}
	fr.setRoles(names, aside)
	fr.setRows(t, top, f)
	fr.settle(t.Rows[top].Line, f)
	return fr
}

func tidyAll(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = tidyText(cell)
	}
	return out
}

// headerRow finds the first of the first ten rows that names a period and a value column.
func headerRow(t *sheet.Table, names []map[string]Role) int {
	for i, row := range t.Rows[:min(10, len(t.Rows))] {
		var period, value bool
		for _, cell := range row.Cells {
			role := roleOf(cell, names)
			period, value = period || role == periodRole, value || role == valueRole
		}
		if period && value {
			return i
		}
	}
	return -1
}

func roleOf(name string, names []map[string]Role) Role {
	for _, table := range names {
		if role, ok := table[foldName(name)]; ok {
			return role
		}
	}
	if role, _ := boundRole(name); role != "" {
		return role
	}
	return Dimension
}

// setRoles gives each column its role. Where several could have a role that only one may have, the one with the usual name gets it, else
// the first; another that could hold the period or the value is a dimension, the rest are set aside.
func (fr *frame) setRoles(names []map[string]Role, aside map[string]bool) {
	fr.roles = make([]Role, len(fr.header))
	first := map[Role]int{}
	byName := map[string]int{}
	for i, name := range fr.header {
		key := foldName(name)
		role := roleOf(name, names)
		if aside[key] && role == Dimension {
			role = ignored
		}
		fr.roles[i] = role
		if key == "" {
			continue
		}
		if at, twice := byName[key]; twice {
			fr.merged[i] = at
			continue
		}
		byName[key] = i
		if role == Dimension || role == Measure || role == Generic || role == ignored {
			continue
		}
		other, taken := first[role]
		if !taken || usualNames[key] {
			first[role] = i
		} else {
			other = i
		}
		if taken {
			fr.roles[other] = ignored
			if role == periodRole || role == valueRole {
				fr.roles[other] = Dimension
			}
		}
	}
	fr.pairBounds()
}

// usualNames are the names that the documented formats give to columns of which there is one.
var usualNames = invertWords("year|value|indicator|source indicator|lower|upper")

// setRows takes the rows under the header, each as long as it.
func (fr *frame) setRows(t *sheet.Table, top int, f *findings) {
	rows := t.Rows[top+1:]
	fr.rows = make([]sheet.Row, 0, len(rows))
	for i, row := range rows {
		if len(row.Cells) < len(fr.header) {
			code := "row.short"
			if t.Open && i == len(rows)-1 {
				code = "row.cut"
			}
			f.add(Error, code, row.Line, "", "cells", itoa(len(row.Cells)), "columns", itoa(len(fr.header)))
			continue
		}
		if !(sheet.Row{Cells: row.Cells[len(fr.header):]}).Blank() {
			f.add(Error, "row.long", row.Line, "")
			continue
		}
		row.Cells = row.Cells[:len(fr.header)]
		if same(row.Cells, fr.header) {
			f.add(Warning, "row.header", row.Line, "")
			continue
		}
		for from, to := range fr.merged {
			if row.Cells[from] = tidyText(row.Cells[from]); row.Cells[from] == "" {
				continue
			}
			if tidyText(row.Cells[to]) != "" {
				f.add(Error, "column.twice", row.Line, fr.header[from])
			}
			row.Cells[to] = row.Cells[from]
		}
		fr.rows = append(fr.rows, row)
	}
}

func same(a, b []string) bool {
	for i := range a {
		if fold(a[i]) != fold(b[i]) {
			return false
		}
	}
	return true
}

// settle decides by their cells what columns without a name, and columns named status or count, are for.
func (fr *frame) settle(line int, f *findings) {
	for i, name := range fr.header {
		if to, ok := fr.merged[i]; ok {
			fr.roles[i] = ignored
			f.add(Warning, "column.merged", line, name, "other", fr.header[to])
			continue
		}
		switch {
		case name == "":
			fr.roles[i] = ignored
			fr.settleUnnamed(i, line, f)
		case fr.roles[i] == statusRole && !strings.HasPrefix(foldName(name), "obs"):
			if !fr.all(i, func(_ int, cell string) bool { return cell == "" || statusWords[fold(cell)] }) {
				fr.roles[i] = Dimension
			}
		case fr.roles[i] == countRole && !fr.all(i, countCell):
			fr.roles[i] = Dimension
		}
	}
}

// settleUnnamed accepts a column without a name if it is empty, or numbers the rows.
func (fr *frame) settleUnnamed(i, line int, f *findings) {
	switch {
	case fr.all(i, func(_ int, cell string) bool { return cell == "" }):
	case fr.all(i, func(row int, cell string) bool { return cell == itoa(row) || cell == itoa(row+1) }):
		f.add(Note, "column.index", line, itoa(i+1))
	default:
		f.add(Error, "column.unnamed", line, itoa(i+1))
	}
}

// countCell tells whether a cell can stand in a column of counts.
func countCell(_ int, cell string) bool {
	return cell == "" || wholeNumber(cell) || marks[fold(cell)] || limitMark.MatchString(fold(cell))
}

// all asks whether every cell of a column passes; a column of no rows does.
func (fr *frame) all(column int, ok func(row int, cell string) bool) bool {
	for i, row := range fr.rows {
		if !ok(i, tidyText(row.Cells[column])) {
			return false
		}
	}
	return true
}

func wholeNumber(cell string) bool {
	v := readValues([]string{cell}, ',').of(cell)
	return v.kind == number && v.number >= 0 && v.number == float64(int64(v.number))
}

// at gives the column with a role; -1 where there is none.
func (fr *frame) at(role Role) int {
	for i, r := range fr.roles {
		if r == role {
			if _, merged := fr.merged[i]; !merged {
				return i
			}
		}
	}
	return -1
}

// keyed gives the columns that tell rows of a period apart.
func (fr *frame) keyed() []int {
	var list []int
	for i, role := range fr.roles {
		if role == Dimension || role == Measure || role == Generic {
			list = append(list, i)
		}
	}
	return list
}

// statusWords are what sources write into a column of observation statuses (SDMX code list CL_OBS_STATUS and its words).
var statusWords = invertWords("a|b|d|e|f|g|i|k|l|m|n|o|p|q|r|s|u|v|w|undefined|normal|normal value|final|definitive|provisional|provisional value|preliminary|estimate|estimated|" +
	"estimated value|forecast|forecast value|imputed|revised|break|time series break|low reliability|unreliable|confidential|missing|missing value|not significant|suppressed")

// plainStatus are the statuses that say nothing out of the ordinary.
var plainStatus = invertWords("a|undefined|normal|normal value|final|definitive")

func invertWords(list string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.SplitSeq(list, "|") {
		out[word] = true
	}
	return out
}
