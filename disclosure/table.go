package disclosure

import (
	"errors"
	"fmt"
	"math"
)

// Table is what is to be published: cells, some of which are the sums of others. Make it with NewTable, TwoWay or Link.
type Table struct {
	Cells     []Cell
	Relations []Relation
	network   *network // of a two-way table, in which attacks are flows; else nil
}

// Cell is one number of a table.
type Cell struct {
	Name  string // cells of the same name are one cell where tables are linked; may be empty where they are not
	Value int64  // a count, or a magnitude in its smallest unit; never negative
	Cost  int64  // what hiding it loses, at least 1
}

// Relation says that one cell is the sum of others; the numbers are positions in Table.Cells.
type Relation struct {
	Total int
	Parts []int
}

// largest is the greatest value and cost of a cell: sums of them stay exact as float64.
const largest = 1 << 40

// NewTable makes a table of any shape. The error names the cell or relation that is wrong: a value below zero or beyond 2^40, a cost below 1,
// a cell that is not there or stands twice in a relation, parts that do not add up to their total.
func NewTable(cells []Cell, relations []Relation) (*Table, error) {
	t := &Table{Cells: cells, Relations: relations}
	for i, c := range cells {
		switch {
		case c.Value < 0 || c.Value > largest:
			return nil, fmt.Errorf("%s has the value %d; values lie between 0 and 2^40", t.name(i), c.Value)
		case c.Cost < 1 || c.Cost > largest:
			return nil, fmt.Errorf("%s has the cost %d; costs lie between 1 and 2^40", t.name(i), c.Cost)
		}
	}
	for i, r := range relations {
		seen := map[int]bool{}
		var sum int64
		for at, c := range append([]int{r.Total}, r.Parts...) {
			if c < 0 || c >= len(cells) {
				return nil, fmt.Errorf("relation %d names cell %d; there are %d", i+1, c+1, len(cells))
			}
			if seen[c] {
				return nil, fmt.Errorf("relation %d names %s twice", i+1, t.name(c))
			}
			seen[c] = true
			if at > 0 {
				sum += cells[c].Value
			}
		}
		if len(r.Parts) == 0 {
			return nil, fmt.Errorf("relation %d has no parts", i+1)
		}
		if total := cells[r.Total].Value; sum != total {
			return nil, fmt.Errorf("%s is %d, but its %d parts add up to %d", t.name(r.Total), total, len(r.Parts), sum)
		}
	}
	return t, nil
}

// TwoWay makes a table of rows and columns with the totals in the last row and the last column, at least one row and one column beside
// them. Cells stand row by row; names, if given, name them in the same order. Hiding a cell costs its value and one, so that large numbers
// are kept before small ones. A *TableError names row and column of a value that is not right or a total that does not add up; several are joined.
func TwoWay(values [][]int64, names []string) (*Table, error) {
	rows := len(values)
	if rows < 2 || len(values[0]) < 2 {
		return nil, fmt.Errorf("a table has at least one row and one column beside its totals")
	}
	columns := len(values[0])
	if names != nil && len(names) != rows*columns {
		return nil, fmt.Errorf("there are %d names for %d cells", len(names), rows*columns)
	}
	cells := make([]Cell, 0, rows*columns)
	var wrong []error
	for i, row := range values {
		if len(row) != columns {
			return nil, fmt.Errorf("row %d has %d columns, the first row has %d", i+1, len(row), columns)
		}
		for j, v := range row {
			if v < 0 || v > largest {
				wrong = append(wrong, &TableError{Row: i + 1, Column: j + 1, Text: fmt.Sprintf("the value %d lies outside 0 to 2^40", v)})
				v = 0
			}
			c := Cell{Value: v, Cost: v + 1}
			if names != nil {
				c.Name = names[i*columns+j]
			}
			cells = append(cells, c)
		}
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	var relations []Relation
	for i := range rows {
		r := Relation{Total: i*columns + columns - 1}
		for j := range columns - 1 {
			r.Parts = append(r.Parts, i*columns+j)
		}
		relations = append(relations, r)
	}
	for j := range columns {
		r := Relation{Total: (rows-1)*columns + j}
		for i := range rows - 1 {
			r.Parts = append(r.Parts, i*columns+j)
		}
		relations = append(relations, r)
	}
	for i, r := range relations {
		var sum int64
		for _, p := range r.Parts {
			sum += cells[p].Value
		}
		if total := cells[r.Total].Value; sum != total {
			at := &TableError{Row: i + 1, Text: fmt.Sprintf("the total is %d, but the cells add up to %d", total, sum)}
			if i >= rows {
				at.Row, at.Column = 0, i-rows+1
			}
			wrong = append(wrong, at)
		}
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	return &Table{Cells: cells, Relations: relations, network: grid(rows, columns)}, nil
}

// Link joins tables that share cells: those of equal name are one cell, which hides and shows in all of them at once. The second value gives
// for each table the place of each of its cells in the whole. A *TableError names a cell without a name, a name that stands twice in one table,
// and a cell whose value is not the same in two tables. The cost of a shared cell is the highest.
func Link(tables ...*Table) (*Table, [][]int, error) {
	whole := &Table{}
	at := map[string]int{}
	places := make([][]int, len(tables))
	for k, t := range tables {
		inTable := map[string]bool{}
		for i, c := range t.Cells {
			if c.Name == "" {
				return nil, nil, &TableError{Table: k + 1, Text: fmt.Sprintf("cell %d has no name, so tables cannot be linked", i+1)}
			}
			if inTable[c.Name] {
				return nil, nil, &TableError{Table: k + 1, Text: fmt.Sprintf("two cells are named %q", c.Name)}
			}
			inTable[c.Name] = true
			place, known := at[c.Name]
			if !known {
				place = len(whole.Cells)
				at[c.Name] = place
				whole.Cells = append(whole.Cells, c)
			}
			shared := &whole.Cells[place]
			if shared.Value != c.Value {
				return nil, nil, &TableError{Table: k + 1, Text: fmt.Sprintf("%q is %d, but %d in a table before it", c.Name, c.Value, shared.Value)}
			}
			shared.Cost = max(shared.Cost, c.Cost)
			places[k] = append(places[k], place)
		}
		for _, r := range t.Relations {
			moved := Relation{Total: places[k][r.Total]}
			for _, p := range r.Parts {
				moved.Parts = append(moved.Parts, places[k][p])
			}
			whole.Relations = append(whole.Relations, moved)
		}
	}
	if len(tables) == 1 {
		whole.network = tables[0].network
	}
	return whole, places, nil
}

// name is how errors call a cell.
func (t *Table) name(i int) string {
	if n := t.Cells[i].Name; n != "" {
		return fmt.Sprintf("the cell %q", n)
	}
	return fmt.Sprintf("cell %d", i+1)
}

// Need is the protection of a cell that must be hidden: for all that an attacker can work out, its value must be able to lie anywhere
// between Value − Below and Value + Above.
type Need struct {
	Cell         int
	Below, Above int64
}

// Needs lists the cells of a table of counts behind which some people stand, but fewer than the threshold.
func (t Threshold) Needs(table *Table) []Need { return table.Below(t.K()) }

// Below lists the cells with counts above 0 and below k: from one below their value up to k an attacker must not know more. It is for tables of
// anything; figures of people take a Threshold.
func (t *Table) Below(k int64) (needs []Need) {
	for i, c := range t.Cells {
		if c.Value > 0 && c.Value < k {
			needs = append(needs, Need{Cell: i, Below: 1, Above: k - c.Value})
		}
	}
	return needs
}

// Widen makes each need at least percent of its cell's value wide, to both sides, rounded up; percent is finite and not negative.
func Widen(table *Table, needs []Need, percent float64) []Need {
	wide := make([]Need, len(needs))
	for i, n := range needs {
		by := int64(min(math.Ceil(float64(table.Cells[n.Cell].Value)*percent/100), largest))
		wide[i] = Need{Cell: n.Cell, Below: max(n.Below, min(by, table.Cells[n.Cell].Value)), Above: max(n.Above, by)}
	}
	return wide
}

// checkNeeds refuses needs that cannot be meant.
func (t *Table) checkNeeds(needs []Need) error {
	seen := map[int]bool{}
	for _, n := range needs {
		switch {
		case n.Cell < 0 || n.Cell >= len(t.Cells):
			return fmt.Errorf("a need names cell %d; there are %d", n.Cell+1, len(t.Cells))
		case seen[n.Cell]:
			return fmt.Errorf("%s has two needs", t.name(n.Cell))
		case n.Below < 0 || n.Above < 0 || n.Above > largest || n.Below > t.Cells[n.Cell].Value:
			return fmt.Errorf("%s cannot be protected from %d below to %d above its value", t.name(n.Cell), n.Below, n.Above)
		}
		seen[n.Cell] = true
	}
	return nil
}
