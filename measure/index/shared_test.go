package index_test

import (
	"math"
	"slices"
	"testing"

	"github.com/cityrights/cityrights/measure/index"
	"github.com/cityrights/cityrights/test/material"
)

// records is a table of the reference material by column and row.
type records struct {
	header []string
	rows   [][]string
}

// coinr reads a table of COINr's results.
func coinr(t testing.TB, name string) records {
	t.Helper()
	lines := material.Rows(t, "measure/coinr/"+name)
	return records{lines[0], lines[1:]}
}

func (r records) column(name string) []string {
	j := slices.Index(r.header, name)
	if j < 0 {
		return nil
	}
	var list []string
	for _, row := range r.rows {
		list = append(list, row[j])
	}
	return list
}

func value(t testing.TB, cell string) (float64, bool) {
	t.Helper()
	if cell == "" || cell == "NA" {
		return 0, false
	}
	v := material.Number(t, cell)
	// COINr divides by a largest value of 0 and gives Inf, -Inf or NaN; there is no value in that.
	return v, !math.IsInf(v, 0) && !math.IsNaN(v)
}

// table reads the columns of some codes.
func (r records) table(t testing.TB, codes []string) *index.Table {
	t.Helper()
	made, err := index.NewTable(r.column("uCode"), nil, codes)
	if err != nil {
		t.Fatal(err)
	}
	for j, code := range codes {
		for i, cell := range r.column(code) {
			if v, ok := value(t, cell); ok {
				if err := made.Set(i, j, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return made
}

// structure reads in_iMeta.csv.
func structure(t testing.TB) *index.Structure {
	t.Helper()
	meta := coinr(t, "in_iMeta.csv")
	var nodes []index.Node
	for i, kind := range meta.column("Type") {
		if kind != "Indicator" && kind != "Aggregate" {
			continue
		}
		level, _ := value(t, meta.column("Level")[i])
		direction, _ := value(t, meta.column("Direction")[i])
		weight, _ := value(t, meta.column("Weight")[i])
		n := index.Node{Level: int(level), Code: meta.column("iCode")[i], Direction: int(direction), Weight: weight, Parent: meta.column("Parent")[i], Denominator: meta.column("Denominator")[i]}
		if target, ok := value(t, meta.column("Target")[i]); ok {
			n.Target = &target
		}
		nodes = append(nodes, n)
	}
	s, err := index.NewStructure(nodes)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// same compares a table with reference values, by unit and code.
func same(t *testing.T, got *index.Table, want records, tolerance float64) {
	t.Helper()
	codes := want.column("uCode")
	compared := 0
	for i, unit := range got.Units() {
		row := slices.Index(codes, unit)
		if row < 0 {
			t.Fatalf("the reference has no unit %s", unit)
		}
		for j, code := range got.Codes() {
			column := want.column(code)
			if column == nil {
				t.Fatalf("the reference has no column %s", code)
			}
			g, ok := got.At(i, j)
			w, there := value(t, column[row])
			if !there {
				w = 0
			}
			if ok != there || math.Abs(g-w) > tolerance*max(1, math.Abs(w)) {
				t.Errorf("%s of %s is %v (%t), not %v (%t)", code, unit, g, ok, w, there)
			}
			compared++
		}
	}
	if compared == 0 {
		t.Fatal("nothing was compared")
	}
}
