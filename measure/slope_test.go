package measure_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure"
)

func series(times []float64, values ...float64) []measure.Point {
	points := make([]measure.Point, len(values))
	for i, v := range values {
		points[i] = measure.Point{Time: float64(2000 + i), Value: v}
		if times != nil {
			points[i].Time = times[i]
		}
	}
	return points
}

func TestSlopeOfPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		name                 string
		points               []measure.Point
		slope, lower, upper  float64
		tolerance            float64
		describesTheInterval string
	}{
		{"Sen (1968), seven points at irregular times",
			series([]float64{1, 2, 3, 4, 10, 12, 18}, 9, 15, 19, 20, 45, 55, 78), 4, 26.0 / 7, 35.0 / 8, 1e-12,
			"fourth from below and from above: P(S ≥ 15) = 0.015"},
		{"cloud seeding, Hollander, Wolfe and Chicken (2014), example 9.1",
			series(nil, 1.26, 1.27, 1.12, 1.16, 1.03), -0.05625, -0.15, 0.04, 1e-12,
			"the outermost slopes: five points allow no narrower interval of 95 per cent"},
		{"a straight line", series(nil, 2, 4, 6, 8, 10, 12), 2, 2, 2, 0, "every pair has the same slope"},
		{"one outlying year does not move the slope", series(nil, 1, 2, 3, 400, 5, 6, 7, 8, 9), 1, 1, 1, 0, "the outlier touches only the outermost ranks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ok := measure.TheilSen(c.points)
			near := func(a, b float64) bool { return math.Abs(a-b) <= c.tolerance }
			if !ok || !near(s.PerYear, c.slope) || !near(s.Lower, c.lower) || !near(s.Upper, c.upper) || s.N != len(c.points) {
				t.Fatalf("got %+v, want %v in [%v, %v] (%s)", s, c.slope, c.lower, c.upper, c.describesTheInterval)
			}
		})
	}
}

func TestNoSlopeWithoutEnoughTimes(t *testing.T) {
	for name, points := range map[string][]measure.Point{
		"no points":                        nil,
		"four points in line":              series(nil, 1, 2, 3, 4),
		"five points at four times":        series([]float64{1, 2, 3, 4, 4}, 1, 2, 3, 4, 5),
		"a value that is not a number":     series(nil, 1, 2, math.NaN(), 4, 5, 6),
		"an infinite time":                 series([]float64{1, 2, 3, 4, math.Inf(1)}, 1, 2, 3, 4, 5),
		"differences beyond a float's end": series(nil, math.MaxFloat64, -math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64, math.MaxFloat64),
	} {
		if s, ok := measure.TheilSen(points); ok {
			t.Errorf("%s: got slope %+v, want none", name, s)
		}
	}
}

func TestValuesAtOneTimeCountAsTheirMedian(t *testing.T) {
	once, _ := measure.TheilSen(series(nil, 1, 5, 2, 8, 9))
	twice, _ := measure.TheilSen(append(series(nil, 1, 5, 2, 8, 9), measure.Point{Time: 2001, Value: 4}, measure.Point{Time: 2001, Value: 90}))
	if once != twice {
		t.Fatalf("got %+v, want %+v", twice, once)
	}
}

func TestOnlyTheLatestPointsOfAVeryLongSeriesCount(t *testing.T) {
	long := make([]measure.Point, 3*measure.MaxPoints)
	for i := range long {
		long[i] = measure.Point{Time: float64(i), Value: math.Abs(float64(i - 2*measure.MaxPoints))}
	}
	s, ok := measure.TheilSen(long)
	if !ok || s.PerYear != 1 || s.N != measure.MaxPoints {
		t.Fatalf("got %+v, want the rise of the latest %d points", s, measure.MaxPoints)
	}
}

// pointsOf draws points with whole values at distinct whole times, so that the laws hold to the last bit.
func pointsOf(t *rapid.T) []measure.Point {
	times := rapid.SliceOfNDistinct(rapid.IntRange(1950, 2050), 5, 30, rapid.ID[int]).Draw(t, "times")
	points := make([]measure.Point, len(times))
	for i, year := range times {
		points[i] = measure.Point{Time: float64(year), Value: float64(rapid.IntRange(-1000, 1000).Draw(t, "value"))}
	}
	return points
}

func mapped(points []measure.Point, f func(measure.Point) measure.Point) []measure.Point {
	out := make([]measure.Point, len(points))
	for i, p := range points {
		out[i] = f(p)
	}
	return out
}

func mustSlope(t *rapid.T, points []measure.Point) measure.Slope {
	s, ok := measure.TheilSen(points)
	if !ok {
		t.Fatalf("no slope for %v", points)
	}
	return s
}

func TestLawsOfTheSlope(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := pointsOf(t)
		s := mustSlope(t, points)
		if !(s.Lower <= s.PerYear && s.PerYear <= s.Upper) {
			t.Fatalf("the slope lies outside its interval: %+v", s)
		}
		shift := float64(rapid.IntRange(-500, 500).Draw(t, "shift"))
		if got := mustSlope(t, mapped(points, func(p measure.Point) measure.Point {
			return measure.Point{Time: p.Time + shift, Value: p.Value - shift}
		})); got != s {
			t.Fatalf("shifting times and values changed %+v to %+v", s, got)
		}
		if got := mustSlope(t, mapped(points, func(p measure.Point) measure.Point { return measure.Point{Time: p.Time, Value: 4 * p.Value} })); got.PerYear != 4*s.PerYear || got.Lower != 4*s.Lower || got.Upper != 4*s.Upper {
			t.Fatalf("four times the values gave %+v, not four times %+v", got, s)
		}
		if got := mustSlope(t, mapped(points, func(p measure.Point) measure.Point { return measure.Point{Time: 2 * p.Time, Value: p.Value} })); got.PerYear != s.PerYear/2 {
			t.Fatalf("twice the time gave %+v, not half of %+v", got, s)
		}
		if got := mustSlope(t, mapped(points, func(p measure.Point) measure.Point { return measure.Point{Time: p.Time, Value: -p.Value} })); got.PerYear != -s.PerYear || got.Lower != -s.Upper || got.Upper != -s.Lower {
			t.Fatalf("mirrored values gave %+v, not the mirror of %+v", got, s)
		}
		shuffled := rapid.Permutation(points).Draw(t, "shuffled")
		before := slices.Clone(shuffled)
		if got := mustSlope(t, shuffled); got != s {
			t.Fatalf("another order gave %+v, not %+v", got, s)
		}
		if !slices.Equal(before, shuffled) {
			t.Fatal("the points were changed")
		}
	})
}
