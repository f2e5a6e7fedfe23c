package scorecard_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// cases reads the table of docs/judgement.md whose header begins with the given column: one map from column to cell for each row.
func cases(t *testing.T, first string) (rows []map[string]string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/judgement.md")
	if err != nil {
		t.Fatal(err)
	}
	var header []string
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, "| ") {
			if !strings.HasPrefix(line, "|-") {
				header = nil
			}
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case header != nil:
			row := map[string]string{"line": line}
			for i, name := range header {
				row[name] = cells[i]
			}
			rows = append(rows, row)
		case cells[0] == first:
			header = cells
		}
	}
	return rows
}

// oneRequirement is a standard with one requirement, X.1, with the yes-or-no structure indicator S1 and the outcome O1 of minimum 50.
func oneRequirement(withStructure, withMinimum bool) *standard.Standard {
	q := standard.Requirement{ID: "XXX.1", Dimension: "XXX", Title: "A minimum", Services: []string{"housing", "social"},
		Links: []standard.Link{{Instrument: "ICESCR", Article: "11"}}}
	if withStructure {
		q.Indicators = append(q.Indicators, standard.Indicator{ID: "XXX.1.S1", Requirement: "XXX.1", Kind: standard.Structure, Title: "A rule",
			Value: "bool", Good: standard.Yes, AnsweredBy: organisations})
	}
	if withMinimum {
		q.Indicators = append(q.Indicators, standard.Indicator{ID: "XXX.1.O1", Requirement: "XXX.1", Kind: standard.Outcome, Title: "A share",
			Value: "pct", Unit: "%", Good: standard.Up, Minimum: &standard.Minimum{Value: 50, Source: "a law"}, AnsweredBy: scorecard.Parties})
	}
	return &standard.Standard{ID: "test", Version: "1.0", Language: "en",
		Terms:      standard.Terms{Services: []standard.Term{{Key: "housing", Text: "housing"}, {Key: "social", Text: "social services"}}},
		Dimensions: []standard.Dimension{{ID: "XXX", Title: "A dimension", Requirements: []standard.Requirement{q}}}}
}

// said makes the answer of a cell of the table; ok is false for a dash.
func said(t *testing.T, party, organisation, cell string) (scorecard.Given, bool) {
	t.Helper()
	given := scorecard.Given{Requirement: "XXX.1", Answer: scorecard.Answer{Party: party, Organisation: organisation}}
	if cell == "–" {
		return given, false
	}
	given.Grade, given.Value = gradeOrValue(cell)
	return given, true
}

func gradeOrValue(cell string) (*int, string) {
	if grade, err := strconv.Atoi(cell); err == nil {
		return &grade, ""
	}
	return nil, cell
}

func inputOf(t *testing.T, row map[string]string) scorecard.Input {
	t.Helper()
	in := scorecard.Input{City: "test", Period: "2025", State: "published"}
	for _, who := range [][3]string{{"authority", scorecard.Authority, "City hall"}, {"civil society", scorecard.CivilSociety, "Tenants' union"},
		{"a second one", scorecard.CivilSociety, "Rights institute"}} {
		if given, ok := said(t, who[1], who[2], row[who[0]]); ok {
			in.Answers = append(in.Answers, given)
		}
	}
	if how, verdict, ok := strings.Cut(row["settled by"], " "); ok {
		s := scorecard.Settlement{Requirement: "XXX.1", How: map[string]string{"V": scorecard.Verified, "A": scorecard.Reconciled}[how]}
		s.Grade, s.Value = gradeOrValue(verdict)
		in.Settlements = []scorecard.Settlement{s}
	}
	// What is said of indicators comes from an organisation that neither grades nor gives a value.
	var yes, no = true, false
	clerk := scorecard.Answer{Party: scorecard.Authority, Organisation: "Registry"}
	union := scorecard.Answer{Party: scorecard.CivilSociety, Organisation: "Reading room"}
	switch row["S1"] {
	case "–", "not asked":
	case "yes, evidence":
		clerk.Indicators = append(clerk.Indicators, scorecard.Indicated{Indicator: "XXX.1.S1", Yes: &yes, Evidence: true})
	case "yes":
		clerk.Indicators = append(clerk.Indicators, scorecard.Indicated{Indicator: "XXX.1.S1", Yes: &yes})
	case "no":
		clerk.Indicators = append(clerk.Indicators, scorecard.Indicated{Indicator: "XXX.1.S1", Yes: &no})
	case "yes and no":
		clerk.Indicators = append(clerk.Indicators, scorecard.Indicated{Indicator: "XXX.1.S1", Yes: &yes, Evidence: true})
		union.Indicators = append(union.Indicators, scorecard.Indicated{Indicator: "XXX.1.S1", Yes: &no, Evidence: true})
	default:
		t.Fatalf("the table has a new word for S1: %s", row["S1"])
	}
	figure := func(fit, unit string, points ...scorecard.Point) {
		in.Series = append(in.Series, scorecard.Series{Indicator: "XXX.1.O1", Unit: unit, Fit: fit, Source: "Statistics office", Headline: points})
	}
	at := func(year int, value string) scorecard.Point {
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatalf("the table has a new word for O1: %s", row["O1"])
		}
		return scorecard.Point{Period: strconv.Itoa(year), Start: year*10000 + 101, End: year*10000 + 1231, Value: v}
	}
	words := strings.Fields(row["O1"])
	last := words[len(words)-1]
	switch {
	case last == "–", row["O1"] == "not asked":
	case row["O1"] == "groups only":
		in.Series = append(in.Series, scorecard.Series{Indicator: "XXX.1.O1", Unit: "%", Fit: scorecard.Exact,
			Groups: []scorecard.GroupSeries{{Dimension: "Ward", Group: "North", Points: []scorecard.Point{at(2024, "60")}}}})
	case row["O1"] == "after the period":
		figure(scorecard.Exact, "%", at(2026, "60"))
	case words[0] == "close":
		figure(scorecard.Close, "%", at(2024, last))
	case words[0] == "per":
		figure(scorecard.Exact, "per 1,000", at(2024, last))
	case words[0] == "answered":
		v := at(2024, words[1]).Value
		clerk.Indicators = append(clerk.Indicators, scorecard.Indicated{Indicator: "XXX.1.O1", Value: &v})
		if len(words) > 2 {
			other := at(2024, last).Value
			union.Indicators = append(union.Indicators, scorecard.Indicated{Indicator: "XXX.1.O1", Value: &other})
		}
	default:
		figure(scorecard.Exact, "%", at(2023, "1"), at(2024, last))
	}
	for _, a := range []scorecard.Answer{clerk, union} {
		if a.Indicators != nil {
			in.Answers = append(in.Answers, scorecard.Given{Requirement: "XXX.1", Answer: a})
		}
	}
	return in
}

func TestStatesFollowTheDocumentedCases(t *testing.T) {
	rows := cases(t, "authority")
	if len(rows) < 40 {
		t.Fatalf("docs/judgement.md has %d cases", len(rows))
	}
	seen := map[string]bool{}
	for _, row := range rows {
		t.Run(row["line"], func(t *testing.T) {
			std := oneRequirement(row["S1"] != "not asked", row["O1"] != "not asked")
			card, err := scorecard.Compute(std, standard.Profile{Key: "full"}, inputOf(t, row))
			if err != nil {
				t.Fatal(err)
			}
			q := card.Dimensions[0].Requirements[0]
			settled, self := "–", "no"
			if q.Settled != nil {
				settled = strconv.Itoa(*q.Settled)
			}
			if q.SelfOnly {
				self = "yes"
			}
			var codes []string
			for _, r := range q.Reasons {
				codes = append(codes, r.Code)
				seen[r.Code] = true
				if text := r.English(); text == "" || strings.ContainsAny(text, "{}") {
					t.Errorf("the reason %s says %q", r.Code, text)
				}
			}
			got := strings.Join([]string{string(q.State), settled, self, strings.Join(codes, " ")}, " | ")
			want := strings.Join([]string{row["state"], row["settled"], row["self"], row["reasons"]}, " | ")
			if got != want {
				t.Errorf("got  %s\nwant %s\n%s", got, want, q.Reason)
			}
		})
	}
	for _, code := range scorecard.ReasonCodes() {
		switch code {
		case scorecard.ServicesNotOwn, scorecard.VerifiedNotLocal, scorecard.AgreedNotAvailable, scorecard.AgreedNotApplicable:
		default:
			if !seen[code] {
				t.Errorf("no case gives the reason %s", code)
			}
		}
	}
}

func TestDocumentedStatesAreAllStates(t *testing.T) {
	rows := cases(t, "state")
	if len(rows) != len(scorecard.States) {
		t.Fatalf("docs/judgement.md explains %d states of %d", len(rows), len(scorecard.States))
	}
	for i, s := range scorecard.States {
		if got := strings.ReplaceAll(rows[i]["state"], " ", "_"); got != string(s) {
			t.Errorf("state %d is %s in docs/judgement.md and %s here", i, got, s)
		}
	}
}
