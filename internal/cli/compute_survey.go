package cli

import (
	"cmp"
	"errors"
	"math"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/survey"
)

// surveyFiles are the tables that a survey is read from. They remember which column plays which part, so that an error of the method names the
// place in the file.
type surveyFiles struct {
	responses *computeTable
	margins   []*computeTable
	parts     map[survey.Part]string // to the column of the responses
}

// readResponses reads a table of one respondent per row that has the columns; parts say which of them is used for what.
func readResponses(path string, parts map[survey.Part]string, columns ...string) (*surveyFiles, error) {
	var needed []string
	for _, name := range columns {
		if name != "" {
			needed = append(needed, name)
		}
	}
	responses, err := readComputeTable(path, needed...)
	if err != nil {
		return nil, err
	}
	return &surveyFiles{responses: responses, parts: parts}, nil
}

// words gives a column as text, empty where it is missing; nil where no column is named.
func (f *surveyFiles) words(column string) []string {
	if column == "" {
		return nil
	}
	at := f.responses.column(column)
	words := make([]string, len(f.responses.rows))
	for row := range words {
		words[row] = f.responses.word(row, at)
	}
	return words
}

// numbers gives a column as numbers, NaN where one is missing; nil where no column is named.
func (f *surveyFiles) numbers(column string) ([]float64, error) {
	if column == "" {
		return nil, nil
	}
	at := f.responses.column(column)
	numbers := make([]float64, len(f.responses.rows))
	var wrong computeProblems
	for row := range numbers {
		v, present, err := f.responses.number(row, at)
		if err != nil {
			wrong.add(err)
		}
		if !present {
			v = math.NaN()
		}
		numbers[row] = v
	}
	return numbers, wrong.joined()
}

// readMargins reads a table of category and total for each path.
func (f *surveyFiles) readMargins(paths []string) ([]survey.Margin, error) {
	var margins []survey.Margin
	for _, path := range paths {
		t, err := readComputeTable(path)
		if err != nil {
			return nil, err
		}
		m, err := f.margin(t)
		if err != nil {
			return nil, err
		}
		margins = append(margins, m)
	}
	return margins, nil
}

// margin reads a table of category and total; the first header names the column of the responses.
func (f *surveyFiles) margin(t *computeTable) (survey.Margin, error) {
	if len(t.header) != 2 {
		return survey.Margin{}, placed(t.name, "a margin has two columns: the category, under the name of its column in the responses, and the total")
	}
	m := survey.Margin{Column: t.header[0]}
	if !f.responses.has(m.Column) {
		return m, f.responses.missingColumn(m.Column, t.name+" gives totals for it")
	}
	m.Answers = f.words(m.Column)
	var wrong computeProblems
	for row := range t.rows {
		total, present, err := t.number(row, 1)
		switch {
		case err != nil:
			wrong.add(err)
		case !present:
			wrong.add(t.wrong(row, t.header[1], "the total is missing"))
		}
		m.Categories = append(m.Categories, survey.Category{Name: t.word(row, 0), Total: total})
	}
	f.margins = append(f.margins, t)
	return m, wrong.joined()
}

// place gives an error of the method, and of several joined ones each, the file, row and column it is about.
func (f *surveyFiles) place(err error) error { return eachOf(err, f.placeOne) }

func (f *surveyFiles) placeOne(err error) error {
	var input *survey.InputError
	var margin *survey.MarginError
	var lonely *survey.LonelyError
	switch {
	case errors.As(err, &input):
		column := cmp.Or(input.Column, f.parts[input.Part])
		if input.Respondent < 0 {
			return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: f.responses.name, Column: column}, Text: input.Reason}
		}
		return f.responses.wrong(input.Respondent, column, "%s", input.Reason)
	case errors.As(err, &margin):
		return f.placeMargin(margin)
	case errors.As(err, &lonely):
		column := f.parts[survey.Strata]
		if lonely.Stratum == "" {
			column = f.parts[survey.Clusters]
		}
		return f.responses.wrong(lonely.Respondent, column, "%s", lonely.Error())
	}
	return err
}

// placeMargin names the row of the category. A margin that is given twice is at fault in its last file.
func (f *surveyFiles) placeMargin(err *survey.MarginError) error {
	for i := len(f.margins) - 1; i >= 0; i-- {
		switch t := f.margins[i]; {
		case t.header[0] != err.Column:
		case err.Category >= 0:
			return t.wrong(err.Category, t.header[0], "%q: %s", err.Name, err.Reason)
		default:
			return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Column: t.header[1]}, Text: err.Reason}
		}
	}
	return err
}
