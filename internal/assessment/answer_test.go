package assessment_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

var (
	ana = account.Actor{Person: "ana", Name: "Ana"}
	ben = account.Actor{Person: "ben", Name: "Ben"}
)

// hall is an answer of the city hall to LIV.1 for 2025, as the form sends it.
func hall(on int64, reasons string) assessment.Writing {
	return assessment.Writing{City: "aldea", Period: "2025", On: on, Answer: assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Reasons: reasons, Language: "es"}}
}

func graded(w assessment.Writing, grade int) assessment.Writing {
	w.Grade = &grade
	return w
}

var hallKey = assessment.Key{City: "aldea", Period: "2025", Requirement: "LIV.1", Organisation: "aldea-hall"}

func (d *desk) entry(t *testing.T) assessment.Entry {
	t.Helper()
	e, err := reads(t, d, func(tx database.Tx) (assessment.Entry, error) { return d.Entry(t.Context(), tx, hallKey) })
	must(t, err)
	return e
}

func (d *desk) history(t *testing.T) []assessment.Change {
	t.Helper()
	all, err := reads(t, d, func(tx database.Tx) ([]assessment.Change, error) { return d.History(t.Context(), tx, hallKey) })
	must(t, err)
	return all
}

// told gives the history in short, the oldest first.
func (d *desk) told(t *testing.T) string {
	t.Helper()
	var lines []string
	for _, c := range d.history(t) {
		lines = append([]string{string(c.How) + " " + c.By + " " + c.Reasons}, lines...)
	}
	return strings.Join(lines, ", ")
}

func (d *desk) judged(t *testing.T) int {
	t.Helper()
	got, err := reads(t, d, func(tx database.Tx) ([]scorecard.Given, error) { return d.Answers(t.Context(), tx, "aldea", "2025") })
	must(t, err)
	return len(got)
}

func TestAnAnswerIsWrittenHandedInReturnedAndAccepted(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		if e := d.entry(t); e.State != "" || e.Version != 0 {
			t.Errorf("nobody has begun, and it is %+v", e)
		}
		step := func(state assessment.AnswerState, version int64, judged int, do func() (assessment.Entry, error)) {
			t.Helper()
			e, err := do()
			must(t, err)
			if kept := d.entry(t); e.State != state || e.Version != version || cmp.Diff(e, kept) != "" {
				t.Errorf("got %+v, kept %+v, want %s in version %d", e, kept, state, version)
			}
			if got := d.judged(t); got != judged {
				t.Errorf("in the state %s, %d answers judge", state, got)
			}
		}
		step("draft", 1, 0, func() (assessment.Entry, error) { return d.Save(t.Context(), ana, hall(0, "a")) })
		step("draft", 2, 0, func() (assessment.Entry, error) { return d.Save(t.Context(), ben, graded(hall(1, "ab"), 3)) })
		step("draft", 2, 0, func() (assessment.Entry, error) { return d.Save(t.Context(), ben, graded(hall(2, "ab"), 3)) })
		step("given", 3, 1, func() (assessment.Entry, error) { return d.HandIn(t.Context(), ana, graded(hall(2, "abc"), 3)) })
		step("returned", 4, 0, func() (assessment.Entry, error) {
			return d.Decide(t.Context(), ben, hallKey, 3, assessment.Returned, " which plan? ")
		})
		if e := d.entry(t); e.Note != "which plan?" {
			t.Errorf("the note is %q", e.Note)
		}
		step("returned", 5, 0, func() (assessment.Entry, error) { return d.Save(t.Context(), ana, graded(hall(4, "the plan"), 3)) })
		step("given", 6, 1, func() (assessment.Entry, error) { return d.HandIn(t.Context(), ana, graded(hall(5, "the plan"), 3)) })
		step("draft", 7, 0, func() (assessment.Entry, error) {
			return d.Decide(t.Context(), ana, hallKey, 6, assessment.TakenBack, "")
		})
		step("given", 8, 1, func() (assessment.Entry, error) { return d.HandIn(t.Context(), ana, graded(hall(7, "the plan"), 3)) })
		step("accepted", 9, 1, func() (assessment.Entry, error) {
			return d.Decide(t.Context(), ben, hallKey, 8, assessment.Accepted, "")
		})
		want := "typed ana a, typed ben ab, given ana abc, returned ben abc, typed ana the plan, given ana the plan, taken_back ana the plan, given ana the plan, accepted ben the plan"
		if got := d.told(t); got != want {
			t.Errorf("the history tells\n%s, not\n%s", got, want)
		}
	})
}

func TestTheSecondWriterSeesBothTextsAndNothingIsLost(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		_, err := d.Save(t.Context(), ana, hall(0, "hers"))
		must(t, err)
		for range 3 { // as a browser does that tries again
			_, err = d.Save(t.Context(), ben, hall(0, "his"))
			var clash *assessment.Clash
			if !errors.As(err, &clash) || fault.KindOf(err) != fault.Conflict {
				t.Fatalf("got %v", err)
			}
			if clash.Mine.Reasons != "his" || clash.Theirs.Reasons != "hers" || clash.Theirs.ChangedBy != "ana" || clash.Theirs.Version != 1 {
				t.Errorf("the second sees %+v", clash)
			}
		}
		if got := d.told(t); got != "typed ana hers, aside ben his" {
			t.Errorf("the history tells %s", got)
		}
		_, err = d.Save(t.Context(), ben, hall(1, "hers and his"))
		must(t, err)
		e, err := d.Save(t.Context(), ana, hall(1, "hers and his"))
		must(t, err) // two who come to the same words do not clash
		if e.Version != 2 {
			t.Errorf("the version is %d", e.Version)
		}
	})
}

func TestATextThatComesTooLateIsPutAside(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		_, err := d.HandIn(t.Context(), ana, graded(hall(0, "in"), 2))
		must(t, err)
		_, err = d.Save(t.Context(), ana, hall(1, "more"))
		wantFault(t, err, fault.Conflict, "take it back")
		d.advance(t, "2025", assessment.Review)
		_, err = d.Save(t.Context(), ana, hall(1, "in the review"))
		wantFault(t, err, fault.Conflict, "being checked")
		_, err = d.Decide(t.Context(), ben, hallKey, 1, assessment.Returned, "why?")
		must(t, err)
		_, err = d.Save(t.Context(), ana, hall(2, "because"))
		must(t, err)
		d.advance(t, "2025", assessment.Validated)
		_, err = d.Save(t.Context(), ana, hall(3, "after the end"))
		wantFault(t, err, fault.Conflict, "validated")
		if got, want := d.told(t), "given ana in, aside ana more, aside ana in the review, returned ben in, typed ana because, aside ana after the end"; got != want {
			t.Errorf("the history tells\n%s, not\n%s", got, want)
		}
	})
}

func TestWhatCannotBeWritten(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		yes, five := true, 5
		_, err := d.Save(t.Context(), ana, hall(0, "x"))
		wantFault(t, err, fault.NotFound, "no assessment")
		d.start(t, "2025", assessment.Draft)
		_, err = d.Save(t.Context(), ana, hall(0, "x"))
		wantFault(t, err, fault.Conflict, "draft")
		d.advance(t, "2025", assessment.Open)
		for _, c := range []struct {
			text string
			kind fault.Kind
			with func(w *assessment.Writing)
		}{
			{"grade: ", fault.Invalid, func(w *assessment.Writing) { w.Grade = &five }},
			{"grade: ", fault.Invalid, func(w *assessment.Writing) { w.Value = "perhaps" }},
			{"grade: ", fault.Invalid, func(w *assessment.Writing) {
				w.Indicators = []scorecard.Indicated{{Indicator: "LIV.1.O1", Yes: &yes}}
			}},
			{"grade: ", fault.Invalid, func(w *assessment.Writing) {
				w.Indicators = []scorecard.Indicated{{Indicator: "LIV.2.S1", Yes: &yes}}
			}},
			{"language: ", fault.Invalid, func(w *assessment.Writing) { w.Language = "no language" }},
			{"reasons: ", fault.Invalid, func(w *assessment.Writing) { w.Reasons = strings.Repeat("x", 20_001) }},
			{"whose: ", fault.Invalid, func(w *assessment.Writing) { w.Value, w.Whose = "not_local", strings.Repeat("x", 201) }},
			{"reasons: ", fault.Invalid, func(w *assessment.Writing) { w.Reasons = "\xff" }},
			{"does not ask", fault.NotFound, func(w *assessment.Writing) { w.Requirement = "LIV.99" }},
			{"organisation: ", fault.Invalid, func(w *assessment.Writing) { w.Organisation = "institute" }},
			{"organisation: ", fault.Invalid, func(w *assessment.Writing) { w.Organisation = "" }},
		} {
			w := hall(0, "x")
			c.with(&w)
			_, err := d.Save(t.Context(), ana, w)
			wantFault(t, err, c.kind, c.text)
		}
		_, err = d.HandIn(t.Context(), ana, hall(0, "no grade"))
		wantFault(t, err, fault.Invalid, "choose a grade")
		w := hall(0, "not ours")
		w.Value = scorecard.NotLocal
		_, err = d.HandIn(t.Context(), ana, w)
		wantFault(t, err, fault.Invalid, "whose: ")
		w.Whose = " the  region "
		e, err := d.HandIn(t.Context(), ana, w)
		must(t, err)
		if e.Whose != "the region" {
			t.Errorf("whose is %q", e.Whose)
		}
		_, err = d.Decide(t.Context(), ben, hallKey, 1, assessment.Returned, "  ")
		wantFault(t, err, fault.Invalid, "note: ")
		_, err = d.Decide(t.Context(), ben, hallKey, 7, assessment.Accepted, "")
		wantFault(t, err, fault.Conflict, "changed since")
		_, err = d.Decide(t.Context(), ben, hallKey, 1, assessment.Typed, "")
		wantFault(t, err, fault.Conflict, "cannot be done")
		other := hallKey
		other.Requirement = "LIV.2"
		_, err = d.Decide(t.Context(), ben, other, 0, assessment.Accepted, "")
		wantFault(t, err, fault.Conflict, "cannot be done")
	})
}

func TestWhatMayBeDoneWithAnAnswerInEachState(t *testing.T) {
	allowed := map[string]bool{
		"taken_back open given": true,
		"returned open given":   true, "returned open accepted": true, "returned open disputed": true,
		"returned review given": true, "returned review accepted": true, "returned review disputed": true,
		"accepted open given": true, "accepted open disputed": true, "accepted review given": true, "accepted review disputed": true,
		"accepted reply given": true, "accepted reply disputed": true,
		"disputed review given": true, "disputed review accepted": true, "disputed reply given": true, "disputed reply accepted": true,
	}
	for _, how := range assessment.Hows {
		for _, cycle := range assessment.States {
			for _, state := range append([]assessment.AnswerState{""}, assessment.AnswerStates...) {
				name := string(how) + " " + string(cycle) + " " + string(state)
				if got := how.Allows(cycle, state); got != allowed[name] {
					t.Errorf("%s: %v", name, got)
				}
				writable := cycle == assessment.Open && (state == "" || state == "draft" || state == "returned") || cycle == assessment.Review && state == "returned"
				if got := assessment.Writable(cycle, state); got != writable {
					t.Errorf("an answer in the state %q of a cycle in the state %s is writable: %v", state, cycle, got)
				}
			}
		}
	}
}

func TestFiftyWritersSaveAtOnceAndEachOfTheirTextsIsKept(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		asked, err := d.Requirements(assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "core"})
		must(t, err)
		const writers, saves = 50, 4
		failed := make(chan error, writers)
		for i := range writers {
			go func() {
				w := hall(0, "")
				w.Requirement = asked[i%25] // two at a time write the same answer
				var err error
				for n := range saves {
					w.Reasons = fmt.Sprint("writer ", i, " text ", n)
					var e assessment.Entry
					e, err = d.Save(t.Context(), account.Actor{Person: fmt.Sprint("writer ", i)}, w)
					if clash := (*assessment.Clash)(nil); errors.As(err, &clash) {
						e, err = clash.Theirs, nil
					}
					if err != nil {
						break
					}
					w.On = e.Version
				}
				failed <- err
			}()
		}
		for range writers {
			must(t, <-failed)
		}
		texts := map[string]bool{}
		for _, id := range asked[:25] {
			key := hallKey
			key.Requirement = id
			history, err := reads(t, d, func(tx database.Tx) ([]assessment.Change, error) { return d.History(t.Context(), tx, key) })
			must(t, err)
			for _, c := range history {
				texts[c.Reasons] = true
			}
		}
		if len(texts) != writers*saves {
			t.Errorf("%d of %d texts are kept", len(texts), writers*saves)
		}
	})
}
