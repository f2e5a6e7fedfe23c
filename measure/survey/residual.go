package survey

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// fit takes out of a linearised variable, which is 0 but for members, what the calibration explains, in place and for all respondents.
type fit interface {
	residuals(e []float64, members []int32)
}

// marginFit regresses on the categories of margins (“margin dummies”). All in a cell have the same ones, so it works on cells.
type marginFit struct {
	cells    *cells
	weights  []float64 // nil: 1 each
	offsets  []int     // of each margin's first category among all
	equation *equation
}

func newMarginFit(c *cells, weights []float64, margins []Margin, plain bool) (*marginFit, error) {
	f := &marginFit{cells: c, weights: weights}
	inCell := c.base
	if plain {
		f.weights, inCell = nil, make([]float64, len(c.base))
		for _, cell := range c.of {
			inCell[cell]++
		}
	}
	columns := 0
	for m := range margins {
		f.offsets = append(f.offsets, columns)
		columns += len(margins[m].Categories)
	}
	gram := mat.NewSymDense(columns, nil)
	for cell, w := range inCell {
		for m := range c.codes {
			for l := m; l < len(c.codes); l++ {
				j, k := f.column(m, cell), f.column(l, cell)
				gram.SetSym(j, k, gram.At(j, k)+w)
			}
		}
	}
	var err error
	f.equation, err = newEquation(gram)
	return f, err
}

func (f *marginFit) column(margin, cell int) int {
	return f.offsets[margin] + int(f.cells.codes[margin][cell])
}

func (f *marginFit) residuals(e []float64, members []int32) {
	inCell := make([]float64, len(f.cells.base))
	for _, i := range members {
		v := e[i]
		if f.weights != nil {
			v *= f.weights[i]
		}
		inCell[f.cells.of[i]] += v
	}
	right := make([]float64, f.equation.size)
	for cell, v := range inCell {
		for m := range f.cells.codes {
			right[f.column(m, cell)] += v
		}
	}
	slopes := f.equation.solve(right)
	fitted := make([]float64, len(inCell))
	for cell := range fitted {
		for m := range f.cells.codes {
			fitted[cell] += slopes[f.column(m, cell)]
		}
	}
	for i, cell := range f.cells.of {
		e[i] -= fitted[cell]
	}
}

// equation solves G b = r for a symmetric matrix of sums of squares and products, of which some columns may follow from others, as the
// categories of one margin from those of another: any of the solutions fits alike.
type equation struct {
	size    int
	gram    *mat.SymDense
	inverse *mat.Dense
}

// dependent is the eigenvalue, beside the largest, below which a direction is only rounding.
const dependent = 1e-11

func newEquation(gram *mat.SymDense) (*equation, error) {
	n := gram.SymmetricDim()
	scale := make([]float64, n) // columns of different units are brought to length 1
	for j := range n {
		if v := gram.At(j, j); v > 0 {
			scale[j] = 1 / math.Sqrt(v)
		}
	}
	scaled := mat.NewSymDense(n, nil)
	for j := range n {
		for k := j; k < n; k++ {
			v := gram.At(j, k) * scale[j] * scale[k]
			if !finite(v) {
				return nil, errTooLarge
			}
			scaled.SetSym(j, k, v)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(scaled, true) {
		return nil, errTooLarge
	}
	values := eigen.Values(nil)
	var vectors, spread mat.Dense
	eigen.VectorsTo(&vectors)
	for k, value := range values {
		weight := 0.0
		if value > dependent*values[n-1] {
			weight = 1 / math.Sqrt(value)
		}
		for j := range n {
			vectors.Set(j, k, vectors.At(j, k)*weight*scale[j])
		}
	}
	spread.Mul(&vectors, vectors.T())
	return &equation{size: n, gram: gram, inverse: &spread}, nil
}

// solve refines the solution once, by which it loses no digits to the inverse.
func (q *equation) solve(right []float64) []float64 {
	r := mat.NewVecDense(q.size, right)
	var b, left, step mat.VecDense
	b.MulVec(q.inverse, r)
	left.MulVec(q.gram, &b)
	left.SubVec(r, &left)
	step.MulVec(q.inverse, &left)
	b.AddVec(&b, &step)
	return b.RawVector().Data
}
