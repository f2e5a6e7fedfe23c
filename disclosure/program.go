package disclosure

import "slices"

// program is a linear programme: the least of cost·x for x ≥ 0 under rows of the form coefficients·x ≥ bound, which can be added one by one.
// It is kept as a dictionary (Chvátal 1983, chapters 2 and 10): every variable at rest, in a column, is zero; every other one, in a row, is
// constant + Σ coefficient · variable at rest; so is the objective. gonum's simplex takes no further rows and cannot start where it ended,
// and the search for a pattern does little else.
type program struct {
	rows     [][]float64 // coefficient of each column
	constant []float64   // by row
	cost     []float64   // of each column, in the objective
	value    float64     // of the objective
	inRow    []int       // the variable that each row tells
	atRest   []int       // the variable at rest in each column
	place    []int       // of each variable: its column, or ^row
}

const tiny = 1e-9

// newProgram has n variables, all at rest, and no rows; with costs that are not negative it can be solved by dual.
func newProgram(cost []float64) *program {
	p := &program{cost: slices.Clone(cost)}
	for j := range cost {
		p.atRest = append(p.atRest, j)
		p.place = append(p.place, j)
	}
	return p
}

// add asks for Σ coefficients[i]·x[variables[i]] ≥ bound. The row's surplus is a variable of its own.
func (p *program) add(variables []int32, coefficients []float64, bound float64) {
	row := make([]float64, len(p.cost))
	constant := -bound
	for i, v := range variables {
		c := coefficients[i]
		if at := p.place[v]; at >= 0 {
			row[at] += c
			continue
		}
		told := ^p.place[v]
		constant += c * p.constant[told]
		for j, a := range p.rows[told] {
			row[j] += c * a
		}
	}
	p.place = append(p.place, ^len(p.rows))
	p.inRow = append(p.inRow, len(p.place)-1)
	p.rows = append(p.rows, row)
	p.constant = append(p.constant, constant)
}

// at is the value of a variable.
func (p *program) at(variable int) float64 {
	if at := p.place[variable]; at < 0 {
		return p.constant[^at]
	}
	return 0
}

// dual brings rows that are not kept to be kept, as long as no column's cost is negative; the objective rises on the way, and is at any time
// no higher than the least value there is. False where no x keeps all rows, or the pivots ran out; then value is still such a bound.
func (p *program) dual(pivots *int) bool {
	for {
		row := -1
		for i, c := range p.constant {
			if c < -tiny && (row < 0 || c < p.constant[row]) {
				row = i
			}
		}
		if row < 0 {
			return true
		}
		column, least := -1, 0.0
		for j, a := range p.rows[row] {
			if a > tiny {
				if ratio := p.cost[j] / a; column < 0 || ratio < least-tiny || ratio < least+tiny && a > p.rows[row][column] {
					column, least = j, ratio
				}
			}
		}
		if column < 0 || *pivots <= 0 {
			return false
		}
		*pivots--
		p.pivot(row, column)
	}
}

// primal lowers the objective as far as it goes, where all rows are kept. False where it has no end, or the pivots ran out.
func (p *program) primal(pivots *int) bool {
	for {
		column := -1
		for j, c := range p.cost {
			if c < -tiny && (column < 0 || p.atRest[j] < p.atRest[column]) { // the first: never runs in circles (Bland 1977)
				column = j
			}
		}
		if column < 0 {
			return true
		}
		row, least := -1, 0.0
		for i := range p.rows {
			if a := p.rows[i][column]; a < -tiny {
				ratio := max(0, p.constant[i]) / -a
				if row < 0 || ratio < least-tiny || ratio < least+tiny && p.inRow[i] < p.inRow[row] {
					row, least = i, ratio
				}
			}
		}
		if row < 0 || *pivots <= 0 {
			return false
		}
		*pivots--
		p.pivot(row, column)
	}
}

// pivot lets the variable of a row and the one at rest in a column change places.
func (p *program) pivot(row, column int) {
	r := p.rows[row]
	inverse := 1 / r[column]
	for j := range r {
		r[j] *= -inverse
	}
	r[column] = inverse
	p.constant[row] *= -inverse
	into := func(other []float64, constant *float64) {
		a := other[column]
		if a == 0 {
			return
		}
		other[column] = 0
		for j, c := range r {
			if c != 0 {
				other[j] += a * c
			}
		}
		*constant += a * p.constant[row]
	}
	for i := range p.rows {
		if i != row {
			into(p.rows[i], &p.constant[i])
		}
	}
	into(p.cost, &p.value)
	entering, leaving := p.atRest[column], p.inRow[row]
	p.atRest[column], p.inRow[row] = leaving, entering
	p.place[entering], p.place[leaving] = ^row, column
}

// aim sets the objective to the given variable's value times sign.
func (p *program) aim(variable int, sign float64) {
	clear(p.cost)
	p.value = 0
	at := p.place[variable]
	if at >= 0 {
		p.cost[at] = sign
		return
	}
	p.value = sign * p.constant[^at]
	for j, a := range p.rows[^at] {
		p.cost[j] = sign * a
	}
}

func (p *program) clone() *program {
	q := &program{
		constant: slices.Clone(p.constant), cost: slices.Clone(p.cost), value: p.value,
		inRow: slices.Clone(p.inRow), atRest: slices.Clone(p.atRest), place: slices.Clone(p.place), rows: make([][]float64, len(p.rows)),
	}
	for i, r := range p.rows {
		q.rows[i] = slices.Clone(r)
	}
	return q
}
