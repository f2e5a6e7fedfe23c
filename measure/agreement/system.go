package agreement

import (
	"errors"

	"gonum.org/v1/gonum/mat"
)

// A system is the matrix of second derivatives of the negative log posterior, H. Units touch each other through raters only, and raters
// through units: the more numerous kind is eliminated, block by block, and the dense rest S (Schur complement) has the other kind and the
// common unknowns.
type system struct {
	d       *design
	byUnit  bool // units are eliminated
	width   int  // unknowns per eliminated block
	blocks  []block
	dense   []float64 // lower triangle of S, row by row, n × n
	right   []float64 // gradient of the dense unknowns
	n       int
	factor  mat.Cholesky
	logDet  float64
	inverse *mat.SymDense // of S, when asked for
}

// block is an eliminated unit or rater: its own matrix (symmetric, width² entries), its gradient, and its coupling to dense unknowns.
type block struct {
	own      [3]float64 // 11, 12, 22
	gradient [2]float64
	at       []int
	coupling [][2]float64
}

var errNotCurved = errors.New("the log posterior is not curved downwards here")

func newSystem(d *design) *system { return newSystemBy(d, len(d.units) >= d.perRater*len(d.raters)) }

func newSystemBy(d *design, unit bool) *system {
	s := &system{d: d, byUnit: unit}
	if s.byUnit {
		s.width, s.blocks, s.n = 1, make([]block, len(d.units)), d.perRater*len(d.raters)+d.common
	} else {
		s.width, s.blocks, s.n = d.perRater, make([]block, len(d.raters)), len(d.units)+d.common
	}
	s.dense, s.right = make([]float64, s.n*s.n), make([]float64, s.n)
	for j := range s.blocks {
		b := &s.blocks[j]
		for i := range d.common {
			b.at = append(b.at, s.n-d.common+i)
		}
		if s.byUnit {
			for _, i := range d.ofUnit[j] {
				for q := range d.perRater {
					b.at = append(b.at, d.cells[i].rater*d.perRater+q)
				}
			}
		} else {
			for _, i := range d.ofRater[j] {
				b.at = append(b.at, d.cells[i].unit)
			}
		}
		b.coupling = make([][2]float64, len(b.at))
	}
	return s
}
