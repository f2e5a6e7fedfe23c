package disclosure

import (
	"fmt"
	"math"
)

// Interval is what an attacker can work out of a hidden cell: it lies between Lower and Upper.
type Interval struct {
	Cell         int
	Lower, Upper int64
	Open         bool // there is no upper end; Upper is 0
}

// Attack works out of each hidden cell all that anyone can who knows the shown cells, that the relations hold and that nothing is negative:
// the tightest interval, by flows for a two-way table and by linear programmes for others (Fischetti and Salazar 2001, section 3). For other
// tables an interval may be wider than whole numbers allow, never narrower. The error says that hidden has not one place for each cell, or
// that a programme could not be solved.
func (t *Table) Attack(hidden []bool) ([]Interval, error) {
	if len(hidden) != len(t.Cells) {
		return nil, fmt.Errorf("there are %d cells, and of %d it is said whether they are hidden", len(t.Cells), len(hidden))
	}
	return t.attackOn(hidden, places(hidden))
}

// attackOn is the same for some of the hidden cells.
func (t *Table) attackOn(hidden []bool, of []int32) ([]Interval, error) {
	if t.network != nil {
		return t.attackByFlow(hidden, of), nil
	}
	return t.attackByProgram(hidden, of)
}

// Kept tells whether an interval leaves a cell as uncertain as its need asks.
func (n Need) Kept(value int64, i Interval) bool {
	return i.Lower <= value-n.Below && (i.Open || i.Upper >= value+n.Above)
}

const endless = 1 << 50 // a flow that nothing bounds

func (t *Table) attackByFlow(hidden []bool, of []int32) (intervals []Interval) {
	f := newFlow(t.network, places(hidden))
	for k, c := range f.arcs {
		f.raise[k], f.lower[k] = endless, float64(t.Cells[c].Value)
	}
	for _, c := range of {
		tail, head, value := t.network.tail[c], t.network.head[c], t.Cells[c].Value
		up := f.greatest(head, tail, c, endless)
		down := f.greatest(tail, head, c, float64(value))
		i := Interval{Cell: int(c), Lower: value - int64(math.Round(down)), Upper: value + int64(math.Round(up))}
		if up >= endless {
			i.Open, i.Upper = true, 0
		}
		intervals = append(intervals, i)
	}
	return intervals
}

func (t *Table) attackByProgram(hidden []bool, asked []int32) ([]Interval, error) {
	cells := places(hidden)
	variable := make(map[int]int32, len(cells))
	for k, c := range cells {
		variable[int(c)] = int32(k)
	}
	p := newProgram(make([]float64, len(cells)))
	for _, r := range t.Relations {
		var of []int32
		var sign []float64
		sum := 0.0 // of the hidden cells in their signs
		for at, c := range append([]int{r.Total}, r.Parts...) {
			v, isHidden := variable[c]
			if !isHidden {
				continue
			}
			s := 1.0
			if at == 0 {
				s = -1
			}
			of, sign = append(of, v), append(sign, s)
			sum += s * float64(t.Cells[c].Value)
		}
		if of == nil {
			continue
		}
		p.add(of, sign, sum)
		opposite := make([]float64, len(sign))
		for i, s := range sign {
			opposite[i] = -s
		}
		p.add(of, opposite, -sum)
	}
	pivots := 1000 + 50*(len(p.rows)+len(cells))
	if !p.dual(&pivots) {
		return nil, fmt.Errorf("the attack on %d hidden cells could not be worked out: no values keep %d relations", len(cells), len(t.Relations))
	}
	intervals := make([]Interval, 0, len(asked))
	for _, c := range asked {
		i := Interval{Cell: int(c)}
		for _, sign := range []float64{1, -1} {
			pivots := 1000 + 50*(len(p.rows)+len(cells))
			p.aim(int(variable[int(c)]), sign)
			bounded := p.primal(&pivots)
			switch {
			case pivots <= 0:
				return nil, fmt.Errorf("the attack on %s could not be worked out in %d steps", t.name(int(c)), 1000+50*(len(p.rows)+len(cells)))
			case !bounded:
				i.Open = true
			case sign > 0:
				i.Lower = int64(math.Ceil(p.value - 1e-6))
			default:
				i.Upper = int64(math.Floor(-p.value + 1e-6))
			}
		}
		intervals = append(intervals, i)
	}
	return intervals, nil
}

// places lists the positions that are true.
func places(hidden []bool) (list []int32) {
	for i, h := range hidden {
		if h {
			list = append(list, int32(i))
		}
	}
	return list
}
