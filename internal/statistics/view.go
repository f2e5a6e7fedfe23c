package statistics

import (
	"slices"
	"strings"
)

// part is what one row of the mapping makes of one source indicator.
type part struct {
	row      MappingRow
	raw      *Raw
	base     *Raw // denominators of a rate; nil: it is none, or the city has none
	headline []Point
	groups   []Group
}

// view applies a row of the mapping to a source indicator.
//
// A key whose remaining columns are all empty is the headline, one with a single filled column a group of that column. Not counted as
// filled are: columns that the row selects or takes the difference over; cells that stand for everyone ("Total"); a column whose one
// value stands in every row; and a column that another filled column determines ("Acute trust" beside the trust's name), which then goes
// before the group's name. Keys with several filled columns are groups of groups: they stay in the raw layer and are counted in a note.
//
// base holds the denominators where the row makes a rate; nil where the city has none, and then there are no points.
func view(row MappingRow, raw, base *Raw, f *findings) part {
	v := viewer{row: row, raw: raw, found: f}
	p := part{row: row, raw: raw}
	if row.Transform.Kind == RateTransform {
		v.rater = &rater{v: &v, raw: base}
		if p.base = base; base != nil {
			v.rater.byKey = byKeys(base)
		}
	}
	if !v.pick() || !v.columns() || !v.measures() {
		return p
	}
	v.nest()
	v.sort()
	p.headline = v.headlinePoints()
	p.groups = v.groupSeries()
	v.notes(p)
	if v.rater != nil {
		v.rater.report()
	}
	return p
}

type viewer struct {
	row    MappingRow
	raw    *Raw
	found  *findings
	picked []int         // keys that the selection takes
	rest   []int         // columns that are left to break down by
	minus  int           // column of the difference; -1: none
	nested map[int][]int // column to the columns that determine it
	// by slot: what each picked key is
	slots   []slot
	crossed int
	byKey   [][]Observation
	rater   *rater // nil: the row makes no rate
}

// slot is the place of a key in the result.
type slot struct {
	key    int
	column int // -1: headline
	name   string
	totals int // cells that stand for everyone by a word; an empty cell is preferred to them
}

func (v *viewer) column(name string) int {
	want := foldName(name)
	return slices.IndexFunc(v.raw.Columns, func(c Column) bool { return foldName(c.Name) == want || fold(c.Name) == fold(name) })
}

func (v *viewer) columnNames() string {
	var names []string
	for _, c := range v.raw.Columns {
		names = append(names, c.Name)
	}
	return choices(names)
}

// pick selects the keys. A selection that matches nothing is reported with the values that exist.
func (v *viewer) pick() bool {
	at := make([]int, len(v.row.Select))
	for i, c := range v.row.Select {
		if at[i] = v.column(c.Column); at[i] < 0 {
			v.found.add(Error, "select.column", v.row.Row, "select", "column", c.Column, "source", v.raw.Code, "columns", v.columnNames())
			return false
		}
	}
	take := func(match func(column Column, cell, want string) bool) {
	keys:
		for k, key := range v.raw.Keys {
			for i, c := range v.row.Select {
				if !match(v.raw.Columns[at[i]], key.Cells[at[i]], c.Value) {
					continue keys
				}
			}
			v.picked = append(v.picked, k)
		}
	}
	if take(Column.holds); len(v.picked) == 0 {
		take(func(column Column, cell, want string) bool {
			return column.holds(cell, want) || want == "" && isTotal(cell)
		})
	}
	if len(v.picked) > 0 {
		return true
	}
	for i, c := range v.row.Select {
		var cells []string
		for _, key := range v.raw.Keys {
			cells = append(cells, key.Cells[at[i]])
		}
		if !slices.ContainsFunc(cells, func(cell string) bool { return v.raw.Columns[at[i]].holds(cell, c.Value) }) {
			v.found.add(Warning, "select.value", v.row.Row, "select", "column", c.Column, "value", c.Value, "source", v.raw.Code, "values", choices(cells))
			return false
		}
	}
	v.found.add(Warning, "select.together", v.row.Row, "select", "source", v.raw.Code)
	return false
}

// cells gives the cells of a column in the picked keys.
func (v *viewer) cells(column int) []string {
	list := make([]string, len(v.picked))
	for i, k := range v.picked {
		list[i] = v.raw.Keys[k].Cells[column]
	}
	return list
}

// columns finds what is left to break down by.
func (v *viewer) columns() bool {
	v.minus = -1
	used := map[int]bool{}
	for _, c := range v.row.Select {
		used[v.column(c.Column)] = true
	}
	if t := v.row.Transform; t.Kind == DifferenceTransform {
		if v.minus = v.column(t.Column); v.minus < 0 {
			v.found.add(Error, "select.column", v.row.Row, "transform", "column", t.Column, "source", v.raw.Code, "columns", v.columnNames())
			return false
		}
		used[v.minus] = true
		for _, want := range []string{t.A, t.B} {
			if !slices.ContainsFunc(v.cells(v.minus), func(cell string) bool { return v.raw.Columns[v.minus].holds(cell, want) }) {
				v.found.add(Warning, "select.value", v.row.Row, "transform", "column", t.Column, "value", want, "source", v.raw.Code, "values", choices(v.cells(v.minus)))
				return false
			}
		}
	}
	for i := range v.raw.Columns {
		if !used[i] {
			v.rest = append(v.rest, i)
		}
	}
	return true
}

// measures refuses to choose between measures, and sets aside columns with one value in every row.
func (v *viewer) measures() bool {
	ok := true
	v.rest = slices.DeleteFunc(v.rest, func(c int) bool {
		column := v.raw.Columns[c]
		cells := v.cells(c)
		if !slices.ContainsFunc(cells, func(cell string) bool { return !alikeText(cell, cells[0]) }) {
			return !v.onlyGroup(column, cells)
		}
		if column.Role == Measure || column.Role == Generic && !v.breaksDown(c, cells) {
			v.found.add(Error, "select.choose", v.row.Row, "select", "column", column.Name, "source", v.raw.Code, "title", v.raw.About.Title, "values", choices(cells))
			ok = false
		}
		return false
	})
	return ok
}

// onlyGroup tells whether a column with one value in every row says of which people the figures are: then they are a group's, not the
// city's. Another such column only describes the figure.
func (v *viewer) onlyGroup(column Column, cells []string) bool {
	if name := foldName(column.Name); strings.HasPrefix(name, "unit mult") && !plainMultiplier[fold(cells[0])] && v.row.Transform.Kind != ScaleTransform {
		v.found.add(Warning, "view.multiplier", v.row.Row, "transform", "column", column.Name, "value", cells[0], "source", v.raw.Code)
	}
	if cells[0] == "" || isTotal(cells[0]) || isTotal(column.Codes[cells[0]]) || column.Role != Dimension {
		return false
	}
	switch GroundOf(column.Name, cells) {
	case "sex", "age", "disability", "origin", "religion", "lgbti":
		v.found.add(Warning, "view.only", v.row.Row, "", "column", column.Name, "value", cells[0], "source", v.raw.Code)
		return true
	}
	v.found.add(Note, "view.constant", v.row.Row, "", "column", column.Name, "value", cells[0], "source", v.raw.Code)
	return false
}

var plainMultiplier = invertWords("|0|1|unit|units|one|ones|none")

// breaksDown tells whether a column such as Group holds groups of one figure: it has a cell for everyone, or only names of groups of people
// or places.
func (v *viewer) breaksDown(column int, cells []string) bool {
	named := 0
	for _, cell := range cells {
		if cell == "" || isTotal(cell) {
			return true
		}
		if groundOfValue(cell) == "" || len(words(cell)) > 5 || strings.Contains(cell, "%") {
			return false
		}
		named++
	}
	return named > 0 || byName(v.raw.Columns[column].Name) != ""
}

// nest finds columns that another one determines.
func (v *viewer) nest() {
	v.nested = map[int][]int{}
	for _, parent := range v.rest {
		for _, child := range v.rest {
			if parent == child || !v.determines(child, parent) {
				continue
			}
			if child > parent && v.determines(parent, child) {
				continue // two names of one thing: the first breaks down, the second is dropped
			}
			v.nested[parent] = append(v.nested[parent], child)
		}
	}
}

// determines tells whether each value of child stands beside one value of parent always, and there are at least two of them.
func (v *viewer) determines(child, parent int) bool {
	with := map[string]string{}
	for _, k := range v.picked {
		cells := v.raw.Keys[k].Cells
		if cells[child] == "" || v.isWhole(cells[child], child) {
			continue
		}
		if cells[parent] == "" || v.isWhole(cells[parent], parent) {
			return false
		}
		if known, ok := with[cells[child]]; ok && known != cells[parent] {
			return false
		}
		with[cells[child]] = cells[parent]
	}
	return len(with) > 1
}

// isNested tells whether a filled column that determines column c stands in the cells.
func (v *viewer) isNested(c int, cells []string) bool {
	return slices.ContainsFunc(v.nested[c], func(child int) bool { return cells[child] != "" && !v.isWhole(cells[child], child) })
}

// sort gives each picked key its slot.
func (v *viewer) sort() {
	v.byKey = byKeys(v.raw)
	for _, k := range v.picked {
		s := slot{key: k, column: -1}
		cells := v.raw.Keys[k].Cells
		filled := 0
		for _, c := range v.rest {
			switch {
			case cells[c] == "" || v.isNested(c, cells):
			case v.isWhole(cells[c], c):
				s.totals++
			default:
				filled++
				s.column, s.name = c, cells[c]
			}
		}
		if filled > 1 {
			v.crossed++
			continue
		}
		if s.column >= 0 {
			s.name = v.fullName(s, cells)
		}
		v.slots = append(v.slots, s)
	}
}

// isWhole tells whether a cell stands for everyone: a word such as "Total", or in a column of places what the source says that it covers.
func (v *viewer) isWhole(cell string, column int) bool {
	if v.raw.Columns[column].Role == Measure {
		return false
	}
	return isTotal(cell) || isTotal(v.raw.Columns[column].Codes[cell]) || v.raw.About.Coverage != "" && fold(cell) == fold(v.raw.About.Coverage)
}

// fullName puts the value that the group's own determines before its name ("Trust: North"), unless it only says which column it is. Of
// several, the last column is the nearest.
func (v *viewer) fullName(s slot, cells []string) string {
	column := v.raw.Columns[s.column].Name
	for _, c := range slices.Backward(v.rest) {
		if cells[c] == "" || !slices.Contains(v.nested[c], s.column) || v.determines(c, s.column) {
			continue
		}
		ground := byName(cells[c])
		if fold(cells[c]) != fold(column) && fold(cells[c]) != fold(s.name) && (ground == "" || ground != byName(column)) {
			return cells[c] + ": " + s.name
		}
	}
	return s.name
}
