package statistics

import (
	"reflect"
	"slices"
)

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
	var rest Mapping
	for _, row := range after {
		if at := slices.IndexFunc(before, func(old MappingRow) bool { return reflect.DeepEqual(old, row) }); at >= 0 {
			before = slices.Delete(before, at, at+1)
			change.Unchanged++
			continue
		}
		rest = append(rest, row)
	}
	for _, row := range rest {
		at := slices.IndexFunc(before, func(old MappingRow) bool { return old.Indicator == row.Indicator && old.Source == row.Source })
		if at < 0 {
			change.New++
			change.line(LineNew, row)
			continue
		}
		before = slices.Delete(before, at, at+1)
		change.Changed++
		change.line(LineChanged, row)
	}
	for _, row := range before {
		change.Removed++
		change.line(LineRemoved, row)
	}
	return change
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
