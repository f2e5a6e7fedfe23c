package disclosure

import (
	"fmt"
	"strings"
)

// Release is what was published of a table at one time.
type Release struct {
	Table  *Table
	Hidden []bool
}

// Exposure is a cell of which two releases together tell more than each alone.
type Exposure struct {
	Cell   string
	Reason ExposureReason
	Before Interval // what could be known of it from the earlier release; Cell is the position there
	After  Interval
	Known  Interval // what is known from both; of a joint attack Cell is the position in the linked table of both
}

// ExposureReason is why a cell is exposed.
type ExposureReason string

const (
	ShownElsewhere ExposureReason = "shown elsewhere"        // hidden in one release, shown in the other
	SmallChange    ExposureReason = "small change"           // shown in both, and only a few people came or left
	JointAttack    ExposureReason = "both releases together" // hidden where it stands, but narrower than it must be if equal numbers have not changed
)

// Difference audits a new release against an earlier one, by the names of the cells. An attacker who holds both sees a hidden number
// where the other release shows it; sees how few came or left where a number changed by less than the threshold; and, where the totals around a
// hidden number have not changed, can take it for unchanged and attack both tables at once. The attack supposes that of each cell which has the same value
// in both. It looks at the hidden counts of both releases, also at those that only one of them has or that have changed: what the new release shows
// can give away an earlier number. The errors are those of Link and Attack.
func (t Threshold) Difference(before, after Release) ([]Exposure, error) {
	for i, r := range []Release{before, after} {
		if len(r.Hidden) != len(r.Table.Cells) {
			return nil, fmt.Errorf("release %d has %d cells, and of %d it is said whether they are hidden", i+1, len(r.Table.Cells), len(r.Hidden))
		}
	}
	known := [2]map[string]Interval{}
	for i, r := range []Release{before, after} {
		intervals, err := r.Table.Attack(r.Hidden)
		if err != nil {
			return nil, err
		}
		known[i] = map[string]Interval{}
		for c, cell := range r.Table.Cells {
			known[i][cell.Name] = Interval{Cell: c, Lower: cell.Value, Upper: cell.Value}
		}
		for _, interval := range intervals {
			known[i][r.Table.Cells[interval.Cell].Name] = interval
		}
	}
	both, err := unchanged(before, after)
	if err != nil {
		return nil, err
	}
	joint, err := both.Table.Attack(both.Hidden)
	if err != nil {
		return nil, err
	}
	earlier := map[string]int{}
	for i, c := range before.Table.Cells {
		earlier[c.Name] = i
	}
	var found []Exposure
	for i, c := range after.Table.Cells {
		j, compared := earlier[c.Name]
		if !compared {
			continue
		}
		was := before.Table.Cells[j].Value
		e := Exposure{Cell: c.Name, Before: known[0][c.Name], After: known[1][c.Name]}
		e.Known = Interval{Cell: i, Lower: c.Value, Upper: c.Value}
		switch change := max(c.Value-was, was-c.Value); {
		case before.Hidden[j] != after.Hidden[i]:
			if small := c.Value < t.K() || was < t.K(); !small || change >= t.K() {
				continue // a cell that only protected others, or has become another number
			}
			e.Reason = ShownElsewhere
		case !after.Hidden[i]:
			if change == 0 || change >= t.K() {
				continue
			}
			e.Reason = SmallChange
		default:
			continue // for the attack on both
		}
		found = append(found, e)
	}
	return append(found, t.jointly(both, joint, known)...), nil
}

// jointly gives the hidden counts that are too small and, by both releases together, known too well.
func (t Threshold) jointly(both Release, intervals []Interval, known [2]map[string]Interval) (found []Exposure) {
	for _, interval := range intervals {
		cell := both.Table.Cells[interval.Cell]
		need := Need{Cell: interval.Cell, Below: 1, Above: t.K() - cell.Value}
		if cell.Value == 0 || cell.Value >= t.K() || need.Kept(cell.Value, interval) {
			continue
		}
		name, _ := strings.CutSuffix(cell.Name, laterMark)
		found = append(found, Exposure{Cell: name, Reason: JointAttack, Before: known[0][name], After: known[1][name], Known: interval})
	}
	return found
}

// laterMark ends the names of cells of the later release that are no longer the same number.
const laterMark = "\x00later"

// unchanged joins two releases to the table that an attacker sees who takes equal cells for the same: cells of equal name and value are one,
// shown where either release shows them.
func unchanged(before, after Release) (Release, error) {
	values := map[string]int64{}
	for _, c := range before.Table.Cells {
		values[c.Name] = c.Value
	}
	later := &Table{Relations: after.Table.Relations}
	for _, c := range after.Table.Cells {
		if was, has := values[c.Name]; has && was != c.Value {
			c.Name += laterMark
		}
		later.Cells = append(later.Cells, c)
	}
	table, places, err := Link(before.Table, later)
	if err != nil {
		return Release{}, err
	}
	hidden := make([]bool, len(table.Cells))
	for i := range hidden {
		hidden[i] = true
	}
	for k, r := range []Release{before, after} {
		for i, h := range r.Hidden {
			if !h {
				hidden[places[k][i]] = false
			}
		}
	}
	return Release{table, hidden}, nil
}
