package measure_test

import (
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/measure"
)

// BenchmarkTrend judges a series: the slopes between all pairs of its points, so the work grows with their square.
func BenchmarkTrend(b *testing.B) {
	for n := 25; n <= 400; n *= 2 {
		points := make([]measure.Point, n)
		for i := range points {
			points[i] = measure.Point{Time: 1980 + float64(i)/4, Value: float64(i*7919%101) + float64(i)/10}
		}
		b.Run(fmt.Sprintf("points=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if verdict, slope := measure.Trend(points, measure.Up); slope == nil {
					b.Fatal(verdict)
				}
			}
		})
	}
}
