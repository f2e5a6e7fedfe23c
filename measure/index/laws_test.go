package index_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/index"
)

// tame are values that a person could have measured; wild are all that a table takes.
var (
	tame = rapid.Map(rapid.IntRange(-50, 500), func(n int) float64 { return float64(n) / 4 })
	wild = rapid.OneOf(tame, rapid.Float64().Filter(func(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }))
)

// refusedOnly tells whether an error is the one that a mean may give: the values are what they are.
func refusedOnly(err error) bool {
	var refused *index.NotPositiveError
	return errors.As(err, &refused)
}

func TestNothingThatIsNoNumberComesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, wild, true)
		r, err := index.Build(w.table, w.structure, drawMethod(t))
		if err != nil {
			if !refusedOnly(err) {
				t.Fatal(err)
			}
			return
		}
		for _, table := range []*index.Table{r.Imputed, r.Treated, r.Normalised, r.Scores} {
			for i := range table.Rows() {
				for j := range table.Codes() {
					if v, _ := table.At(i, j); math.IsNaN(v) || math.IsInf(v, 0) {
						t.Fatalf("%s of %s is %v", table.Codes()[j], table.Units()[i], v)
					}
				}
			}
		}
		for j := range r.Ranks {
			for i, rank := range r.Ranks[j] {
				if _, there := r.Scores.At(i, j); there != (rank > 0) {
					t.Fatalf("rank %d of a score that is there: %t", rank, there)
				}
			}
		}
	})
}

// near compares what may differ in the last bits.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

func TestOrderOfUnitsMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, tame, true)
		method := drawMethod(t)
		method.Impute = index.Imputation{} // groups are by row here
		r, err := index.Build(w.table, w.structure, method)
		order := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range w.units {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "order")
		var units []string
		for _, i := range order {
			units = append(units, w.units[i])
		}
		again, err2 := index.Build(w.make(t, units, func(i, j int) (float64, bool) { return w.cells[order[i]][j], !w.gaps[order[i]][j] }), w.structure, method)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("%v, and in another order %v", err, err2)
		}
		if err != nil {
			return
		}
		for i, from := range order {
			for j, code := range r.Scores.Codes() {
				a, okA := again.Scores.At(i, j)
				b, okB := r.Scores.At(from, j)
				if okA != okB || !near(a, b) {
					t.Fatalf("%s of %s: %v (%t), in another order %v (%t)", code, units[i], b, okB, a, okA)
				}
			}
		}
	})
}

func TestRanksFollowTheUnitsWhereverTheyStand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, tame, true)
		order := rapid.Permutation(w.units).Draw(t, "order")
		at := func(unit string) int { return slices.Index(w.units, unit) }
		moved := w.make(t, order, func(i, j int) (float64, bool) { return w.cells[at(order[i])][j], !w.gaps[at(order[i])][j] })
		ranks, again := index.Ranks(w.table), index.Ranks(moved)
		for j := range ranks {
			for i, unit := range order {
				if again[j][i] != ranks[j][at(unit)] {
					t.Fatalf("%s has rank %d, and elsewhere %d", unit, ranks[j][at(unit)], again[j][i])
				}
			}
			for i := range w.units {
				better, v := int32(1), w.cells[i][j]
				for k := range w.units {
					if !w.gaps[k][j] && w.cells[k][j] > v {
						better++
					}
				}
				if !w.gaps[i][j] && ranks[j][i] != better {
					t.Fatalf("rank %d with %d better", ranks[j][i], better-1)
				}
			}
		}
	})
}

func TestUnitOfMeasurementMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, tame, true)
		factor, shift := rapid.Float64Range(0.01, 1000).Draw(t, "factor"), rapid.Float64Range(-1000, 1000).Draw(t, "shift")
		other := w.make(t, w.units, func(i, j int) (float64, bool) { return w.cells[i][j]*factor + shift, !w.gaps[i][j] })
		for _, text := range []string{"minmax:1:100", "zscore:0:1", "distance-max"} {
			n := parsed(t, index.ParseNormalisation, text)
			a, _, err := n.Normalise(w.table, w.structure)
			b, _, err2 := n.Normalise(other, w.structure)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			for i := range w.units {
				for j := range a.Codes() {
					x, okX := a.At(i, j)
					y, okY := b.At(i, j)
					if okX != okY && factor > 0.1 || okX && okY && math.Abs(x-y) > 1e-6 {
						t.Fatalf("%s: %v (%t), in another unit %v (%t)", text, x, okX, y, okY)
					}
				}
			}
		}
	})
}

func TestBetterValueNeverLowersAnAggregate(t *testing.T) {
	positive := rapid.Map(rapid.IntRange(1, 400), func(n int) float64 { return float64(n) / 4 })
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, positive, true)
		row, column := rapid.IntRange(0, len(w.units)-1).Draw(t, "row"), rapid.IntRange(0, len(w.cells[0])-1).Draw(t, "column")
		more := positive.Draw(t, "more")
		better := w.make(t, w.units, func(i, j int) (float64, bool) {
			if i == row && j == column {
				return w.cells[i][j] + more, !w.gaps[i][j]
			}
			return w.cells[i][j], !w.gaps[i][j]
		})
		for _, text := range means {
			list := parsed(t, index.ParseAggregations, text)
			if text == "copeland" {
				list = []index.Aggregation{{Kind: index.Arithmetic}, {Kind: index.Copeland}}[2-w.structure.Levels()+1 : 2]
			}
			before, _, err := index.Aggregate(w.table, w.structure, list, 0)
			after, _, err2 := index.Aggregate(better, w.structure, list, 0)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			a, okA := before.Value(row, "Top")
			b, okB := after.Value(row, "Top")
			if okA != okB || b < a-1e-9*max(1, math.Abs(a)) {
				t.Fatalf("%s: %v before, %v with a better value", text, a, b)
			}
		}
	})
}

func TestMeansLieBetweenTheirValuesAndInTheirOrder(t *testing.T) {
	positive := rapid.Map(rapid.IntRange(1, 400), func(n int) float64 { return float64(n) / 4 })
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, positive, false)
		top := func(text string, row int) float64 {
			scores, _, err := index.Aggregate(w.table, w.structure, parsed(t, index.ParseAggregations, text), 0)
			if err != nil {
				t.Fatal(err)
			}
			v, ok := scores.Value(row, "Top")
			if !ok {
				t.Fatalf("%s is missing", text)
			}
			return v
		}
		for row, cells := range w.cells {
			last := slices.Min(cells)
			for _, text := range []string{"power:-40", "power:-1.5", "hmean", "power:-0.5", "gmean", "power:0.5", "amean", "power:2", "power:200"} {
				v := top(text, row)
				if v < last-1e-9*last {
					t.Fatalf("%s is %v, below %v", text, v, last)
				}
				last = v
			}
			if most := slices.Max(cells); last > most*(1+1e-9) {
				t.Fatalf("the last is %v, above %v", last, most)
			}
			if a, b := top("power:-1", row), top("hmean", row); !near(a, b) {
				t.Fatalf("power:-1 is %v and hmean %v", a, b)
			}
			if a, b := top("power:1", row), top("amean", row); a != b {
				t.Fatalf("power:1 is %v and amean %v", a, b)
			}
		}
	})
}

func TestEffectiveWeightsOfIndicatorsSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, tame, false)
		sum := 0.0
		for i, effective := range w.structure.EffectiveWeights() {
			if w.nodes[i].Level == 1 {
				sum += effective
			}
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("they sum to %v", sum)
		}
	})
}

func TestTreatmentKeepsTheOrder(t *testing.T) {
	heavy := rapid.Map(rapid.IntRange(0, 60), func(n int) float64 { return math.Pow(1.3, float64(n)) })
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, heavy, true)
		m := index.Treatment{Winsorise: true, Points: rapid.IntRange(0, 5).Draw(t, "points")}
		treated, outcomes := m.Treat(w.table)
		for j, o := range outcomes {
			if o.Before.Passes() && (o.Points() > 0 || o.Logarithm) {
				t.Fatalf("treated without need: %+v", o)
			}
			if o.Logarithm && o.Points() > 0 {
				t.Fatalf("the logarithm is of the original values: %+v", o)
			}
			for i := range w.units {
				for k := range w.units {
					a, ok := treated.At(i, j)
					b, ok2 := treated.At(k, j)
					if ok != !w.gaps[i][j] || ok && ok2 && w.cells[i][j] <= w.cells[k][j] && a > b {
						t.Fatalf("%v and %v became %v and %v", w.cells[i][j], w.cells[k][j], a, b)
					}
				}
			}
		}
	})
}

func TestTreatmentOfMirroredValuesIsTheMirrorOfTheirs(t *testing.T) {
	heavy := rapid.Map(rapid.IntRange(0, 60), func(n int) float64 { return math.Pow(1.3, float64(n)) })
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, heavy, true)
		m := index.Treatment{Winsorise: true, Points: rapid.IntRange(0, 5).Draw(t, "points")}
		treated, _ := m.Treat(w.table)
		mirrored, _ := m.Treat(w.make(t, w.units, func(i, j int) (float64, bool) { return -w.cells[i][j], !w.gaps[i][j] }))
		for i := range w.units {
			for j := range treated.Codes() {
				a, _ := treated.At(i, j)
				b, _ := mirrored.At(i, j)
				if !near(a, -b) {
					t.Fatalf("%v became %v, and its mirror %v", w.cells[i][j], a, b)
				}
			}
		}
	})
}

func TestFillingInChangesNothingThatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, wild, true)
		for _, text := range fillings {
			filled, _, err := parsed(t, index.ParseImputation, text).Impute(w.table, w.structure)
			if err != nil {
				t.Fatal(err)
			}
			for i := range w.units {
				for j := range w.cells[i] {
					if v, ok := filled.At(i, j); !w.gaps[i][j] && (!ok || v != w.cells[i][j]) {
						t.Fatalf("%s changed %v to %v", text, w.cells[i][j], v)
					}
				}
			}
		}
	})
}

// The definition: o_ij is the weight of the columns in which i is larger, and half of that of ties; i beats j where it is above one half.
func TestCopelandFollowsItsDefinition(t *testing.T) {
	few := rapid.Map(rapid.IntRange(0, 3), func(n int) float64 { return float64(n) })
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, few, true)
		list := []index.Aggregation{{Kind: index.Copeland}}
		scores, _, err := index.Aggregate(w.table, w.structure, list, 0)
		if err != nil {
			t.Fatal(err)
		}
		parent := w.nodes[0].Parent
		sum := 0.0
		for i := range w.units {
			want, there := 0.0, false
			for j, n := range w.nodes[:len(w.cells[0])] {
				there = there || n.Parent == parent && !w.gaps[i][j]
			}
			for k := range w.units {
				larger, ties, all := 0.0, 0.0, 0.0
				for j, n := range w.nodes[:len(w.cells[0])] {
					if n.Parent != parent || w.gaps[i][j] || w.gaps[k][j] {
						continue
					}
					all += n.Weight
					if w.cells[i][j] > w.cells[k][j] {
						larger += n.Weight
					} else if w.cells[i][j] == w.cells[k][j] {
						ties += n.Weight
					}
				}
				if o := (larger + ties/2) / all; o > 0.5+1e-9 {
					want++
				} else if o < 0.5-1e-9 {
					want--
				}
			}
			got, ok := scores.Value(i, parent)
			if ok != there || there && got != want {
				t.Fatalf("%v (%t), not %v (%t)", got, ok, want, there)
			}
			sum += got
		}
		if sum != 0 {
			t.Fatalf("what is won and what is lost differ by %v", sum)
		}
	})
}
