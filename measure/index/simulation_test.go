package index_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/index"
)

// someAlternatives give values above 0 in every scale, so that every mean takes them.
var someAlternatives = index.Alternatives{
	Treat:     []index.Treatment{{}, {Winsorise: true, Points: 1}, {Winsorise: true, Points: 5}},
	Normalise: []index.Normalisation{{Scale: index.MinMax, Lower: 1, Upper: 100}, {Scale: index.ZScore, Lower: 50, Upper: 2}, {Scale: index.RankUp}},
	Aggregate: [][]index.Aggregation{{{Kind: index.Arithmetic}}, {{Kind: index.Geometric}}, {{Kind: index.Power, Power: 0.5}}, {{Kind: index.Copeland}}},
}

// A replication is nothing but the index built with its choices: what replications share must not show.
func TestEachReplicationIsTheIndexBuiltWithItsChoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, tame, true)
		method := index.Method{Normalise: someAlternatives.Normalise[0], Aggregate: someAlternatives.Aggregate[0], Threshold: rapid.SampledFrom([]float64{0, 0.6}).Draw(t, "threshold")}
		nominal, err := index.Build(w.table, w.structure, method)
		if err != nil {
			t.Fatal(err)
		}
		weighted := rapid.SliceOfN(rapid.Bool(), len(w.nodes), len(w.nodes)).Draw(t, "weighted")
		var draws index.Given
		for range 6 {
			d := index.Draw{
				Treat: rapid.IntRange(0, 2).Draw(t, "treat"), Normalise: rapid.IntRange(0, 2).Draw(t, "normalise"), Aggregate: rapid.IntRange(0, 3).Draw(t, "aggregate"),
				Weights: w.structure.Weights(),
			}
			for i := range d.Weights {
				if weighted[i] {
					d.Weights[i] *= rapid.Float64Range(0.5, 1.5).Draw(t, "noise")
				}
			}
			draws = append(draws, d)
		}
		spread, err := index.Simulation{Result: nominal, Alternatives: someAlternatives, Threshold: method.Threshold}.Uncertainty(draws, true)
		if err != nil {
			t.Fatal(err)
		}
		for r, d := range draws {
			weights := map[string]float64{}
			for i, n := range w.nodes {
				weights[n.Code] = d.Weights[i]
			}
			s, err := w.structure.WithWeights(weights)
			if err != nil {
				t.Fatal(err)
			}
			built, err := index.Build(w.table, s, index.Method{
				Treat: someAlternatives.Treat[d.Treat], Normalise: someAlternatives.Normalise[d.Normalise], Aggregate: someAlternatives.Aggregate[d.Aggregate], Threshold: method.Threshold,
			})
			if err != nil {
				t.Fatal(err)
			}
			top := slices.Index(built.Scores.Codes(), "Top")
			for i := range w.units {
				want, ok := built.Scores.At(i, top)
				got, there := spread.Score(i, r)
				rank, ranked := spread.Rank(i, r)
				if got != want || there != ok || ranked != ok || rank != built.Ranks[top][i] {
					t.Fatalf("replication %d of unit %d is %v with rank %d, and built %v with rank %d", r, i, got, rank, want, built.Ranks[top][i])
				}
			}
		}
	})
}

func TestNumberOfCoresChangesNothing(t *testing.T) {
	table, s := invented(t, 40, 20)
	simulation := index.Simulation{Result: built(t, table, s, usual), Alternatives: others}
	random := index.Random{Alternatives: others, Noise: 0.25, Replications: 200, Seed: 3}
	sobol := index.Sobol{Alternatives: others, Noise: 0.25, Samples: 30, Seed: 3}
	var spread *index.Spread
	var shares []index.Sensitivity
	for _, workers := range []int{1, 2, 7} {
		simulation.Options.Workers = workers
		again, err := simulation.Uncertainty(random, true)
		if err != nil {
			t.Fatal(err)
		}
		found, err := simulation.Sensitivity(sobol, sobol.Factors())
		if err != nil {
			t.Fatal(err)
		}
		if spread == nil {
			spread, shares = again, found
		}
		if !slices.Equal(again.Statistics, spread.Statistics) || !slices.Equal(found, shares) {
			t.Fatalf("%d workers find something else", workers)
		}
		for i := range table.Rows() {
			for r := range 200 {
				a, _ := again.Score(i, r)
				if b, _ := spread.Score(i, r); a != b {
					t.Fatalf("%d workers: %v, not %v", workers, a, b)
				}
			}
		}
	}
}

func TestCopelandOnManyCoresIsThatOnOne(t *testing.T) {
	table, s := invented(t, 1000, 20)
	method := usual
	method.Aggregate = []index.Aggregation{{Kind: index.Copeland}}
	result := built(t, table, s, method) // on all cores
	simulation := index.Simulation{Result: result, Alternatives: index.Alternatives{
		Treat: []index.Treatment{method.Treat}, Normalise: []index.Normalisation{method.Normalise}, Aggregate: [][]index.Aggregation{method.Aggregate},
	}}
	spread, err := simulation.Uncertainty(index.Given{{}}, true) // each replication on one
	if err != nil {
		t.Fatal(err)
	}
	for i := range table.Rows() {
		want, _ := spread.Nominal(i)
		if got, ok := spread.Score(i, 0); !ok || got != want {
			t.Fatalf("unit %d has %v on one core and %v on all", i, got, want)
		}
	}
}

func TestSeedDecidesTheDraws(t *testing.T) {
	draw := func(seed uint64) (all []index.Draw) {
		design := index.Random{Alternatives: others, Noise: 0.25, Replications: 50, Seed: seed}
		for r := range 50 {
			d := index.Draw{Weights: []float64{1, 2, 3}}
			design.Draw(r, &d)
			all = append(all, d)
			for i, w := range d.Weights {
				if base := float64(i + 1); w < 0.75*base || w > 1.25*base {
					t.Fatalf("weight %v of %v", w, base)
				}
			}
		}
		return all
	}
	if a, b := fmt.Sprint(draw(1)), fmt.Sprint(draw(1)); a != b {
		t.Error("the same seed draws differently")
	}
	if a, b := fmt.Sprint(draw(1)), fmt.Sprint(draw(2)); a == b {
		t.Error("another seed draws the same")
	}
}

func TestDrawsAreEvenAndDoNotHangTogether(t *testing.T) {
	const n = 20_000
	design := index.Random{Alternatives: others, Noise: 0.5, Replications: n, Seed: 11}
	counts := [5]int{}
	var sum, squares, product float64
	before := 0.0
	for r := range n {
		d := index.Draw{Weights: []float64{1, 1}}
		design.Draw(r, &d)
		counts[d.Treat]++
		x := 2 * (d.Weights[0] - 1)
		sum += x
		squares += x * x
		product += x * before
		before = x
	}
	for treat, count := range counts {
		if math.Abs(float64(count)-n/5) > 5*math.Sqrt(n*0.2*0.8) {
			t.Errorf("treatment %d was drawn %d times of %d", treat, count, n)
		}
	}
	if m := sum / n; math.Abs(m) > 5*math.Sqrt(1.0/3/n) {
		t.Errorf("the noise has mean %v", m)
	}
	if v := squares / n; math.Abs(v-1.0/3) > 0.01 {
		t.Errorf("the noise has variance %v, not a third", v)
	}
	if c := product / squares; math.Abs(c) > 5/math.Sqrt(n) {
		t.Errorf("neighbours correlate by %v", c)
	}
}

func TestFirstReplicationThatFailsIsNamed(t *testing.T) {
	table, s := invented(t, 20, 10)
	alternatives := others
	alternatives.Normalise = []index.Normalisation{{Scale: index.MinMax, Lower: 1, Upper: 100}, {Scale: index.MinMax, Upper: 100}}
	simulation := index.Simulation{Result: built(t, table, s, usual), Alternatives: alternatives}
	draws := make(index.Given, 100)
	for _, r := range []int{41, 42, 77} {
		draws[r] = index.Draw{Normalise: 1, Aggregate: 1}
	}
	for range 20 {
		_, err := simulation.Uncertainty(draws, false)
		var at *index.ReplicationError
		var refused *index.NotPositiveError
		if !errors.As(err, &at) || at.Replication != 41 || !errors.As(err, &refused) || refused.Value != 0 {
			t.Fatalf("got %v", err)
		}
	}
}

func TestSimulationsThatCannotBeRun(t *testing.T) {
	table, s := invented(t, 5, 10)
	result := built(t, table, s, usual)
	for name, c := range map[string]struct {
		simulation index.Simulation
		design     index.Design
	}{
		"no replication":          {index.Simulation{Result: result, Alternatives: others}, index.Given{}},
		"no alternatives":         {index.Simulation{Result: result}, index.Given{{}}},
		"no such target":          {index.Simulation{Result: result, Alternatives: others, Target: "Nothing"}, index.Given{{}}},
		"an indicator as target":  {index.Simulation{Result: result, Alternatives: others, Target: "I001"}, index.Given{{}}},
		"a choice out of range":   {index.Simulation{Result: result, Alternatives: others}, index.Given{{Treat: 5}}},
		"a negative choice":       {index.Simulation{Result: result, Alternatives: others}, index.Given{{Normalise: -1}}},
		"weights for other nodes": {index.Simulation{Result: result, Alternatives: others}, index.Given{{Weights: []float64{1}}}},
		"a weight of 0":           {index.Simulation{Result: result, Alternatives: others}, index.Given{{Weights: make([]float64, len(s.Nodes()))}}},
		"noise of 1":              {index.Simulation{Result: result, Alternatives: others}, index.Random{Alternatives: others, Noise: 1, Replications: 1}},
		"noise that is no number": {index.Simulation{Result: result, Alternatives: others}, index.Sobol{Alternatives: others, Noise: math.NaN(), Samples: 2}},
		"a target that is missing": {index.Simulation{Result: result, Alternatives: index.Alternatives{
			Treat: others.Treat, Normalise: []index.Normalisation{{Scale: index.DistanceTarget}}, Aggregate: others.Aggregate,
		}}, index.Given{{}}},
	} {
		if _, err := c.simulation.Uncertainty(c.design, false); err == nil {
			t.Errorf("%s: no error from Uncertainty", name)
		}
		if _, err := c.simulation.Sensitivity(c.design, []string{"a"}); err == nil {
			t.Errorf("%s: no error from Sensitivity", name)
		}
	}
}

// Many scales are computed when they are needed; so many that they cannot be held are refused before anything is computed.
func TestDesignThatDrawsFromVeryManyScales(t *testing.T) {
	table, s := invented(t, 300, 10)
	many := index.Alternatives{Treat: others.Treat, Aggregate: others.Aggregate}
	var draws index.Given
	for i := range 2000 {
		many.Normalise = append(many.Normalise, index.Normalisation{Scale: index.MinMax, Lower: 1, Upper: 2 + float64(i)})
		draws = append(draws, index.Draw{Normalise: i})
	}
	simulation := index.Simulation{Result: built(t, table, s, usual), Alternatives: many}
	spread, err := simulation.Uncertainty(draws, true)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := spread.Score(0, 0)
	if last, _ := spread.Score(0, 1999); math.Abs((last-1)/2000-(first-1)/1) > 1e-9 {
		t.Errorf("on a scale 2,000 times as wide %v becomes %v", first, last)
	}
	for range 9 {
		simulation.Alternatives.Normalise = append(simulation.Alternatives.Normalise, simulation.Alternatives.Normalise...)
	}
	if _, err := simulation.Uncertainty(draws, false); err == nil {
		t.Error("a million scales pass")
	}
}

func TestProgressCountsAndCanEndARun(t *testing.T) {
	table, s := invented(t, 5, 10)
	simulation := index.Simulation{Result: built(t, table, s, usual), Alternatives: others}
	design := index.Random{Alternatives: others, Replications: 50}
	calls := 0
	simulation.Options.Progress = func(int) error { calls++; return nil }
	if _, err := simulation.Uncertainty(design, false); err != nil || calls != 50 {
		t.Fatalf("%d calls, %v", calls, err)
	}
	enough := errors.New("enough")
	simulation.Options.Progress = func(int) error { return enough }
	if _, err := simulation.Uncertainty(design, false); !errors.Is(err, enough) {
		t.Fatalf("got %v", err)
	}
}

func TestRowOfABAndABiDifferInOneFactorOnly(t *testing.T) {
	design := index.Sobol{Alternatives: others, Noise: 0.25, Samples: 40, Seed: 5}
	if want := []string{"treat", "normalise", "aggregate", "weights"}; !slices.Equal(design.Factors(), want) || design.Len() != 40*6 {
		t.Fatalf("%v, %d runs", design.Factors(), design.Len())
	}
	draw := func(block, row int) (parts [4]string) {
		d := index.Draw{Weights: []float64{1, 1, 1}}
		design.Draw(block*40+row, &d)
		return [4]string{fmt.Sprint(d.Treat), fmt.Sprint(d.Normalise), fmt.Sprint(d.Aggregate), fmt.Sprint(d.Weights)}
	}
	for row := range 40 {
		a, b := draw(0, row), draw(1, row)
		if a[3] == b[3] {
			t.Fatal("A and B have the same weights")
		}
		for factor := range 4 {
			want := a
			want[factor] = b[factor]
			if got := draw(factor+2, row); got != want {
				t.Fatalf("row %d of AB_%d is %v, not %v", row, factor, got, want)
			}
		}
	}
}

// Of y = x1 + 2·x2 + x3·x4 with even xi between -1 and 1, V = 1/3 + 4/3 + 1/9, and the products of x3 and x4 make nothing by themselves.
func TestEstimateFindsTheSharesOfAKnownFunction(t *testing.T) {
	const n = 100_000
	random := rand.New(rand.NewPCG(2010, 181))
	point := func() (x [4]float64) {
		for i := range x {
			x[i] = 2*random.Float64() - 1
		}
		return x
	}
	y := func(x [4]float64) float64 { return x[0] + 2*x[1] + x[2]*x[3] }
	outcomes := make([]float64, 6*n)
	for i := range n {
		a, b := point(), point()
		outcomes[i], outcomes[n+i] = y(a), y(b)
		for k := range a {
			mixed := a
			mixed[k] = b[k]
			outcomes[(k+2)*n+i] = y(mixed)
		}
	}
	found, err := index.Estimate(outcomes, []string{"x1", "x2", "x3", "x4"})
	if err != nil {
		t.Fatal(err)
	}
	v := 1.0/3 + 4.0/3 + 1.0/9
	for i, want := range [][2]float64{{1.0 / 3 / v, 1.0 / 3 / v}, {4.0 / 3 / v, 4.0 / 3 / v}, {0, 1.0 / 9 / v}, {0, 1.0 / 9 / v}} {
		if f := found[i]; !f.Known || math.Abs(f.First-want[0]) > 0.02 || math.Abs(f.Total-want[1]) > 0.01 {
			t.Errorf("%+v, not %v", f, want)
		}
	}
}

func TestEstimateOfWhatIsNoDesign(t *testing.T) {
	for _, c := range []struct{ runs, factors int }{{0, 1}, {3, 1}, {7, 1}, {9, 2}, {4, 0}} {
		if _, err := index.Estimate(make([]float64, c.runs), make([]string, c.factors)); err == nil {
			t.Errorf("%d runs of %d factors pass", c.runs, c.factors)
		}
	}
	found, err := index.Estimate([]float64{1, 1, 1, 1, 1, 1}, []string{"a"})
	if err != nil || found[0].Known || found[0].First != 0 || found[0].Total != 0 {
		t.Errorf("%+v, %v: nothing varies, so that nothing is known", found, err)
	}
}

// Five replications in which a unit has the ranks 1, 1, 2, 2, 2 of two: quantiles by hand.
func TestRankStatisticsByHand(t *testing.T) {
	s, err := index.NewStructure([]index.Node{
		{Level: 1, Code: "a", Direction: 1, Weight: 1, Parent: "top"}, {Level: 1, Code: "b", Direction: 1, Weight: 1, Parent: "top"},
		{Level: 2, Code: "top", Direction: 1, Weight: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	table, err := index.NewTable([]string{"u", "v"}, nil, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range [][]float64{{1, 0}, {0, 1}} {
		for j, v := range row {
			if err := table.Set(i, j, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	plain := index.Method{Aggregate: []index.Aggregation{{Kind: index.Arithmetic}}}
	var draws index.Given
	for _, weight := range []float64{2, 3, 0.5, 0.4, 0.3} {
		draws = append(draws, index.Draw{Weights: []float64{weight, 1, 1}})
	}
	spread, err := index.Simulation{Result: built(t, table, s, plain), Alternatives: index.Alternatives{
		Treat: []index.Treatment{{}}, Normalise: []index.Normalisation{{}}, Aggregate: [][]index.Aggregation{plain.Aggregate},
	}}.Uncertainty(draws, false)
	if err != nil {
		t.Fatal(err)
	}
	if want := (index.RankStatistics{Nominal: 1, N: 5, Mean: 1.6, Median: 2, Q5: 1, Q95: 2}); spread.Statistics[0] != want {
		t.Errorf("%+v, not %+v", spread.Statistics[0], want)
	}
	if want := (index.RankStatistics{Nominal: 1, N: 5, Mean: 1.4, Median: 1, Q5: 1, Q95: 2}); spread.Statistics[1] != want {
		t.Errorf("%+v, not %+v", spread.Statistics[1], want)
	}
	if _, ok := spread.Score(0, 0); ok {
		t.Error("a score that was not kept is given")
	}
}
