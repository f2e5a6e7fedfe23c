package scorecard

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/formula"
)

// Columns of the table that WriteCSV writes. Those of the first line stand in every row, so that a file, or a row that was cut out of it,
// says what it is about. The column row says what a line is about: requirement, answer, indicator, group or gap; columns that do not
// concern it are empty.
var csvColumns = []string{"city", "city_name", "country", "fictional", "assessment", "assessment_state", "standard", "profile",
	"row", "dimension", "requirement", "state", "settled", "self_assessed", "reason",
	"party", "organisation", "grade", "answer", "share_yes", "share_lower", "share_upper", "share_n", "evidence",
	"indicator", "title", "value", "lower", "upper", "unit", "period", "source", "url", "licence", "fit", "trend", "slope", "slope_lower", "slope_upper", "slope_n", "minimum", "reached",
	"group_dimension", "group", "lowest_group", "lowest_value", "highest_group", "highest_value", "gap", "local", "comment"}

// WriteCSV writes the scorecard as one table (RFC 4180, UTF-8) with a header: a line for each requirement, and below it one for each of its
// answers and indicators, and for each indicator's groups and gaps. Each figure has its source, address and licence in its row, each
// answer its evidence and its comment; docs/data.md explains each column. The column assessment is the period that was assessed, period that of the figure, and the
// column local says of an indicator whether it is the city's own and no part of the standard. A text that a spreadsheet would take for a formula is led by an
// apostrophe (OWASP, CSV Injection).
func WriteCSV(w io.Writer, card Scorecard) error {
	t := &table{out: csv.NewWriter(w), at: make(map[string]int, len(csvColumns)), line: make([]string, len(csvColumns)),
		head: []string{safe(card.City), safe(card.Name), card.Country, strconv.FormatBool(card.Fictional), card.Period, card.State, card.Standard, card.Profile}}
	for i, name := range csvColumns {
		t.at[name] = i
	}
	if err := t.out.Write(csvColumns); err != nil {
		return err
	}
	for _, d := range card.Dimensions {
		for i := range d.Requirements {
			t.requirement(d.ID, &d.Requirements[i])
		}
	}
	t.out.Flush()
	return t.out.Error()
}

// table writes line by line; an error of the writer stays with it until Flush.
type table struct {
	out  *csv.Writer
	at   map[string]int
	head []string // cells of the first columns, the same in every line
	line []string
}

// write ends a line that consists of pairs of a column and its cell.
func (t *table) write(pairs ...string) {
	clear(t.line)
	copy(t.line, t.head)
	for i := 0; i < len(pairs); i += 2 {
		t.line[t.at[pairs[i]]] = pairs[i+1]
	}
	_ = t.out.Write(t.line)
}

func (t *table) requirement(dimension string, q *Requirement) {
	t.write("row", "requirement", "dimension", dimension, "requirement", q.ID, "title", safe(q.Title), "state", string(q.State),
		"settled", whole(q.Settled), "self_assessed", strconv.FormatBool(q.SelfOnly), "reason", safe(q.Reason))
	for _, a := range q.Answers {
		pairs := []string{"row", "answer", "dimension", dimension, "requirement", q.ID, "party", a.Party, "organisation", safe(a.Organisation),
			"grade", whole(a.Grade), "answer", a.Value, "comment", safe(a.Reasons), "evidence", safe(evidenceLine(a.Evidence))}
		if s := a.Share; s != nil {
			pairs = append(pairs, "share_yes", computed(s.Yes), "share_lower", computed(s.Lower), "share_upper", computed(s.Upper), "share_n", strconv.Itoa(s.N))
		}
		t.write(pairs...)
	}
	for n := range q.Indicators {
		t.indicator(dimension, q.ID, &q.Indicators[n])
	}
}

func (t *table) indicator(dimension, requirement string, i *Indicator) {
	figure := []string{"dimension", dimension, "requirement", requirement, "indicator", i.ID, "local", strconv.FormatBool(i.Local), "title", safe(i.Title),
		"unit", safe(i.Unit), "source", safe(withoutAddress(i.Source, i.URL)), "url", safe(i.URL), "licence", safe(i.Licence), "fit", i.Fit}
	pairs := append(slices.Clone(figure), "row", "indicator", "lower", optional(i.Lower), "upper", optional(i.Upper), "period", safe(i.Period), "trend", trendOf(i), "gap", widest(i.Gap))
	if i.Value != nil {
		pairs = append(pairs, "value", i.Value.String())
	}
	if s := i.Slope; s != nil {
		pairs = append(pairs, "slope", computed(s.PerYear), "slope_lower", computed(s.Lower), "slope_upper", computed(s.Upper), "slope_n", strconv.Itoa(s.N))
	}
	if m := i.Minimum; m != nil {
		pairs = append(pairs, "minimum", number(m.Value))
		if m.Reached != nil {
			pairs = append(pairs, "reached", strconv.FormatBool(*m.Reached))
		}
	}
	t.write(pairs...)
	for _, g := range i.Groups {
		t.write(append(slices.Clone(figure), "row", "group", "value", number(g.Value), "lower", optional(g.Lower), "upper", optional(g.Upper), "period", safe(g.Period),
			"group_dimension", safe(g.Dimension), "group", safe(g.Group))...)
	}
	for _, g := range i.Gaps {
		t.write(append(slices.Clone(figure), "row", "gap", "period", safe(g.Period), "group_dimension", safe(g.Dimension),
			"lowest_group", safe(g.Lowest.Group), "lowest_value", number(g.Lowest.Value), "highest_group", safe(g.Highest.Group), "highest_value", number(g.Highest.Value),
			"gap", computed(g.Size))...)
	}
}

// evidenceLine names evidence in one line: each title with its address, by semicolon.
func evidenceLine(all []Evidence) string {
	parts := make([]string, len(all))
	for i, e := range all {
		parts[i] = strings.TrimSpace(e.Title + " " + e.URL)
	}
	return strings.Join(parts, "; ")
}

// trendOf gives the trend of a number over time. Without one, and for a yes or no, nothing can be said, not even that there is too little.
func trendOf(i *Indicator) string {
	if i.Value == nil {
		return ""
	}
	if _, measured := i.Value.Float(); !measured {
		return ""
	}
	return i.Trend
}

// withoutAddress takes the addresses, which have a column of their own, out of the line that names the sources.
func withoutAddress(source, addresses string) string {
	for address := range strings.SplitSeq(addresses, "; ") {
		if address != "" {
			source = strings.ReplaceAll(source, ", "+address, "")
		}
	}
	return source
}

// number writes a figure as it came from its source, in the shortest form that is read back as the same.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// computed writes what was calculated here to twelve significant digits, so that 57.6 − 45.3 is 12.3 and not 12.300000000000004.
func computed(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		return number(v)
	}
	return number(rounded)
}

func widest(gap *float64) string {
	if gap == nil {
		return ""
	}
	return computed(*gap)
}

func optional(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

func whole(v *int) string {
	if v == nil {
		return ""
	}
	return strconv.Itoa(*v)
}

// safe keeps a spreadsheet from taking a text for a formula.
func safe(text string) string { return formula.Guard(text) }
