package opinion

// symmetric is a symmetric matrix known by what it does to a vector.
type symmetric interface {
	size() int
	apply(out, in []float64)
}

// usesMoments tells whether the covariances of all pairs of statements are worth to be held: in memory proportional to the votes (at most 64 bytes a
// vote, with the moments), and counted in time proportional to the votes (at most 256 pairs a vote). It depends on the votes alone, so that
// a conversation takes the same way however it came to its votes.
func (m *matrix) usesMoments() bool {
	const statementsSquared, pairs = 4, 256
	if n := len(m.statements); n*n > statementsSquared*m.votes {
		return false
	}
	work := 0
	for i := range m.participants {
		n := len(m.rows[i])
		work += n * n / 2
	}
	return work <= pairs*m.votes
}

// dense is the matrix XᵀX of the centred votes X, row by row.
type dense struct {
	n      int
	values []float64
}

// covariances computes XᵀX from the moments: Σ(v−μ)(w−ν) = Σvw − ν·Σv − μ·Σw + μν·n, over those who voted on both. It takes the memory of an earlier
// matrix, which may be nil.
func (m *matrix) covariances(of *moments, memory *dense) *dense {
	n := len(m.statements)
	d := memory
	if d == nil || cap(d.values) < n*n {
		d = &dense{values: make([]float64, n*n)}
	}
	d.n, d.values = n, d.values[:n*n]
	const pieces = 16
	each := func(do func(j int)) {
		inParallel(pieces, func(piece int) {
			for j := piece; j < n; j += pieces { // rows of a triangle differ in length
				do(j)
			}
		})
	}
	each(func(j int) { m.covariancesWith(j, of, d.values[j*n:j*n+j+1]) })
	const block = 16 // a few rows at a time, so that what is read lies together
	inParallel(pieces, func(piece int) {
		for from := piece * block; from < n; from += pieces * block {
			for k := from + 1; k < n; k++ {
				for j := from; j < min(from+block, k); j++ {
					d.values[j*n+k] = d.values[k*n+j]
				}
			}
		}
	})
	return d
}

// covariancesWith fills in the covariances of a statement with those before it and, last, its variance; all times the number of participants.
func (m *matrix) covariancesWith(j int, of *moments, row []float64) {
	if !m.open(j) {
		clear(row)
		return
	}
	mean, slot, c := m.mean[j], int(m.slots[j]), &m.counts[j]
	for k := range j {
		if !m.open(k) {
			row[k] = 0
			continue
		}
		both, products, sumJ, sumK := of.of(slot, int(m.slots[k]))
		row[k] = float64(products) - (mean*float64(sumK) + m.mean[k]*float64(sumJ)) + mean*m.mean[k]*float64(both)
	}
	row[j] = float64(c.Agree+c.Disagree) - mean*float64(c.Agree-c.Disagree)
}

func (d *dense) size() int { return d.n }

// apply multiplies; each number of out is one sum in a fixed order.
func (d *dense) apply(out, in []float64) {
	pieces := 1
	if d.n >= 256 {
		pieces = 8
	}
	inParallel(pieces, func(piece int) {
		from, to := span(d.n, pieces, piece)
		for j := from; j < to; j++ {
			out[j] = dot(d.values[j*d.n:(j+1)*d.n], in)
		}
	})
}

// sparse is XᵀX of the centred votes X, applied without ever being computed: as X and then as Xᵀ, vote by vote.
type sparse struct {
	m        *matrix
	rows     []int32 // participants, in the order in which they are added up
	pieces   int
	unit     []float64 // 1 for each statement
	table    []float64 // by cell: deviation times the number of the vector that is multiplied
	sums     [][]float64
	deviates []float64
}

// newSparse makes XᵀX of some rows of the votes; a row may come several times.
func newSparse(m *matrix, rows []int32) *sparse {
	n := len(m.statements)
	s := &sparse{m: m, rows: rows, unit: make([]float64, n), table: make([]float64, 4*n), deviates: make([]float64, 4*n)}
	for j := range s.unit {
		s.unit[j] = 1
	}
	m.deviations(s.deviates, s.unit)
	s.pieces = min(16, max(1, m.votes/(8*n+1)))
	s.sums = make([][]float64, s.pieces)
	for i := range s.sums {
		s.sums[i] = make([]float64, 4*n)
	}
	return s
}

func (s *sparse) size() int { return len(s.m.statements) }

func (s *sparse) apply(out, in []float64) {
	s.m.deviations(s.table, in)
	inParallel(s.pieces, func(piece int) {
		sums := s.sums[piece]
		clear(sums)
		from, to := span(len(s.rows), s.pieces, piece)
		for _, p := range s.rows[from:to] {
			row := s.m.row(int(p))
			along := 0.0
			for _, vote := range row {
				along += s.table[vote]
			}
			for _, vote := range row {
				sums[vote] += along
			}
		}
	})
	for _, more := range s.sums[1:] {
		add(s.sums[0], 1, more)
	}
	for j := range out {
		t, d := s.sums[0][4*j:4*j+3], s.deviates[4*j:4*j+3]
		// Agreement and disagreement are added first and unfused, so that swapping them changes no digit.
		out[j] = (float64(t[0]*d[0]) + float64(t[2]*d[2])) + float64(t[1]*d[1])
	}
}
