package index

import "math"

// faceoff is the memory of Copeland's method: the values of one period, unit by unit, so that two units are compared in two short reads.
type faceoff struct {
	values []float64
	rows   []int
	won    []int32
}

// copeland compares each two units of a period. One beats the other where the weights of the columns in which it is larger exceed those in
// which it is smaller, among the columns that both have; its score is the number it beats less the number that beat it. It is the score that the
// definition by o_ij > 1/2 gives, without the rounding of o_ij: weights of a tie count on both sides, so they cancel.
//
// The work grows with the square of the number of units: a majority of columns is no order that could be sorted by. One column alone is one, and
// is sorted.
func (c *combiner) copeland(operands []operand, weights, out []float64) {
	scale := 0.0
	for _, w := range weights {
		scale += w
	}
	f := &c.faceoff
	width := len(operands)
	for _, group := range c.groups {
		f.rows, f.values = f.rows[:0], f.values[:0]
		whole := true
		for _, row := range group {
			there := 0
			for _, o := range operands {
				if !isMissing(o.values[row]) {
					there++
				}
			}
			out[row] = missing
			if c.tooFew(there, width) {
				continue
			}
			whole = whole && there == width
			f.rows = append(f.rows, row)
			for _, o := range operands {
				f.values = append(f.values, o.values[row])
			}
		}
		f.score(width, weights, scale, whole, out)
	}
}

// score counts who beats whom.
func (f *faceoff) score(width int, weights []float64, scale float64, whole bool, out []float64) {
	n := len(f.rows)
	f.won = append(f.won[:0], make([]int32, n)...)
	if width == 1 && whole {
		for i, rank := range ascending(f.values) {
			f.won[i] += rank - 1 // how many are smaller
		}
		mirrored := make([]float64, n)
		for i, v := range f.values {
			mirrored[i] = -v
		}
		for i, rank := range ascending(mirrored) {
			f.won[i] -= rank - 1
		}
	} else {
		even := 1e-12 * scale // sums of the same weights in another order differ by less
		for i := range n {
			a := f.values[i*width : (i+1)*width]
			for j := i + 1; j < n; j++ {
				b := f.values[j*width : (j+1)*width]
				ahead := 0.0
				for k, w := range weights {
					// A missing value is neither above nor below, so its column counts for neither.
					if a[k] > b[k] {
						ahead += w
					} else if a[k] < b[k] {
						ahead -= w
					}
				}
				if math.Abs(ahead) <= even {
					continue
				}
				side := int32(1)
				if ahead < 0 {
					side = -1
				}
				f.won[i] += side
				f.won[j] -= side
			}
		}
	}
	for i, row := range f.rows {
		out[row] = float64(f.won[i])
	}
}
