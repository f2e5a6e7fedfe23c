package publication_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// canary marks what is private: no document may hold it.
const canary = "CANARY"

// canaryValue is a private figure; nothing else comes near it.
const canaryValue, canaryText = 77123.456, "77123.456"

// Private values of every kind, in every combination and beside public ones, never reach a public document.
func TestNothingPrivateReachesADocument(t *testing.T) {
	std := load(t)
	states := assessment.States
	rapid.Check(t, func(rt *rapid.T) {
		n := newNode(t, dbtest.SQLite(t), std)
		few := rapid.Int64Range(0, 9).Draw(rt, "few")
		many := rapid.Int64Range(10, 1000).Draw(rt, "many")
		private := statistics.Point{Period: "2021", Start: 20210101, End: 20211231, Value: canaryValue}
		counted := private
		counted.Count = &few
		if rapid.Bool().Draw(rt, "only the bounds are told") {
			counted.Value, counted.Lower, counted.Upper = 5, new(-canaryValue), new(canaryValue)
		}
		unofficial := statistics.Source{Code: "own", Title: "Own survey", Publisher: "City"}

		var series []statistics.Series
		for _, one := range []statistics.Series{
			{Indicator: "LIV.3.O1", Unit: "per 100,000 inhabitants", Fit: "exact", Note: canary, Sources: []statistics.Source{unofficial}, Headline: []statistics.Point{private}},
			{Indicator: "LIV.3.O2", Unit: "per 1,000 live births", Fit: "exact", Sources: []statistics.Source{unofficial}, Headline: []statistics.Point{counted}},
			{Indicator: "LIV.4.O1", Unit: "%", Fit: "exact", Sources: []statistics.Source{unofficial}, Headline: []statistics.Point{{Period: "2021", Start: 20210101, End: 20211231, Value: 5, Count: &many}},
				Groups: []statistics.Group{{Dimension: "Sex", Name: canary, Points: []statistics.Point{counted}}}},
			{Indicator: "LIV.9.O9", Unit: canary, Fit: "exact", Sources: []statistics.Source{office}, Headline: []statistics.Point{private}},
			{Indicator: "ENV.1.O1", Fit: "close", Note: canary, Sources: []statistics.Source{office}, Headline: []statistics.Point{private}},
			{Indicator: "ENV.3.O1", Unit: "µg/m³", Fit: "exact", Sources: []statistics.Source{{URL: "https://" + strings.ToLower(canary) + ".example", Official: true}}, Headline: []statistics.Point{private}},
			safety("aldea"),
		} {
			if rapid.Bool().Draw(rt, one.Indicator) {
				series = append(series, one)
			}
		}
		n.figures["aldea"] = series
		if rapid.Bool().Draw(rt, "refreshed before the cycle") {
			n.refresh(t, "aldea")
		}

		grade, number := rapid.IntRange(0, 4).Draw(rt, "grade"), canaryValue
		secret := []assessment.Answer{
			{Requirement: "COM.1", Organisation: "aldea-hall", Grade: &grade, Reasons: canary, Evidence: []scorecard.Evidence{{Title: canary, URL: "https://aldea.example/" + canary}},
				Indicators: []scorecard.Indicated{{Indicator: "COM.1.S2", Value: &number, Evidence: true}}},
			{Requirement: "LIV.1", Organisation: "aldea-union", Grade: &grade, Reasons: canary},
			{Requirement: "LIV.1", Share: &scorecard.Share{Yes: canaryValue, Lower: canaryValue, Upper: canaryValue, N: 412}, Reasons: canary},
		}
		n.cycle(t, "aldea", "2025", states[rapid.IntRange(0, 4).Draw(rt, "private state")], secret...)
		if rapid.Bool().Draw(rt, "another cycle is public") {
			n.cycle(t, "aldea", "2024", assessment.Published,
				assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &grade, Indicators: []scorecard.Indicated{{Indicator: "LIV.1.O1", Value: &number}}},
				assessment.Answer{Requirement: "LIV.1", Share: &scorecard.Share{Yes: canaryValue, Lower: canaryValue, Upper: canaryValue, N: int(few)}})
		}
		n.refresh(t, "aldea")

		documents := n.documents(t)
		if len(documents) < 4 {
			rt.Fatalf("%d documents only", len(documents))
		}
		for _, document := range documents {
			if strings.Contains(strings.ToUpper(document), canary) || strings.Contains(document, canaryText) {
				rt.Fatalf("a private value is public: %s", document)
			}
		}
		held, err := n.Held(t.Context(), "aldea")
		if err != nil || len(held) == 0 {
			rt.Fatalf("nothing is said to be held back: %v", err)
		}
	})
}

// The test above must be able to fail: what is private there is found here, once it is published.
func TestTheCanaryIsFoundWhereItIsPublic(t *testing.T) {
	n := newNode(t, dbtest.SQLite(t), load(t))
	grade := 1
	n.cycle(t, "aldea", "2025", assessment.Published, assessment.Answer{Requirement: "COM.1", Organisation: "aldea-hall", Grade: &grade, Reasons: canary})
	if !strings.Contains(strings.Join(n.documents(t), "\n"), canary) {
		t.Fatal("a published answer is in no document")
	}
}
