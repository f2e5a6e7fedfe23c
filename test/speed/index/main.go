// Command index measures the composite indices: a Monte Carlo of 1,000 replications, the steps of one index, and how both grow when their input
// is doubled four times. COINr 1.1.14 needs 138.7 s of processor time for the Monte Carlo of 51 units and 49 indicators, 0.31 s to build, normalise
// and aggregate 1,000 units of 200 indicators, and 1.56 s to treat their outliers; the limits are a five-hundredth of the first and a tenth of
// the others. It ends with 1 where a limit is passed.
package main

import (
	"fmt"
	"runtime"

	"github.com/cityrights/cityrights/measure/index"
	"github.com/cityrights/cityrights/test/speed/bench"
)

// What COINr took, in seconds of a processor.
const (
	simulationOfCOINr = 138.7
	buildOfCOINr      = 0.31
	treatmentOfCOINr  = 1.56
)

type study struct{ *bench.Bench }

func main() {
	b := study{bench.New("index")}
	b.End(b.run())
}

func (b study) run() error {
	for _, part := range []func() error{b.replications, b.steps, b.growthOfBuild, b.growthOfCopeland, b.growthOfReplications, b.large} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (b study) replications() error {
	made, err := invent(51, 49)
	if err != nil {
		return err
	}
	// Every weight varies, that of each indicator too, so that no replication can take a part of another.
	design := index.Random{Alternatives: others, Noise: 0.25, Replications: 1000, Seed: 7}
	took, err := bench.Measure(7, func() error { return made.uncertainty(design) })
	b.AtMost("1,000 replications of 51 units and 49 indicators", took.Processor, simulationOfCOINr/500, "s", fmt.Sprintf("COINr %g, %.0f times as long", simulationOfCOINr, simulationOfCOINr/took.Processor))
	return err
}

func (b study) steps() error {
	made, err := invent(1000, 200)
	if err != nil {
		return err
	}
	plain := usual
	plain.Treat = index.Treatment{}
	took, err := bench.Measure(15, func() error { _, err := index.Build(made.table, made.structure, plain); return err })
	if err != nil {
		return err
	}
	b.AtMost("build, normalise and aggregate 1,000 units of 200 indicators", took.Processor, buildOfCOINr/10, "s", fmt.Sprintf("COINr %g, %.0f times as long", buildOfCOINr, buildOfCOINr/took.Processor))
	took, err = bench.Measure(15, func() error { usual.Treat.Treat(made.table); return nil })
	b.AtMost("treat the outliers of 1,000 units of 200 indicators", took.Processor, treatmentOfCOINr/10, "s", fmt.Sprintf("COINr %g, %.0f times as long", treatmentOfCOINr, treatmentOfCOINr/took.Processor))
	return err
}

func (b study) growthOfBuild() error {
	return b.Growth("units of 200 indicators, every step", 1000, 22, func(units int) (func() error, error) {
		made, err := invent(units, 200)
		return func() error { _, err := index.Build(made.table, made.structure, usual); return err }, err
	})
}

// growthOfCopeland shows the square that pairs of units make.
func (b study) growthOfCopeland() error {
	return b.Growth("units of 50 indicators, Copeland", 250, 280, func(units int) (func() error, error) {
		made, err := invent(units, 50)
		method := usual
		method.Aggregate = []index.Aggregation{{Kind: index.Copeland}}
		return func() error { _, err := index.Build(made.table, made.structure, method); return err }, err
	})
}

func (b study) growthOfReplications() error {
	made, err := invent(500, 100)
	if err != nil {
		return err
	}
	return b.Growth("replications of 500 units and 100 indicators", 250, 18, func(replications int) (func() error, error) {
		design := index.Random{Alternatives: others, Noise: 0.25, Replications: replications, Seed: 7}
		return func() error { return made.uncertainty(design) }, nil
	})
}

func (b study) large() error {
	fmt.Println()
	made, err := invent(10_000, 300)
	if err != nil {
		return err
	}
	design := index.Random{Alternatives: others, Noise: 0.25, Replications: 1000, Seed: 7}
	took, err := bench.Measure(1, func() error { return made.uncertainty(design) })
	if err != nil {
		return err
	}
	fmt.Printf("1,000 replications of 10,000 units and 300 indicators: %.1f s on %d cores, %.1f s of processor\n", took.Wall, runtime.GOMAXPROCS(0), took.Processor)
	b.AtMost("its peak memory", bench.PeakMemory(), 1024, "MB", "")
	return nil
}
