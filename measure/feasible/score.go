package feasible

import (
	"fmt"
	"math"
)

// Benchmark is a row of the reference table: what an indicator is measured against.
type Benchmark struct {
	Indicator string
	Right     string  // that the indicator is a component of; empty: of none
	Min       float64 // value that scores 0; above Frontier where less is better
	Frontier  float64 // value that scores 100 where resources do not exceed Peak
	Peak      float64 // resources at which the frontier peaks, in their unit; 0: more resources make no difference
}

// Check says what is wrong with a row.
func (b Benchmark) Check() error {
	switch {
	case !finite(b.Min) || !finite(b.Frontier) || b.Min == b.Frontier:
		return fmt.Errorf("%s: min %v and frontier %v must be two different numbers", b.Indicator, b.Min, b.Frontier)
	case !finite(b.Peak) || b.Peak < 0:
		return fmt.Errorf("%s: the peak %v must not be below 0", b.Indicator, b.Peak)
	}
	return nil
}

// Score gives 100·(value-min)/(frontier-min), held between 0 and 100; where resources Y exceed the peak Yp it is 100·(S/100)^√(Y/Yp). It is false
// where there is no score: the value is no number, or the benchmark has a peak and resources, being nil, are unknown.
func (b Benchmark) Score(value float64, resources *float64) (float64, bool) {
	if !finite(value) || b.Check() != nil || b.Peak > 0 && (resources == nil || !finite(*resources)) {
		return 0, false
	}
	share := min(max((value-b.Min)/(b.Frontier-b.Min), 0), 1)
	if math.IsNaN(share) {
		return 0, false // the difference is beyond the range of numbers
	}
	if b.Peak > 0 && *resources > b.Peak {
		share = math.Pow(share, math.Sqrt(*resources/b.Peak))
	}
	return 100 * share, true
}

func finite(v float64) bool { return v-v == 0 }
