package cli

import (
	"errors"
	"math"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/survey"
)

// FuzzSurveyFiles reads any text as responses and as a margin: the weights are finite and add up, or an error names the file.
func FuzzSurveyFiles(f *testing.F) {
	f.Add("sex,weight\nwoman,1\nman,2\nwoman,3\n", "sex,total\nwoman,60\nman,40\n")
	f.Add("sex;weight\nwoman;1\nman;NA\n", "sex,total\nwoman,60\nman,40\nchild,3\n")
	f.Add("\ufeffsex,weight\r\n,1\r\n", "sex,total\n,\n")
	f.Add("sex,weight\n\"a\nb\",1e308\na,1e-308\n", "sex,total\n\"a\nb\",1e308\na,1e308\n")
	f.Fuzz(func(t *testing.T, responses, margin string) {
		weights, m, err := weighTexts(responses, margin)
		if err != nil {
			wantPlace(t, err)
			return
		}
		sums := map[string]float64{}
		for i, w := range weights {
			if math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
				t.Fatalf("weight %d is %v", i, w)
			}
			sums[m.Answers[i]] += w
		}
		for _, c := range m.Categories {
			if math.Abs(sums[c.Name]-c.Total) > 1e-9*c.Total {
				t.Fatalf("%q sums to %v, not %v", c.Name, sums[c.Name], c.Total)
			}
		}
	})
}

func weighTexts(responses, margin string) ([]float64, survey.Margin, error) {
	table, err := namedTable("responses.csv", responses, "weight")
	if err != nil {
		return nil, survey.Margin{}, err
	}
	files := &surveyFiles{responses: table, parts: map[survey.Part]string{survey.Weights: "weight"}}
	totals, err := namedTable("margin.csv", margin)
	if err != nil {
		return nil, survey.Margin{}, err
	}
	m, err := files.margin(totals)
	if err != nil {
		return nil, m, err
	}
	base, err := files.numbers("weight")
	if err != nil {
		return nil, m, err
	}
	design, err := survey.NewDesign(len(table.rows), survey.Sampling{Weights: base})
	if err != nil {
		return nil, m, files.place(err)
	}
	raked, err := design.PostStratify(m)
	if err != nil {
		return nil, m, files.place(err)
	}
	return raked.Weights(), m, nil
}

// wantPlace wants each of the errors to name a file; that more follow needs none.
func wantPlace(t *testing.T, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		wantPlace(t, joined.Unwrap()[0])
		return
	}
	var at *fault.Error
	if !errors.As(err, &at) || at.Place.File == "" {
		t.Fatalf("no file is named: %v", err)
	}
}
