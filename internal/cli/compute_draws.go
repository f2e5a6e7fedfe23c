package cli

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/index"
)

// drawTable is a design that was written down: a row for each replication, a column for each choice and for each weight.
type drawTable struct {
	alternatives index.Alternatives
	draws        index.Given
	factors      []drawFactor
}

// drawFactor is a column of the file.
type drawFactor struct {
	name   string
	weight bool
	cells  []string
}

// The columns of choices, each under the names of COINr's example and under that of the flag.
var (
	treatColumns     = []string{"winmax", "treat"}
	normaliseColumns = []string{"norm", "normalise"}
	aggregateColumns = []string{"agg", "aggregate"}
	numberColumns    = []string{"rep", "replication"} // of the row, which says nothing
)

// coinrNames are the functions of COINr under our names.
var coinrNames = strings.NewReplacer("n_prank", "percentile", "n_fracmax", "fraction-max", "n_dist2max", "distance-max", "n_dist2targ", "distance-target",
	"n_", "", "a_copeland", "copeland", "a_", "")

// readDraws reads a design. Choices that it does not draw stay as they were made.
func readDraws(path string, job *indexJob) (*drawTable, error) {
	t, err := readComputeTable(path)
	if err != nil {
		return nil, err
	}
	return drawsOf(t, job.method, job.result.Structure)
}

func drawsOf(t *computeTable, m index.Method, s *index.Structure) (*drawTable, error) {
	made := &drawTable{draws: make(index.Given, len(t.rows))}
	treat := newChoices(m.Treat, parseDrawnTreatment)
	normalise := newChoices(m.Normalise, parseDrawnNormalisation)
	aggregate := newChoices(m.Aggregate, func(text string) ([]index.Aggregation, error) {
		return index.ParseAggregations(coinrNames.Replace(text))
	})
	var wrong computeProblems
	place := map[string]int{}
	for i, n := range s.Nodes() {
		place[n.Code] = i
	}
	weights := s.Weights()
	for j, name := range t.header {
		node, isCode := place[name]
		factor := drawFactor{name: name, weight: isCode}
		if slices.Contains(numberColumns, name) && !isCode {
			continue
		}
		for row := range t.rows {
			d, text := &made.draws[row], t.word(row, j)
			factor.cells = append(factor.cells, text)
			var err error
			switch {
			case isCode:
				if d.Weights == nil {
					d.Weights = slices.Clone(weights)
				}
				var present bool
				d.Weights[node], present, err = t.number(row, j)
				if err == nil && !(present && d.Weights[node] > 0) {
					err = t.wrong(row, name, "the weight must be above 0")
				}
			case slices.Contains(treatColumns, name):
				d.Treat, err = treat.choose(text)
			case slices.Contains(normaliseColumns, name):
				d.Normalise, err = normalise.choose(text)
			case slices.Contains(aggregateColumns, name):
				d.Aggregate, err = aggregate.choose(text)
			default:
				return nil, &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Column: name}, Text: "the column is neither winmax, norm, agg nor a code of iMeta"}
			}
			if err != nil {
				if place := t.wrong(row, name, "%v", err); !isCode {
					err = place
				}
				wrong.add(err)
			}
		}
		made.factors = append(made.factors, factor)
	}
	if err := wrong.joined(); err != nil {
		return nil, err
	}
	made.alternatives = index.Alternatives{Treat: treat.list, Normalise: normalise.list, Aggregate: aggregate.list}
	return made, nil
}

// choices collects what a column chooses from. The first is what was chosen for the index itself.
type choices[T any] struct {
	list  []T
	known map[string]int
	parse func(string) (T, error)
}

func newChoices[T any](nominal T, parse func(string) (T, error)) *choices[T] {
	return &choices[T]{list: []T{nominal}, known: map[string]int{}, parse: parse}
}

func (c *choices[T]) choose(text string) (int, error) {
	if at, ok := c.known[text]; ok {
		return at, nil
	}
	one, err := c.parse(text)
	if err != nil {
		return 0, err
	}
	c.known[text] = len(c.list)
	c.list = append(c.list, one)
	return len(c.list) - 1, nil
}

// parseDrawnTreatment reads a number of points, or a treatment as --treat takes it.
func parseDrawnTreatment(text string) (index.Treatment, error) {
	if points, err := parseNumber(text); err == nil && points == math.Trunc(points) && points >= 0 && points < 1e6 {
		return index.Treatment{Winsorise: true, Points: int(points)}, nil
	}
	return index.ParseTreatment(text)
}

// parseDrawnNormalisation reads a normalisation as --normalise takes it, or a name alone.
func parseDrawnNormalisation(text string) (index.Normalisation, error) {
	name := coinrNames.Replace(text)
	if usual, ok := usualNormalisations[name]; ok {
		return usual, nil
	}
	return index.ParseNormalisation(name)
}

// sobolFactors finds the factors of a design of matrices A, B and AB_i from its columns: each column by itself, or all weights together as one. The
// design is recognised by its rows, in which each AB_i is A but for one factor, which is that of B.
func (d *drawTable) sobolFactors() ([]string, error) {
	for _, groups := range [][][]drawFactor{d.apart(true), d.together(), d.apart(false)} {
		if names := matches(groups, len(d.draws)); names != nil {
			return names, nil
		}
	}
	return nil, fmt.Errorf("the draws are no design of A, B and AB_i: N rows of A, N of B, then for each factor N rows of A with that factor from B")
}

// apart takes each column as a factor; varying ones only, if asked.
func (d *drawTable) apart(varying bool) (groups [][]drawFactor) {
	for _, f := range d.factors {
		if !varying || varies(f.cells) {
			groups = append(groups, []drawFactor{f})
		}
	}
	return groups
}

// together takes all weights as one factor.
func (d *drawTable) together() (groups [][]drawFactor) {
	var weights []drawFactor
	for _, f := range d.factors {
		switch {
		case f.weight:
			weights = append(weights, f)
		case varies(f.cells):
			groups = append(groups, []drawFactor{f})
		}
	}
	if len(weights) > 0 {
		groups = append(groups, weights)
	}
	return groups
}

func varies(cells []string) bool {
	return slices.ContainsFunc(cells, func(cell string) bool { return cell != cells[0] })
}

// matches gives the names of the factors, in the order of their blocks, where rows are a design over them.
func matches(groups [][]drawFactor, rows int) []string {
	n := rows / (len(groups) + 2)
	if len(groups) == 0 || n < 2 || n*(len(groups)+2) != rows {
		return nil
	}
	names, left := make([]string, len(groups)), slices.Clone(groups)
	for block := range groups {
		swapped := slices.IndexFunc(left, func(group []drawFactor) bool { return !equalsA(group, block+2, n) })
		if swapped < 0 {
			continue // A and B have the same of this factor
		}
		if !isSwap(groups, left[swapped], block+2, n) {
			return nil
		}
		names[block] = nameOf(left[swapped])
		left = slices.Delete(left, swapped, swapped+1)
	}
	for block, name := range names {
		if name == "" {
			names[block], left = nameOf(left[0]), left[1:]
		}
	}
	return names
}

func nameOf(group []drawFactor) string {
	if len(group) > 1 {
		return index.FactorWeights
	}
	return group[0].name
}

// equalsA tells whether a factor is in a block what it is in A.
func equalsA(group []drawFactor, block, n int) bool {
	return !slices.ContainsFunc(group, func(f drawFactor) bool { return !slices.Equal(f.cells[block*n:(block+1)*n], f.cells[:n]) })
}

// isSwap tells whether in a block one factor is that of B and all others are those of A.
func isSwap(groups [][]drawFactor, swapped []drawFactor, block, n int) bool {
	for _, group := range groups {
		if group[0].name != swapped[0].name && !equalsA(group, block, n) {
			return false
		}
	}
	return !slices.ContainsFunc(swapped, func(f drawFactor) bool { return !slices.Equal(f.cells[block*n:(block+1)*n], f.cells[n:2*n]) })
}
