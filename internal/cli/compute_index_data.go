package cli

import (
	"errors"
	"slices"

	"github.com/cityrights/cityrights/measure/index"
)

// unitTable is iData: the values of the indicators, with what the results repeat about each row.
type unitTable struct {
	values *index.Table
	others *index.Table // columns that indicators are divided by; without columns where none is asked for
	names  []string     // uName of each row; nil where there is none
	times  []string     // Time of each row as it is written; nil where no unit has more than one
	units  []string
	// divisible are columns that iMeta names as denominators and that are there, though nobody asked to divide by them.
	divisible []string
	table     *computeTable
}

// placed names the row of the file, and the column where it is an indicator's, of values that a mean cannot take.
func (u *unitTable) placed(err error) error {
	return eachOf(err, func(err error) error {
		var refused *index.NotPositiveError
		if !errors.As(err, &refused) {
			return err
		}
		column := ""
		if u.table.has(refused.Code) {
			column = refused.Code
		}
		return u.table.wrong(refused.Row, column, "%v", refused)
	})
}

// readUnits reads iData: a row for each unit (and Time, in a panel), a column for each indicator. Label is the column whose words tell groups, if any.
func readUnits(path string, s *index.Structure, label string, denominators bool) (*unitTable, error) {
	t, err := readComputeTable(path, "uCode")
	if err != nil {
		return nil, err
	}
	return unitsOf(t, s, label, denominators)
}

func unitsOf(t *computeTable, s *index.Structure, label string, denominators bool) (*unitTable, error) {
	var wrong computeProblems
	for _, code := range s.Indicators() {
		if !t.has(code) {
			wrong.add(t.missingColumn(code, "iMeta has it as an indicator"))
		}
	}
	made := &unitTable{units: make([]string, len(t.rows)), table: t}
	var divisors []string
	for _, n := range s.Nodes() {
		name := n.Denominator
		switch {
		case name == "" || slices.Contains(divisors, name) || slices.Contains(made.divisible, name):
		case !denominators && t.has(name):
			made.divisible = append(made.divisible, name)
		case denominators:
			if divisors = append(divisors, name); !t.has(name) {
				wrong.add(t.missingColumn(name, "iMeta has it as a denominator"))
			}
		}
	}
	if label != "" && !t.has(label) {
		wrong.add(t.missingColumn(label, "--impute takes its groups from it"))
	}
	periods := made.readRows(t, &wrong)
	if err := wrong.joined(); err != nil {
		return nil, err
	}
	var err error
	if made.values, err = valuesOf(t, made.units, periods, s.Indicators()); err != nil {
		return nil, err
	}
	if made.others, err = valuesOf(t, made.units, periods, divisors); err != nil {
		return nil, err
	}
	if label == "" {
		return made, nil
	}
	words := make([]string, len(t.rows))
	for row := range words {
		words[row] = t.word(row, t.column(label))
	}
	return made, made.values.Label(label, words)
}

// readRows reads what tells the rows apart, and gives their periods; nil where no unit has more than one.
func (u *unitTable) readRows(t *computeTable, wrong *computeProblems) []float64 {
	type key struct {
		unit   string
		period float64
	}
	seen, units := map[key]bool{}, map[string]bool{}
	unit, name, time := t.column("uCode"), t.column("uName"), t.column("Time")
	periods := make([]float64, len(t.rows))
	for row := range t.rows {
		u.units[row] = t.cell(row, unit)
		if name >= 0 {
			u.names = append(u.names, t.cell(row, name))
		}
		if time >= 0 {
			at, present, err := t.number(row, time)
			switch {
			case err != nil:
				wrong.add(err)
			case !present:
				wrong.add(t.wrong(row, "Time", "the period is missing"))
			}
			periods[row] = at
			u.times = append(u.times, t.cell(row, time))
		}
		k := key{u.units[row], periods[row]}
		switch {
		case k.unit == "":
			wrong.add(t.wrong(row, "uCode", "the code of the unit is missing"))
		case seen[k]:
			wrong.add(t.wrong(row, "uCode", "%s stands twice", k.unit))
		}
		seen[k], units[k.unit] = true, true
	}
	if len(units) == len(t.rows) { // each unit has one row: Time says at most how old its figures are
		u.times = nil
		return nil
	}
	return periods
}

// valuesOf reads columns of numbers.
func valuesOf(t *computeTable, units []string, periods []float64, codes []string) (*index.Table, error) {
	made, err := index.NewTable(units, periods, codes)
	if err != nil {
		return nil, err
	}
	var wrong computeProblems
	for row := range t.rows {
		for j, code := range codes {
			v, present, err := t.number(row, t.place[code])
			switch {
			case err != nil:
				wrong.add(err)
			case present:
				if err := made.Set(row, j, v); err != nil {
					wrong.add(t.wrong(row, code, "%v", err))
				}
			}
		}
	}
	return made, wrong.joined()
}
