package statistics

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/formula"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/standard"
)

// Mapping is a city's decisions which source indicators stand for which indicators of the standard.
type Mapping []MappingRow

// MappingRow is one decision.
type MappingRow struct {
	Row       int         `json:"row"` // of the mapping file
	Indicator string      `json:"indicator"`
	Source    string      `json:"source"` // code of the source indicator, as sourceCode gives it
	Select    []Condition `json:"select,omitempty"`
	Transform Transform   `json:"transform"`
	Unit      string      `json:"unit,omitempty"`
	Fit       string      `json:"fit"` // exact, close or no; "no" is kept as a decision and never imported
	Note      string      `json:"note,omitempty"`
	Period    PeriodRule  `json:"period,omitempty"`
}

// rates tells whether the row makes rates of counts.
func (m MappingRow) rates() bool { return m.Transform.Kind == RateTransform && m.Fit != "no" }

// Condition asks that a column holds a value. Both are compared without case and outer spaces. The empty value asks for an empty cell,
// the value "*" accepts every cell and says that the column does not tell measures apart.
type Condition struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

// maxMapping is how many rows a mapping may have. A standard has some hundred indicators, and whoever reads a mapping reads all of it.
const maxMapping = 5_000

// columns of a mapping file, by foldName.
var mappingColumns = map[string]bool{"standard indicator": true, "source indicator": true, "select": false, "transform": false,
	"unit": false, "fit": true, "note": false, "period": false}

// mappingBytes bounds a mapping file.
const mappingBytes = 4 << 20

// ParseMapping reads a mapping file. Every finding of severity Error makes the mapping unusable: nothing may be imported with it. A nil
// standard leaves the indicators unchecked.
func ParseMapping(r io.Reader, name string, std *standard.Standard) (Mapping, []Finding) {
	f := findings{file: name}
	table, err := sheet.Read(r, name, sheet.Limits{Bytes: mappingBytes, Rows: 20_000, Columns: 50})
	if err != nil {
		f.unreadable(err)
		return nil, f.done()
	}
	f.reading(table)
	if len(table.Rows) == 0 {
		f.add(Error, "mapping.empty", 1, "")
		return nil, f.done()
	}
	if len(table.Rows)-1 > maxMapping {
		f.add(Error, "mapping.many", table.Rows[maxMapping+1].Line, "", "most", itoa(maxMapping))
		return nil, f.done()
	}
	at := mappingHeader(table.Rows[0], &f)
	if f.failed() {
		return nil, f.done()
	}
	var mapping Mapping
	seen := map[string]int{}
	for _, row := range table.Rows[1:] {
		get := func(column string) string {
			if i, ok := at[column]; ok && i < len(row.Cells) {
				return tidyText(formula.Unguard(row.Cells[i])) // as WriteMapping guards it
			}
			return ""
		}
		if extra := row.Cells[min(len(table.Rows[0].Cells), len(row.Cells)):]; !(slices.IndexFunc(extra, func(s string) bool { return tidyText(s) != "" }) < 0) {
			f.add(Error, "row.long", row.Line, "")
			continue
		}
		if get("source indicator")+get("select")+get("transform")+get("fit") == "" && get("standard indicator") != "" {
			continue // of a template, and nobody has decided yet
		}
		m := readMappingRow(row.Line, get, &f)
		m.rateByUnit(std, &f)
		checkIndicator(m, std, &f)
		if m.Note != "" && m.Note == titleOf(std, m.Indicator) {
			m.Note = "" // the template's: it tells readers nothing
		}
		key := strings.Join([]string{m.Indicator, m.Source, fold(get("select")), m.Transform.String()}, "\x00")
		if first := seen[key]; first > 0 {
			f.add(Warning, "mapping.twice", row.Line, "", "row", itoa(first))
			continue
		}
		seen[key] = row.Line
		mapping = append(mapping, m)
	}
	mapping.checkPeriods(&f)
	return mapping, f.done()
}

func mappingHeader(header sheet.Row, f *findings) map[string]int {
	at := map[string]int{}
	for i, cell := range header.Cells {
		name := foldName(cell)
		_, known := mappingColumns[name]
		_, twice := at[name]
		switch {
		case name == "":
		case !known:
			f.add(Warning, "mapping.column", header.Line, tidyText(cell))
		case twice:
			f.add(Error, "column.twice", header.Line, tidyText(cell))
		default:
			at[name] = i
		}
	}
	for _, name := range []string{"standard indicator", "source indicator", "fit"} {
		if _, ok := at[name]; !ok {
			f.add(Error, "mapping.lacks", header.Line, strings.ReplaceAll(name, " ", "_"))
		}
	}
	return at
}

func readMappingRow(line int, get func(string) string, f *findings) MappingRow {
	m := MappingRow{Row: line, Indicator: strings.ToUpper(get("standard indicator")), Source: sourceCode(get("source indicator")), Unit: get("unit"),
		Fit: strings.ToLower(get("fit")), Note: get("note")}
	for column, value := range map[string]string{"standard_indicator": m.Indicator, "source_indicator": m.Source} {
		if value == "" {
			f.add(Error, "mapping.blank", line, column)
		}
	}
	if !slices.Contains([]string{"exact", "close", "no"}, m.Fit) {
		f.add(Error, "mapping.fit", line, "fit", "value", m.Fit)
	}
	switch rule := PeriodRule(strings.ToLower(get("period"))); rule {
	case AskPeriod, SpanPeriod, MonthPeriod:
		m.Period = rule
	case "ask":
	default:
		f.add(Error, "mapping.period", line, "period", "value", string(rule))
	}
	var err error
	if m.Select, err = parseSelect(get("select")); err != nil {
		f.wrong(line, "select", err)
	}
	if strings.EqualFold(get("transform"), string(RateTransform)) {
		m.Transform.Kind = RateTransform // by what the unit says; see rateByUnit
	} else if m.Transform, err = ParseTransform(get("transform")); err != nil {
		f.wrong(line, "transform", err)
	}
	for _, c := range m.Select {
		if m.Transform.Kind == DifferenceTransform && foldName(c.Column) == foldName(m.Transform.Column) {
			f.add(Error, "mapping.select_difference", line, "select", "column", c.Column)
		}
	}
	return m
}

// rateByUnit finds what the transform "per" alone means in the unit of the row, else of its indicator.
func (m *MappingRow) rateByUnit(std *standard.Standard, f *findings) {
	if m.Transform.Kind != RateTransform || m.Transform.Of != "" {
		return
	}
	unit := m.Unit
	if unit == "" && std != nil {
		if i, ok := std.Indicator(m.Indicator); ok {
			unit = i.Unit
		}
	}
	by, of, ok := UnitRate(unit)
	if !ok || of == "" {
		f.add(Error, "mapping.transform_unit", m.Row, "transform", "unit", unit)
		return
	}
	m.Transform.By, m.Transform.Of = by, of
}

// checkIndicator asks that the standard has the indicator; one that begins with "L." is the city's own and hangs on a requirement.
func checkIndicator(m MappingRow, std *standard.Standard, f *findings) {
	if std == nil || m.Indicator == "" {
		return
	}
	if own, ok := strings.CutPrefix(m.Indicator, "L."); ok {
		if i := strings.LastIndex(own, "."); i > 0 {
			if _, ok := std.Requirement(own[:i]); ok {
				return
			}
		}
	} else if _, ok := std.Indicator(m.Indicator); ok {
		return
	}
	f.add(Error, "mapping.indicator", m.Row, "standard_indicator", "indicator", m.Indicator, "standard", std.Ref())
}

// checkPeriods asks that all rows of one source indicator read its periods the same way.
func (m Mapping) checkPeriods(f *findings) {
	rules := map[string]MappingRow{}
	for _, row := range m {
		if row.Period == AskPeriod {
			continue
		}
		if first, ok := rules[row.Source]; ok && first.Period != row.Period {
			f.add(Error, "mapping.periods", row.Row, "period", "source", row.Source, "row", itoa(first.Row))
			continue
		}
		rules[row.Source] = row
	}
}

// periodRule is how the mapping reads the ambiguous periods of a source indicator.
func (m Mapping) periodRule(source string) PeriodRule {
	for _, row := range m {
		if row.Source == source && row.Period != AskPeriod {
			return row.Period
		}
	}
	return AskPeriod
}

// parseSelect reads "Column=value;Column=value". A part without "=" belongs to the value before it, which then holds a semicolon.
func parseSelect(text string) ([]Condition, error) {
	var list []Condition
	for part := range strings.SplitSeq(text, ";") {
		column, value, ok := strings.Cut(part, "=")
		if !ok {
			if strings.TrimSpace(part) == "" {
				continue
			}
			if len(list) == 0 {
				return nil, problem("mapping.select")
			}
			list[len(list)-1].Value += ";" + part
			continue
		}
		list = append(list, Condition{Column: column, Value: value})
	}
	seen := map[string]bool{}
	for i, c := range list {
		list[i] = Condition{Column: tidyText(c.Column), Value: tidyText(c.Value)}
		name := foldName(c.Column)
		if name == "" {
			return nil, problem("mapping.select_column")
		}
		if seen[name] {
			return nil, problem("mapping.select_twice", "column", list[i].Column)
		}
		seen[name] = true
	}
	return list, nil
}

// selectText gives the selection in the form of the mapping file.
func (m MappingRow) selectText() string { return selectText(m.Select) }

func selectText(conditions []Condition) string {
	parts := make([]string, len(conditions))
	for i, c := range conditions {
		parts[i] = c.Column + "=" + c.Value
	}
	return strings.Join(parts, ";")
}

// sourceCode gives the form in which codes of source indicators are compared: "Indicator_1.2.1" and "1-2-1" are the same.
func sourceCode(code string) string {
	code = strings.ToLower(strings.TrimSpace(code))
	code = strings.TrimPrefix(code, "indicator_")
	return strings.Trim(strings.ReplaceAll(code, ".", "-"), "-")
}

// unreadable adds the fault of a file that cannot be read.
func (f *findings) unreadable(err error) {
	var fl *fault.Error
	row := 0
	why := err.Error()
	if errors.As(err, &fl) {
		row, why = fl.Place.Row, fl.Text
		if fl.Err != nil {
			why += ": " + fl.Err.Error()
		}
	}
	f.add(Error, "file.unreadable", row, "", "why", why)
}

// reading adds what had to be decided to read a table.
func (f *findings) reading(t *sheet.Table) {
	switch t.Encoding {
	case sheet.Windows1252:
		f.add(Warning, "file.windows", 0, "", "sample", t.Sample)
	case sheet.UTF16:
		f.add(Note, "file.utf16", 0, "")
	}
	if len(t.Endings) > 1 {
		f.add(Note, "file.endings", 0, "", "kinds", strings.Join(t.Endings, ", "))
	} else if len(t.Endings) == 1 && strings.HasPrefix(t.Endings[0], "CR ") {
		f.add(Note, "file.doubled", 0, "")
	}
}
