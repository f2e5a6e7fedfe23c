package scorecard_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/measure/scorecard"
)

var update = flag.Bool("update", false, "write the golden files anew")

// small is a scorecard in which every kind of line occurs.
func small(t *testing.T) scorecard.Scorecard {
	t.Helper()
	three, two, yes := 3, 2, true
	in := scorecard.Input{City: "somewhere", Name: "=Somewhere", Country: "XA", Fictional: true, Period: "2024", State: "published",
		Answers: []scorecard.Given{
			{Requirement: "AAA.1", Answer: scorecard.Answer{Party: "authority", Organisation: "City hall", Grade: &three, Reasons: "In force since 2019.",
				Evidence:   []scorecard.Evidence{{Title: "Act 12/2019", URL: "https://city.example/act", Kind: "decision"}},
				Indicators: []scorecard.Indicated{{Indicator: "AAA.1.S1", Yes: &yes, Evidence: true}}}},
			{Requirement: "AAA.1", Answer: scorecard.Answer{Party: "civil_society", Organisation: "=Union", Grade: &two}},
			{Requirement: "AAA.1", Answer: scorecard.Answer{Party: "residents", Share: &scorecard.Share{Yes: 38.25, Lower: 31, Upper: 45, N: 412}}},
			{Requirement: "AAA.2", Answer: scorecard.Answer{Party: "authority", Organisation: "City hall", Value: scorecard.NotLocal}},
			{Requirement: "AAA.3", Answer: scorecard.Answer{Party: "authority", Organisation: "City hall", Grade: &two}},
		},
		Series: []scorecard.Series{
			{Indicator: "AAA.1.O1", Unit: "%", Fit: scorecard.Close, Source: "Office, Safety, https://office.example", URL: "https://office.example", Licence: "CC BY 4.0", Headline: years(2019, 50, 51.5, 53, 54, 56, 57),
				Groups: []scorecard.GroupSeries{group("Sex", "women", years(2024, 40.1)), group("Sex", "men", years(2024, 70.3))}},
			{Indicator: "AAA.3.O1", Unit: "%", Fit: scorecard.Exact, Source: "Office", Headline: years(2023, 49)},
		}}
	in.Series[0].Headline[5].Interval = scorecard.Interval{Lower: new(55.5), Upper: new(58.5)}
	in.Series[0].Groups[0].Points[0].Interval = scorecard.Interval{Lower: new(38.0)}
	std := aStandard()
	std.Dimensions = std.Dimensions[:1]
	return compute(t, std, in)
}

func TestWritersGiveTheGoldenFiles(t *testing.T) {
	card := small(t)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"small.json": func(b *bytes.Buffer) error { return scorecard.WriteJSON(b, card) },
		"small.csv":  func(b *bytes.Buffer) error { return scorecard.WriteCSV(b, card) },
		"small.txt":  func(b *bytes.Buffer) error { return scorecard.WriteText(b, card) },
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), out.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestJSONReadsBackAndHasTheFixedNames(t *testing.T) {
	card := small(t)
	var out bytes.Buffer
	if err := scorecard.WriteJSON(&out, card); err != nil {
		t.Fatal(err)
	}
	var back scorecard.Scorecard
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	for d := range card.Dimensions { // what was said of indicators is not part of the JSON
		for r := range card.Dimensions[d].Requirements {
			for a := range card.Dimensions[d].Requirements[r].Answers {
				card.Dimensions[d].Requirements[r].Answers[a].Indicators = nil
			}
		}
	}
	if diff := cmp.Diff(card, back); diff != "" {
		t.Error(diff)
	}
	var raw map[string]any
	if err := json.Unmarshal(out.Bytes(), &raw); err != nil {
		t.Fatal(err)
	}
	has := func(object map[string]any, names string) {
		t.Helper()
		for _, name := range strings.Fields(names) {
			if _, ok := object[name]; !ok {
				t.Errorf("the name %s is missing", name)
			}
		}
	}
	has(raw, "city period standard state dimensions")
	dimension := raw["dimensions"].([]any)[0].(map[string]any)
	has(dimension, "id title counts weakest requirements")
	has(dimension["counts"].(map[string]any), "met partly not_met disputed unknown outside")
	requirement := dimension["requirements"].([]any)[0].(map[string]any)
	has(requirement, "id title state reason links answers indicators")
	has(requirement["answers"].([]any)[0].(map[string]any), "party organisation grade value evidence")
	indicator := requirement["indicators"].([]any)[1].(map[string]any)
	has(indicator, "id value unit period source fit groups gap trend")
	has(indicator["groups"].([]any)[0].(map[string]any), "dimension group value")
	for _, list := range strings.Fields("dimensions requirements reasons links answers evidence indicators groups") {
		if strings.Contains(out.String(), `"`+list+`": null`) {
			t.Errorf("the list %s is null", list)
		}
	}
}

func TestCSVIsATableThatASpreadsheetTakesForText(t *testing.T) {
	var out bytes.Buffer
	if err := scorecard.WriteCSV(&out, small(t)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll() // every row has as many cells as the header
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		about := strings.Join(row[:8], " ")
		if about != "somewhere '=Somewhere XA true 2024 published test@1.0 full" {
			t.Errorf("a row says it is about %s", about)
		}
		if measured := row[slices.Index(rows[0], "fit")] == scorecard.Close; measured != (row[slices.Index(rows[0], "licence")] == "CC BY 4.0") ||
			measured != (row[slices.Index(rows[0], "url")] == "https://office.example") {
			t.Errorf("a figure without address and licence, or these without a figure: %v", row)
		}
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a cell is a formula: %s", cell)
			}
		}
	}
}

func TestTextKeepsItsWidthAndSteersNoTerminal(t *testing.T) {
	card := small(t)
	card.Dimensions[0].Requirements[0].Title = "Red \x1b[31m alarm\x07 " + strings.Repeat("long words ", 30)
	var out strings.Builder
	if err := scorecard.WriteText(&out, card); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 100 {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	if strings.ContainsAny(out.String(), "\x1b\x07") {
		t.Error("a control character came through")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWritersReportTheirWritersError(t *testing.T) {
	card := small(t)
	for name, err := range map[string]error{"JSON": scorecard.WriteJSON(broken{}, card), "CSV": scorecard.WriteCSV(broken{}, card), "text": scorecard.WriteText(broken{}, card)} {
		if err == nil {
			t.Errorf("%s: the error is lost", name)
		}
	}
}

func TestTextSaysWhereThereIsNoFigure(t *testing.T) {
	const said = "There is no figure that ends in this period or before."
	std := aStandard()
	for name, c := range map[string]struct {
		series []scorecard.Series
		want   bool
	}{
		"nothing":             {nil, true},
		"later figures":       {[]scorecard.Series{{Indicator: "AAA.1.O1", Unit: "%", Fit: scorecard.Exact, Headline: years(2025, 50)}}, true},
		"a figure":            {[]scorecard.Series{{Indicator: "AAA.1.O1", Unit: "%", Fit: scorecard.Exact, Headline: years(2024, 50)}}, false},
		"a figure of a group": {[]scorecard.Series{{Indicator: "AAA.1.O1", Unit: "%", Fit: scorecard.Exact, Groups: []scorecard.GroupSeries{group("Sex", "women", years(2020, 40))}}}, false},
	} {
		card := compute(t, std, scorecard.Input{City: "x", Period: "2024", Series: c.series})
		var out strings.Builder
		if err := scorecard.WriteText(&out, card); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), said); got != c.want || card.HasFigures() == c.want {
			t.Errorf("%s: said %v, has figures %v", name, got, card.HasFigures())
		}
	}
}

func TestComputedFiguresHaveNoArtefactsAndImportedOnesStayAsTheyAre(t *testing.T) {
	std := aStandard()
	std.Dimensions = std.Dimensions[:1]
	card := compute(t, std, scorecard.Input{City: "x", Period: "2024", Series: []scorecard.Series{{Indicator: "AAA.1.O1", Unit: "%", Fit: scorecard.Exact,
		Source: "Office, Safety, https://a.example/x; Bureau, Harm, https://b.example", URL: "https://a.example/x; https://b.example",
		Headline: years(2024, 51.12345678901234), Groups: []scorecard.GroupSeries{group("Sex", "women", years(2024, 45.3)), group("Sex", "men", years(2024, 57.6))}}}})
	var out bytes.Buffer
	if err := scorecard.WriteCSV(&out, card); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[slices.Index(rows[0], name)] }
		if cell("indicator") == "AAA.1.O1" {
			seen[cell("row")+" value"], seen[cell("row")+" gap"] = cell("value"), cell("gap")
			if cell("source") != "Office, Safety; Bureau, Harm" {
				t.Errorf("the source is %s", cell("source"))
			}
		}
		if cell("row") == "indicator" && cell("value") == "" && cell("trend") != "" {
			t.Errorf("%s has no value and the trend %s", cell("indicator"), cell("trend"))
		}
	}
	for of, want := range map[string]string{"indicator value": "51.12345678901234", "indicator gap": "12.3", "gap gap": "12.3"} {
		if seen[of] != want {
			t.Errorf("%s is %s, want %s", of, seen[of], want)
		}
	}
}
