// Package bench is what the programs that measure the methods have in common: they print each figure beside its limit and beside what the peer
// took, show how time grows while the input is doubled four times, and end with 1 where a promise is missed. They are no tests: a loaded machine
// proves nothing.
package bench

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Bench prints figures as they come and remembers whether a promise was missed.
type Bench struct {
	name   string
	missed int
}

// New begins with what the figures are measured on.
func New(name string) *Bench {
	load, _ := os.ReadFile("/proc/loadavg") // not every system tells
	before, _, _ := strings.Cut(string(load), " ")
	fmt.Printf("%s: %s/%s, %d cores of %s, %s, load %s\n\n", name, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processorName(), runtime.Version(), before)
	return &Bench{name: name}
}

func processorName() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// AtMost prints a figure that must not pass a limit. Peer says what it is promised against; it may be empty.
func (b *Bench) AtMost(what string, value, limit float64, unit, peer string) {
	b.print(what, value, limit, unit, peer, "at most", value > limit)
}

// AtLeast prints a figure that must reach a limit.
func (b *Bench) AtLeast(what string, value, limit float64, unit, peer string) {
	b.print(what, value, limit, unit, peer, "at least", value < limit)
}

func (b *Bench) print(what string, value, limit float64, unit, peer, relation string, missed bool) {
	mark := ""
	if missed {
		b.missed++
		mark = "  MISSED"
	}
	if peer != "" {
		peer = "; " + peer
	}
	fmt.Printf("%s: %.4g %s (%s %.4g%s)%s\n", what, value, unit, relation, limit, peer, mark)
}

// End ends the program, with 1 where it failed or a promise was missed.
func (b *Bench) End(err error) {
	switch {
	case err != nil:
		fmt.Fprintf(os.Stderr, "%s: %v\n", b.name, err)
	case b.missed > 0:
		fmt.Printf("\n%s: %d promises are missed\n", b.name, b.missed)
	default:
		return
	}
	os.Exit(1)
}

// Cost is what a job took, in seconds.
type Cost struct {
	Wall      float64
	Processor float64 // of all threads, garbage collection included
}

// Measure runs a job several times and gives its median cost.
func Measure(times int, job func() error) (Cost, error) {
	var walls, processors []float64
	for range times {
		runtime.GC()
		before, start := ProcessorTime(), time.Now()
		if err := job(); err != nil {
			return Cost{}, err
		}
		walls = append(walls, time.Since(start).Seconds())
		processors = append(processors, ProcessorTime()-before)
	}
	slices.Sort(walls)
	slices.Sort(processors)
	return Cost{walls[times/2], processors[times/2]}, nil
}

// Growth measures a job for a size and its double four times, prints each time with what it is to that of half the size, and judges the last one
// in relation to the first.
func (b *Bench) Growth(what string, size int, limit float64, prepare func(size int) (func() error, error)) error {
	fmt.Printf("\n%s:\n", what)
	first, last := 0.0, 0.0
	for range 5 {
		job, err := prepare(size)
		if err != nil {
			return err
		}
		took, err := Measure(5, job)
		if err != nil {
			return err
		}
		fmt.Printf("  %9d  processor %8.4f s  time %8.4f s", size, took.Processor, took.Wall)
		if first == 0 {
			first = took.Processor
		} else {
			fmt.Printf("  to half: %.2f", took.Processor/last)
		}
		fmt.Println()
		last = took.Processor
		size *= 2
	}
	b.AtMost("  sixteen times the input", last/first, limit, "times the processor time", "")
	fmt.Println()
	return nil
}

// ProcessorTime is that of the process so far, in seconds.
func ProcessorTime() float64 {
	usage := used()
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// PeakMemory is the most that the process ever held, in MB.
func PeakMemory() float64 { return float64(used().Maxrss) / 1024 }

func used() syscall.Rusage {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // never for the process itself
	}
	return usage
}
