package statistics

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// Actions of SDMX-CSV 2.0 (SDMX-TWG, SDMX-CSV field guide 2.0, "Column content"), and M of SDMX 3.0, which took the place of A: what to do with a row
// in data that somebody has already. Without one, or with I or R, a file is a data set as it was downloaded, whole.
var (
	wholeActions  = invertWords("|I|R")
	changeActions = invertWords("A|M|D")
)

const removeAction = "D"

// removal names figures that are to be taken away: those that have its cells, in its period where it has one.
type removal struct {
	line   int
	cells  map[string]string // by column; one that is empty in the row stands for any
	period string            // empty: all
}

// changes are what a file says of one source indicator that is here already. raw may be nil: nothing is added.
type changes struct {
	raw      *Raw
	removals []removal
	rule     PeriodRule
}

// checkActions asks that a file is a whole data set or a list of changes. It notes which.
func (m *message) checkActions(rows []sheet.Row) {
	at := m.columns.action
	if at < 0 {
		return
	}
	whole, change := 0, 0
	added, removed := 0, 0
	for _, row := range rows {
		switch action := actionOf(row, at); {
		case wholeActions[action]:
			whole++
		case action == removeAction:
			removed++
		case changeActions[action]:
			added++
		default:
			m.found.add(Error, "sdmx.action", row.Line, "ACTION", "text", action)
			continue
		}
		if added+removed == 1 && change == 0 {
			change = row.Line
		}
	}
	if whole > 0 && change > 0 {
		m.found.add(Error, "sdmx.mixed", change, "ACTION", "row", itoa(change))
	}
	if m.changes = change > 0; m.changes {
		m.found.add(Note, "sdmx.changes", 0, "ACTION", "added", itoa(added), "removed", itoa(removed))
	}
}

func actionOf(row sheet.Row, at int) string { return strings.ToUpper(tidyText(row.Cells[at])) }

// removes tells whether a row asks to remove; the place gets it as a removal.
func (m *message) removes(row sheet.Row, p *placeRows, source string) bool {
	c := &m.columns
	if c.action < 0 || actionOf(row, c.action) != removeAction {
		return false
	}
	period, _ := c.period.cell(row)
	value, _ := c.value.cell(row)
	one := removal{line: row.Line, cells: map[string]string{}, period: plainPeriod(period)}
	for i := range c.dimensions {
		if cell := m.named(&c.dimensions[i], row); cell != "" {
			one.cells[c.dimensions[i].id] = cell
		}
	}
	if value == "" && m.remarked(row) {
		m.found.add(Error, "sdmx.remove_attributes", row.Line, "ACTION")
		return true
	}
	if p.removals == nil {
		p.removals = map[string][]removal{}
	}
	p.removals[source] = append(p.removals[source], one)
	return true
}

// remarked tells whether a row fills any attribute: then it is that which is to be removed, not the figure.
func (m *message) remarked(row sheet.Row) bool {
	for _, one := range append([]component{m.columns.status, m.columns.confidentiality}, m.columns.attributes...) {
		if text, _ := one.cell(row); text != "" {
			return true
		}
	}
	return false
}

// on gives the input as it is once its changes are made to what is stored.
func (c *collected) on(s *state, f *findings) (*collected, error) {
	if len(c.changes) == 0 {
		return c, nil
	}
	out := *c
	out.raws = maps.Clone(c.raws)
	for _, code := range slices.SortedFunc(maps.Keys(c.changes), natural) {
		change := c.changes[code]
		var before *Raw
		if known, ok := s.sources[code]; ok {
			var err error
			if before, err = decodeRaw(code, known.document); err != nil {
				return nil, err
			}
		}
		out.raws[code] = change.to(before, code, f)
		if out.raws[code] == nil {
			delete(out.raws, code)
			if before != nil {
				out.emptied = append(out.emptied, code)
			}
		}
	}
	return &out, nil
}

// to makes the changes to a source indicator; nil where nothing is left of it, or nothing was there.
func (c changes) to(before *Raw, code string, f *findings) *Raw {
	idle := 0
	for _, one := range c.removals {
		if before == nil || !before.remove(one, c.rule) {
			idle++
		}
	}
	if idle > 0 {
		f.add(Warning, "sdmx.nothing_removed", c.removals[0].line, "ACTION", "count", itoa(idle), "code", code)
	}
	after := merged(before, c.raw)
	if after == nil || len(after.Observations) == 0 {
		return nil
	}
	return after
}

// remove takes away the observations that a removal names; false where there is none.
func (r *Raw) remove(one removal, rule PeriodRule) bool {
	period, all := Period{}, one.period == ""
	if !all {
		var verdict verdict
		text := one.period
		if parts := isoMonth.FindStringSubmatch(text); parts != nil && rule != SpanPeriod {
			text = parts[1] + "-M" + parts[2]
		}
		if period, _, verdict = readPeriods([]string{text}, rule).of(text); verdict == unread || verdict == asked {
			return false
		}
	}
	named := make([]bool, len(r.Keys))
keys:
	for k, key := range r.Keys {
		for name, want := range one.cells {
			at := slices.IndexFunc(r.Columns, func(c Column) bool { return foldName(c.Name) == foldName(name) })
			if at >= 0 && !r.Columns[at].holds(key.Cells[at], want) {
				continue keys
			}
		}
		named[k] = true
	}
	n := len(r.Observations)
	r.Observations = slices.DeleteFunc(r.Observations, func(o Observation) bool {
		return named[o.Key] && (all || o.Period.Start == period.Start && o.Period.End == period.End)
	})
	return len(r.Observations) < n
}

// merged puts the observations of one state of a source indicator over those of another, by their columns' names. Either may be nil.
func merged(before, more *Raw) *Raw {
	switch {
	case more == nil:
		if before != nil {
			before.dropUnused()
		}
		return before
	case before == nil:
		return more
	}
	out := &Raw{Code: before.Code, About: before.About.with(more.About), Columns: slices.Clone(before.Columns)}
	place := make([]int, len(more.Columns))
	for i, column := range more.Columns {
		at := slices.IndexFunc(out.Columns, func(c Column) bool { return foldName(c.Name) == foldName(column.Name) })
		if at < 0 {
			at = len(out.Columns)
			out.Columns = append(out.Columns, Column{Name: column.Name, Role: column.Role})
		}
		place[i] = at
		for cell, code := range column.Codes {
			out.Columns[at].Codes = maps.Clone(out.Columns[at].Codes)
			set(&out.Columns[at].Codes, cell, code)
		}
	}
	replaced := map[string]bool{}
	for _, o := range more.Observations {
		replaced[more.identity(o)] = true
	}
	keyOf := map[string]int{}
	take := func(from *Raw, o Observation, place []int) {
		key := from.Keys[o.Key]
		cells := make([]string, len(out.Columns))
		for i, cell := range key.Cells {
			if place == nil {
				cells[i] = cell
			} else {
				cells[place[i]] = cell
			}
		}
		id := fold(strings.Join(cells, "\x00"))
		at, known := keyOf[id]
		if !known {
			at = len(out.Keys)
			keyOf[id] = at
			out.Keys = append(out.Keys, Key{Cells: cells, Place: key.Place})
		}
		o.Key = at
		out.Observations = append(out.Observations, o)
	}
	for _, o := range before.Observations {
		if !replaced[before.identity(o)] {
			take(before, o, nil)
		}
	}
	for _, o := range more.Observations {
		take(more, o, place)
	}
	out.order()
	return out
}

// order brings keys and observations into the order that does not depend on where they came from.
func (r *Raw) order() {
	by := make([]int, len(r.Keys))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int {
		return cmp.Or(slices.CompareFunc(r.Keys[a].Cells, r.Keys[b].Cells, natural), cmp.Compare(r.Keys[a].Place, r.Keys[b].Place))
	})
	keys, to := make([]Key, len(by)), make([]int, len(by))
	for at, k := range by {
		keys[at], to[k] = r.Keys[k], at
	}
	r.Keys = keys
	for i := range r.Observations {
		r.Observations[i].Key = to[r.Observations[i].Key]
	}
	slices.SortFunc(r.Observations, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(a.Period.End, b.Period.End))
	})
	r.namePeriods()
}

// with gives the metadata with what other says over it. What was only named by who imports does not take the place of what a source said itself.
func (a About) with(other About) About {
	keep := other.Assumed != "" && a.Publisher != "" && a.URL != "" || other.Publisher == "" || other.URL == ""
	publisher, url, assumed := a.Publisher, a.URL, a.Assumed
	into, from := a.pointers(), other.pointers()
	for name, text := range from {
		if *text != "" && (name != "title" || *text != other.Code) {
			*into[name] = *text
		}
	}
	if keep {
		a.Publisher, a.URL, a.Assumed = cmp.Or(publisher, a.Publisher), cmp.Or(url, a.URL), assumed
	} else {
		a.Assumed = other.Assumed
	}
	return a
}
