package disclosure

import (
	"errors"
	"fmt"
)

// Pattern is which cells of a table are hidden.
type Pattern struct {
	Hidden    []bool
	Cost      int64      // of all hidden cells
	Bound     int64      // no pattern that protects costs less; proven
	Intervals []Interval // what an attacker works out of each hidden cell, in the order of the cells
}

// Optimal tells whether no pattern costs less.
func (p Pattern) Optimal() bool { return p.Cost == p.Bound }

// ErrUnprotectable is why a cell cannot be protected: not even hiding everything leaves an attacker uncertain enough.
var ErrUnprotectable = errors.New("cannot be protected even if every cell is hidden")

// Suppress hides the cells that have needs and, at the least cost, others with them, until every need is kept under attack. Of a two-way table
// with up to a few hundred cells the pattern is the cheapest there is (branch and cut: Fischetti and Salazar 1999); of larger ones a cheap
// one with a proven bound on what any pattern costs; of other and linked tables a cheap one, whose bound is only what the needs themselves
// cost. The attack is always run on what comes out, and an unprotected pattern is never returned: then the error says of which cell. It wraps
// ErrUnprotectable where nothing helps. Same table and needs, same pattern.
func (t *Table) Suppress(needs []Need) (Pattern, error) {
	if err := t.checkNeeds(needs); err != nil {
		return Pattern{}, err
	}
	if err := t.protectable(needs); err != nil {
		return Pattern{}, err
	}
	hidden := make([]bool, len(t.Cells))
	var bound int64
	for _, n := range needs {
		hidden[n.Cell] = true
		bound += t.Cells[n.Cell].Cost
	}
	switch {
	case len(needs) == 0:
	case t.network == nil:
		if err := t.hideByProgram(hidden, needs); err != nil {
			return Pattern{}, err
		}
		if len(t.Cells) <= boundedCells {
			bound = t.boundByProgram(needs, t.costOf(hidden))
		}
	default:
		s := newSearch(t, needs)
		hidden, bound = s.run()
	}
	intervals, err := t.Attack(hidden)
	if err != nil {
		return Pattern{}, err
	}
	if exposed := t.exposed(needs, intervals); exposed != nil {
		return Pattern{}, fmt.Errorf("%s is not protected by the pattern that was found", t.name(exposed[0].Cell))
	}
	return Pattern{Hidden: hidden, Cost: t.costOf(hidden), Bound: bound, Intervals: intervals}, nil
}

// costOf adds up the cost of the hidden cells.
func (t *Table) costOf(hidden []bool) (cost int64) {
	for i, h := range hidden {
		if h {
			cost += t.Cells[i].Cost
		}
	}
	return cost
}

// protectable refuses needs that hiding every cell does not keep.
func (t *Table) protectable(needs []Need) error {
	if len(needs) == 0 {
		return nil
	}
	all := make([]bool, len(t.Cells))
	for i := range all {
		all[i] = true
	}
	var of []int32
	for _, n := range needs {
		of = append(of, int32(n.Cell))
	}
	intervals, err := t.attackOn(all, of)
	if err != nil {
		return err
	}
	if exposed := t.exposed(needs, intervals); exposed != nil {
		return fmt.Errorf("%s %w", t.name(exposed[0].Cell), ErrUnprotectable)
	}
	return nil
}

// exposed are the needs that intervals do not keep.
func (t *Table) exposed(needs []Need, intervals []Interval) (exposed []Need) {
	of := make(map[int]Interval, len(intervals))
	for _, i := range intervals {
		of[i.Cell] = i
	}
	for _, n := range needs {
		if i, found := of[n.Cell]; !found || !n.Kept(t.Cells[n.Cell].Value, i) {
			exposed = append(exposed, n)
		}
	}
	return exposed
}
