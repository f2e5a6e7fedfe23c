package web

import (
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/standard"
)

type previewView struct {
	Would, Upload, Action, Back string
	Change                      string // address of the form, where the figures were typed
	Blocked                     bool
	Hidden                      string // which indicators the public no longer sees
	ErrorCount, WarningCount    string
	Errors, Warnings            []findingRow
	Matched                     []matchedRow
	Skipped                     []findingRow
	Replaces                    string   // what becomes of the mapping that the city has
	Replaced                    []string // its first lines
	SkippedCount                string
	Many                        []manyCity     // of a file of many places: what it gives each known city
	Elsewhere                   []elsewhereRow // places of the file that are not this city
	ElsewhereCount              string
}

type elsewhereRow struct{ Code, Name, Rows string }

type findingRow struct {
	Place string
	Text  text
}

type matchedRow struct {
	Indicator, Source, Measures, Fit, Points, Groups, Years string
	Latest, Transform, Note                                 string
	Asks                                                    text
}

// findingsShown is how many errors or warnings the preview lists; the count says how many there are.
const findingsShown = 200

// preview puts a report into words; language is that of the city's own indicators, shown are the indicators that the public sees today.
func (q *request) preview(report statistics.Report, language string, shown []string) previewView {
	v := previewView{Would: q.totals("import.would", report.Values), Blocked: report.Blocked}
	if gone := hidden(report, shown); len(gone) > 0 {
		v.Hidden = q.t("import.hidden", "Count", len(gone), "List", q.list(gone))
	}
	if report.Errors() > 1 { // that nothing was left follows from the others
		report.Findings = slices.DeleteFunc(report.Findings, func(f statistics.Finding) bool { return f.Code == "input.nothing" })
	}
	for _, f := range report.Findings {
		row := findingRow{Place: f.Place.String(), Text: q.foundText(f)}
		switch {
		case f.Severity == statistics.Error && len(v.Errors) < findingsShown:
			v.Errors = append(v.Errors, row)
		case f.Severity == statistics.Warning && len(v.Warnings) < findingsShown:
			v.Warnings = append(v.Warnings, row)
		}
	}
	v.ErrorCount, v.WarningCount = q.t("import.errors", "Count", report.Errors()), q.t("import.warnings", "Count", report.Warnings())
	for _, m := range report.Mapping {
		if m.Fit == "no" {
			continue
		}
		asks := q.indicatorTitle(m.Indicator)
		if standard.IsLocal(m.Indicator) && m.IndicatorTitle != "" {
			asks = q.foreign(m.IndicatorTitle, language)
		}
		row := matchedRow{
			Indicator: m.Indicator, Asks: asks, Source: m.Source, Measures: m.SourceTitle,
			Fit: q.t("import.fit_" + m.Fit), Groups: q.locale.Integer(int64(m.Groups)), Years: years(m.First, m.Last), Points: q.locale.Integer(int64(m.Points + m.GroupPoints)), Note: m.Note,
		}
		if m.Transform != "value" {
			row.Transform = m.Transform
		}
		if m.Latest != nil {
			row.Latest = q.t("import.latest_at", "Value", q.value(m.Latest.Value, m.Unit), "Period", m.Latest.Period)
		}
		v.Matched = append(v.Matched, row)
	}
	for _, f := range report.Files {
		if f.Status == statistics.Skipped {
			v.Skipped = append(v.Skipped, findingRow{Place: f.Name, Text: q.foundText(statistics.Finding{Code: f.Reason, Args: f.Args})})
		}
	}
	for _, p := range report.Elsewhere {
		row := elsewhereRow{Code: p.Code, Name: p.Name, Rows: q.locale.Integer(int64(p.Rows))}
		if p.Country {
			row.Name = strings.TrimPrefix(row.Name+"; "+q.t("import.elsewhere_country"), "; ")
		}
		v.Elsewhere = append(v.Elsewhere, row)
	}
	if c := report.MappingReplaced; c != nil {
		v.Replaces, v.Replaced = q.replaced("import.would_replace", c), q.replacedLines(c)
	}
	v.ElsewhereCount = q.t("import.elsewhere") + ": " + q.locale.Integer(int64(len(v.Elsewhere)))
	v.SkippedCount = q.t("import.skipped_count", "Count", len(v.Skipped))
	return v
}

// hidden are the indicators of those shown of which no figure would be left.
func hidden(report statistics.Report, shown []string) (gone []string) {
	for _, id := range shown {
		left := func(m statistics.Mapped) bool { return m.Indicator == id && m.Points+m.GroupPoints > 0 }
		if !report.Blocked && !slices.ContainsFunc(report.Mapping, left) {
			gone = append(gone, id)
		}
	}
	return gone
}

// years is the first and the last period.
func years(first, last string) string {
	if first == last {
		return first
	}
	return first + " – " + last
}

// foundText says a finding in the reader's language, or in English where the catalogue lacks it.
func (q *request) foundText(f statistics.Finding) text {
	if said, ok := q.locale.Say("finding."+f.Code, f.Pairs()...); ok {
		return text{S: said}
	}
	return q.foreign(f.Text(), "en")
}
