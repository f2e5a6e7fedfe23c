package measure

import (
	"cmp"
	"math"
	"slices"
)

// Point is a value at a time, in years: 2020.5 is the middle of 2020. Times need not be regular.
type Point struct{ Time, Value float64 }

// Slope is the change per year with its interval, in the unit of the values.
type Slope struct {
	PerYear      float64
	Lower, Upper float64
	N            int // points at different times that went into it
}

const (
	// Confidence of the intervals: at least 95 in 100 such intervals hold the true slope.
	Confidence = 0.95
	// MinPoints is the smallest number of points for which an interval of that confidence exists: four points can fall into line by
	// chance once in twelve times, five once in sixty.
	MinPoints = 5
	// MaxPoints is how many points are looked at, the latest ones: the work grows with the square of their number.
	MaxPoints = 400
)

// TheilSen gives the median of the slopes between every two points, with the interval by Sen (1968): distribution-free, and untroubled by
// single outlying years. Values at the same time are first replaced by their median. It is false where fewer than MinPoints times remain,
// or where a time, a value or the result is not finite. The order of the points makes no difference, and points is not changed.
func TheilSen(points []Point) (Slope, bool) {
	for _, p := range points {
		if !finite(p.Time) || !finite(p.Value) {
			return Slope{}, false
		}
	}
	line := oncePerTime(points)
	if len(line) < MinPoints {
		return Slope{}, false
	}
	line = line[max(0, len(line)-MaxPoints):]
	slopes := make([]float64, 0, len(line)*(len(line)-1)/2)
	for i, a := range line {
		for _, b := range line[i+1:] {
			slopes = append(slopes, (b.Value-a.Value)/(b.Time-a.Time))
		}
	}
	slices.Sort(slopes)
	m := intervalRank(len(line))
	slope := Slope{PerYear: median(slopes), Lower: slopes[m-1], Upper: slopes[len(slopes)-m], N: len(line)}
	return slope, finite(slope.PerYear) && finite(slope.Lower) && finite(slope.Upper)
}

// oncePerTime sorts the points by time and gives one per time.
func oncePerTime(points []Point) []Point {
	sorted := slices.SortedFunc(slices.Values(points), func(a, b Point) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Value, b.Value))
	})
	out := sorted[:0]
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n].Time == sorted[0].Time {
			n++
		}
		values := make([]float64, n)
		for i, p := range sorted[:n] {
			values[i] = p.Value
		}
		out = append(out, Point{sorted[0].Time, median(values)})
		sorted = sorted[n:]
	}
	return out
}

// median of sorted values; for an even number the middle of the two in the middle.
func median(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
