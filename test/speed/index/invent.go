package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/cityrights/cityrights/measure/index"
)

// invented is a table of normal values, a few of them far out, with a tree of groups of ten.
type invented struct {
	table     *index.Table
	structure *index.Structure
	result    *index.Result
}

var usual = index.Method{
	Treat:     index.Treatment{Winsorise: true, Points: 5},
	Normalise: index.Normalisation{Scale: index.MinMax, Lower: 1, Upper: 100},
	Aggregate: []index.Aggregation{{Kind: index.Arithmetic}},
}

// others are the alternatives of COINr's example: five treatments, two normalisations, two means.
var others = index.Alternatives{
	Treat: []index.Treatment{
		{Winsorise: true, Points: 1}, {Winsorise: true, Points: 2}, {Winsorise: true, Points: 3}, {Winsorise: true, Points: 4}, {Winsorise: true, Points: 5},
	},
	Normalise: []index.Normalisation{{Scale: index.MinMax, Lower: 1, Upper: 100}, {Scale: index.ZScore, Lower: 1000, Upper: 2}},
	Aggregate: [][]index.Aggregation{{{Kind: index.Arithmetic}}, {{Kind: index.Geometric}}},
}

func invent(units, indicators int) (*invented, error) {
	random := rand.New(rand.NewPCG(2008, uint64(units)))
	names, codes := make([]string, units), make([]string, indicators)
	for i := range names {
		names[i] = fmt.Sprintf("U%05d", i)
	}
	groups := max(1, indicators/10)
	var nodes []index.Node
	for j := range codes {
		codes[j] = fmt.Sprintf("I%03d", j)
		nodes = append(nodes, index.Node{Level: 1, Code: codes[j], Direction: 1 - 2*(j%2), Weight: 1, Parent: fmt.Sprintf("G%d", j%groups)})
	}
	for g := range groups {
		nodes = append(nodes, index.Node{Level: 2, Code: fmt.Sprintf("G%d", g), Direction: 1, Weight: 1, Parent: "Index"})
	}
	structure, err := index.NewStructure(append(nodes, index.Node{Level: 3, Code: "Index", Direction: 1, Weight: 1}))
	if err != nil {
		return nil, err
	}
	table, err := index.NewTable(names, nil, codes)
	if err != nil {
		return nil, err
	}
	for j := range codes {
		for i := range names {
			v := random.NormFloat64()
			if j%5 == 0 && i < 3 {
				v *= 100
			}
			if err := table.Set(i, j, v); err != nil {
				return nil, err
			}
		}
	}
	result, err := index.Build(table, structure, usual)
	return &invented{table, structure, result}, err
}

// uncertainty repeats the index and keeps every score.
func (i *invented) uncertainty(design index.Random) error {
	_, err := index.Simulation{Result: i.result, Alternatives: others}.Uncertainty(design, true)
	return err
}
