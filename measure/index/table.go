package index

import (
	"fmt"
	"math"
	"slices"
)

// Table holds values of units in columns, one column per code. In a panel a unit has one row for each period. A value that is not there is
// missing: At says so.
type Table struct {
	units   []string
	periods []float64 // one per row; nil where there is one period only
	labels  map[string][]string
	codes   []string
	place   map[string]int
	columns [][]float64 // each as long as units; missing is NaN, in here only
}

var missing = math.NaN()

func isMissing(v float64) bool { return v != v }

func finite(v float64) bool { return v-v == 0 }

// NewTable makes a table without values. Units have one row each unless periods, one per row in years, tell their rows apart. Codes that
// stand twice, and units that stand twice in a period, are an InvalidError.
func NewTable(units []string, periods []float64, codes []string) (*Table, error) {
	if periods != nil && len(periods) != len(units) {
		return nil, fmt.Errorf("%d periods for %d rows", len(periods), len(units))
	}
	t := &Table{units: slices.Clone(units), periods: slices.Clone(periods), labels: map[string][]string{}, codes: slices.Clone(codes), place: map[string]int{}}
	type row struct {
		unit   string
		period float64
	}
	seen := make(map[row]bool, len(units))
	for i, unit := range units {
		r := row{unit: unit}
		if periods != nil {
			if !finite(periods[i]) {
				return nil, &InvalidError{Item: i, Code: unit, Field: "Time", Text: "the period is not a number"}
			}
			r.period = periods[i]
		}
		if unit == "" {
			return nil, &InvalidError{Item: i, Field: "uCode", Text: "the unit has no code"}
		}
		if seen[r] {
			return nil, &InvalidError{Item: i, Code: unit, Field: "uCode", Text: "the unit stands twice"}
		}
		seen[r] = true
	}
	for j, code := range codes {
		if _, twice := t.place[code]; twice || code == "" {
			return nil, &InvalidError{Item: j, Code: code, Field: "iCode", Text: "the column has no code, or one that another column has"}
		}
		t.place[code] = j
	}
	values := make([]float64, len(units)*len(codes))
	for i := range values {
		values[i] = missing
	}
	for range codes {
		t.columns = append(t.columns, values[:len(units):len(units)])
		values = values[len(units):]
	}
	return t, nil
}

// Set puts a value at a row and a column, both from 0. Only finite numbers are values.
func (t *Table) Set(row, column int, value float64) error {
	if !finite(value) {
		return &InvalidError{Item: row, Code: t.units[row], Field: t.codes[column], Text: fmt.Sprintf("%v is not a finite number", value)}
	}
	t.columns[column][row] = value
	return nil
}

// At gives the value at a row and a column; false where it is missing.
func (t *Table) At(row, column int) (float64, bool) {
	v := t.columns[column][row]
	if isMissing(v) {
		return 0, false
	}
	return v, true
}

// Value gives the value of a row in the column of a code; false where it is missing or there is no such column.
func (t *Table) Value(row int, code string) (float64, bool) {
	j, ok := t.place[code]
	if !ok {
		return 0, false
	}
	return t.At(row, j)
}

// Rows is the number of rows.
func (t *Table) Rows() int { return len(t.units) }

// Units are the codes of the units, one per row.
func (t *Table) Units() []string { return slices.Clone(t.units) }

// Codes are the codes of the columns.
func (t *Table) Codes() []string { return slices.Clone(t.codes) }

// Period gives a row's period; false where the table is no panel.
func (t *Table) Period(row int) (float64, bool) {
	if t.periods == nil {
		return 0, false
	}
	return t.periods[row], true
}

// Label gives every row a word under a name, as the group that it belongs to; the empty word is unknown.
func (t *Table) Label(name string, words []string) error {
	if len(words) != len(t.units) {
		return fmt.Errorf("label %s: %d words for %d rows", name, len(words), len(t.units))
	}
	t.labels[name] = slices.Clone(words)
	return nil
}

// with gives a table of the same rows with other columns, which it keeps.
func (t *Table) with(codes []string, columns [][]float64) *Table {
	made := &Table{units: t.units, periods: t.periods, labels: t.labels, codes: codes, columns: columns, place: make(map[string]int, len(codes))}
	for j, code := range codes {
		made.place[code] = j
	}
	return made
}

// keep gives a table of some of the rows.
func (t *Table) keep(rows []int) *Table {
	made := &Table{codes: t.codes, place: t.place, units: pick(t.units, rows), labels: map[string][]string{}}
	if t.periods != nil {
		made.periods = pick(t.periods, rows)
	}
	for name, words := range t.labels {
		made.labels[name] = pick(words, rows)
	}
	for _, column := range t.columns {
		made.columns = append(made.columns, pick(column, rows))
	}
	return made
}

func pick[T any](list []T, rows []int) []T {
	picked := make([]T, len(rows))
	for i, row := range rows {
		picked[i] = list[row]
	}
	return picked
}

// samePeriod gives the rows of each period, the periods in ascending order; all rows at once where the table is no panel.
func (t *Table) samePeriod() [][]int {
	all := make([]int, len(t.units))
	for i := range all {
		all[i] = i
	}
	if t.periods == nil {
		return [][]int{all}
	}
	var groups [][]int
	of := map[float64]int{}
	for _, period := range slices.Sorted(slices.Values(t.periods)) {
		if _, known := of[period]; !known {
			of[period] = len(groups)
			groups = append(groups, nil)
		}
	}
	for i, period := range t.periods {
		groups[of[period]] = append(groups[of[period]], i)
	}
	return groups
}
