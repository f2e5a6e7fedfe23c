package index_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cityrights/cityrights/measure/index"
)

// invented makes a table of units and indicators with a tree of groups of about ten; a few values stand far out.
func invented(t testing.TB, units, indicators int) (*index.Table, *index.Structure) {
	t.Helper()
	random := rand.New(rand.NewPCG(2008, uint64(units)))
	names, codes := make([]string, units), make([]string, indicators)
	for i := range names {
		names[i] = fmt.Sprintf("U%05d", i)
	}
	groups := max(1, indicators/10)
	var nodes []index.Node
	for j := range codes {
		codes[j] = fmt.Sprintf("I%03d", j)
		nodes = append(nodes, index.Node{Level: 1, Code: codes[j], Direction: 1 - 2*(j%2), Weight: 1 + float64(j%3), Parent: fmt.Sprintf("G%d", j%groups)})
	}
	for g := range groups {
		nodes = append(nodes, index.Node{Level: 2, Code: fmt.Sprintf("G%d", g), Direction: 1, Weight: 1, Parent: "Index"})
	}
	s, err := index.NewStructure(append(nodes, index.Node{Level: 3, Code: "Index", Direction: 1, Weight: 1}))
	if err != nil {
		t.Fatal(err)
	}
	table, err := index.NewTable(names, nil, codes)
	if err != nil {
		t.Fatal(err)
	}
	for j := range codes {
		for i := range names {
			v := random.NormFloat64()
			if j%5 == 0 && i < 3 {
				v *= 100
			}
			if err := table.Set(i, j, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table, s
}

var usual = index.Method{
	Treat:     index.Treatment{Winsorise: true, Points: 5},
	Normalise: index.Normalisation{Scale: index.MinMax, Lower: 1, Upper: 100},
	Aggregate: []index.Aggregation{{Kind: index.Arithmetic}},
}

var others = index.Alternatives{
	Treat:     []index.Treatment{{Winsorise: true, Points: 1}, {Winsorise: true, Points: 2}, {Winsorise: true, Points: 3}, {Winsorise: true, Points: 4}, {Winsorise: true, Points: 5}},
	Normalise: []index.Normalisation{{Scale: index.MinMax, Lower: 1, Upper: 100}, {Scale: index.ZScore, Lower: 1000, Upper: 2}},
	Aggregate: [][]index.Aggregation{{{Kind: index.Arithmetic}}, {{Kind: index.Geometric}}},
}

func built(t testing.TB, table *index.Table, s *index.Structure, m index.Method) *index.Result {
	t.Helper()
	r, err := index.Build(table, s, m)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func BenchmarkUncertaintyOfTheReference(b *testing.B) {
	s := structure(b)
	alternatives, draws := drawn(b, s)
	simulation := index.Simulation{Result: nominal(b, s), Alternatives: alternatives}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := simulation.Uncertainty(draws, true); err != nil {
			b.Fatal(err)
		}
	}
}

// Every weight varies, that of each indicator too, so that no part of a replication can be taken from another.
func BenchmarkUncertainty(b *testing.B) {
	for _, size := range [][3]int{{51, 49, 1000}, {1000, 200, 100}, {10_000, 300, 10}} {
		b.Run(fmt.Sprintf("%d×%d×%d", size[0], size[1], size[2]), func(b *testing.B) {
			table, s := invented(b, size[0], size[1])
			simulation := index.Simulation{Result: built(b, table, s, usual), Alternatives: others}
			design := index.Random{Alternatives: others, Noise: 0.25, Replications: size[2], Seed: 7}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := simulation.Uncertainty(design, true); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSensitivity(b *testing.B) {
	table, s := invented(b, 51, 49)
	simulation := index.Simulation{Result: built(b, table, s, usual), Alternatives: others}
	design := index.Sobol{Alternatives: others, Noise: 0.25, Samples: 500, Seed: 7}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := simulation.Sensitivity(design, design.Factors()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, units := range []int{250, 500, 1000, 2000, 4000} {
		b.Run(fmt.Sprintf("%d×200", units), func(b *testing.B) {
			table, s := invented(b, units, 200)
			b.ReportAllocs()
			for b.Loop() {
				built(b, table, s, usual)
			}
		})
	}
}

func BenchmarkTreat(b *testing.B) {
	table, _ := invented(b, 1000, 200)
	b.ReportAllocs()
	for b.Loop() {
		usual.Treat.Treat(table)
	}
}

func BenchmarkCopeland(b *testing.B) {
	for _, units := range []int{125, 250, 500, 1000} {
		b.Run(fmt.Sprintf("%d×200", units), func(b *testing.B) {
			table, s := invented(b, units, 200)
			method := usual
			method.Aggregate = []index.Aggregation{{Kind: index.Copeland}}
			b.ReportAllocs()
			for b.Loop() {
				built(b, table, s, method)
			}
		})
	}
}
