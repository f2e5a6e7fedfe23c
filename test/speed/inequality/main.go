// Command inequality studies how often the intervals of measure/inequality hold the truth, on invented breakdowns: how much unequal subgroups are,
// in relation to the standard errors of their estimates, makes the difference. It ends with 1 where a promise is missed.
//
//	go run ./test/speed/inequality -draws 1000 -seed 7
//
// docs/methods/inequality.md has the figures.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/cityrights/cityrights/measure/inequality"
	"github.com/cityrights/cityrights/measure/inequality/inequalitytest"
	"github.com/cityrights/cityrights/test/speed/bench"
)

// lowest is the least share of intervals of 95 % that must hold the truth.
const lowest = 0.92

func main() {
	draws := flag.Int("draws", 1000, "draws of each breakdown")
	seed := flag.Uint64("seed", 7, "seed of the first draw")
	flag.Parse()
	b := bench.New("inequality")
	b.End(run(b, *draws, *seed))
}

func run(b *bench.Bench, draws int, seed uint64) error {
	for _, d := range []struct {
		name      string
		breakdown inequality.Breakdown
	}{
		{"five ordered subgroups", ordered()},
		{"34 regions, differences of five standard errors", regions(34, 12, 2.4)},
		{"34 regions, differences of two standard errors", regions(34, 6, 3)},
		{"34 regions, as before, with the lowest as reference", referring(regions(34, 6, 3), 0)},
		{"34 regions, as before, with the highest as reference", referring(regions(34, 6, 3), 1)},
		{"34 regions, as before, with the middle one as reference", referring(regions(34, 6, 3), 0.5)},
		{"8 districts, differences of three standard errors", regions(8, 9, 3)},
		{"20 regions that do not differ", regions(20, 0, 3)},
	} {
		fmt.Printf("%s\n  %-10s %10s %9s %9s %9s %9s\n", d.name, "measure", "truth", "held", "too low", "sd", "implied")
		fewest := 1.0
		coverages, err := inequalitytest.Run(d.breakdown, draws, seed, inequality.Options{Replications: 400})
		if err != nil {
			return err
		}
		for _, c := range coverages {
			if c.Drawn == 0 {
				continue
			}
			fewest = min(fewest, c.Covered)
			fmt.Printf("  %-10s %10.4f %8.1f%% %8.1f%% %9.4f %9.4f\n", c.Code, c.Truth, 100*c.Covered, 100*c.Below, c.SD, c.Implied)
		}
		b.AtLeast("  truths held by intervals of 95 %, of the measure with the fewest", 100*fewest, 100*lowest, "%", "")
	}
	return b.Growth("subgroups, all measures with intervals", 10, 24, func(n int) (func() error, error) {
		breakdown := regions(n, 9, 3)
		return func() error {
			_, err := inequality.Summarise(breakdown, inequality.Options{})
			return err
		}, nil
	})
}

// ordered is like access by five levels of income.
func ordered() inequality.Breakdown {
	b := inequality.Breakdown{Indicator: "access", Dimension: "income", Favourable: true, Ordered: true, Scale: 100}
	for i, estimate := range []float64{62, 71, 77, 80, 88} {
		order, se, people := float64(i+1), 2.5-0.2*float64(i), []float64{900, 1200, 1000, 1100, 800}[i]
		b.Subgroups = append(b.Subgroups, inequality.Subgroup{Name: fmt.Sprint(i), Order: &order, Estimate: &estimate, SE: &se, Population: &people})
	}
	return b
}

// referring takes the subgroup with a share of the others below it as reference.
func referring(b inequality.Breakdown, share float64) inequality.Breakdown {
	order := slices.Clone(b.Subgroups)
	slices.SortFunc(order, func(x, y inequality.Subgroup) int { return cmp.Compare(*x.Estimate, *y.Estimate) })
	chosen := order[int(share*float64(len(order)-1))].Name
	for i := range b.Subgroups {
		b.Subgroups[i].Reference = b.Subgroups[i].Name == chosen
	}
	return b
}

// regions are n subgroups about 60 with a standard deviation of differ and a standard error of se.
func regions(n int, differ, se float64) inequality.Breakdown {
	random := rand.New(rand.NewPCG(11, 11))
	b := inequality.Breakdown{Indicator: "access", Dimension: "region", Favourable: true, Scale: 100}
	for i := range n {
		estimate, people := 60+differ*random.NormFloat64(), 100+900*random.Float64()
		b.Subgroups = append(b.Subgroups, inequality.Subgroup{Name: fmt.Sprintf("%02d", i), Estimate: &estimate, SE: &se, Population: &people, Reference: i == n/2})
	}
	return b
}
