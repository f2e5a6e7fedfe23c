package survey_test

import (
	"math"
	"testing"

	"github.com/cityrights/cityrights/test/material"
)

// table is a reference file: its columns by name.
type table map[string][]string

// shared reads a file of the reference material.
func shared(t testing.TB, name string) table {
	t.Helper()
	rows := material.Rows(t, "measure/survey/"+name)
	columns := table{}
	for _, row := range rows[1:] {
		for k, cell := range row {
			columns[rows[0][k]] = append(columns[rows[0][k]], cell)
		}
	}
	return columns
}

// numbers reads a column; an empty cell or NA is missing.
func (c table) numbers(t testing.TB, name string) []float64 {
	t.Helper()
	out := make([]float64, len(c[name]))
	for i, cell := range c[name] {
		if cell == "" || cell == "NA" {
			out[i] = math.NaN()
			continue
		}
		out[i] = material.Number(t, cell)
	}
	if len(out) == 0 {
		t.Fatalf("no column %s", name)
	}
	return out
}
