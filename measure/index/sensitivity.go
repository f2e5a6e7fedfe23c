package index

import (
	"fmt"
	"math/rand/v2"
)

// Sensitivity says how much of the variance of an outcome a factor makes.
type Sensitivity struct {
	Factor string
	First  float64 // S_i: what the factor makes by itself
	Total  float64 // ST_i: what it makes together with others
	Known  bool    // false where the outcome does not vary, so that there is nothing to divide up
}

// Estimate gives the indices from the outcomes of a design of N(d+2) runs: first those of matrix A, then of B, then for each factor those of A
// with the factor's column taken from B. With V the variance of all outcomes of A and B (n-1), S_i = mean(y_B(y_ABi - y_A))/V and ST_i =
// Σ(y_A - y_ABi)²/(2NV) (Saltelli and others, 2010, table 2, (b) and (f)).
func Estimate(outcomes []float64, factors []string) ([]Sensitivity, error) {
	n := len(outcomes) / (len(factors) + 2)
	if n < 2 || len(factors) == 0 || len(outcomes) != n*(len(factors)+2) {
		return nil, fmt.Errorf("%d runs are not N times %d, for %d factors and at least two samples", len(outcomes), len(factors)+2, len(factors))
	}
	_, sd, _ := deviation(outcomes[:2*n])
	v := sd * sd
	a, b := outcomes[:n], outcomes[n:2*n]
	made := make([]Sensitivity, len(factors))
	for k, factor := range factors {
		mixed := outcomes[(k+2)*n : (k+3)*n]
		first, total := 0.0, 0.0
		for i := range n {
			first += b[i] * (mixed[i] - a[i])
			total += (a[i] - mixed[i]) * (a[i] - mixed[i])
		}
		made[k] = Sensitivity{Factor: factor}
		if v > 0 && finite(v) {
			made[k].First, made[k].Total, made[k].Known = first/float64(n)/v, total/(2*float64(n)*v), true
		}
	}
	return made, nil
}

// Sensitivity runs a design of N(d+2) replications for d factors, in the order that Estimate takes. The outcome of a replication is the mean over
// all rows of how far the rank lies from the nominal one.
func (s Simulation) Sensitivity(design Design, factors []string) ([]Sensitivity, error) {
	target, err := s.Result.Structure.target(s.Target)
	if err != nil {
		return nil, err
	}
	p, err := prepare(s.Result, s.Alternatives, s.Threshold, design)
	if err != nil {
		return nil, err
	}
	_, nominal := s.nominal()
	outcomes, counts := make([]float64, design.Len()), make([]int, design.Len())
	err = p.run(design, target, s.Options, func(replication int, _ []float64, ranks []int32) {
		sum := int64(0)
		for i, rank := range ranks {
			if rank > 0 && nominal[i] > 0 {
				sum += int64(max(rank-nominal[i], nominal[i]-rank))
				counts[replication]++
			}
		}
		outcomes[replication] = float64(sum) / float64(max(counts[replication], 1))
	})
	if err != nil {
		return nil, err
	}
	for replication, count := range counts {
		if count == 0 {
			return nil, &ReplicationError{replication, fmt.Errorf("no unit has both a rank and a nominal one")}
		}
	}
	return Estimate(outcomes, factors)
}

// The factors that a Sobol design may have.
const (
	FactorTreat     = "treat"
	FactorNormalise = "normalise"
	FactorAggregate = "aggregate"
	FactorWeights   = "weights" // all of them together
)

// Sobol is the design of matrices A, B and AB_i (Saltelli and others, 2010) over the alternatives and the weights, all weights as one factor. Its
// draws depend on Seed and their number alone.
type Sobol struct {
	Alternatives Alternatives
	Noise        float64 // of weights, as in Random
	Samples      int     // N
	Seed         uint64
}

// Factors are those with more than one choice.
func (s Sobol) Factors() []string {
	var list []string
	for _, f := range []struct {
		name   string
		varies bool
	}{
		{FactorTreat, len(s.Alternatives.Treat) > 1}, {FactorNormalise, len(s.Alternatives.Normalise) > 1},
		{FactorAggregate, len(s.Alternatives.Aggregate) > 1}, {FactorWeights, s.Noise > 0},
	} {
		if f.varies {
			list = append(list, f.name)
		}
	}
	return list
}

// Len is N(d+2).
func (s Sobol) Len() int { return s.Samples * (len(s.Factors()) + 2) }

// Varies tells whether there is noise.
func (s Sobol) Varies(int) bool { return s.Noise > 0 }

// Draw gives a row of A, then of B, then of each AB_i.
func (s Sobol) Draw(replication int, into *Draw) {
	block, row := replication/s.Samples, replication%s.Samples
	swapped := ""
	if block >= 2 {
		swapped = s.Factors()[block-2]
	}
	// Each factor draws from a stream of its own, so that a row of A and one of B differ in the swapped factor and in nothing else.
	of := func(factor string, number uint64) *rand.Rand {
		side := uint64(0)
		if block == 1 || factor == swapped {
			side = 1
		}
		return stream(s.Seed, uint64(row)<<3|number<<1|side)
	}
	into.Treat = pickFrom(of(FactorTreat, 0), len(s.Alternatives.Treat))
	into.Normalise = pickFrom(of(FactorNormalise, 1), len(s.Alternatives.Normalise))
	into.Aggregate = pickFrom(of(FactorAggregate, 2), len(s.Alternatives.Aggregate))
	Random{Noise: s.Noise}.shake(of(FactorWeights, 3), into.Weights)
}
