package agreement

import (
	"errors"
	"math"

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

// logPosterior gives the log density of ratings and unknowns, without the constants that depend on nothing.
func (d *design) logPosterior(s state, v spread) float64 {
	sum := d.logPrior(s, v)
	for i, c := range d.cells {
		_, eta := d.linear(c, s)
		a, b := d.bounds(d.grades[i], eta, v.noise, s)
		g := between(a, b)
		if g.impossible {
			return math.Inf(-1)
		}
		sum += g.log
	}
	return sum
}

func (d *design) logPrior(s state, v spread) float64 {
	sum := 0.0
	for u, z := range s.unit {
		sum -= z * z / (2 * d.unitVariance(u))
	}
	for i, x := range s.rater {
		sd := v.shift
		if i%d.perRater == 1 {
			sd = v.discrimination
		}
		sum -= x*x/(2*sd*sd) + math.Log(sd)
	}
	for i, x := range s.common {
		sum -= x * x / (2 * d.commonVariance(i))
	}
	return sum
}

// fill computes H and the gradient at s. Where whole is false, the part of H that can spoil its definiteness is left out.
func (m *system) fill(s state, v spread, whole bool) {
	d := m.d
	clear(m.dense)
	clear(m.right)
	for j := range m.blocks {
		b := &m.blocks[j]
		b.own, b.gradient = [3]float64{}, [2]float64{}
		clear(b.coupling)
	}
	m.prior(s, v)
	next := make([]int, len(m.blocks)) // cells seen of each block, which come in the order of block.at
	for i, c := range d.cells {
		discrimination, eta := d.linear(c, s)
		k := d.grades[i]
		a, b := d.bounds(k, eta, v.noise, s)
		m.add(c, k, discrimination, s.unit[c.unit], between(a, b), v.noise, whole, next)
	}
}

func (m *system) prior(s state, v spread) {
	d := m.d
	for u, z := range s.unit {
		p := 1 / d.unitVariance(u)
		if m.byUnit {
			m.blocks[u].own[0] += p
			m.blocks[u].gradient[0] -= p * z
		} else {
			m.dense[u*m.n+u] += p
			m.right[u] -= p * z
		}
	}
	for i, x := range s.rater {
		q := i % d.perRater
		p := 1 / (v.shift * v.shift)
		if q == 1 {
			p = 1 / (v.discrimination * v.discrimination)
		}
		if m.byUnit {
			m.dense[i*m.n+i] += p
			m.right[i] -= p * x
		} else {
			m.blocks[i/d.perRater].own[2*q] += p
			m.blocks[i/d.perRater].gradient[q] -= p * x
		}
	}
	for i, x := range s.common {
		at, p := m.n-d.common+i, 1/d.commonVariance(i)
		if d.held {
			m.dense[at*m.n+at] = 1
			continue
		}
		m.dense[at*m.n+at] += p
		m.right[at] -= p * x
	}
}

// add puts the derivatives of one rating into their places.
func (m *system) add(c cell, k int, discrimination, z float64, g grade, noise float64, whole bool, next []int) {
	d := m.d
	slope := -(g.da + g.db) / noise
	curve := -(g.daa + 2*g.dab + g.dbb) / (noise * noise) // −∂²/∂η², positive
	lowerCut, upperCut := (g.daa+g.dab)/(noise*noise), (g.dbb+g.dab)/(noise*noise)

	// ∂η by unit and by the rater's unknowns.
	byZ := discrimination
	byRater := [2]float64{1, z}
	mixed := 0.0
	if whole {
		mixed = slope // ∂²η/∂z∂β = 1
	}

	// Common unknowns: at most two thresholds and two shifts, with −∂²/∂η∂x and their own curvature.
	var at [4]int
	var slopes, cross [4]float64
	n := 0
	if k > 0 {
		at[n], slopes[n], cross[n] = k-1, g.da/noise, lowerCut
		n++
	}
	if k < len(d.categories)-1 {
		at[n], slopes[n], cross[n] = k, g.db/noise, upperCut
		n++
	}
	cuts := n
	group := d.groupOf[c.rater]
	if i := d.shiftAt[group]; i >= 0 {
		at[n], slopes[n], cross[n] = i, slope, curve
		n++
		if d.seenAt != nil && !d.vignette[c.unit] {
			at[n], slopes[n], cross[n] = d.seenAt[group], slope, curve
			n++
		}
	}
	if d.held {
		n = 0
	}
	first := m.n - d.common
	for i := range n {
		m.right[first+at[i]] += slopes[i]
		for j := range i + 1 {
			var h float64
			switch {
			case i < cuts && i == j && at[i] == k-1:
				h = -g.daa / (noise * noise)
			case i < cuts && i == j:
				h = -g.dbb / (noise * noise)
			case i < cuts:
				h = -g.dab / (noise * noise)
			case j < cuts:
				h = cross[j]
			default:
				h = curve
			}
			m.addDense(first+at[i], first+at[j], h)
		}
	}

	if m.byUnit {
		b := &m.blocks[c.unit]
		b.own[0] += curve * byZ * byZ
		b.gradient[0] += slope * byZ
		for i := range n {
			b.coupling[at[i]][0] += cross[i] * byZ
		}
		from := d.common + next[c.unit]*d.perRater
		next[c.unit]++
		for q := range d.perRater {
			row := c.rater*d.perRater + q
			b.coupling[from+q][0] += curve * byZ * byRater[q]
			m.right[row] += slope * byRater[q]
			for p := range q + 1 {
				m.addDense(row, c.rater*d.perRater+p, curve*byRater[q]*byRater[p])
			}
			for i := range n {
				m.addDense(first+at[i], row, cross[i]*byRater[q])
			}
		}
		if d.perRater == 2 {
			b.coupling[from+1][0] -= mixed
		}
		return
	}
	b := &m.blocks[c.rater]
	from := d.common + next[c.rater]
	next[c.rater]++
	m.right[c.unit] += slope * byZ
	m.addDense(c.unit, c.unit, curve*byZ*byZ)
	for i := range n {
		m.addDense(first+at[i], c.unit, cross[i]*byZ)
	}
	b.own[0] += curve
	for q := range d.perRater {
		b.gradient[q] += slope * byRater[q]
		b.coupling[from][q] += curve * byZ * byRater[q]
		for i := range n {
			b.coupling[at[i]][q] += cross[i] * byRater[q]
		}
	}
	if d.perRater == 2 {
		b.own[1] += curve * z
		b.own[2] += curve * z * z
		b.coupling[from][1] -= mixed
	}
}

func (m *system) addDense(i, j int, v float64) {
	if i < j {
		i, j = j, i
	}
	m.dense[i*m.n+j] += v
}
