package assessment_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

func TestLastTimesAnswerIsKeptWithItsEvidence(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		var moved [][2]assessment.Key
		d.KeepEvidence = func(_ context.Context, _ database.Tx, by account.Actor, from, to assessment.Key) error {
			if by.Person != "ana" {
				t.Errorf("kept by %q", by.Person)
			}
			moved = append(moved, [2]assessment.Key{from, to})
			return nil
		}
		yes, two, four := true, 2, 4
		plan := []scorecard.Evidence{{Title: "Plan", URL: "https://aldea.example/plan"}}
		said := []scorecard.Indicated{{Indicator: "LIV.1.S1", Yes: &yes, Evidence: true}}
		d.start(t, "2022", assessment.Open)
		must(t, d.record(t, "2022", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &four}))
		must(t, d.record(t, "2022", assessment.Answer{Requirement: "LIV.2", Organisation: "aldea-hall", Grade: &four}))
		d.start(t, "2023", assessment.Open)
		must(t, d.record(t, "2023", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &two, Reasons: "The plan.", Language: "es", Evidence: plan, Indicators: said}))
		must(t, d.record(t, "2023", assessment.Answer{Requirement: "LIV.1", Organisation: "union-a", Grade: new(int)}))
		d.start(t, "2024", assessment.Open)
		draft := hall(0, "never handed in")
		draft.Period = "2024"
		_, err := d.Save(t.Context(), ana, draft)
		must(t, err)
		d.start(t, "2026", assessment.Open)
		must(t, d.record(t, "2026", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &four, Reasons: "of the future"}))
		d.start(t, "2025", assessment.Open)

		formers, err := reads(t, d, func(tx database.Tx) (map[string]assessment.Former, error) {
			return d.Formers(t.Context(), tx, assessment.Cycle{City: "aldea", Period: "2025"}, "aldea-hall", "")
		})
		must(t, err)
		if len(formers) != 2 || formers["LIV.1"].Period != "2023" || formers["LIV.2"].Period != "2022" || formers["LIV.1"].Reasons != "The plan." {
			t.Errorf("the former answers are %+v", formers)
		}
		_, err = d.Keep(t.Context(), ana, hallKey, 1)
		wantFault(t, err, fault.Conflict, "somebody else")
		e, err := d.Keep(t.Context(), ana, hallKey, 0)
		must(t, err)
		want := assessment.Entry{Answer: assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &two, Reasons: "The plan.", Language: "es", Evidence: plan, Indicators: said},
			Party: "authority", State: assessment.AnswerDraft, Version: 1, KeptFrom: "2023", ChangedBy: "ana", Changed: noon.UnixMilli()}
		if diff := cmp.Diff(want, e) + cmp.Diff(want, d.entry(t)); diff != "" {
			t.Error(diff)
		}
		from := hallKey
		from.Period = "2023"
		if diff := cmp.Diff([][2]assessment.Key{{from, hallKey}}, moved); diff != "" {
			t.Error(diff)
		}
		key := hallKey
		key.Requirement = "LIV.3"
		_, err = d.Keep(t.Context(), ana, key, 0)
		wantFault(t, err, fault.NotFound, "no earlier answer")
	})
}

// The text that stood there before is in the history.
func TestKeepingReplacesADraftWithoutLosingIt(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2024", assessment.Open)
		yes := true
		must(t, d.record(t, "2024", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: new(int), Reasons: "former", Indicators: []scorecard.Indicated{{Indicator: "LIV.1.S1", Yes: &yes}}}))
		d.start(t, "2025", assessment.Open)
		_, err := d.Save(t.Context(), ben, hall(0, "draft"))
		must(t, err)
		_, err = d.Keep(t.Context(), ana, hallKey, 1)
		must(t, err)
		if got := d.told(t); got != "typed ben draft, kept ana former" {
			t.Errorf("the history tells %s", got)
		}
		_, err = d.HandIn(t.Context(), ana, graded(hall(2, "former"), 1))
		must(t, err)
		_, err = d.Keep(t.Context(), ana, hallKey, 3)
		wantFault(t, err, fault.Conflict, "take it back")
	})
}
