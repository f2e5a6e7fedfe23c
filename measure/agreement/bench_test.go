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
