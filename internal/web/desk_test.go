package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
)

// give assigns questions by the page.
func (d *desk) give(t *testing.T, boss *http.Client, to, due string, requirements ...string) {
	t.Helper()
	_, page := d.get(t, boss, theAssigning)
	d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"assign"}, "person": {choice(t, page, to)}, "requirement": requirements, "due": {due}}))
}

func TestTheDeskShowsMyTasksByDeadline(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	day := func(days int) string { return time.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	d.give(t, boss, "Olga", day(60), "COM.1")
	d.give(t, boss, "Olga", day(3), "LIV.1")
	d.give(t, boss, "Olga", day(-2), "LIV.5")
	d.give(t, boss, "Olga", "", "INS.1")
	d.post(t, d.officer, theQuestion, answered(0, "hand_in", "4", "All is well."))
	d.post(t, d.member(t, "Vera", account.RoleValidator, "council"), theQuestion+"/check", url.Values{"version": {"1"}, "do": {"return"}, "note": {"Where is the plan?"}})
	_, page := d.get(t, d.officer, "/en/desk")
	wants(t, page, "4 questions wait for you. One is overdue.", "Sent back to you", "Where is the plan?", "Example 2026")
	at := 0
	for _, next := range []string{">Overdue<", theQuestion, ">Due within 7 days<", theList + "/LIV.1", ">Later<", theList + "/COM.1", ">Without a day<", theList + "/INS.1"} {
		found := strings.Index(page[at:], next)
		if found < 0 {
			t.Fatalf("%q does not come in its turn", next)
		}
		at += found
	}
}

func TestTheDeskTellsEachWhatWaits(t *testing.T) {
	d := newDesk(t)
	boss, validator := d.coordinator(t), d.member(t, "Vera", account.RoleValidator, "council")
	reviewer := d.person(t, "reviewer@example.org", account.Granted{Role: account.RoleReviewer, Scope: account.InCity("example")})
	nobody := d.person(t, "nobody@example.org")
	d.give(t, boss, "Carl", farOff, "LIV.5")
	d.post(t, d.officer, theQuestion, answered(0, "hand_in", "4", "All is well."))
	asked := 0
	for _, dimension := range d.rooms.Standard.Dimensions {
		asked += len(dimension.Requirements)
	}
	if asked < 53 {
		t.Fatalf("the standard has %d requirements", asked)
	}
	for name, test := range map[string]struct {
		who  *http.Client
		says []string
		not  string
	}{
		"the coordinator": {boss, []string{"No question is with you.", "1 of 53 answered", "52 questions are not given to anybody yet", "Tenants: nothing has come yet.", theAssigning, "/en/desk/cities/example/cycles/2026", "/en/desk/cities/example/statistics"}, "wait for you"},
		"the officer":     {d.officer, []string{"Nothing waits for you today. Thank you.", "1 of 53 answered", "Answer for Council"}, "Tenants"},
		"the validator":   {validator, []string{"one answer waits to be checked", "Check the answers of Council"}, "Assign"},
		"a reviewer":      {reviewer, []string{"1 of 53 answered", "Questions are being answered."}, "waits to be checked"},
		"nobody":          {nobody, []string{"You have no role in a city yet."}, "of 53"},
	} {
		_, page := d.get(t, test.who, "/en/desk")
		wants(t, page, test.says...)
		if strings.Contains(page, test.not) {
			t.Errorf("%s is told of %q", name, test.not)
		}
	}
	if err := d.rooms.Assessment.Step(t.Context(), account.Operator(), assessment.Move{City: "example", Period: "2026", To: assessment.Review, Note: "Enough.", Unanswered: d.unanswered(t)}); err != nil {
		t.Fatal(err)
	}
	_, page := d.get(t, reviewer, "/en/desk")
	wants(t, page, "Answers are being checked.", "Council: one answer waits to be checked.", "Check the answers of Council")
}

// unanswered gives the requirements that the authority has not answered.
func (d *desk) unanswered(t *testing.T) (ids []string) {
	t.Helper()
	for _, dimension := range d.rooms.Standard.Dimensions {
		for i := range dimension.Requirements {
			if id := dimension.Requirements[i].ID; id != "LIV.5" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// What an organisation of civil society has begun is its own affair.
func TestTheCityIsNotToldWhatAUnionHasBegun(t *testing.T) {
	d := newDesk(t)
	boss, member := d.coordinator(t), d.member(t, "Uma", account.RoleContributor, "union")
	before := func() string {
		_, page := d.get(t, boss, "/en/desk")
		return page
	}
	was := before()
	d.post(t, member, strings.Replace(theQuestion, "council", "union", 1), answered(0, "save", "1", "Not so."))
	if now := before(); now != was {
		t.Error("the coordinator's desk changed by a draft of the union")
	}
	_, page := d.get(t, member, "/en/desk")
	wants(t, page, "Tenants: one answer is begun and not handed in.")
}

func TestWithoutAnAssessmentTheDeskSaysHowToBegin(t *testing.T) {
	s := newSite(t)
	_, page := s.get(t, s.coordinator(t), "/en/desk")
	wants(t, page, "No assessment is under way.", "/en/desk/cities/example/cycles", "Public page")
}
