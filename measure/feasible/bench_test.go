package feasible_test

import (
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/measure/feasible"
)

// BenchmarkRights scores rights of four components over ten years.
func BenchmarkRights(b *testing.B) {
	var reference []feasible.Benchmark
	for i := range 20 {
		reference = append(reference, feasible.Benchmark{Indicator: fmt.Sprint("indicator ", i), Right: fmt.Sprint("right ", i/4), Min: 0, Frontier: 100, Peak: 1000})
	}
	for units := 50; units <= 800; units *= 2 {
		var observations []feasible.Observation
		for u := range units {
			resources := float64(500 + u%1000)
			for _, r := range reference {
				for year := range 10 {
					observations = append(observations, feasible.Observation{Unit: fmt.Sprint("city ", u), Indicator: r.Indicator, Year: float64(2015 + year),
						Value: float64((u + year) % 100), Resources: &resources})
				}
			}
		}
		b.Run(fmt.Sprintf("observations=%d", len(observations)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found := feasible.Rights(observations, reference, 2025); len(found) != 5*units {
					b.Fatal(len(found))
				}
			}
		})
	}
}
