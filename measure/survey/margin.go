package survey

import (
	"fmt"
	"math"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Category is a part of the population and how many people are in it.
type Category struct {
	Name  string
	Total float64 // 0 or more
}

// Margin is what is known of the population by one characteristic, such as age groups, and in which category each respondent is.
type Margin struct {
	Column     string
	Categories []Category
	Answers    []string // one per respondent, each the name of a category
}

// sameTotals is how far apart, in parts, the totals of two margins may lie: they are rounded sums of the same people.
const sameTotals = 1e-9

// sum adds the categories.
func (m *Margin) sum() float64 {
	var all accumulator
	for _, c := range m.Categories {
		all.add(c.Total)
	}
	return all.value()
}

// names finds the place of each category.
func (m *Margin) names() (map[string]int32, error) {
	at := make(map[string]int32, len(m.Categories))
	var wrong mistakes.List
	for k, c := range m.Categories {
		switch _, twice := at[c.Name]; {
		case c.Name == "":
			wrong.Add(&MarginError{m.Column, k, c.Name, "it has no name"})
		case twice:
			wrong.Add(&MarginError{m.Column, k, c.Name, "it is given twice"})
		case !(c.Total >= 0) || math.IsInf(c.Total, 0):
			wrong.Add(&MarginError{m.Column, k, c.Name, "its total " + number(c.Total) + " is not a number of people"})
		}
		at[c.Name] = int32(k)
	}
	if err := wrong.Joined(); err != nil {
		return nil, err
	}
	if !(m.sum() > 0) || math.IsInf(m.sum(), 0) {
		return nil, &MarginError{m.Column, -1, "", "its totals add up to " + number(m.sum()) + ", not to a number of people"}
	}
	return at, nil
}

// code gives the category of each of n respondents.
func (m *Margin) code(n int) ([]int32, error) {
	if err := perRespondent(Known, m.Column, len(m.Answers), n); err != nil {
		return nil, err
	}
	at, err := m.names()
	if err != nil {
		return nil, err
	}
	codes, counts := make([]int32, n), make([]int, len(m.Categories))
	var wrong mistakes.List
	for i, answer := range m.Answers {
		k, ok := at[answer]
		if !ok {
			reason := fmt.Sprintf("%q is not a category of the margin", answer)
			if answer == "" {
				reason = "it is missing; each respondent needs a category of the margin"
			}
			wrong.Add(&InputError{Known, m.Column, i, reason})
			continue
		}
		codes[i] = k
		counts[k]++
	}
	for k, c := range m.Categories {
		switch {
		case counts[k] == 0 && c.Total > 0:
			wrong.Add(&MarginError{m.Column, k, c.Name, "nobody in it has answered, so no weight can stand for its " + number(c.Total) +
				" people; join it to a similar one"})
		case counts[k] > 0 && c.Total == 0:
			wrong.Add(&MarginError{m.Column, k, c.Name, fmt.Sprintf("%d respondents are in it, its total is 0", counts[k])})
		}
	}
	return codes, wrong.Joined()
}

// checkMargins wants at least one, each column once, and the same number of people in all.
func checkMargins(margins []Margin) error {
	if len(margins) == 0 {
		return &MarginError{Category: -1, Reason: "there is none"}
	}
	seen := map[string]bool{}
	first := margins[0].sum()
	for i := range margins {
		m := &margins[i]
		if seen[m.Column] {
			return &MarginError{m.Column, -1, "", "it is given twice"}
		}
		seen[m.Column] = true
		if _, err := m.names(); err != nil {
			return err
		}
		if sum := m.sum(); math.Abs(sum-first) > sameTotals*first {
			return &MarginError{m.Column, -1, "", fmt.Sprintf("its totals add up to %s, those of %s to %s; both must count the same people",
				number(sum), margins[0].Column, number(first))}
		}
	}
	return nil
}

// cells are the combinations of categories that respondents have: all in a cell get the same factor.
type cells struct {
	of    []int32   // cell of each respondent
	codes [][]int32 // for each margin, the category of each cell
	base  []float64 // weight in each cell before calibration
}

// cellsOf sorts the respondents into cells.
func (d *Design) cellsOf(margins []Margin) (*cells, error) {
	if err := checkMargins(margins); err != nil {
		return nil, err
	}
	c := &cells{}
	var wrong mistakes.List
	for i := range margins {
		codes, err := margins[i].code(d.Len())
		if err != nil {
			wrong.Add(err)
			continue
		}
		c.split(codes, len(margins[i].Categories))
	}
	if err := wrong.Joined(); err != nil {
		return nil, err
	}
	sums := make([]accumulator, len(c.codes[0]))
	for i, cell := range c.of {
		sums[cell].add(d.weights[i])
	}
	c.base = make([]float64, len(sums))
	whole := 0.0
	for k := range sums {
		c.base[k] = sums[k].value()
		whole += c.base[k]
	}
	if !finite(whole * whole) {
		return nil, &InputError{Weights, "", -1, "they are too large to add up"}
	}
	return c, nil
}

// split refines the cells by one more margin with this many categories.
func (c *cells) split(codes []int32, categories int) {
	if c.of == nil {
		c.of = make([]int32, len(codes))
	}
	before := 1
	if len(c.codes) > 0 {
		before = len(c.codes[0])
	}
	find := numbering(before*categories, len(codes))
	next := make([][]int32, len(c.codes)+1)
	for i, code := range codes {
		old := c.of[i]
		cell, fresh := find(int(old)*categories + int(code))
		if fresh {
			for m := range c.codes {
				next[m] = append(next[m], c.codes[m][old])
			}
			next[len(c.codes)] = append(next[len(c.codes)], code)
		}
		c.of[i] = cell
	}
	c.codes = next
}

// numbering gives keys below a bound numbers from 0 in the order in which they first come; a table where it is not much longer than
// the respondents, else a map.
func numbering(bound, respondents int) func(key int) (number int32, fresh bool) {
	count := int32(0)
	if bound <= 4*respondents+1024 {
		table := make([]int32, bound) // 0: not seen yet
		return func(key int) (int32, bool) {
			fresh := table[key] == 0
			if fresh {
				count++
				table[key] = count
			}
			return table[key] - 1, fresh
		}
	}
	seen := map[int]int32{}
	return func(key int) (int32, bool) {
		at, ok := seen[key]
		if !ok {
			at = count
			seen[key] = at
			count++
		}
		return at, !ok
	}
}

// accumulator adds numbers and keeps what rounding would lose (Neumaier 1974), so that a sum does not depend on the order.
type accumulator struct{ sum, lost float64 }

func (a *accumulator) add(v float64) {
	t := a.sum + v
	if math.Abs(a.sum) >= math.Abs(v) {
		a.lost += (a.sum - t) + v
	} else {
		a.lost += (v - t) + a.sum
	}
	a.sum = t
}

func (a *accumulator) value() float64 { return a.sum + a.lost }
