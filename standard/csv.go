package standard

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/formula"
)

// csvColumns is the header of WriteCSV: what both rows have, what a requirement has, what an indicator has.
var csvColumns = []string{
	"row", "id", "dimension", "dimension_title", "requirement", "title", "question", "language", "draft",
	"minimum", "why", "links", "check", "services", "groups", "grade_0", "grade_1", "grade_2", "grade_3", "grade_4", "proof",
	"kind", "value", "unit", "good", "minimum_value", "minimum_source", "minimum_check", "by", "evidence", "answered_by", "decisive",
	"sdg", "sdg_fit", "note",
}

// WriteCSV writes a standard as one table for a spreadsheet: a row per requirement, followed by a row per indicator; the first column says
// which. All that people read is in lang where a translation has it, the sources of declared minima apart; the columns language and draft
// say what the title is in. Lists are joined by spaces. UTF-8, with a header; a text that a spreadsheet would run as a formula is led by an apostrophe.
func WriteCSV(w io.Writer, s *Standard, lang string) error {
	table := csv.NewWriter(w)
	row := make([]string, len(csvColumns))
	write := func(cells map[string]string) {
		for i, column := range csvColumns {
			row[i] = cells[column]
		}
		_ = table.Write(row) // the error stays and is given by Error
	}
	copy(row, csvColumns)
	_ = table.Write(row)
	in := s.In(lang)
	for d := range s.Dimensions {
		dimension := &s.Dimensions[d]
		for r := range dimension.Requirements {
			q := &dimension.Requirements[r]
			cells := q.cells(in)
			cells["dimension_title"] = safe(in.Dimension(dimension).Text)
			write(cells)
			for i := range q.Indicators {
				cells := q.Indicators[i].cells(in)
				cells["dimension"] = q.Dimension
				cells["dimension_title"] = safe(in.Dimension(dimension).Text)
				write(cells)
			}
		}
	}
	table.Flush()
	return table.Error()
}

func (q *Requirement) cells(in Reader) map[string]string {
	t, detail := in.Requirement(q), in.Detail(q)
	links := make([]string, len(q.Links))
	for i, l := range q.Links {
		links[i] = l.String()
	}
	cells := map[string]string{
		"row": "requirement", "id": q.ID, "dimension": q.Dimension, "requirement": q.ID,
		"title": safe(t.Title.Text), "question": safe(t.Question.Text), "language": t.Title.Language, "draft": strconv.FormatBool(t.Title.Draft),
		"minimum": safe(t.Minimum.Text), "why": safe(detail.Why.Text), "links": safe(strings.Join(links, " ")), "check": string(q.Check),
		"services": strings.Join(q.Services, " "), "groups": strings.Join(q.Groups, " "), "proof": safe(detail.Proof.Text),
	}
	for g, said := range detail.Grades {
		cells["grade_"+strconv.Itoa(g)] = safe(said.Text)
	}
	return cells
}

func (i *Indicator) cells(in Reader) map[string]string {
	title, said := in.Indicator(i), in.Measure(i)
	cells := map[string]string{
		"row": "indicator", "id": i.ID, "requirement": i.Requirement,
		"title": safe(title.Text), "question": safe(said.Question.Text), "language": title.Language, "draft": strconv.FormatBool(title.Draft),
		"kind": string(i.Kind), "value": i.Value, "unit": safe(said.Unit.Text), "good": string(i.Good),
		"by": strings.Join(i.By, " "), "evidence": strings.Join(i.Evidence, " "), "answered_by": strings.Join(i.AnsweredBy, " "),
		"decisive": strconv.FormatBool(i.Decisive), "note": safe(said.Note.Text),
	}
	if m := i.Minimum; m != nil {
		cells["minimum_value"], cells["minimum_source"], cells["minimum_check"] = m.text(), safe(m.Source), string(m.Check)
	}
	if i.SDG != nil {
		cells["sdg"], cells["sdg_fit"] = i.SDG.Indicator, i.SDG.Fit
	}
	return cells
}

// safe keeps a spreadsheet from running a text as a formula.
func safe(text string) string { return formula.Guard(text) }
