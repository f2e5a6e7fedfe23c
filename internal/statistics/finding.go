package statistics

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Severity says what a finding means for the import.
type Severity string

const (
	Error   Severity = "error"   // what it is about was not imported
	Warning Severity = "warning" // imported or left out by a rule; someone should look
	Note    Severity = "note"    // good to know
)

// Finding is one thing that an import found in its input. Its text is a key of the message catalogue, "finding." + Code, with Args;
// Text gives it in English.
type Finding struct {
	Severity Severity          `json:"severity"`
	Code     string            `json:"code"`
	Place    fault.Place       `json:"place"`
	Args     map[string]string `json:"args,omitempty"`
}

// Text says the finding in English, without its place.
func (f Finding) Text() string {
	text := messages[f.Code]
	if text == "" {
		text = f.Code
	}
	pairs := make([]string, 0, 2*len(f.Args))
	for name, value := range f.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Pairs gives the arguments as pairs of name and value, in the order of their names.
func (f Finding) Pairs() []any {
	pairs := make([]any, 0, 2*len(f.Args))
	for _, name := range slices.Sorted(maps.Keys(f.Args)) {
		pairs = append(pairs, name, f.Args[name])
	}
	return pairs
}

// String gives "place: severity: text", one line.
func (f Finding) String() string {
	text := string(f.Severity) + ": " + f.Text()
	if at := f.Place.String(); at != "" {
		text = at + ": " + text
	}
	return strings.Join(strings.Fields(text), " ")
}

// perCode bounds how many findings of one code a file may give; the rest is counted in one finding more.
const perCode = 20

// findings collects what is found in one file.
type findings struct {
	file string
	list []Finding
	seen map[string]int
	last map[string]Severity
}

// add adds a finding about the file itself.
func (f *findings) add(severity Severity, code string, row int, column string, args ...string) {
	f.addAt(fault.Place{File: f.file, Row: row, Column: column}, severity, code, args...)
}

// addAt adds a finding about another place; args are pairs of name and value.
func (f *findings) addAt(place fault.Place, severity Severity, code string, args ...string) {
	f.addFinding(Finding{Severity: severity, Code: code, Place: place, Args: arguments(args)})
}

func (f *findings) addFinding(found Finding) {
	if f.seen == nil {
		f.seen, f.last = map[string]int{}, map[string]Severity{}
	}
	f.seen[found.Code]++
	f.last[found.Code] = found.Severity
	if f.seen[found.Code] <= perCode {
		f.list = append(f.list, found)
	}
}

// problem is an error that can be said as a finding of this code.
func problem(code string, args ...string) error {
	return wrongCell{Finding{Severity: Error, Code: code, Args: arguments(args)}}
}

type wrongCell struct{ Finding }

func (w wrongCell) Error() string { return w.Text() }

// wrong adds a problem at a cell.
func (f *findings) wrong(row int, column string, err error) {
	var cell wrongCell
	if !errors.As(err, &cell) {
		f.add(Error, "file.unreadable", row, column, "why", err.Error())
		return
	}
	cell.Place = fault.Place{File: f.file, Row: row, Column: column}
	f.addFinding(cell.Finding)
}

func arguments(pairs []string) map[string]string {
	var args map[string]string
	for i := 0; i+1 < len(pairs); i += 2 {
		set(&args, pairs[i], shorten(pairs[i+1]))
	}
	return args
}

// done gives the findings, with what was left out counted.
func (f *findings) done() []Finding {
	for code, n := range f.seen {
		if n > perCode {
			f.list = append(f.list, Finding{Severity: f.last[code], Code: "more", Place: fault.Place{File: f.file},
				Args: arguments([]string{"count", strconv.Itoa(n - perCode), "code", code})})
		}
	}
	f.seen = nil
	return f.list
}

// failed tells whether an error was found.
func (f *findings) failed() bool { return hasError(f.list) }

func hasError(list []Finding) bool {
	return slices.ContainsFunc(list, func(f Finding) bool { return f.Severity == Error })
}

// shorten keeps a source's text readable in a message.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 400 {
		return string(r[:400]) + "…"
	}
	return s
}

// choices names values that exist, for a message: at most twelve, in quotation marks.
func choices(values []string) string {
	values = slices.Clone(values)
	slices.SortFunc(values, natural)
	values = slices.Compact(values)
	var b strings.Builder
	for i, v := range values {
		if i == 12 {
			b.WriteString(" and " + strconv.Itoa(len(values)-i) + " more")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		if v == "" {
			b.WriteString("(empty)")
			continue
		}
		b.WriteString("“" + v + "”")
	}
	return b.String()
}

// sortFindings brings findings into the order of the report: by file, row, column, severity, code, arguments.
func sortFindings(list []Finding) {
	rank := map[Severity]int{Error: 0, Warning: 1, Note: 2}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(natural(a.Place.File, b.Place.File), cmp.Compare(a.Place.Row, b.Place.Row), cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(rank[a.Severity], rank[b.Severity]), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text(), b.Text()))
	})
}
