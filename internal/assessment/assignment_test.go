package assessment_test

import (
	"context"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// staffed lets Ana and Ben answer for the city hall, and Cem for a union.
func (d *desk) staffed(t *testing.T) {
	t.Helper()
	d.Able = func(_ context.Context, _ database.Tx, verb account.Verb, about account.Resource) (able []account.Person, err error) {
		for _, p := range []account.Person{
			{ID: "ana", Name: "Ana", Grants: []account.Granted{{Role: account.RoleFocalPoint, Scope: account.InOrganisation("aldea-hall")}}},
			{ID: "ben", Name: "Ben", Grants: []account.Granted{{Role: account.RoleCoordinator, Scope: account.InCity("aldea")}}},
			{ID: "cem", Name: "Cem", Grants: []account.Granted{{Role: account.RoleContributor, Scope: account.InOrganisation("union-a")}}},
		} {
			if account.Can(p.Actor(), verb, about) {
				able = append(able, p)
			}
		}
		return able, nil
	}
}

func TestOnlyThoseWhoCanAnswerForAnOrganisationAreAssigned(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		d.start(t, "2025", assessment.Draft)
		for organisation, want := range map[string]string{"aldea-hall": "Ana Ben", "union-a": "Cem", "union-b": ""} {
			able, err := reads(t, d, func(tx database.Tx) ([]account.Person, error) {
				return d.Answerers(t.Context(), tx, "aldea", organisation)
			})
			must(t, err)
			var names []string
			for _, p := range able {
				names = append(names, p.Name)
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("for %s answer %q, want %q", organisation, got, want)
			}
		}
		a := assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: []string{"LIV.1"}, Person: "ana"}
		for text, with := range map[string]func(a *assessment.Assigning){
			"person: ":       func(a *assessment.Assigning) { a.Person = "cem" },
			"alternate: t":   func(a *assessment.Assigning) { a.Alternate = "cem" },
			"alternate: the": func(a *assessment.Assigning) { a.Alternate = "ana" },
			"at least one":   func(a *assessment.Assigning) { a.Requirements = nil },
		} {
			wrong := a
			with(&wrong)
			wantFault(t, d.Assign(t.Context(), ben, wrong), fault.Invalid, text)
		}
		for text, with := range map[string]func(a *assessment.Assigning){
			"LIV.99":    func(a *assessment.Assigning) { a.Requirements = []string{"LIV.1", "LIV.99"} },
			"institute": func(a *assessment.Assigning) { a.Organisation = "institute" },
			"2031":      func(a *assessment.Assigning) { a.Period = "2031" },
		} {
			wrong := a
			with(&wrong)
			wantFault(t, d.Assign(t.Context(), ben, wrong), fault.NotFound, text)
		}
		must(t, d.Assign(t.Context(), ben, a))
		d.advance(t, "2025", assessment.Validated)
		wantFault(t, d.Assign(t.Context(), ben, a), fault.Conflict, "validated")
	})
}

func TestTasksAreWhatIsAssignedAndNotHandedIn(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		day := func(text string) int64 {
			ms, err := assessment.ParseDay("due", text)
			must(t, err)
			return ms
		}
		must(t, d.Begin(t.Context(), ben, assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "core", AnswerBy: day("2026-03-31")}))
		assign := func(person, alternate string, due int64, requirements ...string) {
			must(t, d.Assign(t.Context(), ben, assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: requirements, Person: person, Alternate: alternate, Due: due}))
		}
		tasks := func(person string) string {
			all, err := reads(t, d, func(tx database.Tx) ([]assessment.Task, error) { return d.TasksOf(t.Context(), tx, person) })
			must(t, err)
			var lines []string
			for _, task := range all {
				words := []string{task.Requirement, assessment.DayText(task.Due), string(task.State)}
				if task.Overdue(noon) {
					words = append(words, "overdue")
				}
				lines = append(lines, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
			}
			return strings.Join(lines, ", ")
		}
		assign("ben", "", 0, "LIV.1", "LIV.2", "LIV.3")
		assign("ana", "ben", day("2026-02-28"), "LIV.2")
		assign("ana", "", 0, "LIV.4", "LIV.3")
		if got := tasks("ana"); got != "" {
			t.Errorf("before the cycle is open there is %q to do", got)
		}
		d.advance(t, "2025", assessment.Open)
		if got := tasks("ana"); got != "LIV.2 2026-02-28 overdue, LIV.3 2026-03-31, LIV.4 2026-03-31" {
			t.Errorf("Ana has to do %q", got)
		}
		if got := tasks("ben"); got != "LIV.2 2026-02-28 overdue, LIV.1 2026-03-31" {
			t.Errorf("Ben has to do %q", got)
		}
		_, err := d.Save(t.Context(), ben, hall(0, "a"))
		must(t, err)
		if got := tasks("ben"); got != "LIV.2 2026-02-28 overdue, LIV.1 2026-03-31 draft" {
			t.Errorf("Ben has to do %q", got)
		}
		_, err = d.HandIn(t.Context(), ben, graded(hall(1, "a"), 2))
		must(t, err)
		assign("", "", 0, "LIV.2")
		if got := tasks("ben"); got != "" {
			t.Errorf("Ben has to do %q", got)
		}
		d.advance(t, "2025", assessment.Review)
		if got := tasks("ana"); got != "" {
			t.Errorf("in the review Ana has to do %q", got)
		}
		_, err = d.Decide(t.Context(), ana, hallKey, 2, assessment.Returned, "Why?")
		must(t, err)
		if got := tasks("ben"); got != "LIV.1 2026-03-31 returned" {
			t.Errorf("Ben has to do %q", got)
		}
	})
}

func TestCoordinatorsSeeWhatIsOpenAndHowFarEachHasCome(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		d.start(t, "2025", assessment.Open)
		must(t, d.Assign(t.Context(), ben, assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: []string{"LIV.2"}, Person: "ana"}))
		_, err := d.HandIn(t.Context(), ana, graded(hall(0, "a"), 2))
		must(t, err)
		second := hall(0, "b")
		second.Requirement = "LIV.2"
		_, err = d.Save(t.Context(), ana, second)
		must(t, err)
		cycle, err := reads(t, d, func(tx database.Tx) (assessment.Cycle, error) { return d.Cycle(t.Context(), tx, "aldea", "2025") })
		must(t, err)
		asked, err := d.Requirements(cycle)
		must(t, err)
		waiting, err := reads(t, d, func(tx database.Tx) ([]assessment.Task, error) {
			return d.Waiting(t.Context(), tx, cycle, "aldea-hall")
		})
		must(t, err)
		unassigned, drafts := 0, 0
		for _, task := range waiting {
			if task.Person == "" {
				unassigned++
			}
			if task.State == assessment.AnswerDraft {
				drafts++
			}
		}
		if len(waiting) != len(asked)-1 || unassigned != len(asked)-2 || drafts != 1 {
			t.Errorf("%d wait, %d unassigned, %d drafts, of %d", len(waiting), unassigned, drafts, len(asked))
		}
		progress, err := reads(t, d, func(tx database.Tx) (map[string]assessment.Progress, error) {
			return d.Progress(t.Context(), tx, cycle)
		})
		must(t, err)
		if want := (assessment.Progress{Organisation: "aldea-hall", Asked: len(asked), Answered: 1, Drafts: 1}); progress["aldea-hall"] != want || len(progress) != 1 {
			t.Errorf("got %+v", progress)
		}
	})
}

func TestWhatAnOrganisationOfCivilSocietySaysIsItsOwnWord(t *testing.T) {
	coordinator := account.Actor{Person: "x", Grants: []account.Granted{{Role: account.RoleCoordinator, Scope: account.InCity("aldea")}}}
	for kind, want := range map[city.OrganisationKind]bool{city.Authority: true, city.CivilSociety: false} {
		o := city.Organisation{ID: "o", City: "aldea", Kind: kind}
		if account.Can(coordinator, account.Answer, assessment.Resource("aldea", o, false)) != want || account.Can(coordinator, account.View, assessment.Resource("aldea", o, true)) != want {
			t.Errorf("the city's coordinator may write for, and read the drafts of, a %s: not %v", kind, want)
		}
	}
}

func TestWhoMayNotSeeDraftsSeesWhatWasHandedIn(t *testing.T) {
	for _, state := range append([]assessment.AnswerState{""}, assessment.AnswerStates...) {
		e := assessment.Entry{Answer: assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Reasons: "text"}, State: state, Version: 3, Note: "note"}
		seen := e.WithoutDraft()
		if shown := seen.Reasons != ""; shown != state.Judges() {
			t.Errorf("in the state %q, the text is shown: %v", state, shown)
		}
		if known := seen.State == state; known != (state != assessment.AnswerDraft) {
			t.Errorf("the state %q is shown as %q", state, seen.State)
		}
	}
}
