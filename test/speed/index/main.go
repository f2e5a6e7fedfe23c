// Command index measures the composite indices: a Monte Carlo of 1,000 replications, the steps of one index, and how both grow when their input
// is doubled four times. COINr 1.1.14 needs 138.7 s of processor time for the Monte Carlo of 51 units and 49 indicators, 0.31 s to build, normalise
// and aggregate 1,000 units of 200 indicators, and 1.56 s to treat their outliers; the limits are a five-hundredth of the first and a tenth of
// the others. It prints "name: figure (limit)" and ends with 1 where a limit is passed. It is no test: a loaded machine proves nothing.
package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/cityrights/cityrights/measure/index"
)

func main() {
	b := bench{}
	if err := b.run(); err != nil {
		fmt.Fprintln(os.Stderr, "index:", err)
		os.Exit(1)
	}
	if b.missed {
		os.Exit(1)
	}
}

type bench struct{ missed bool }

func (b *bench) run() error {
	for _, part := range []func() error{b.replications, b.steps, b.growthOfBuild, b.growthOfCopeland, b.growthOfReplications, b.large} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// cost is what a job took.
type cost struct{ wall, processor float64 } // seconds

// measure runs a job several times and gives its median cost.
func measure(times int, job func() error) (cost, error) {
	var walls, processors []float64
	for range times {
		runtime.GC()
		before, start := processorTime(), time.Now()
		if err := job(); err != nil {
			return cost{}, err
		}
		walls = append(walls, time.Since(start).Seconds())
		processors = append(processors, processorTime()-before)
	}
	slices.Sort(walls)
	slices.Sort(processors)
	return cost{walls[times/2], processors[times/2]}, nil
}

func processorTime() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return float64(used.Utime.Sec+used.Stime.Sec) + float64(used.Utime.Usec+used.Stime.Usec)/1e6
}

// peakMemory is the most the process ever held, in MB.
func peakMemory() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return float64(used.Maxrss) / 1024
}

func (b *bench) promise(name string, value, limit float64, unit string) {
	mark := ""
	if value > limit {
		mark, b.missed = "  MISSED", true
	}
	fmt.Printf("%s: %.4g %s (%g)%s\n", name, value, unit, limit, mark)
}

func (b *bench) replications() error {
	made, err := invent(51, 49)
	if err != nil {
		return err
	}
	// Every weight varies, that of each indicator too, so that no replication can take a part of another.
	design := index.Random{Alternatives: others, Noise: 0.25, Replications: 1000, Seed: 7}
	took, err := measure(7, func() error { return made.uncertainty(design) })
	b.promise("1,000 replications of 51 units and 49 indicators, processor", took.processor, 138.7/500, "s")
	return err
}

func (b *bench) steps() error {
	made, err := invent(1000, 200)
	if err != nil {
		return err
	}
	plain := usual
	plain.Treat = index.Treatment{}
	took, err := measure(15, func() error { _, err := index.Build(made.table, made.structure, plain); return err })
	if err != nil {
		return err
	}
	b.promise("build, normalise and aggregate 1,000 units of 200 indicators", took.processor, 0.031, "s")
	took, err = measure(15, func() error { usual.Treat.Treat(made.table); return nil })
	b.promise("treat the outliers of 1,000 units of 200 indicators", took.processor, 0.156, "s")
	return err
}

func (b *bench) growthOfBuild() error {
	return b.growth("units of 200 indicators, every step", []int{1000, 2000, 4000, 8000, 16_000}, 22, func(units int) (func() error, error) {
		made, err := invent(units, 200)
		return func() error { _, err := index.Build(made.table, made.structure, usual); return err }, err
	})
}

// growthOfCopeland shows the square that pairs of units make.
func (b *bench) growthOfCopeland() error {
	return b.growth("units of 50 indicators, Copeland", []int{250, 500, 1000, 2000, 4000}, 280, func(units int) (func() error, error) {
		made, err := invent(units, 50)
		method := usual
		method.Aggregate = []index.Aggregation{{Kind: index.Copeland}}
		return func() error { _, err := index.Build(made.table, made.structure, method); return err }, err
	})
}

func (b *bench) growthOfReplications() error {
	made, err := invent(500, 100)
	if err != nil {
		return err
	}
	return b.growth("replications of 500 units and 100 indicators", []int{250, 500, 1000, 2000, 4000}, 18, func(replications int) (func() error, error) {
		design := index.Random{Alternatives: others, Noise: 0.25, Replications: replications, Seed: 7}
		return func() error { return made.uncertainty(design) }, nil
	})
}

// growth doubles the input four times and prints each time, with what it is to the time of half the input. The whole growth, to sixteen times the
// input, is what is judged.
func (b *bench) growth(what string, sizes []int, limit float64, prepare func(int) (func() error, error)) error {
	fmt.Printf("\n%s:\n", what)
	first, last := 0.0, 0.0
	for _, size := range sizes {
		job, err := prepare(size)
		if err != nil {
			return err
		}
		took, err := measure(7, job)
		if err != nil {
			return err
		}
		fmt.Printf("  %6d  processor %8.4f s  time %8.4f s", size, took.processor, took.wall)
		if last > 0 {
			fmt.Printf("  to half: %.2f", took.processor/last)
		} else {
			first = took.processor
		}
		fmt.Println()
		last = took.processor
	}
	b.promise("sixteen times the input", last/first, limit, "times")
	return nil
}

func (b *bench) large() error {
	fmt.Println()
	made, err := invent(10_000, 300)
	if err != nil {
		return err
	}
	design := index.Random{Alternatives: others, Noise: 0.25, Replications: 1000, Seed: 7}
	took, err := measure(1, func() error { return made.uncertainty(design) })
	if err != nil {
		return err
	}
	fmt.Printf("1,000 replications of 10,000 units and 300 indicators: %.1f s on %d cores, %.1f s of processor\n", took.wall, runtime.GOMAXPROCS(0), took.processor)
	b.promise("its peak memory", peakMemory(), 1024, "MB")
	return nil
}
