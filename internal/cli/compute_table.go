package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// computeTable is a CSV file that a compute command reads. Rows count from 0 here; errors name the line of the file.
//
//	table, err := readComputeTable(path, "unit", "value") // these columns must be there
//	value := table.column("value")
//	for row := range table.rows {
//		v, present, err := table.number(row, value)
//	}
type computeTable struct {
	name   string // as it was given on the command line
	header []string
	rows   []sheet.Row
	place  map[string]int
}

// computeLimits hold 10,000 units with 1,000 indicators, with room to spare.
var computeLimits = sheet.Limits{Bytes: 512 << 20, Rows: 5_000_000, Columns: 20_000}

// readComputeTable reads a table that has at least the required columns. Each column stands once, and each row has as many cells as the header.
// All that is wrong is told at once, one error for each place, up to a number that a person can read.
func readComputeTable(path string, required ...string) (*computeTable, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	read, err := sheet.Read(file, path, computeLimits)
	if err != nil {
		return nil, err
	}
	return newComputeTable(read, required...)
}

func newComputeTable(read *sheet.Table, required ...string) (*computeTable, error) {
	t := &computeTable{name: read.Name, place: map[string]int{}}
	if len(read.Rows) == 0 {
		return nil, placed(read.Name, "the file is empty; it needs a header and rows")
	}
	var wrong computeProblems
	head := read.Rows[0]
	for j, cell := range head.Cells {
		name := strings.TrimSpace(cell)
		t.header = append(t.header, name)
		if _, twice := t.place[name]; twice && name != "" {
			wrong.add(&fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: head.Line, Column: name}, Text: "the column stands twice"})
			continue
		}
		t.place[name] = j
	}
	for _, name := range required {
		if !t.has(name) {
			wrong.add(&fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: head.Line, Column: name}, Text: "the column is missing"})
		}
	}
	t.rows = read.Rows[1:]
	for row := range t.rows {
		if got := len(t.rows[row].Cells); got != len(t.header) {
			wrong.add(t.wrong(row, "", "the row has %d cells and the header has %d", got, len(t.header)))
		}
	}
	if err := wrong.joined(); err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		return nil, placed(t.name, "the table has a header and no rows")
	}
	return t, nil
}

// has tells whether there is a column.
func (t *computeTable) has(column string) bool {
	_, ok := t.place[column]
	return ok && column != ""
}

// column gives the place of a column; -1 where there is none, which cell then takes as empty.
func (t *computeTable) column(name string) int {
	if !t.has(name) {
		return -1
	}
	return t.place[name]
}

// cell gives the text of a cell as it stands, without spaces around it. A code can be any text, NA too.
func (t *computeTable) cell(row, column int) string {
	if column < 0 {
		return ""
	}
	return strings.TrimSpace(t.rows[row].Cells[column])
}

// word gives the text of a cell; empty where it is missing.
func (t *computeTable) word(row, column int) string {
	if text := t.cell(row, column); text != "NA" {
		return text
	}
	return ""
}

// number gives the number in a cell; present is false where it is missing. Anything that is no finite decimal number is an error.
func (t *computeTable) number(row, column int) (value float64, present bool, err error) {
	text := t.word(row, column)
	if text == "" {
		return 0, false, nil
	}
	if value, err = parseNumber(text); err != nil {
		return 0, false, t.wrong(row, t.header[column], "%s", err)
	}
	return value, true, nil
}

// wrong makes an error of a place in the table. An empty column stands for the whole row.
func (t *computeTable) wrong(row int, column, format string, args ...any) error {
	return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: t.rows[row].Line, Column: column}, Text: fmt.Sprintf(format, args...)}
}

// missingColumn makes an error of a column that the header lacks.
func (t *computeTable) missingColumn(name, why string) error {
	return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Column: name}, Text: "the column is missing: " + why}
}

// parseNumber reads a finite decimal number with a point: 12, -0.5, 1e-3.
func parseNumber(text string) (float64, error) {
	if strings.Trim(text, "0123456789+-.eE") == "" {
		v, err := strconv.ParseFloat(text, 64)
		switch {
		case err == nil:
			return v, nil
		case errors.Is(err, strconv.ErrRange):
			return 0, fmt.Errorf("%q is beyond the range of numbers", text)
		}
	}
	if strings.Count(text, ",") == 1 && strings.Trim(text, "0123456789+-,") == "" {
		return 0, fmt.Errorf("%q is not a number: write a point instead of the comma", text)
	}
	return 0, fmt.Errorf("%q is not a number", text)
}

// computeProblems collects errors, so that all of a table can be mended at once.
type computeProblems []error

// computeEnough is how many are told.
const computeEnough = 20

func (p *computeProblems) add(err error) { *p = append(*p, err) }

// addEach adds errors that are joined one by one, and nothing where there is none.
func (p *computeProblems) addEach(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		*p = append(*p, joined.Unwrap()...)
	} else if err != nil {
		p.add(err)
	}
}

// joined gives all of them as one error, each of which is printed on a line of its own, those of a file in the order of its rows; nil where there
// is none.
func (p computeProblems) joined() error {
	files := map[string]int{} // in the order in which they are first named
	for _, err := range p {
		if file := placeOf(err).File; files[file] == 0 {
			files[file] = len(files) + 1
		}
	}
	slices.SortStableFunc(p, func(a, b error) int {
		at, other := placeOf(a), placeOf(b)
		return cmp.Or(files[at.File]-files[other.File], at.Row-other.Row)
	})
	if more := len(p) - computeEnough; more > 0 {
		return errors.Join(append(p[:computeEnough:computeEnough], fmt.Errorf("and %d more errors", more))...)
	}
	return errors.Join(p...)
}

// placeOf gives the place of an error; none where it has none.
func placeOf(err error) fault.Place {
	var at *fault.Error
	if errors.As(err, &at) {
		return at.Place
	}
	return fault.Place{}
}
