package index

import (
	"math"
	"sync"
)

// faceoff is the memory of Copeland's method. Values are kept as ranks, unit by unit, so that two units are compared in two short reads and
// without a branch that the processor would have to guess.
type faceoff struct {
	rows  []int
	ranks []int32 // of each unit in each column, ascending; 0 where the value is missing
	won   []int32
}

// copeland compares each two units of a period. One beats the other where the weights of the columns in which it is larger exceed those in
// which it is smaller, among the columns that both have; its score is the number it beats less the number that beat it. It is the score that the
// definition by o_ij > 1/2 gives, without the rounding of o_ij: weights of a tie count on both sides, so they cancel.
//
// The work grows with the square of the number of units: a majority of columns is no order that could be sorted by. One column alone is one, and
// is sorted.
func (c *combiner) copeland(operands []operand, weights, out []float64) {
	f := &c.faceoff
	width := len(operands)
	for _, group := range c.groups {
		f.rows = f.rows[:0]
		for _, row := range group {
			there := 0
			for _, o := range operands {
				if !isMissing(o.values[row]) {
					there++
				}
			}
			out[row] = missing
			if !c.tooFew(there, width) {
				f.rows = append(f.rows, row)
			}
		}
		whole := f.rank(operands)
		f.won = append(f.won[:0], make([]int32, len(f.rows))...)
		if width == 1 {
			f.sorted()
		} else {
			f.compare(weights, whole, c.workers)
		}
		for i, row := range f.rows {
			out[row] = float64(f.won[i])
		}
	}
}

// rank replaces the values of the rows by their ranks and tells whether none is missing.
func (f *faceoff) rank(operands []operand) (whole bool) {
	n, width := len(f.rows), len(operands)
	f.ranks = append(f.ranks[:0], make([]int32, n*width)...)
	whole = true
	column := make([]float64, n)
	for k, o := range operands {
		for i, row := range f.rows {
			column[i] = o.values[row]
		}
		for i, rank := range ascending(column) {
			f.ranks[i*width+k] = rank
			whole = whole && rank > 0
		}
	}
	return whole
}

// sorted scores by one column: how many ranks lie below, less how many lie above.
func (f *faceoff) sorted() {
	n := len(f.rows)
	size := make([]int32, n+1) // of the group of equal values that begins at a rank
	for _, rank := range f.ranks {
		size[rank]++
	}
	for i, rank := range f.ranks {
		f.won[i] = rank - 1 - (int32(n) - rank + 1 - size[rank])
	}
}

// compare compares all pairs, on several cores where there are many: each takes units from all over, since those at the end have fewer behind them.
func (f *faceoff) compare(weights []float64, whole bool, workers int) {
	pairs := f.pairsWithGaps
	if whole {
		pairs = f.pairs
	}
	n := len(f.rows)
	if workers = min(workers, n/200); workers < 2 {
		pairs(weights, 0, 1, f.won)
		return
	}
	won := make([][]int32, workers)
	var all sync.WaitGroup
	for k := range workers {
		won[k] = make([]int32, n)
		all.Go(func() { pairs(weights, k, workers, won[k]) })
	}
	all.Wait()
	for _, part := range won {
		for i, v := range part {
			f.won[i] += v
		}
	}
}

// pairs compares units that have every value: each step-th unit, beginning with the first, with all behind it.
func (f *faceoff) pairs(weights []float64, first, step int, won []int32) {
	n, width := len(f.rows), len(weights)
	even := evenly(weights)
	for i := first; i < n; i += step {
		a := f.ranks[i*width : (i+1)*width]
		for j := i + 1; j < n; j++ {
			b := f.ranks[j*width:][:len(a)]
			ahead := 0.0
			for k, w := range weights[:len(a)] {
				d := int64(a[k]) - int64(b[k])
				ahead += w * float64(d>>63|int64(uint64(-d)>>63)) // -1, 0 or 1
			}
			score(won, i, j, ahead, even)
		}
	}
}

// pairsWithGaps does the same by the columns that both units have.
func (f *faceoff) pairsWithGaps(weights []float64, first, step int, won []int32) {
	n, width := len(f.rows), len(weights)
	even := evenly(weights)
	for i := first; i < n; i += step {
		a := f.ranks[i*width : (i+1)*width]
		for j := i + 1; j < n; j++ {
			b := f.ranks[j*width : (j+1)*width]
			ahead := 0.0
			for k, w := range weights {
				switch {
				case a[k] == 0 || b[k] == 0:
				case a[k] > b[k]:
					ahead += w
				case a[k] < b[k]:
					ahead -= w
				}
			}
			score(won, i, j, ahead, even)
		}
	}
}

// evenly is a difference of sums of weights that is none: the same weights in another order differ by less.
func evenly(weights []float64) float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	return 1e-12 * sum
}

func score(won []int32, i, j int, ahead, even float64) {
	if math.Abs(ahead) <= even {
		return
	}
	side := int32(1)
	if ahead < 0 {
		side = -1
	}
	won[i] += side
	won[j] -= side
}
