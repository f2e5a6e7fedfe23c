// Command disclosure measures how long it takes to hide what is too small in invented tables, each pattern attacked: the cheapest pattern of a
// table of 8 by 4 in 50 ms, a table of 100 by 50 with a proven bound on its cost in 10 s. It shows how the time grows with the table, and ends
// with 1 where a limit is passed. The work is done on one core, so that a limit is kept where the clock or the processor time keeps it: other work on
// the machine does not decide.
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
	if err := linked(b); err != nil {
		return err
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
		slowest = max(slowest, least(took))
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
	b.AtMost(fmt.Sprintf("a table of 100 by 50, %d in 100 cells small (%d)", percent, len(needs)), least(took), 10, "s", "")
	b.AtMost("  its cost above the proven bound", 100*float64(pattern.Cost-pattern.Bound)/float64(pattern.Bound), 10, "%", "")
	return nil
}

// least is what a job takes on a free machine, as far as it can be told.
func least(took bench.Cost) float64 { return min(took.Wall, took.Processor) }

// linked takes two tables of the same people, by area and by age, each crossed with sex, so that they share the totals by sex.
func linked(b *bench.Bench) error {
	const areas, ages, sexes = 20, 5, 3
	random := rand.New(rand.NewPCG(3, areas))
	tables := [2][][]int64{make([][]int64, areas+1), make([][]int64, ages+1)}
	var names [2][]string
	for k, kind := range []string{"area", "age"} {
		for i := range tables[k] {
			tables[k][i] = make([]int64, sexes+1)
			row := fmt.Sprint(kind, i)
			if i == len(tables[k])-1 {
				row = "all"
			}
			for s := range sexes + 1 {
				names[k] = append(names[k], fmt.Sprint(row, " / ", s))
			}
		}
	}
	for area := range areas {
		for age := range ages {
			for sex := range sexes {
				people := random.Int64N(14)
				for k, row := range []int{area, age} {
					for _, at := range []*int64{&tables[k][row][sex], &tables[k][row][sexes], &tables[k][len(tables[k])-1][sex], &tables[k][len(tables[k])-1][sexes]} {
						*at += people
					}
				}
			}
		}
	}
	var two [2]*disclosure.Table
	for k := range two {
		var err error
		if two[k], err = disclosure.TwoWay(tables[k], names[k]); err != nil {
			return err
		}
	}
	whole, _, err := disclosure.Link(two[0], two[1])
	if err != nil {
		return err
	}
	needs := whole.Below(3 * ground)
	var pattern disclosure.Pattern
	took, err := bench.Measure(3, func() (err error) {
		pattern, err = whole.Suppress(needs)
		return err
	})
	if err != nil {
		return err
	}
	b.AtMost(fmt.Sprintf("two linked tables of %d cells (%d small)", len(whole.Cells), len(needs)), least(took), 10, "s", "")
	b.AtMost("  its cost above the proven bound", 100*float64(pattern.Cost-pattern.Bound)/float64(pattern.Bound), 40, "%", "")
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
