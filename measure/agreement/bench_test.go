package agreement_test

import (
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
)

// doubled gives surveys of 200, 400, … 3,200 units.
func doubled(b *testing.B, run func(b *testing.B, ratings []agreement.Rating)) {
	for size := 1; size <= 16; size *= 2 {
		d := agreementtest.Balanced()
		d.Units *= size
		ratings := d.Draw(1).Ratings
		b.Run(fmt.Sprintf("ratings=%d", len(ratings)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(b, ratings)
			}
		})
	}
}

func BenchmarkFit(b *testing.B) {
	doubled(b, func(b *testing.B, ratings []agreement.Rating) {
		if _, err := agreement.Fit(ratings, agreement.FitOptions{}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkAlpha(b *testing.B) {
	doubled(b, func(b *testing.B, ratings []agreement.Rating) {
		if _, err := agreement.KrippendorffAlpha(ratings, agreement.Ordinal, agreement.AlphaOptions{}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkIntraclass(b *testing.B) {
	for units := 1000; units <= 16_000; units *= 2 {
		table := make([][]float64, units)
		for u := range table {
			table[u] = make([]float64, 10)
			for r := range table[u] {
				table[u][r] = float64((u*31+r*17+u*r)%23) + float64(u%7)
			}
		}
		b.Run(fmt.Sprintf("ratings=%d", 10*units), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := agreement.Intraclass(table, 0.95); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
