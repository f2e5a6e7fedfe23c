package assessment_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standards"
)

func (d *desk) next(t *testing.T, period string) assessment.Next {
	t.Helper()
	n, err := reads(t, d, func(tx database.Tx) (n assessment.Next, err error) {
		c, err := d.Cycle(t.Context(), tx, "aldea", period)
		if err != nil {
			return n, err
		}
		return d.Next(t.Context(), tx, c)
	})
	must(t, err)
	return n
}

func (d *desk) step(t *testing.T, period string, to assessment.State, note string, unanswered ...string) error {
	t.Helper()
	return d.Step(t.Context(), ana, assessment.Move{City: "aldea", Period: period, To: to, Note: note, Unanswered: unanswered})
}

func (d *desk) trace(t *testing.T, period string) (lines []string) {
	t.Helper()
	steps, err := reads(t, d, func(tx database.Tx) ([]assessment.Step, error) { return d.Steps(t.Context(), tx, "aldea", period) })
	must(t, err)
	for _, s := range steps {
		lines = append(lines, strings.TrimSpace(strings.Join([]string{string(s.From), string(s.To), s.By, s.Note}, " ")))
	}
	return lines
}

func TestACycleIsConductedStepByStepAndLeavesATrace(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		day, err := assessment.ParseDay("answer_by", "2026-05-31")
		must(t, err)
		must(t, d.Begin(t.Context(), ana, assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "starter", AnswerBy: day, Purpose: assessment.First}))
		must(t, d.step(t, "2025", assessment.Open, "Go."))
		n := d.next(t, "2025")
		if n.To != assessment.Review || n.Asked == 0 || len(n.Unanswered) != n.Asked || len(n.Unmet) != 1 {
			t.Fatalf("next is %+v", n)
		}
		first, rest := n.Unanswered[0], n.Unanswered[1:]
		wantFault(t, d.step(t, "2025", assessment.Review, ""), fault.Conflict, "have no answer by the authority")
		wantFault(t, d.step(t, "2025", assessment.Review, "No time.", rest...), fault.Conflict, "have no answer by the authority")
		w := graded(hall(0, "in"), 2)
		w.Requirement = first
		_, err = d.HandIn(t.Context(), ana, w)
		must(t, err)
		wantFault(t, d.step(t, "2025", assessment.Review, "", rest...), fault.Conflict, "have no answer by the authority")
		wantFault(t, d.step(t, "2025", assessment.Reply, "", rest...), fault.Conflict, "does not follow")
		must(t, d.step(t, "2025", assessment.Review, "No time for the others.", rest...))

		key := assessment.Key{City: "aldea", Period: "2025", Requirement: first, Organisation: "aldea-hall"}
		_, err = d.Decide(t.Context(), ben, key, 1, assessment.Returned, "Why?")
		must(t, err)
		if n := d.next(t, "2025"); n.Returned != 1 || len(n.Unmet) != 1 {
			t.Errorf("next is %+v", n)
		}
		wantFault(t, d.step(t, "2025", assessment.Reply, ""), fault.Conflict, "were returned")
		w.On, w.Reasons = 2, "because"
		_, err = d.HandIn(t.Context(), ana, w)
		must(t, err)
		for _, to := range []assessment.State{assessment.Reply, assessment.Validated, assessment.Published} {
			must(t, d.step(t, "2025", to, ""))
		}
		if n := d.next(t, "2025"); n.To != assessment.Archived || len(n.Unmet) != 1 {
			t.Errorf("next is %+v", n)
		}
		wantFault(t, d.step(t, "2025", assessment.Archived, ""), fault.Conflict, "by itself")
		want := []string{"draft ana", "draft open ana Go.", "open review ana No time for the others.", "review reply ana", "reply validated ana", "validated published ana"}
		if diff := cmp.Diff(want, d.trace(t, "2025")); diff != "" {
			t.Error(diff)
		}
		steps, err := reads(t, d, func(tx database.Tx) ([]assessment.Step, error) { return d.Steps(t.Context(), tx, "aldea", "2025") })
		must(t, err)
		if !slices.Equal(steps[2].Unanswered, rest) {
			t.Errorf("the trace names %v as unanswered, not %v", steps[2].Unanswered, rest)
		}
	})
}

func TestWithoutAnAuthorityNobodyCouldAnswer(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		cities := city.New(d.db)
		must(t, cities.Add(t.Context(), "", city.City{ID: "borgo", Name: "Borgo", Country: "IT"}))
		must(t, d.Begin(t.Context(), ana, assessment.Cycle{City: "borgo", Period: "2025", Standard: "hrc-ms@0.2", Profile: "core"}))
		open := assessment.Move{City: "borgo", Period: "2025", To: assessment.Open}
		wantFault(t, d.Step(t.Context(), ana, open), fault.Conflict, "no organisation of the authority")
		must(t, cities.AddOrganisation(t.Context(), "", city.Organisation{ID: "borgo-hall", City: "borgo", Kind: city.Authority, Name: "Hall"}))
		must(t, d.Step(t.Context(), ana, open))
	})
}

func TestAnOlderCycleGoesToTheArchiveWhenANewerOneIsPublished(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		state := func(period string) assessment.State {
			c, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", period) })
			must(t, err)
			return c.State
		}
		d.start(t, "2023", assessment.Published)
		d.start(t, "2025", assessment.Validated)
		d.start(t, "2024", assessment.Validated)
		must(t, d.step(t, "2025", assessment.Published, ""))
		if state("2023") != assessment.Archived || state("2025") != assessment.Published {
			t.Errorf("2023 is %s, 2025 is %s", state("2023"), state("2025"))
		}
		must(t, d.step(t, "2024", assessment.Published, "late"))
		if state("2024") != assessment.Archived || state("2025") != assessment.Published {
			t.Errorf("2024 is %s, 2025 is %s", state("2024"), state("2025"))
		}
	})
}

func TestOnlyADraftIsRemoved(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Draft)
		d.start(t, "2026", assessment.Open)
		must(t, d.Remove(t.Context(), ana, "aldea", "2025"))
		_, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", "2025") })
		wantFault(t, err, fault.NotFound, "2025")
		wantFault(t, d.Remove(t.Context(), ana, "aldea", "2025"), fault.NotFound, "2025")
		wantFault(t, d.Remove(t.Context(), ana, "aldea", "2026"), fault.Conflict, "open")
	})
}

func TestACycleIsPreparedUntilItIsValidated(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		day, err := assessment.ParseDay("answer_by", "2026-02-28")
		must(t, err)
		must(t, d.Prepare(t.Context(), "aldea", "2025", day, assessment.First))
		c, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", "2025") })
		must(t, err)
		if assessment.DayText(c.AnswerBy) != "2026-02-28" || c.Purpose != assessment.First {
			t.Errorf("got %+v", c)
		}
		wantFault(t, d.Prepare(t.Context(), "aldea", "2025", 0, "fun"), fault.Invalid, "purpose: ")
		d.advance(t, "2025", assessment.Validated)
		wantFault(t, d.Prepare(t.Context(), "aldea", "2025", 0, assessment.Regular), fault.Conflict, "validated")
		wantFault(t, d.Begin(t.Context(), ana, assessment.Cycle{City: "aldea", Period: "2027", Standard: "hrc-ms@0.2", Profile: "core", Purpose: "fun"}), fault.Invalid, "purpose: ")
	})
}

func TestADayThatDoesNotExistIsRefused(t *testing.T) {
	for _, text := range []string{"2026-02-30", "30.2.2026", "soon", "0001-01-01"} {
		_, err := assessment.ParseDay("due", text)
		wantFault(t, err, fault.Invalid, "due: ")
	}
	if day, err := assessment.ParseDay("due", ""); day != 0 || err != nil || assessment.DayText(0) != "" {
		t.Errorf("no day is %d, %v", day, err)
	}
	day, err := assessment.ParseDay("due", "2026-03-01")
	must(t, err)
	if assessment.Over(day, noon) || !assessment.Over(day, noon.AddDate(0, 0, 1)) || assessment.Over(0, noon) {
		t.Error("a day is over when the next one begins")
	}
}

func TestACycleStaysOnTheVersionOfTheStandardThatItBeganWith(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		old, err := standards.Load("hrc-ms@0.2")
		must(t, err)
		newer := *old
		newer.Version = "0.3"
		newer.Dimensions = slices.Clone(old.Dimensions[1:]) // a whole dimension is gone
		later := *d
		later.Room = assessment.New(d.db, city.New(d.db), figures{}, old, &newer)
		w := graded(hall(0, "still asked"), 3)
		w.Requirement = old.Dimensions[0].Requirements[0].ID
		_, err = later.HandIn(t.Context(), ana, w)
		must(t, err)
		card, err := later.score(t, "2025")
		must(t, err)
		if card.Standard != "hrc-ms@0.2" || card.Dimensions[0].Requirements[0].State == "unknown" {
			t.Errorf("judged by %s: %+v", card.Standard, card.Dimensions[0].Requirements[0])
		}
		if later.Standard().Ref() != "hrc-ms@0.3" {
			t.Errorf("a new cycle would begin with %s", later.Standard().Ref())
		}
	})
}
