package assessment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

func openHours() standard.Local {
	return standard.Local{Base: "hrc-ms@0.2", City: "aldea", Indicators: []standard.Indicator{{ID: "L.EQU.2.S1", Requirement: "EQU.2", Kind: standard.Structure,
		Title: "Open in the evening", Question: "Is the office open in the evening?", Value: "bool", Good: standard.Yes,
		Evidence: []string{"decision"}, AnsweredBy: []string{"authority", "civil_society"}}}}
}

// What was said of an indicator that the city takes back is neither lost nor in the way.
func TestAnswersSpeakOfTheCitysOwnIndicatorsWhileItHasThem(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		cities := city.New(d.db)
		officer := account.Actor{Name: "Officer"}
		set := func(a city.Additions) {
			t.Helper()
			must(t, cities.SetAdditions(t.Context(), officer, d.Standard(), a))
		}
		shown := func() (own []string, states map[string]scorecard.State) {
			t.Helper()
			card, err := d.score(t, "2025")
			must(t, err)
			states = map[string]scorecard.State{}
			for _, dimension := range card.Dimensions {
				for _, q := range dimension.Requirements {
					states[q.ID] = q.State
					for _, i := range q.Indicators {
						if i.Local && i.Value != nil {
							own = append(own, i.ID+"="+i.Value.String())
						}
					}
				}
			}
			return own, states
		}
		d.start(t, "2025", assessment.Open)
		two, yes := 2, true
		said := []scorecard.Indicated{{Indicator: "L.EQU.2.S1", Yes: &yes, Evidence: true}}
		graded := assessment.Answer{Requirement: "EQU.2", Organisation: "aldea-hall", Grade: &two, Indicators: said}
		wantFault(t, d.record(t, "2025", graded), fault.Invalid, "L.EQU.2.S1 is not one of its indicators")

		set(city.Additions{Local: openHours()})
		must(t, d.record(t, "2025", graded))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "EQU.2", Organisation: "union-a", Indicators: said}))
		own, with := shown()
		if diff := cmp.Diff([]string{"L.EQU.2.S1=true"}, own); diff != "" {
			t.Error(diff)
		}
		set(city.Additions{Local: standard.Local{City: "aldea"}, Version: 1})
		own, without := shown()
		if diff := cmp.Diff(with, without); own != nil || diff != "" {
			t.Errorf("%v is shown, and states changed:\n%s", own, diff)
		}
		set(city.Additions{Local: openHours(), Version: 2})
		if own, _ = shown(); len(own) != 1 {
			t.Errorf("put back, it shows %v", own)
		}
	})
}

// A city may have figures on hundreds of indicators: its own are put into the standard once, not for each of them.
func TestIndicatorsAreFoundWithoutBuildingTheStandardAgain(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		find := d.Indicators(city.Additions{Local: openHours()})
		for id, want := range map[string]bool{"L.EQU.2.S1": true, "EQU.2.S1": true, "L.EQU.2.S2": false, "EQU.99.S1": false} {
			if in, ok := find(id); ok != want || ok && in.ID != id {
				t.Errorf("%s: found %v, want %v", id, ok, want)
			}
		}
		if made := testing.AllocsPerRun(10, func() { find("L.EQU.2.S1") }); made > 0 {
			t.Errorf("finding one allocates %v times", made)
		}
	})
}
