package publication

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/measure/scorecard"
)

func cardOf(period, standard string, states map[string]scorecard.State) scorecard.Scorecard {
	card := scorecard.Scorecard{Period: period, Standard: standard, Dimensions: []scorecard.Dimension{{ID: "COM"}}}
	for _, id := range []string{"COM.1", "COM.2", "COM.3"} {
		if state, asked := states[id]; asked {
			card.Dimensions[0].Requirements = append(card.Dimensions[0].Requirements, scorecard.Requirement{ID: id, State: state})
		}
	}
	return card
}

func TestOnlyRequirementsThatBothAssessmentsAskedForAreCompared(t *testing.T) {
	s := scorecard.States
	for _, test := range []struct {
		name        string
		before, now map[string]scorecard.State
		want        Change
	}{
		{"another question", map[string]scorecard.State{"COM.1": scorecard.Met}, map[string]scorecard.State{"COM.2": scorecard.NotMet}, Change{}},
		{"the same", map[string]scorecard.State{"COM.1": s[0], "COM.2": s[1]}, map[string]scorecard.State{"COM.1": s[0], "COM.2": s[1]}, Change{}},
		{"newly met", map[string]scorecard.State{"COM.1": scorecard.Unknown, "COM.2": scorecard.Disputed},
			map[string]scorecard.State{"COM.1": scorecard.Met, "COM.2": scorecard.Met}, Change{NewlyMet: 2}},
		{"worse", map[string]scorecard.State{"COM.1": scorecard.Met, "COM.2": scorecard.Met, "COM.3": scorecard.Partly},
			map[string]scorecard.State{"COM.1": scorecard.Partly, "COM.2": scorecard.Unknown, "COM.3": scorecard.NotMet}, Change{NoLonger: 1, NowUnknown: 1, Otherwise: 1}},
		{"known now", map[string]scorecard.State{"COM.1": scorecard.Unknown}, map[string]scorecard.State{"COM.1": scorecard.NotMet}, Change{NowKnown: 1}},
	} {
		summary := summaryOf(cardOf("2025", "a@1", test.now))
		summary.since(cardOf("2023", "a@1", test.before))
		test.want.Since = "2023"
		if diff := cmp.Diff(&test.want, summary.Change); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
		if diff := cmp.Diff(&test.want, summary.Dimensions[0].Change); diff != "" {
			t.Errorf("%s, in its dimension:\n%s", test.name, diff)
		}
	}
}

func TestAssessmentsUnderDifferentStandardsAreNotCompared(t *testing.T) {
	summary := summaryOf(cardOf("2025", "a@2", map[string]scorecard.State{"COM.1": scorecard.Met}))
	summary.since(cardOf("2023", "a@1", map[string]scorecard.State{"COM.1": scorecard.NotMet}))
	if summary.Change != nil || summary.Dimensions[0].Change != nil {
		t.Errorf("compared: %+v", summary.Change)
	}
}

func TestAFigureThatTheAssessmentDoesNotAskForIsStillNamedOnce(t *testing.T) {
	summary := summaryOf(cardOf("2025", "a@1", map[string]scorecard.State{"COM.1": scorecard.Met}))
	figure := scorecard.Indicator{ID: "COM.2.O1", Fit: scorecard.Exact, Unit: "%", Period: "2025"}
	summary.beside("COM.2", figure)
	summary.beside("COM.2", figure)
	if len(summary.Figures) != 1 || summary.Figures[0].Indicator != "COM.2.O1" || summary.Asked != 0 {
		t.Errorf("the summary has %+v and asks for %d", summary.Figures, summary.Asked)
	}
	var none *Summary
	none.beside("COM.2", figure) // a city of which no assessment is public
}
