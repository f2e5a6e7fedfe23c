package assessment_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// However saves, handing in, decisions and the end of the cycle follow each other, and on whatever version somebody writes: each text that was
// sent is the answer or in its history, versions only grow, and whoever did not win is told.
func TestNoInterleavingLosesAText(t *testing.T) {
	year := 2000
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		rapid.Check(t, func(rt *rapid.T) {
			year++
			period := fmt.Sprint(year)
			d.start(t, period, assessment.Open)
			key := assessment.Key{City: "aldea", Period: period, Requirement: "LIV.1", Organisation: "aldea-hall"}
			seen := map[string]int64{} // the version that each writer has before them
			var sent []string
			last := int64(0)
			for n := range rapid.IntRange(1, 12).Draw(rt, "acts") {
				who := rapid.SampledFrom([]string{"ana", "ben", "cem"}).Draw(rt, "who")
				by := account.Actor{Person: who}
				var e assessment.Entry
				var err error
				switch act := rapid.SampledFrom([]string{"look", "save", "save", "save", "hand in", "take back", "return", "accept"}).Draw(rt, "act"); act {
				case "look":
					e, err = reads(t, d, func(tx database.Tx) (assessment.Entry, error) { return d.Entry(t.Context(), tx, key) })
				case "save", "hand in":
					text := fmt.Sprintf("%s %d", who, n)
					sent = append(sent, text)
					w := assessment.Writing{City: "aldea", Period: period, On: seen[who], Answer: assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Reasons: text, Grade: new(int)}}
					if act == "save" {
						e, err = d.Save(t.Context(), by, w)
					} else {
						e, err = d.HandIn(t.Context(), by, w)
					}
					if clash := (*assessment.Clash)(nil); err == nil && e.Reasons != text || errors.As(err, &clash) && clash.Theirs.Version == seen[who] {
						rt.Fatalf("%s sent %q on %d and got %+v, %v", who, text, seen[who], e, err)
					}
				default:
					how := map[string]assessment.How{"take back": assessment.TakenBack, "return": assessment.Returned, "accept": assessment.Accepted}[act]
					e, err = d.Decide(t.Context(), by, key, seen[who], how, "note")
				}
				if err == nil {
					seen[who] = e.Version
					if e.Version < last {
						rt.Fatalf("version %d came after %d", e.Version, last)
					}
					last = e.Version
				} else if fault.KindOf(err) != fault.Conflict {
					rt.Fatal(err)
				}
			}
			history, err := reads(t, d, func(tx database.Tx) ([]assessment.Change, error) { return d.History(t.Context(), tx, key) })
			must(t, err)
			for _, text := range sent {
				if !slices.ContainsFunc(history, func(c assessment.Change) bool { return c.Reasons == text }) {
					rt.Fatalf("%q is lost", text)
				}
			}
		})
	})
}

// A cycle passes through its states in their order, whatever is tried.
func TestNoSequenceOfStepsLeavesTheOrder(t *testing.T) {
	year := 3000
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		rapid.Check(t, func(rt *rapid.T) {
			year++
			period := fmt.Sprint(year)
			d.start(t, period, assessment.Draft)
			at := 0
			for range rapid.IntRange(1, 10).Draw(rt, "tries") {
				to := rapid.SampledFrom(assessment.States).Draw(rt, "to")
				next := d.next(t, period)
				err := d.step(t, period, to, "note", next.Unanswered...)
				if follows := at+1 < len(assessment.States) && to == assessment.States[at+1] && to != assessment.Archived; follows != (err == nil) {
					rt.Fatalf("from %s to %s: %v", assessment.States[at], to, err)
				}
				if err == nil {
					at++
				}
			}
			if trace := d.trace(t, period); len(trace) != at+1 {
				rt.Fatalf("%d steps left the trace %v", at, trace)
			}
		})
	})
}
