package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// crossTable is a table of counts whose last row and last column are totals.
type crossTable struct {
	head   []string // of the columns, with that of the names of rows; nil: there is none
	labels []string // of the rows; nil: they have none
	counts [][]int64
	lines  []int // of the file, of each row
}

// readCrossTable reads a table. Its first row is a header where one of its cells, beside the first, is no number; its first column holds names
// where one of its cells, beside the first, is no number.
func readCrossTable(path string) (*crossTable, *disclosure.Table, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = file.Close() }()
	read, err := sheet.Read(file, path, computeLimits)
	if err != nil {
		return nil, nil, err
	}
	t, err := crossTableOf(read)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	if t.named() {
		for cell := range len(t.counts) * t.columns() {
			names = append(names, t.name(cell))
		}
	}
	two, err := disclosure.TwoWay(t.counts, names)
	if err != nil {
		return nil, nil, t.placed(path, err)
	}
	return t, two, nil
}

// placed gives an error of the method, and of several joined ones each, its place in the file.
func (t *crossTable) placed(path string, err error) error {
	return eachOf(err, func(err error) error { return t.placedOne(path, err) })
}

func (t *crossTable) placedOne(path string, err error) error {
	var wrong *disclosure.TableError
	if !errors.As(err, &wrong) {
		return placed(path, err.Error())
	}
	at := &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: path}, Text: wrong.Text}
	if wrong.Row > 0 {
		at.Place.Row = t.lines[wrong.Row-1]
	}
	if wrong.Column > 0 {
		column := wrong.Column
		if t.labels != nil {
			column++
		}
		at.Place.Column = t.columnName(column)
	}
	return at
}

// columnName is what errors call a column of the file, counted from 1.
func (t *crossTable) columnName(column int) string {
	if column <= len(t.head) && t.head[column-1] != "" {
		return t.head[column-1]
	}
	return strconv.Itoa(column)
}

func crossTableOf(read *sheet.Table) (*crossTable, error) {
	rows := read.Rows
	if len(rows) == 0 {
		return nil, placed(read.Name, "the file is empty; it needs counts, with totals in the last row and column")
	}
	t := &crossTable{}
	if len(rows[0].Cells) > 1 && anyText(rows[0].Cells[1:]) {
		for _, cell := range rows[0].Cells {
			t.head = append(t.head, strings.TrimSpace(cell))
		}
		rows = rows[1:]
	}
	var first []string
	for i, r := range rows {
		if i > 0 || t.head != nil {
			first = append(first, r.Cells[0])
		}
	}
	named := anyText(first)
	width := len(read.Rows[0].Cells)
	var wrong computeProblems
	if named {
		for j, name := range t.head {
			if j > 0 && slices.Contains(t.head[1:j], name) {
				wrong.add(&fault.Error{Kind: fault.Invalid, Place: fault.Place{File: read.Name, Row: read.Rows[0].Line, Column: name}, Text: "the column stands twice"})
			}
		}
	}
	for _, r := range rows {
		at := func(column int, format string, args ...any) {
			e := &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: read.Name, Row: r.Line}, Text: fmt.Sprintf(format, args...)}
			if column > 0 {
				e.Place.Column = t.columnName(column)
			}
			wrong.add(e)
		}
		if len(r.Cells) != width {
			at(0, "the row has %d cells and the first has %d", len(r.Cells), width)
			continue
		}
		cells := r.Cells
		if named {
			label := strings.TrimSpace(cells[0])
			if t.head != nil && slices.Contains(t.labels, label) {
				at(1, "a row is named %q already", label)
			}
			t.labels = append(t.labels, label)
			cells = cells[1:]
		}
		counts := make([]int64, len(cells))
		for j, cell := range cells {
			column := j + 1 + width - len(cells)
			text := strings.TrimSpace(cell)
			n, err := strconv.ParseInt(text, 10, 64)
			switch {
			case text == "":
				at(column, "the count is missing; a table that is to be protected is complete")
			case err != nil:
				at(column, "%q is not a whole number", text)
			case n < 0:
				at(column, "%d is negative, and counts are not", n)
			}
			counts[j] = n
		}
		t.counts, t.lines = append(t.counts, counts), append(t.lines, r.Line)
	}
	if len(rows) == 0 {
		return nil, placed(read.Name, "the table has a header and no rows")
	}
	return t, wrong.joined()
}

// anyText tells whether one of the cells holds something that is no number.
func anyText(cells []string) bool {
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if _, err := parseNumber(c); err != nil {
			return true
		}
	}
	return false
}

func (t *crossTable) named() bool { return t.head != nil && t.labels != nil }

func (t *crossTable) columns() int { return len(t.counts[0]) }

// name is that of a cell, by which tables are linked: of its row and its column.
func (t *crossTable) name(cell int) string {
	return t.labels[cell/t.columns()] + " / " + t.head[1+cell%t.columns()]
}
