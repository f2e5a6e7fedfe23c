package survey_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/measure/survey"
)

func TestCoverageNamesWhoIsMissingLargestFirst(t *testing.T) {
	d := design(t, 5, survey.Sampling{Weights: []float64{1, 1, 1, 1, 4}})
	margins := []survey.Margin{
		{Column: "age", Categories: people("young", 50, "old", 50), Answers: strings.Fields("old old old old young")},
		{Column: "area", Categories: people("north", 50, "south", 20, "harbour", 30), Answers: []string{"north", "north", "north", "", "south"}},
	}
	coverage := must(d.Coverage(margins))(t)
	if len(coverage.Shortfalls) != 2 || coverage.Unplaced != 1 || !slices.Equal(coverage.Compared, []string{"age", "area"}) {
		t.Fatalf("%+v", coverage)
	}
	// In the area, seven weights are placed: three in the north, four in the south. By their weights, young and old are as they should be.
	for i, want := range []survey.Shortfall{
		{Column: "area", Category: "harbour", Population: 0.3, Missing: 0.3},
		{Column: "area", Category: "north", Respondents: 3, Population: 0.5, Sample: 3.0 / 7, Missing: 0.5 - 3.0/7},
	} {
		got := coverage.Shortfalls[i]
		if !near(got.Sample, want.Sample, 1e-15) || !near(got.Missing, want.Missing, 1e-15) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got.Sample, got.Missing = want.Sample, want.Missing; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestCoverageLooksBehindTheCalibration(t *testing.T) {
	d := design(t, 4, survey.Sampling{})
	m := survey.Margin{Column: "age", Categories: people("young", 50, "old", 50), Answers: strings.Fields("old old old young")}
	raked := must(d.PostStratify(m))(t)
	before, after := must(d.Coverage([]survey.Margin{m}))(t), must(raked.Coverage([]survey.Margin{m}))(t)
	if len(after.Shortfalls) != 1 || after.Shortfalls[0] != before.Shortfalls[0] || after.Shortfalls[0].Missing != 0.25 {
		t.Fatalf("%+v, want %+v", after, before)
	}
}

func TestCoverageRefusesMarginsThatAreNone(t *testing.T) {
	d := design(t, 2, survey.Sampling{})
	for name, m := range map[string]survey.Margin{
		"too few answers": {Column: "age", Categories: people("old", 5), Answers: []string{"old"}},
		"no people":       {Column: "age", Categories: people("old", 0), Answers: []string{"old", "old"}},
	} {
		if _, err := d.Coverage([]survey.Margin{m}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func statement(t *testing.T) survey.Statement {
	d := design(t, 4, survey.Sampling{})
	m := survey.Margin{Column: "age", Categories: people("young", 50, "old", 50), Answers: strings.Fields("old old old young")}
	return survey.Statement{
		Figure: must(d.Proportion([]float64{1, 0, 1, 1}, d.Whole(), survey.Wilson, 0))(t), Interval: string(survey.Wilson),
		FieldFrom: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), FieldTo: time.Date(2026, 3, 21, 0, 0, 0, 0, time.UTC),
		Mode: survey.Mixed, Response: survey.Response{Asked: 10, Answered: 4}, Coverage: must(d.Coverage([]survey.Margin{m}))(t),
	}
}

func TestAStatementCarriesAllThatAPublishedFigureNeeds(t *testing.T) {
	whole := statement(t)
	if err := whole.Check(); err != nil {
		t.Fatalf("a whole statement is refused: %v", err)
	}
	for what, remove := range map[string]func(*survey.Statement){
		"figure":     func(s *survey.Statement) { s.Figure.Value = nil },
		"neff":       func(s *survey.Statement) { s.Figure.Effective = 0 },
		"interval":   func(s *survey.Statement) { s.Figure.Lower = nil },
		"field_from": func(s *survey.Statement) { s.FieldFrom = time.Time{} },
		"field_to":   func(s *survey.Statement) { s.FieldTo = s.FieldFrom.AddDate(0, 0, -1) },
		"mode":       func(s *survey.Statement) { s.Mode = "by pigeon" },
		"response":   func(s *survey.Statement) { s.Response.Asked = 0 },
		"coverage":   func(s *survey.Statement) { s.Coverage = survey.Coverage{} },
	} {
		s := statement(t)
		remove(&s)
		var lacks *survey.StatementError
		if err := s.Check(); !errors.As(err, &lacks) || !slices.Equal(lacks.Lacks, []string{what}) {
			t.Errorf("without %s: %v", what, err)
		}
	}
}

func TestAnOpenSurveyHasNoResponseRate(t *testing.T) {
	s := statement(t)
	s.Response.Asked, s.Coverage.SelfChosen = 0, true
	if err := s.Check(); err != nil || s.Response.Rate() != nil {
		t.Errorf("%v, rate %v", err, s.Response.Rate())
	}
	if rate := (survey.Response{Asked: 10, Answered: 4}).Rate(); rate == nil || *rate != 0.4 {
		t.Errorf("4 of 10 is the rate %v", rate)
	}
	if rate := (survey.Response{Asked: 3, Answered: 4}).Rate(); rate != nil {
		t.Errorf("4 of 3 is the rate %v", *rate)
	}
}

func TestAStatementReadsBackFromJSON(t *testing.T) {
	s := statement(t)
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back survey.Statement
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(text) {
		t.Errorf("%v\n%s\n%s", err, text, again)
	}
	for _, field := range []string{`"n":4`, `"neff":4`, `"estimate":0.75`, `"lower":`, `"field_from":"2026-03-01`, `"mode":"mixed"`, `"asked":10`, `"category":"young"`} {
		if !strings.Contains(string(text), field) {
			t.Errorf("no %s in %s", field, text)
		}
	}
}
