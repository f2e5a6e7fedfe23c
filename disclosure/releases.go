package disclosure

import "fmt"

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
	Known  Interval // what is known from both
}

// ExposureReason is why a cell is exposed.
type ExposureReason string

const (
	ShownElsewhere ExposureReason = "shown elsewhere"        // hidden in one release, shown in the other
	SmallChange    ExposureReason = "small change"           // shown in both, and only a few people came or left
	JointAttack    ExposureReason = "both releases together" // hidden in both, but narrower than it must be if nothing has changed
)

// Difference audits a new release against an earlier one, by the names of the cells. An attacker who holds both sees a hidden number
// where the other release shows it; sees how few came or left where a number changed by less than the threshold; and, where the totals around a
// hidden number have not changed, can take it for unchanged and attack both tables at once. The attack supposes that of each hidden cell which
// has the same value in both. Cells that only one release has are not compared. The errors are those of Link and Attack.
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
	together := map[string]Interval{}
	for _, i := range joint {
		together[both.Table.Cells[i.Cell].Name] = i
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
			interval, attacked := together[c.Name]
			if !attacked || c.Value == 0 || c.Value >= t.K() {
				continue
			}
			need := Need{Cell: i, Below: 1, Above: t.K() - c.Value}
			if need.Kept(c.Value, interval) {
				continue
			}
			e.Reason, e.Known = JointAttack, interval
			e.Known.Cell = i
		}
		found = append(found, e)
	}
	return found, nil
}

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
			c.Name += "\x00later" // no longer the same number
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
