// Command disclosure measures how long it takes to hide what is too small in invented tables, each pattern attacked: the cheapest pattern of a
// table of 8 by 4 in 50 ms, a table of 100 by 50 with a proven bound on its cost in 10 s. It shows how the time grows with the table, and ends
// with 1 where a limit is passed.
package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/test/speed/bench"
)

const (
	smallTables = 40
	ground      = 10 // the threshold
)

func main() {
	b := bench.New("disclosure")
	b.End(run(b))
}

func run(b *bench.Bench) error {
	if err := small(b); err != nil {
		return err
	}
	for _, percent := range []int{2, 10, 30} {
		if err := large(b, percent); err != nil {
			return err
		}
	}
	return b.Growth("cells, of which one in ten is small", 500, 24, func(cells int) (func() error, error) {
		rows := 20
		for rows*rows < cells {
			rows += 20
		}
		table, err := invent(rand.New(rand.NewPCG(5, 10)), rows, cells/rows, 10)
		return func() error {
			_, err := table.Suppress(table.Below(ground))
			return err
		}, err
	})
}

// small takes the slowest of many tables of 8 by 4.
func small(b *bench.Bench) error {
	slowest, optimal := 0.0, 0
	for seed := range smallTables {
		table, err := invent(rand.New(rand.NewPCG(uint64(seed), 8)), 8, 4, 10+5*(seed%5))
		if err != nil {
			return err
		}
		needs := table.Below(ground)
		var pattern disclosure.Pattern
		took, err := bench.Measure(3, func() (err error) {
			pattern, err = table.Suppress(needs)
			return err
		})
		if err != nil {
			return err
		}
		slowest = max(slowest, took.Wall)
		if pattern.Optimal() {
			optimal++
		}
	}
	b.AtMost(fmt.Sprintf("the slowest of %d tables of 8 by 4", smallTables), 1000*slowest, 50, "ms", "")
	b.AtLeast("of them with the cheapest pattern, proven", float64(optimal), smallTables, "tables", "")
	return nil
}

// large takes a table of 100 by 50 and tells how far its cost can be above that of the cheapest pattern.
func large(b *bench.Bench, percent int) error {
	table, err := invent(rand.New(rand.NewPCG(5, uint64(percent))), 100, 50, percent)
	if err != nil {
		return err
	}
	needs := table.Below(ground)
	var pattern disclosure.Pattern
	took, err := bench.Measure(1, func() (err error) {
		pattern, err = table.Suppress(needs)
		return err
	})
	if err != nil {
		return err
	}
	b.AtMost(fmt.Sprintf("a table of 100 by 50, %d in 100 cells small (%d)", percent, len(needs)), took.Wall, 10, "s", "")
	b.AtMost("  its cost above the proven bound", 100*float64(pattern.Cost-pattern.Bound)/float64(pattern.Bound), 10, "%", "")
	return nil
}

// invent makes a table of which about percent in a hundred inner cells are small, with its totals.
func invent(r *rand.Rand, rows, columns, percent int) (*disclosure.Table, error) {
	values := make([][]int64, rows+1)
	for i := range values {
		values[i] = make([]int64, columns+1)
	}
	for cell := range rows * columns {
		i, j := cell/columns, cell%columns
		v := ground + r.Int64N(500)
		if r.IntN(100) < percent {
			v = r.Int64N(ground)
		}
		for _, at := range []*int64{&values[i][j], &values[i][columns], &values[rows][j], &values[rows][columns]} {
			*at += v
		}
	}
	return disclosure.TwoWay(values, nil)
}
