package inequality_test

import (
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/measure/inequality"
)

func BenchmarkSummarise(b *testing.B) {
	for n := 10; n <= 160; n *= 2 {
		data := inequality.Breakdown{Favourable: true}
		for i := range n {
			data.Subgroups = append(data.Subgroups, inequality.Subgroup{Name: fmt.Sprintf("%03d", i), Estimate: p(float64(20 + i*37%60)), SE: p(3), Population: p(float64(100 + i))})
		}
		b.Run(fmt.Sprintf("subgroups=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := inequality.Summarise(data, inequality.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
