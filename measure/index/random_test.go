package index_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/index"
)

// world is an invented table with its tree.
type world struct {
	table     *index.Table
	structure *index.Structure
	nodes     []index.Node
	cells     [][]float64 // by row and column
	gaps      [][]bool
	units     []string
}

// drawWorld draws 1 to 12 units with 2 to 8 indicators in one or two groups below a top, or right below it. Values are drawn by number.
func drawWorld(t *rapid.T, number *rapid.Generator[float64], withGaps bool) world {
	var w world
	units, indicators := rapid.IntRange(1, 12).Draw(t, "units"), rapid.IntRange(2, 8).Draw(t, "indicators")
	groups := rapid.IntRange(0, 2).Draw(t, "groups")
	weight := rapid.SampledFrom([]float64{1, 1, 2, 0.3})
	for j := range indicators {
		parent := "Top"
		if groups > 0 {
			parent = fmt.Sprintf("G%d", j%groups)
		}
		w.nodes = append(w.nodes, index.Node{Level: 1, Code: fmt.Sprintf("I%d", j), Direction: rapid.SampledFrom([]int{1, -1}).Draw(t, "direction"), Weight: weight.Draw(t, "weight"), Parent: parent})
	}
	for g := range groups {
		w.nodes = append(w.nodes, index.Node{Level: 2, Code: fmt.Sprintf("G%d", g), Direction: 1, Weight: weight.Draw(t, "weight"), Parent: "Top"})
	}
	w.nodes = append(w.nodes, index.Node{Level: min(groups, 1) + 2, Code: "Top", Direction: 1, Weight: 1})
	var err error
	if w.structure, err = index.NewStructure(w.nodes); err != nil {
		t.Fatal(err)
	}
	for i := range units {
		w.units = append(w.units, fmt.Sprintf("U%d", i))
		var row []float64
		var gaps []bool
		for range indicators {
			row = append(row, number.Draw(t, "value"))
			gaps = append(gaps, withGaps && rapid.IntRange(0, 4).Draw(t, "gap") == 0)
		}
		w.cells, w.gaps = append(w.cells, row), append(w.gaps, gaps)
	}
	w.table = w.make(t, w.units, func(i, j int) (float64, bool) { return w.cells[i][j], !w.gaps[i][j] })
	return w
}

// make makes a table of the same indicators.
func (w world) make(t *rapid.T, units []string, of func(row, column int) (float64, bool)) *index.Table {
	table, err := index.NewTable(units, nil, w.structure.Indicators())
	if err != nil {
		t.Fatal(err)
	}
	for i := range units {
		for j := range w.structure.Indicators() {
			if v, ok := of(i, j); ok {
				if err := table.Set(i, j, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := table.Label("half", labels(len(units))); err != nil {
		t.Fatal(err)
	}
	return table
}

func labels(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = []string{"odd", "even", ""}[i%3]
	}
	return words
}

var (
	fillings   = []string{"none", "mean", "median", "group-mean:half", "group-median:half", "row-mean"}
	treatments = []string{"none", "winsorise:0", "winsorise:2", "winsorise:5"}
	scales     = []string{"none", "minmax:1:100", "zscore:10:2", "scaled:0:10", "rank", "borda", "percentile", "fraction-max", "distance-max", "distance-reference:U0"}
	means      = []string{"amean", "gmean", "hmean", "power:2", "power:-1.5", "power:0.5", "copeland"}
)

// drawMethod draws a method.
func drawMethod(t *rapid.T) index.Method {
	return index.Method{
		Impute:    parsed(t, index.ParseImputation, rapid.SampledFrom(fillings).Draw(t, "impute")),
		Treat:     parsed(t, index.ParseTreatment, rapid.SampledFrom(treatments).Draw(t, "treat")),
		Normalise: parsed(t, index.ParseNormalisation, rapid.SampledFrom(scales).Draw(t, "normalise")),
		Aggregate: parsed(t, index.ParseAggregations, rapid.SampledFrom(means).Draw(t, "aggregate")),
		Threshold: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "threshold"),
	}
}
