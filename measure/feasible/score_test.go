package feasible_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/feasible"
)

func perHead(v float64) *float64 { return &v }

func TestScoreAgainstTheFrontier(t *testing.T) {
	school := feasible.Benchmark{Indicator: "school", Min: 20, Frontier: 100, Peak: 10_000}
	deaths := feasible.Benchmark{Indicator: "deaths", Min: 200, Frontier: 0}
	for _, c := range []struct {
		name      string
		of        feasible.Benchmark
		value     float64
		resources *float64
		want      float64
		known     bool
	}{
		{"halfway to the frontier", school, 60, perHead(5_000), 50, true},
		{"at the frontier", school, 100, perHead(5_000), 100, true},
		{"beyond the frontier", school, 130, perHead(5_000), 100, true},
		{"below the least value", school, 10, perHead(5_000), 0, true},
		{"with resources just at the peak", school, 60, perHead(10_000), 50, true},
		{"with four times the peak, squared", school, 60, perHead(40_000), 25, true},
		{"at the frontier, however rich", school, 100, perHead(90_000), 100, true},
		{"less is better", deaths, 50, nil, 75, true},
		{"no resources at all", school, 60, perHead(0), 50, true},
		{"resources unknown where they matter", school, 60, nil, 0, false},
		{"no number", school, math.NaN(), perHead(5_000), 0, false},
		{"no range", feasible.Benchmark{Min: 1, Frontier: 1}, 1, perHead(1), 0, false},
		{"beyond the range of numbers", feasible.Benchmark{Min: -math.MaxFloat64, Frontier: math.MaxFloat64}, math.MaxFloat64, perHead(1), 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, known := c.of.Score(c.value, c.resources)
			if known != c.known || math.Abs(got-c.want) > 1e-12 {
				t.Errorf("%v (%t), not %v (%t)", got, known, c.want, c.known)
			}
		})
	}
}

func TestScoreNeverRewardsLessWithMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := feasible.Benchmark{Min: rapid.Float64Range(-100, 0).Draw(t, "min"), Frontier: rapid.Float64Range(1, 100).Draw(t, "frontier"), Peak: rapid.Float64Range(1, 100).Draw(t, "peak")}
		value, more := rapid.Float64Range(-200, 200).Draw(t, "value"), rapid.Float64Range(0, 100).Draw(t, "more")
		resources, richer := rapid.Float64Range(0.1, 200).Draw(t, "resources"), rapid.Float64Range(0, 100).Draw(t, "richer")
		score, _ := b.Score(value, &resources)
		better, _ := b.Score(value+more, &resources)
		rich, _ := b.Score(value, perHead(resources+richer))
		if score < 0 || score > 100 || better < score || rich > score {
			t.Fatalf("%v; with a better value %v, with more resources %v", score, better, rich)
		}
	})
}

func TestRightIsTheMeanOfAllItsComponents(t *testing.T) {
	reference := []feasible.Benchmark{
		{Indicator: "school", Right: "education", Min: 0, Frontier: 100},
		{Indicator: "reading", Right: "education", Min: 0, Frontier: 100},
		{Indicator: "water", Min: 0, Frontier: 100},
	}
	observations := []feasible.Observation{
		{Unit: "lake", Indicator: "school", Year: 2016, Value: 40},
		{Unit: "lake", Indicator: "school", Year: 2015, Value: 90},
		{Unit: "lake", Indicator: "reading", Year: 2026, Value: 80},
		{Unit: "hill", Indicator: "school", Year: 2015, Value: 70},
		{Unit: "hill", Indicator: "reading", Year: 2020, Value: 50},
		{Unit: "dale", Indicator: "school", Year: 2027, Value: 70},
	}
	got := feasible.Rights(observations, reference, 2026)
	if len(got) != 3 {
		t.Fatalf("%d scores: %+v", len(got), got)
	}
	if r := got[0]; r.Unit != "lake" || !r.Known() || r.Score != 60 || r.Oldest != 2016 || r.Components != 2 {
		t.Errorf("the latest values of ten years count, and no older ones: %+v", r)
	}
	if r := got[1]; r.Unit != "hill" || r.Known() || !slices.Equal(r.Absent, []string{"school"}) {
		t.Errorf("a component of eleven years ago is absent, and the right with it: %+v", r)
	}
	if r := got[2]; r.Known() || len(r.Absent) != 2 {
		t.Errorf("a value of the future does not count: %+v", r)
	}
}
