package agreement

// fill computes H and the gradient at s. Where whole is false, the part of H that can spoil its definiteness is left out.
func (m *system) fill(s state, v spread, whole bool) {
	clear(m.dense)
	clear(m.right)
	for j := range m.blocks {
		b := &m.blocks[j]
		b.own, b.gradient = [3]float64{}, [2]float64{}
		clear(b.coupling)
	}
	m.prior(s, v)
	var p part
	next := make([]int, len(m.blocks)) // how many cells of each block have been seen; they come in the order of block.at
	for i, c := range m.d.cells {
		j := c.unit
		if !m.byUnit {
			j = c.rater
		}
		m.split(&p, i, s, v.noise, next[j])
		next[j]++
		m.add(&m.blocks[j], &p, whole)
	}
}

func (m *system) prior(s state, v spread) {
	d := m.d
	own := func(x float64, sd2 float64, block, q int) {
		m.blocks[block].own[2*q] += 1 / sd2
		m.blocks[block].gradient[q] -= x / sd2
	}
	kept := func(x float64, sd2 float64, at int) {
		m.dense[at*m.n+at] += 1 / sd2
		m.right[at] -= x / sd2
	}
	for u, z := range s.unit {
		if m.byUnit {
			own(z, d.unitVariance(u), u, 0)
		} else {
			kept(z, d.unitVariance(u), u)
		}
	}
	for i, x := range s.rater {
		sd := d.raterSD(i, v)
		if m.byUnit {
			kept(x, sd*sd, i)
		} else {
			own(x, sd*sd, i/d.perRater, i%d.perRater)
		}
	}
	for i, x := range s.common {
		at := m.n - d.common + i
		if d.held {
			m.dense[at*m.n+at] = 1
			continue
		}
		kept(x, d.commonVariance(i), at)
	}
}

// part is what one rating says of the unknowns that it touches: at most a unit, two of the rater, two thresholds, two of the group. Those that
// are eliminated come first.
type part struct {
	grade      grade
	n          int
	eliminated int
	dense      [7]int     // number among the dense unknowns
	coupled    [7]int     // place in block.at
	da, db     [7]float64 // derivatives of the standardised thresholds around the grade
	curl       float64    // ∂²/∂z∂β of both thresholds
	product    [2]int     // the two unknowns of the product β·z; equal where there is none
}

func (p *part) put(dense, coupled int, da, db float64) {
	p.dense[p.n], p.coupled[p.n], p.da[p.n], p.db[p.n] = dense, coupled, da, db
	p.n++
}

// split finds the unknowns that the i-th cell touches. seen is how many cells of its block came before.
func (m *system) split(p *part, i int, s state, noise float64, seen int) {
	d, c, k := m.d, m.d.cells[i], m.d.grades[i]
	beta, eta := d.linear(c, s)
	p.grade = between(d.bounds(k, eta, noise, s))
	p.n, p.curl, p.product = 0, -1/noise, [2]int{}
	per, z := -1/noise, s.unit[c.unit]
	unit := func(dense, coupled int) { p.put(dense, coupled, per*beta, per*beta) }
	rater := func(dense, coupled int) {
		p.put(dense, coupled, per, per)
		switch {
		case d.discerning[c.rater]:
			p.put(dense+1, coupled+1, per*z, per*z)
		case d.perRater == 2:
			p.put(dense+1, coupled+1, 0, 0) // its own stays at 0, where its prior has it
		}
	}
	if m.byUnit {
		unit(0, 0)
		p.eliminated = p.n
		rater(c.rater*d.perRater, d.common+seen*d.perRater)
		p.product = [2]int{0, 2}
	} else {
		rater(0, 0)
		p.eliminated = p.n
		unit(c.unit, d.common+seen)
		p.product = [2]int{1, 2}
	}
	if !d.discerning[c.rater] {
		p.product = [2]int{}
	}
	if d.held {
		return
	}
	common := func(i int, da, db float64) { p.put(m.n-d.common+i, i, da, db) }
	if k > 0 {
		common(k-1, 1/noise, 0)
	}
	if k < len(d.categories)-1 {
		common(k, 0, 1/noise)
	}
	if g := d.groupOf[c.rater]; d.shiftAt[g] >= 0 {
		common(d.shiftAt[g], per, per)
		if d.seenAt != nil && !d.vignette[c.unit] {
			common(d.seenAt[g], per, per)
		}
	}
}

// add puts gradient and curvature of one rating into their places, by the chain rule through the two standardised thresholds.
func (m *system) add(b *block, p *part, whole bool) {
	g := &p.grade
	for i := range p.n {
		slope := g.da*p.da[i] + g.db*p.db[i]
		if i < p.eliminated {
			b.gradient[i] += slope
		} else {
			m.right[p.dense[i]] += slope
		}
		byA, byB := g.daa*p.da[i]+g.dab*p.db[i], g.dab*p.da[i]+g.dbb*p.db[i]
		for j := range i + 1 {
			h := -(byA*p.da[j] + byB*p.db[j])
			if whole && p.product[0] != p.product[1] && i == p.product[1] && j == p.product[0] {
				h -= (g.da + g.db) * p.curl
			}
			switch {
			case i < p.eliminated:
				b.own[i+j] += h
			case j < p.eliminated:
				b.coupling[p.coupled[i]][j] += h
			default:
				m.addDense(p.dense[i], p.dense[j], h)
			}
		}
	}
}

func (m *system) addDense(i, j int, v float64) {
	if i < j {
		i, j = j, i
	}
	m.dense[i*m.n+j] += v
}
