package assessment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func (d *desk) hand(t *testing.T, person string, requirements ...string) string {
	t.Helper()
	id, err := d.HandOut(t.Context(), ben, assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: requirements, Person: person})
	must(t, err)
	return id
}

// who gives who has what.
func (d *desk) who(t *testing.T) map[string]string {
	t.Helper()
	assigned, err := reads(t, d, func(tx database.Tx) (map[string]assessment.Assignment, error) {
		return d.Assignments(t.Context(), tx, "aldea", "2025", "aldea-hall")
	})
	must(t, err)
	who := map[string]string{}
	for id, a := range assigned {
		who[id] = a.Person
	}
	return who
}

func TestUndoingGivesBackWhatNobodyHasAssignedSince(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		d.start(t, "2025", assessment.Open)
		d.hand(t, "ana", "LIV.1")
		second := d.hand(t, "ben", "LIV.1", "LIV.2", "LIV.3")
		d.hand(t, "ana", "LIV.3")
		undo := func(want int) {
			t.Helper()
			if n, err := d.Undo(t.Context(), ben, "aldea", "2025", "aldea-hall", second); err != nil || n != want {
				t.Errorf("%d went back, not %d (%v)", n, want, err)
			}
		}
		undo(2)
		if diff := cmp.Diff(map[string]string{"LIV.1": "ana", "LIV.3": "ana"}, d.who(t)); diff != "" {
			t.Error(diff)
		}
		undo(0)
		_, err := d.Undo(t.Context(), ben, "aldea", "2025", "union-a", second)
		wantFault(t, err, fault.NotFound, second)
	})
}

// guests lets the room invite people by links.
func (d *desk) guests() *account.Room {
	d.Accounts = account.New(d.db, account.Options{Clock: clock.Fixed(noon), Cost: account.Cost{Memory: 8, Time: 1, Threads: 1}})
	d.Accounts.Asked = d.Asked
	return d.Accounts
}

func TestAContactIsAskedWhatIsAssignedToThem(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		accounts := d.guests()
		d.start(t, "2025", assessment.Open)
		host := account.Actor{Person: "ben", Grants: []account.Granted{{Role: account.RoleCoordinator, Scope: account.InCity("aldea")}}}
		day, err := assessment.ParseDay("due", "2026-03-31")
		must(t, err)
		inviting := assessment.Inviting{Name: "Dalia", Assigning: assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: []string{"LIV.1", "LIV.2"}, Due: day}}
		to, token, _, err := d.Invite(t.Context(), host, inviting)
		must(t, err)
		if token == "" || to.Ends.Format("2006-01-02 15:04") != "2026-04-08 00:00" {
			t.Errorf("the link ends at %s", to.Ends)
		}
		may := func(want string) {
			t.Helper()
			p, err := reads(t, d, func(tx database.Tx) (account.Person, error) { return accounts.Get(t.Context(), tx, to.ID) })
			must(t, err)
			got := ""
			for _, id := range []string{"LIV.1", "LIV.2", "LIV.3"} {
				about := assessment.Resource("aldea", city.Organisation{ID: "aldea-hall", Kind: city.Authority}, true).Question("2025", id)
				if account.Can(p.Actor(), account.Answer, about) {
					got += id + " "
				}
			}
			if got != want {
				t.Errorf("the contact may answer %q, not %q", got, want)
			}
		}
		may("LIV.1 LIV.2 ")
		d.hand(t, "ana", "LIV.1")
		d.hand(t, to.ID, "LIV.3")
		may("LIV.2 LIV.3 ")
		must(t, d.EndContact(t.Context(), host, "aldea", "2025", "aldea-hall", to.ID))
		may("")
		_, err = d.HandOut(t.Context(), host, assessment.Assigning{City: "aldea", Period: "2025", Organisation: "aldea-hall", Requirements: []string{"LIV.4"}, Person: to.ID})
		wantFault(t, err, fault.Invalid, "person")
		_, _, err = d.Renew(t.Context(), host, "aldea", "2025", "aldea-hall", to.ID)
		must(t, err)
		may("LIV.2 LIV.3 ")
		inviting.Organisation = "union-a"
		_, _, _, err = d.Invite(t.Context(), host, inviting)
		wantFault(t, err, fault.Forbidden, "may not")
		inviting.Organisation, inviting.Due = "aldea-hall", 0
		_, _, _, err = d.Invite(t.Context(), host, inviting)
		wantFault(t, err, fault.Invalid, "due")
	})
}

func TestAnOverviewCountsWhatGoesOn(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.staffed(t)
		d.start(t, "2024", assessment.Published)
		d.start(t, "2025", assessment.Open)
		d.hand(t, "ana", "LIV.1", "LIV.2")
		_, err := d.HandIn(t.Context(), ana, graded(hall(0, "a"), 2))
		must(t, err)
		third := hall(0, "b")
		third.Requirement = "LIV.3"
		_, err = d.Save(t.Context(), ana, third)
		must(t, err)
		all, err := reads(t, d, func(tx database.Tx) ([]assessment.Overview, error) {
			return d.Overviews(t.Context(), tx, func(_ assessment.Cycle, o city.Organisation) bool { return o.ID != "union-b" })
		})
		must(t, err)
		if len(all) != 2 || all[0].Organisation.ID != "aldea-hall" || all[1].Organisation.ID != "union-a" || all[0].Cycle.Period != "2025" {
			t.Fatalf("got %+v", all)
		}
		asked := all[0].Asked
		if want := (assessment.Progress{Organisation: "aldea-hall", Asked: asked, Answered: 1, Drafts: 1}); all[0].Progress != want || all[0].Unassigned != asked-2 || all[0].Unchecked != 1 || !all[0].Begun() {
			t.Errorf("the city hall: %+v", all[0])
		}
		if all[1].Unassigned != asked || all[1].Open() != asked || all[1].Begun() {
			t.Errorf("the union: %+v", all[1])
		}
	})
}
