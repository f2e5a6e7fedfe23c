package index

import "math"

// operand is a column that takes part in a mean.
type operand struct {
	values   []float64 // as they are; missing is NaN
	ready    []float64 // transformed for the mean that is asked for; nil: not yet
	complete bool      // no value is missing
}

// combiner makes means of columns. It keeps its memory, so that the same one may not be used twice at a time.
type combiner struct {
	threshold float64
	groups    [][]int // rows of each period: Copeland compares within them
	workers   int     // cores that one mean may use; replications are spread over cores as they are
	weight    []float64
	count     []int32
	spare     [][]float64
	columns   [][]float64
	faceoff   faceoff
}

// offence is a value that a mean cannot take.
type offence struct{ operand, row int }

// combine puts the mean of the operands, by row, into out, and tells whether no row is missing. A row of which nothing is there, or less than
// the threshold, is missing, and so is a result beyond the range of numbers. A value that the mean cannot take is given back, and out is then
// worth nothing.
func (c *combiner) combine(a Aggregation, operands []operand, weights, out []float64) (whole bool, bad *offence) {
	if a.Kind == Copeland {
		c.copeland(operands, weights, out)
		return complete(out), nil
	}
	whole = true
	c.columns = c.columns[:0]
	for k, o := range operands {
		whole = whole && o.complete
		ready := o.ready
		if a.straight() {
			ready = o.values
		} else if ready == nil {
			ready = c.scratch(k, len(out))
			if row := a.transform(o.values, ready); row >= 0 {
				return false, &offence{k, row}
			}
		}
		c.columns = append(c.columns, ready)
	}
	if whole {
		total(c.columns, weights, out)
	} else {
		c.partial(c.columns, weights, out)
	}
	for i, v := range out {
		switch {
		case a.straight():
		case a.Kind == Power && (v < math.SmallestNonzeroFloat64*(1<<52) || v > math.MaxFloat64):
			v = a.scaled(operands, weights, i) // the powers have left the range of numbers, the mean has not
		default:
			if v = a.back(v); v == 0 && a.Kind == Harmonic {
				v = missing
			}
		}
		if !finite(v) {
			v, whole = missing, false
		}
		out[i] = v
	}
	return whole, nil
}

func (c *combiner) scratch(k, n int) []float64 {
	for len(c.spare) <= k {
		c.spare = append(c.spare, make([]float64, n))
	}
	return c.spare[k]
}

// total is the weighted mean of columns without gaps, four of them at a time: then the sums are read and written a quarter as often.
func total(columns [][]float64, weights, out []float64) {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	clear(out)
	for len(columns) >= 4 {
		c0, c1, c2, c3 := columns[0][:len(out)], columns[1][:len(out)], columns[2][:len(out)], columns[3][:len(out)]
		w0, w1, w2, w3 := weights[0], weights[1], weights[2], weights[3]
		for i, v := range out {
			out[i] = v + (w0*c0[i] + w1*c1[i]) + (w2*c2[i] + w3*c3[i])
		}
		columns, weights = columns[4:], weights[4:]
	}
	for k, column := range columns {
		w := weights[k]
		for i, v := range column[:len(out)] {
			out[i] += w * v
		}
	}
	for i := range out {
		out[i] /= sum
	}
}

// partial is the weighted mean of what is there.
func (c *combiner) partial(columns [][]float64, weights, out []float64) {
	if c.weight == nil {
		c.weight, c.count = make([]float64, len(out)), make([]int32, len(out))
	}
	clear(out)
	clear(c.weight)
	clear(c.count)
	for k, column := range columns {
		w := weights[k]
		for i, v := range column[:len(out)] {
			if !isMissing(v) {
				out[i] += w * v
				c.weight[i] += w
				c.count[i]++
			}
		}
	}
	for i := range out {
		if c.tooFew(int(c.count[i]), len(columns)) {
			out[i] = missing
		} else {
			out[i] /= c.weight[i]
		}
	}
}

// tooFew tells whether fewer are there than the threshold asks for. The share is compared with a margin, so that 0.6 of five is three.
func (c *combiner) tooFew(there, of int) bool {
	return there == 0 || float64(there) < c.threshold*float64(of)-1e-9
}

// scaled is a power mean of one row, relative to its largest value (its smallest, where the power is below 0).
func (a Aggregation) scaled(operands []operand, weights []float64, row int) float64 {
	by := 0.0
	for _, o := range operands {
		if v := o.values[row]; !isMissing(v) && (by == 0 || v > by == (a.Power > 0)) {
			by = v
		}
	}
	if by == 0 {
		return 0 // all are
	}
	sum, weight := 0.0, 0.0
	for k, o := range operands {
		if v := o.values[row]; !isMissing(v) {
			sum += weights[k] * math.Pow(v/by, a.Power)
			weight += weights[k]
		}
	}
	if v := by * math.Pow(sum/weight, 1/a.Power); finite(v) {
		return v
	}
	return missing
}
