package index_test

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/index"
)

// Two indicators of three towns, one of which is missing a value; early deaths are better when fewer.
func Example() {
	structure, err := index.NewStructure([]index.Node{
		{Level: 1, Code: "Clinics", Direction: 1, Weight: 2, Parent: "Health"},
		{Level: 1, Code: "Deaths", Direction: -1, Weight: 1, Parent: "Health"},
		{Level: 2, Code: "Health", Direction: 1, Weight: 1},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := index.NewTable([]string{"Arle", "Brook", "Cove"}, nil, structure.Indicators())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range []struct {
		row, column int
		value       float64
	}{{0, 0, 12}, {0, 1, 40}, {1, 0, 30}, {1, 1, 10}, {2, 0, 21}} {
		if err := table.Set(v.row, v.column, v.value); err != nil {
			fmt.Println(err)
			return
		}
	}
	result, err := index.Build(table, structure, index.Method{
		Normalise: index.Normalisation{Scale: index.MinMax, Lower: 0, Upper: 100},
		Aggregate: []index.Aggregation{{Kind: index.Arithmetic}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, town := range result.Scores.Units() {
		score, _ := result.Scores.Value(row, "Health")
		fmt.Printf("%s %.0f, rank %d\n", town, score, result.Ranks[0][row])
	}
	// Output:
	// Arle 0, rank 3
	// Brook 100, rank 1
	// Cove 50, rank 2
}
