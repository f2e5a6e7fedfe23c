package agreement

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// inverseOf gives the inverse of a block's own matrix and its determinant.
func (m *system) inverseOf(b *block) (inverse [3]float64, det float64) {
	if m.width == 1 {
		return [3]float64{1 / b.own[0]}, b.own[0]
	}
	det = b.own[0]*b.own[2] - b.own[1]*b.own[1]
	return [3]float64{b.own[2] / det, -b.own[1] / det, b.own[0] / det}, det
}

func apply(inverse [3]float64, v [2]float64) [2]float64 {
	return [2]float64{inverse[0]*v[0] + inverse[1]*v[1], inverse[1]*v[0] + inverse[2]*v[1]}
}

// eliminate turns the dense part into S and factors it. It fails where H is not positive definite.
func (m *system) eliminate() error {
	m.logDet, m.inverse = 0, nil
	for j := range m.blocks {
		b := &m.blocks[j]
		inverse, det := m.inverseOf(b)
		if !(b.own[0] > 0) || !(det > 0) {
			return errNotCurved
		}
		m.logDet += math.Log(det)
		g := apply(inverse, b.gradient)
		for x, i := range b.at {
			c := b.coupling[x]
			if c == ([2]float64{}) {
				continue
			}
			m.right[i] -= c[0]*g[0] + c[1]*g[1]
			w := apply(inverse, c)
			row := m.dense[i*m.n : (i+1)*m.n]
			for y, k := range b.at {
				if k <= i {
					row[k] -= w[0]*b.coupling[y][0] + w[1]*b.coupling[y][1]
				}
			}
		}
	}
	for i := range m.n {
		for k := range i {
			m.dense[k*m.n+i] = m.dense[i*m.n+k]
		}
	}
	if !m.factor.Factorize(mat.NewSymDense(m.n, m.dense)) {
		return errNotCurved
	}
	m.logDet += m.factor.LogDet()
	return nil
}

// solve gives the step H⁻¹·gradient and the decrement gradientᵀ·H⁻¹·gradient, which is twice what a step is expected to gain.
func (m *system) solve() (step state, decrement float64, err error) {
	right := mat.NewVecDense(m.n, m.right)
	var x mat.VecDense
	if err := m.factor.SolveVecTo(&x, right); err != nil {
		return state{}, 0, errNotCurved
	}
	decrement = mat.Dot(&x, right)
	step = m.d.newState()
	eliminated, kept := step.unit, step.rater
	if !m.byUnit {
		eliminated, kept = step.rater, step.unit
	}
	copy(kept, x.RawVector().Data[:len(kept)])
	copy(step.common, x.RawVector().Data[len(kept):])
	for j := range m.blocks {
		b := &m.blocks[j]
		rest := b.gradient
		for y, i := range b.at {
			rest[0] -= b.coupling[y][0] * x.AtVec(i)
			rest[1] -= b.coupling[y][1] * x.AtVec(i)
		}
		inverse, _ := m.inverseOf(b)
		own := apply(inverse, rest)
		full := apply(inverse, b.gradient)
		decrement += full[0]*b.gradient[0] + full[1]*b.gradient[1]
		copy(eliminated[j*m.width:(j+1)*m.width], own[:m.width])
	}
	return step, decrement, nil
}

// variances gives the diagonal of H⁻¹, in the shape of a state. At each block it is A⁻¹ + A⁻¹·C·S⁻¹·Cᵀ·A⁻¹.
func (m *system) variances() (state, error) {
	if m.inverse == nil {
		m.inverse = mat.NewSymDense(m.n, nil)
		if err := m.factor.InverseTo(m.inverse); err != nil {
			return state{}, errNotCurved
		}
	}
	raw := m.inverse.RawSymmetric()
	at := func(i, k int) float64 { return raw.Data[min(i, k)*raw.Stride+max(i, k)] }
	out := m.d.newState()
	eliminated, kept := out.unit, out.rater
	if !m.byUnit {
		eliminated, kept = out.rater, out.unit
	}
	for i := range kept {
		kept[i] = at(i, i)
	}
	for i := range out.common {
		out.common[i] = at(len(kept)+i, len(kept)+i)
	}
	for j := range m.blocks {
		b := &m.blocks[j]
		inverse, _ := m.inverseOf(b)
		w := make([][2]float64, len(b.at))
		for x := range b.at {
			w[x] = apply(inverse, b.coupling[x])
		}
		sum := [2]float64{inverse[0], inverse[2]}
		for x, i := range b.at {
			for q := range m.width {
				line := 0.0
				for y, k := range b.at {
					line += at(i, k) * w[y][q]
				}
				sum[q] += w[x][q] * line
			}
		}
		copy(eliminated[j*m.width:(j+1)*m.width], sum[:m.width])
	}
	return out, nil
}
