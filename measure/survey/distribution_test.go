package survey

import (
	"math"
	"testing"
)

// By integrating the density with Simpson's rule and Newton's method.
func TestStudentQuantiles(t *testing.T) {
	for _, c := range []struct {
		p    float64
		df   int
		want float64
	}{
		{0.975, 1, 12.706204736174698}, {0.975, 14, 2.1447866879178044}, {0.975, 197, 1.9720790337784797}, {0.975, 9999, 1.960201263668}, {0.975, 10_000, 1.9602012398145},
	} {
		if got := studentQuantile(c.p, c.df); math.Abs(got-c.want) > 1e-10*c.want {
			t.Errorf("qt(%v, %d) = %.17g, want %.17g", c.p, c.df, got, c.want)
		}
	}
	for _, p := range []float64{0.75, 0.975, 0.99995} {
		few, many := studentQuantile(p, manyDegrees-1), studentQuantile(p, manyDegrees)
		if !(few > many) || few-many > 1e-6 {
			t.Errorf("at %v the two formulas do not meet: %v and %v", p, few, many)
		}
	}
}

func TestExactIntervalsHoldTheProportionHoweverManyRespondents(t *testing.T) {
	for _, n := range []float64{1e-300, 1e-6, 0.3, 1, 7.5, 1e4, 1e9, 1e12, 1e30} {
		for _, p := range []float64{0, 1e-300, 1e-16, 1e-3, 0.5, 0.999, 1} {
			for _, level := range []Confidence{0.5, 0.95, 0.9999} {
				lower, upper := exact(p, n, level)
				if !(lower >= -1e-15 && lower <= p+1e-15 && upper >= p*(1-1e-12) && upper <= 1+1e-15) {
					t.Errorf("%v of %v at %v: [%v, %v]", p, n, level, lower, upper)
				}
			}
		}
	}
}
