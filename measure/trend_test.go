package measure_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure"
)

func TestVerdictFollowsTheDirectionGoodForRights(t *testing.T) {
	rising := series(nil, 1, 2, 3, 4, 5, 6)
	falling := series(nil, 6, 5, 4, 3, 2, 1)
	wavering := series(nil, 3, 1, 4, 1, 5, 2)
	for _, c := range []struct {
		name   string
		points []measure.Point
		good   measure.Direction
		want   measure.Verdict
	}{
		{"rising where more is better", rising, measure.Up, measure.Better},
		{"rising where less is better", rising, measure.Down, measure.Worse},
		{"falling where more is better", falling, measure.Up, measure.Worse},
		{"falling where less is better", falling, measure.Down, measure.Better},
		{"rising where no side is good", rising, measure.None, measure.Rising},
		{"falling where no side is good", falling, measure.None, measure.Falling},
		{"up and down", wavering, measure.Up, measure.NoClearChange},
		{"up and down where no side is good", wavering, measure.None, measure.NoClearChange},
		{"always the same", series(nil, 7, 7, 7, 7, 7), measure.Up, measure.NoClearChange},
		{"a ratio rising from one half to one", series(nil, .5, .6, .7, .8, .9, 1), measure.Parity, measure.Better},
		{"a ratio falling from two to one", series(nil, 2, 1.8, 1.6, 1.4, 1.2, 1), measure.Parity, measure.Better},
		{"a ratio rising from one to two", series(nil, 1, 1.2, 1.4, 1.6, 1.8, 2), measure.Parity, measure.Worse},
		{"a ratio falling from one to nothing", series(nil, 1, .8, .6, .4, .2, 0), measure.Parity, measure.Worse},
		{"four years", series(nil, 1, 2, 3, 4), measure.Up, measure.TooLittleData},
		{"nothing", nil, measure.Up, measure.TooLittleData},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict, slope := measure.Trend(c.points, c.good)
			if verdict != c.want {
				t.Fatalf("got %s, want %s", verdict, c.want)
			}
			if (slope == nil) != (verdict == measure.TooLittleData) {
				t.Fatalf("%s with slope %v", verdict, slope)
			}
		})
	}
}

func TestMissingYearsAreNotFilledIn(t *testing.T) {
	gap := series([]float64{2000, 2001, 2002, 2015, 2016}, 1, 2, 3, 16, 17)
	if verdict, slope := measure.Trend(gap, measure.Up); verdict != measure.Better || slope.PerYear != 1 || slope.N != 5 {
		t.Fatalf("got %s, %+v", verdict, slope)
	}
}

func TestMirroredDirectionMirrorsTheVerdict(t *testing.T) {
	mirror := map[measure.Verdict]measure.Verdict{measure.Better: measure.Worse, measure.Worse: measure.Better, measure.NoClearChange: measure.NoClearChange}
	rapid.Check(t, func(t *rapid.T) {
		points := pointsOf(t)
		up, _ := measure.Trend(points, measure.Up)
		down, _ := measure.Trend(points, measure.Down)
		if down != mirror[up] {
			t.Fatalf("up says %s and down says %s", up, down)
		}
		negative, _ := measure.Trend(mapped(points, func(p measure.Point) measure.Point { return measure.Point{Time: p.Time, Value: -p.Value} }), measure.Down)
		if negative != up {
			t.Fatalf("mirrored values and direction say %s, not %s", negative, up)
		}
	})
}

func TestChanceIsSeldomCalledAChange(t *testing.T) {
	random := rand.New(rand.NewPCG(1968, 1379))
	for _, n := range []int{5, 8, 13, 60} {
		const draws = 2000
		called := 0
		for range draws {
			points := make([]measure.Point, n)
			for i := range points {
				points[i] = measure.Point{Time: float64(i), Value: random.NormFloat64()}
			}
			if verdict, _ := measure.Trend(points, measure.Up); verdict != measure.NoClearChange {
				called++
			}
		}
		if limit := 130; called > limit { // 5 in 100, and four standard errors
			t.Errorf("%d points: %d of %d chance series were called a change, more than %d", n, called, draws, limit)
		}
	}
}
