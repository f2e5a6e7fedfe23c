package index

import (
	"cmp"
	"errors"
	"slices"
)

// errNoPanel is the answer to a filling that looks at other periods where there is one only.
var errNoPanel = errors.New("there is one period only: locf and linear need a panel, with a column Time")

// fillPeriods fills in from other periods of the same unit.
func fillPeriods(t *Table, how Filling) ([][]float64, error) {
	if t.periods == nil {
		return nil, errNoPanel
	}
	var units []string
	rows := map[string][]int{}
	for i, unit := range t.units {
		if rows[unit] == nil {
			units = append(units, unit)
		}
		rows[unit] = append(rows[unit], i)
	}
	for _, list := range rows {
		slices.SortFunc(list, func(a, b int) int { return cmp.Compare(t.periods[a], t.periods[b]) })
	}
	return each(t, func(column []float64) []float64 {
		filled := append([]float64(nil), column...)
		for _, unit := range units {
			if how == LastValue {
				carryForward(filled, rows[unit])
			} else {
				interpolate(filled, rows[unit], t.periods)
			}
		}
		return filled
	}), nil
}

// carryForward fills each missing value with the last one before it. Rows are in the order of time.
func carryForward(column []float64, rows []int) {
	for k := 1; k < len(rows); k++ {
		if isMissing(column[rows[k]]) {
			column[rows[k]] = column[rows[k-1]]
		}
	}
}

// interpolate fills each missing value on the line between its neighbours in time, and beyond the first and last value with these.
func interpolate(column []float64, rows []int, periods []float64) {
	before := -1 // place in rows of the last value that was there
	for k, row := range rows {
		if isMissing(column[row]) {
			continue
		}
		for gap := before + 1; gap < k; gap++ {
			column[rows[gap]] = column[row]
			if before >= 0 {
				a, b := rows[before], row
				part := (periods[rows[gap]] - periods[a]) / (periods[b] - periods[a])
				column[rows[gap]] = column[a] + part*(column[b]-column[a])
			}
		}
		before = k
	}
	for gap := before + 1; before >= 0 && gap < len(rows); gap++ {
		column[rows[gap]] = column[rows[before]]
	}
}
