package statistics

import "fmt"

// MappingChange compares a mapping with the one that it replaces.
type MappingChange struct {
	New       int           `json:"new"`
	Changed   int           `json:"changed"` // the same source indicator stands for the same indicator, in another way
	Removed   int           `json:"removed"`
	Unchanged int           `json:"unchanged"`
	Lines     []MappingLine `json:"lines,omitempty"` // those that are not unchanged, in the order of the mappings; removed ones last
}

// linesFirst is how many lines of a change are shown to a person.
const linesFirst = 10

// First gives the lines that are shown to a person, and how many there are more.
func (c *MappingChange) First() (lines []MappingLine, more int) {
	n := min(len(c.Lines), linesFirst)
	return c.Lines[:n], len(c.Lines) - n
}

// MappingLine is a line of a mapping that is not as it was.
type MappingLine struct {
	Change    LineChange `json:"change"`
	Indicator string     `json:"indicator"`
	Source    string     `json:"source"`
	Select    string     `json:"select"`
}

// LineChange is what becomes of a line of a mapping.
type LineChange string

// The changes of a line.
const (
	LineNew     LineChange = "new"
	LineChanged LineChange = "changed"
	LineRemoved LineChange = "removed"
)

// compareMappings tells what a mapping changes. A line is the same where everything but its place is; of the others, lines of the same
// indicator and source indicator are paired in their order, as one line that changed.
func compareMappings(before, after Mapping) *MappingChange {
	change := &MappingChange{}
	before, after = plainMapping(before), plainMapping(after)
	paired := make([]bool, len(before))
	same := placesOf(before, paired, MappingRow.form)
	var rest Mapping
	for _, row := range after {
		if at, ok := same.next(row.form()); ok {
			paired[at] = true
			change.Unchanged++
			continue
		}
		rest = append(rest, row)
	}
	alike := placesOf(before, paired, MappingRow.pair)
	for _, row := range rest {
		at, ok := alike.next(row.pair())
		if !ok {
			change.New++
			change.line(LineNew, row)
			continue
		}
		paired[at] = true
		change.Changed++
		change.line(LineChanged, row)
	}
	for at, row := range before {
		if !paired[at] {
			change.Removed++
			change.line(LineRemoved, row)
		}
	}
	return change
}

// form gives a text that two rows have in common only where all of them is equal.
func (m MappingRow) form() string { return fmt.Sprintf("%#v", m) }

// pair gives the indicator with the source indicator.
func (m MappingRow) pair() [2]string { return [2]string{m.Indicator, m.Source} }

// places are where the rows of a mapping stand that have something in common, in their order.
type places[K comparable] map[K][]int

func placesOf[K comparable](mapping Mapping, without []bool, key func(MappingRow) K) places[K] {
	p := places[K]{}
	for at, row := range mapping {
		if !without[at] {
			p[key(row)] = append(p[key(row)], at)
		}
	}
	return p
}

// next gives the first place that is left, and takes it away.
func (p places[K]) next(key K) (at int, ok bool) {
	list := p[key]
	if len(list) == 0 {
		return 0, false
	}
	p[key] = list[1:]
	return list[0], true
}

// counts leaves the lines out.
func (c *MappingChange) counts() *MappingChange {
	if c == nil {
		return nil
	}
	return &MappingChange{New: c.New, Changed: c.Changed, Removed: c.Removed, Unchanged: c.Unchanged}
}

func (c *MappingChange) line(change LineChange, row MappingRow) {
	c.Lines = append(c.Lines, MappingLine{Change: change, Indicator: row.Indicator, Source: row.Source, Select: row.selectText()})
}
