package statistics

import (
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// interval holds the bounds that a source gives of a value. Each may be nil: not known.
type interval struct{ lower, upper *float64 }

// holds tells whether a value lies within its bounds.
func (i interval) holds(v float64) bool {
	return (i.lower == nil || *i.lower <= v) && (i.upper == nil || v <= *i.upper) && (i.lower == nil || i.upper == nil || *i.lower <= *i.upper)
}

// agrees tells whether no bound of two intervals of one value contradicts the other's.
func (i interval) agrees(other interval) bool {
	return (i.lower == nil || other.lower == nil || *i.lower == *other.lower) && (i.upper == nil || other.upper == nil || *i.upper == *other.upper)
}

// or takes bounds that are not known from another interval.
func (i interval) or(other interval) interval {
	if i.lower == nil {
		i.lower = other.lower
	}
	if i.upper == nil {
		i.upper = other.upper
	}
	return i
}

// String gives " (4 to 6)", with an ellipsis for a bound that is not known; nothing where neither is.
func (i interval) String() string {
	if i.lower == nil && i.upper == nil {
		return ""
	}
	return " (" + boundText(i.lower) + " to " + boundText(i.upper) + ")"
}

func boundText(v *float64) string {
	if v == nil {
		return "…"
	}
	return formatNumber(*v)
}

// bounds reads the columns of an interval's bounds.
type bounds struct {
	frame   *frame
	columns []int // lower, upper; -1: the source does not have it
	values  []*values
	read    int // rows with a bound
}

// readBounds looks at all cells first, the values' own beside the bounds', because one can settle how another's comma is meant.
func (fr *frame) readBounds(rows []sheet.Row, valueAt int) *bounds {
	b := &bounds{frame: fr, columns: []int{fr.at(lowerRole), fr.at(upperRole)}, values: make([]*values, 2)}
	for i, at := range b.columns {
		if at >= 0 {
			b.values[i] = readValues(append(column(rows, valueAt), column(rows, at)...), fr.delimiter)
		}
	}
	return b
}

// of gives the interval of a row's value. A bound that cannot be, or that stands beside no value, where it would tell what a suppressed
// value hides, is left out with a warning: it is no reason to lose the value.
func (b *bounds) of(row sheet.Row, v value, f *findings) interval {
	var found [2]*float64
	var names []string
	for i, at := range b.columns {
		if at < 0 {
			continue
		}
		switch bound := b.values[i].of(row.Cells[at]); bound.kind {
		case number:
			found[i] = &bound.number
			names = append(names, b.frame.header[at])
		case blank, marked:
		default:
			f.add(Warning, "bound.text", row.Line, b.frame.header[at], "text", row.Cells[at])
		}
	}
	within := interval{found[0], found[1]}
	switch {
	case len(names) == 0:
		return interval{}
	case v.kind != number:
		f.add(Warning, "bound.alone", row.Line, strings.Join(names, ", "))
		return interval{}
	case !within.holds(v.number):
		f.add(Warning, "bound.beyond", row.Line, strings.Join(names, ", "), "lower", boundText(within.lower), "upper", boundText(within.upper), "value", formatNumber(v.number))
		return interval{}
	}
	b.read++
	return within
}

// report says which columns were read as bounds.
func (b *bounds) report(f *findings) {
	var names []string
	for _, at := range b.columns {
		if at >= 0 {
			names = append(names, b.frame.header[at])
		}
	}
	if b.read > 0 {
		f.add(Note, "bound.read", 0, "", "columns", strings.Join(names, ", "), "count", itoa(b.read))
	}
}
