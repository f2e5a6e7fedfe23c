package standard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a standard, with its place. For a standard that was made in memory File is empty and Line 0; Text always
// begins with the id of what it speaks of, where that has one.
type Problem struct {
	File   string // relative to the standard's folder: "dimensions/LIV.yaml"
	Line   int    // 1 is the first; 0: the file as a whole
	Column string // of a CSV file
	// Indicator is the id of the indicator that broke a rule; empty where the mistake is not one of an indicator, or it has no id.
	Indicator string
	Key       string // of the part that broke a rule, as "unit" or "minimum.value"; empty: the part as a whole, or a mistake of form
	Text      string
}

// Error gives "dimensions/LIV.yaml:48: LIV.1: …".
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	if p.Column != "" {
		b.WriteString(p.Column + ": ")
	}
	b.WriteString(p.Text)
	return b.String()
}

// Problems are all mistakes that were found, sorted by file and line, each once. It is the error that the loaders and Validate give.
type Problems []Problem

// Error gives one problem per line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single Problem.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i := range p {
		errs[i] = p[i]
	}
	return errs
}

// orNil sorts the problems and gives them as an error, nil where there are none.
func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(p)
}
