package disclosure

import (
	"crypto/rand"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"testing"
)

// BenchmarkSuppressLinked hides cells of two tables that share their totals, and attacks both together.
func BenchmarkSuppressLinked(b *testing.B) {
	for areas := 2; areas <= 32; areas *= 2 {
		one, two := crossed(mathrand.New(mathrand.NewPCG(3, uint64(areas))), areas, 4)
		whole, _, err := Link(one, two)
		if err != nil {
			b.Fatal(err)
		}
		needs := whole.Below(10)
		b.Run(fmt.Sprintf("cells=%d", len(whole.Cells)), func(b *testing.B) {
			b.ReportAllocs()
			var p Pattern
			for b.Loop() {
				if p, err = whole.Suppress(needs); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(needs)), "needs")
			b.ReportMetric(100*float64(p.Cost-p.Bound)/float64(p.Cost), "%gap")
		})
	}
}

// BenchmarkNoise draws noise from the system's cryptographic source.
func BenchmarkNoise(b *testing.B) {
	for n := 100; n <= 1600; n *= 2 {
		counts := make([]int64, n)
		b.Run(fmt.Sprintf("counts=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				budget := Budget{}
				budget.Epsilon.SetInt64(1)
				if _, err := budget.Noise(rand.Reader, "bench", counts, 20_000, 1, big.NewRat(1, 2)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDifference holds a release against an earlier one.
func BenchmarkDifference(b *testing.B) {
	for rows := 4; rows <= 64; rows *= 2 {
		table := sparse(mathrand.New(mathrand.NewPCG(7, uint64(rows))), rows, 5, 10)
		for i := range table.Cells {
			table.Cells[i].Name = fmt.Sprint(i)
		}
		pattern, err := table.Suppress(Threshold{}.Needs(table))
		if err != nil {
			b.Fatal(err)
		}
		r := Release{table, pattern.Hidden}
		b.Run(fmt.Sprintf("cells=%d", len(table.Cells)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (Threshold{}).Difference(r, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
