package index_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/index"
)

// drawn reads ua1000_draws.csv: the choices of COINr's 1,000 replications.
func drawn(t testing.TB, s *index.Structure) (index.Alternatives, index.Given) {
	t.Helper()
	file := coinr(t, "ua1000_draws.csv")
	alternatives := index.Alternatives{
		Normalise: []index.Normalisation{{Scale: index.MinMax, Lower: 1, Upper: 100}, {Scale: index.ZScore, Lower: 10, Upper: 2}},
		Aggregate: [][]index.Aggregation{{{Kind: index.Arithmetic}}, {{Kind: index.Geometric}}},
	}
	for points := 1; points <= 5; points++ {
		alternatives.Treat = append(alternatives.Treat, index.Treatment{Winsorise: true, Points: points})
	}
	var draws index.Given
	for i, row := range file.rows {
		points, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		d := index.Draw{Treat: points - 1, Weights: s.Weights()}
		if row[2] == "n_zscore" {
			d.Normalise = 1
		}
		if row[3] == "a_gmean" {
			d.Aggregate = 1
		}
		for j, n := range s.Nodes() {
			if column := file.column(n.Code); column != nil {
				d.Weights[j], _ = value(t, column[i])
			}
		}
		draws = append(draws, d)
	}
	return alternatives, draws
}

// nominal builds the index of the reference with the choices that were made.
func nominal(t testing.TB, s *index.Structure) *index.Result {
	t.Helper()
	r, err := index.Build(coinr(t, "ref_pipeline_Imputed.csv").table(t, s.Indicators()), s, index.Method{
		Treat:     index.Treatment{Winsorise: true, Points: 5},
		Normalise: index.Normalisation{Scale: index.MinMax, Upper: 100},
		Aggregate: []index.Aggregation{{Kind: index.Arithmetic}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestUncertaintyAsCOINrFindsIt(t *testing.T) {
	s := structure(t)
	alternatives, draws := drawn(t, s)
	spread, err := index.Simulation{Result: nominal(t, s), Alternatives: alternatives}.Uncertainty(draws, true)
	if err != nil {
		t.Fatal(err)
	}
	scores, ranks, stats := coinr(t, "ua1000_scores.csv"), coinr(t, "ua1000_ranks.csv"), coinr(t, "ua1000_rankstats.csv")
	wrong := 0
	for i, unit := range scores.column("uCode") {
		want, _ := value(t, scores.column("Nominal")[i])
		if got, ok := spread.Nominal(i); !ok || math.Abs(got-want) > 1e-10 {
			t.Errorf("nominal score of %s: %v, not %v", unit, got, want)
		}
		for r := range 1000 {
			column := slices.Index(scores.header, "r_"+strconv.Itoa(r+1))
			want, _ := value(t, scores.rows[i][column])
			if got, ok := spread.Score(i, r); !ok || math.Abs(got-want) > 1e-10 {
				wrong++
				if wrong < 20 {
					t.Errorf("score of %s in replication %d: %v, not %v (%+v)", unit, r+1, got, want, draws[r])
				}
			}
			rank, _ := value(t, ranks.rows[i][column])
			if got, ok := spread.Rank(i, r); !ok || got != int32(rank) {
				wrong++
				if wrong < 20 {
					t.Errorf("rank of %s in replication %d: %v, not %v", unit, r+1, got, rank)
				}
			}
		}
		got := spread.Statistics[i]
		for name, g := range map[string]float64{"Nominal": float64(got.Nominal), "Mean": got.Mean, "Median": got.Median, "Q5": got.Q5, "Q95": got.Q95} {
			if want, _ := value(t, stats.column(name)[i]); math.Abs(g-want) > 1e-10 {
				t.Errorf("%s of %s: %v, not %v", strings.ToLower(name), unit, g, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d differ", wrong)
	}
}
