// Command opinion measures the promises of speed and memory of the opinion map. It invents conversations, writes them as CSV, reads them and makes
// the map, each in a process of its own, and ends with 1 where a promise is missed. Beside the time on the clock it prints the processor time, which
// on free cores the clock never exceeds; a promise is kept where either keeps it, so that other work on the machine does not decide. It is no test.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/cityrights/cityrights/test/speed/bench"
)

// size is an invented conversation.
type size struct {
	name                                  string
	participants, statements, each, camps int
}

func (s size) votes() int { return s.participants * s.each }

// promises are what is promised of a conversation, and what peers took for the axes, groups and statistics of as many votes, in seconds of a
// processor; zero values promise nothing.
var promises = []struct {
	size
	seconds   float64 // on two free cores, from votes in memory to the map
	megabytes float64 // peak of the process that reads and computes
	peers     string
	update    float64 // share of the processor time of a full recomputation that a thousand further votes take
}{
	{size{"225,505 votes, 7,700 statements", 6443, 7700, 35, 4}, 0.2, 0, "numpy 0.20, red-dwarf 1.05", 0},
	{size{"225,550 votes, 500 statements", 4511, 500, 50, 4}, 0.2, 0, "numpy 0.20, red-dwarf 1.05", 0},
	{size{"1,000,000 votes", 20_000, 1000, 50, 4}, 0.5, 0, "numpy 1.70", 0.33},
	{size{"1,000,000 votes of noise", 20_000, 1000, 50, 0}, 0.5, 0, "numpy 1.70", 0},
	{size{"10,000,000 votes", 100_000, 10_000, 100, 4}, 0, 1024, "", 0.33},
}

// growing doubles four times.
var growing = []size{
	{"", 5000, 1000, 50, 4}, {"", 10_000, 1000, 50, 4}, {"", 20_000, 1000, 50, 4}, {"", 40_000, 1000, 50, 4}, {"", 80_000, 1000, 50, 4},
}

func main() {
	child := flag.String("child", "", "measure one size in this process (used by the program itself)")
	turns := flag.Int("turns", 3, "turns of each measurement; the best counts")
	python := flag.String("python", "python3", "the interpreter with NumPy, to compare with")
	flag.Parse()
	if *child != "" {
		if err := measure(*child, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "opinion:", err)
			os.Exit(1)
		}
		return
	}
	b := bench.New("opinion")
	err := all(b, *turns)
	if err == nil {
		err = compareAll(*python, *turns)
	}
	b.End(err)
}

// growthLimit is how much more processor time sixteen times the votes may take.
const growthLimit = 24

func all(b *bench.Bench, turns int) error {
	fmt.Println("Seconds; “read” is from CSV, “map” from votes in memory, “more” is a thousand further votes and the map again; “anew” is how much more processor time it takes to read and map all of them together, which gives the same map.")
	fmt.Println()
	fmt.Println("| conversation | read | map | processor | more | processor | anew | peak MB | bytes a vote | |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	var judge []func()
	for _, p := range promises {
		r, err := best(p.size, turns)
		if err != nil {
			return err
		}
		r.print(p.name, "")
		if p.seconds > 0 {
			judge = append(judge, func() { b.AtMost("map of "+p.name, min(r.Map, r.MapProcessor), p.seconds, "s", p.peers) })
		}
		if p.update > 0 {
			judge = append(judge, func() {
				b.AtMost("a thousand further votes on "+p.name, r.MoreProcessor/r.AnewProcessor, p.update, "of the processor time of all anew", "")
			})
		}
		if p.megabytes > 0 {
			judge = append(judge, func() { b.AtMost("peak memory for "+p.name, r.peakMB(), p.megabytes, "MB", p.peers) })
		}
	}
	fmt.Println()
	fmt.Println("| growth | read | map | processor | more | processor | anew | peak MB | bytes a vote | processor to half of it |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	first, before := 0.0, 0.0
	for _, s := range growing {
		r, err := best(s, turns)
		if err != nil {
			return err
		}
		ratio := ""
		if before > 0 {
			ratio = fmt.Sprintf("%.2f ×", r.MapProcessor/before)
		} else {
			first = r.MapProcessor
		}
		before = r.MapProcessor
		r.print(fmt.Sprintf("%d votes", s.votes()), ratio)
	}
	judge = append(judge, func() { b.AtMost("sixteen times the votes", before/first, growthLimit, "times the processor time", "") })
	fmt.Println()
	for _, say := range judge {
		say()
	}
	return nil
}
