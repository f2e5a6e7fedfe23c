package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
)

const (
	theAssigning = theList + "/assign"
	farOff       = "2100-11-30" // a day that has not come
)

// ofTheDesk lists the keys that the desk puts together.
func ofTheDesk() (all []string) {
	for _, s := range []assessment.State{assessment.Draft, assessment.Open, assessment.Review, assessment.Reply} {
		all = append(all, "desk.state."+string(s), "desk.next."+string(s))
	}
	return append(all, "desk.answers_by", "desk.answers_were_by", "guest.by", "guest.was_by")
}

var anOption = regexp.MustCompile(`<option value="([^"]+)"[^>]*>([^<]+)</option>`)

// choice gives the value under which a page offers something.
func choice(t *testing.T, page, text string) string {
	t.Helper()
	for _, found := range anOption.FindAllStringSubmatch(page, -1) {
		if found[2] == text {
			return found[1]
		}
	}
	t.Fatalf("the page does not offer %q", text)
	return ""
}

// coordinator signs somebody in who conducts the assessments of the city.
func (s *site) coordinator(t *testing.T) *http.Client {
	t.Helper()
	return s.person(t, "coordinator@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
}

// follow gives the page to which a form that was done sends its sender.
func (s *site) follow(t *testing.T, client *http.Client, answer reply) string {
	t.Helper()
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", answer.StatusCode, answer.Body)
	}
	_, page := s.get(t, client, answer.Header.Get("Location"))
	return page
}

func TestQuestionsAreAssignedSinglyAndByDimensionAndComeBack(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	_, page := d.get(t, boss, theAssigning)
	carl, olga := choice(t, page, "Carl"), choice(t, page, "Olga")
	form := url.Values{"do": {"assign"}, "person": {carl}, "requirement": {"COM.1"}, "dimension": {"LIV"}, "due": {"2026-02-30"}}
	answer := d.post(t, boss, theAssigning, form)
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "There is no day “2026-02-30”.", `value="COM.1" checked`, `value="LIV" checked`)
	form.Set("due", farOff)
	page = d.follow(t, boss, d.post(t, boss, theAssigning, form))
	liv := 0
	for _, dimension := range d.rooms.Standard.Dimensions {
		if dimension.ID == "LIV" {
			liv = len(dimension.Requirements)
		}
	}
	if got := strings.Count(page, "<bdi>Carl, 30 November 2100</bdi>"); got != liv+1 {
		t.Errorf("%d questions are Carl's, not %d", got, liv+1)
	}
	wants(t, page, " questions given to Carl, due 30 November 2100.", "Undo")
	over := url.Values{"do": {"assign"}, "person": {olga}, "alternate": {carl}, "requirement": {"LIV.5"}, "due": {farOff}}
	page = d.follow(t, boss, d.post(t, boss, theAssigning, over))
	wants(t, page, "One question given to Olga, due 30 November 2100.", "<bdi>Olga (Carl), 30 November 2100</bdi>")
	page = d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"undo"}, "handout": {between(t, page, `name="handout" value="`, `"`)}}))
	if got := strings.Count(page, "<bdi>Carl, 30 November 2100</bdi>"); got != liv+1 {
		t.Errorf("after undoing, %d questions are Carl's, not %d", got, liv+1)
	}
	_, page = d.get(t, boss, theAssigning+"?show=unassigned")
	if strings.Contains(page, `value="LIV.5"`) || strings.Contains(page, `value="LIV"`) || !strings.Contains(page, `value="COM.2"`) {
		t.Error("what somebody has stands among what nobody has")
	}
	page = d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"take"}, "requirement": {"COM.1"}}))
	wants(t, page, "One question is nobody’s now.")
}

func TestWhoChoosesNobodyAssignsNothing(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	wants(t, d.post(t, boss, theAssigning, url.Values{"do": {"assign"}, "requirement": {"COM.1"}}).Body, "Choose who answers.")
	_, page := d.get(t, boss, theAssigning)
	wants(t, d.post(t, boss, theAssigning, url.Values{"do": {"assign"}, "person": {choice(t, page, "Carl")}}).Body, "Choose at least one question.")
}

// The city's coordinator says who answers for the council, and nobody but a union's own people who answers for the union.
func TestWhoAnswersIsSaidByThoseWhoMay(t *testing.T) {
	d := newDesk(t)
	boss, member := d.coordinator(t), d.member(t, "Uma", account.RoleContributor, "union")
	for _, test := range []struct {
		who    *http.Client
		name   string
		list   string
		status int
	}{
		{boss, "the coordinator, of the council", theList, http.StatusOK},
		{d.officer, "somebody who answers for the council", theList, http.StatusForbidden},
		{boss, "the coordinator, of the union", strings.Replace(theList, "council", "union", 1), http.StatusForbidden},
		{member, "a member of the union", strings.Replace(theList, "council", "union", 1), http.StatusOK},
		{member, "a member of the union, of the council", theList, http.StatusForbidden},
		{boss, "an organisation that is not there", strings.Replace(theList, "council", "nobody", 1), http.StatusNotFound},
		{boss, "a cycle that is not there", strings.Replace(theList, "2026", "2031", 1), http.StatusNotFound},
	} {
		if answer, _ := d.get(t, test.who, test.list+"/assign"); answer.StatusCode != test.status {
			t.Errorf("%s: status %d, want %d", test.name, answer.StatusCode, test.status)
		}
		if answer := d.post(t, test.who, test.list+"/assign", url.Values{"do": {"nothing"}}); test.status != http.StatusOK && answer.StatusCode != test.status {
			t.Errorf("%s, writing: status %d, want %d", test.name, answer.StatusCode, test.status)
		}
	}
}

var aLink = regexp.MustCompile(`<code dir="ltr">http[^<]*(/[a-z]+/guest/[A-Z2-7]+)</code>`)

// link makes a link by the page, and gives its path.
func (d *desk) link(t *testing.T, boss *http.Client, name, language string, requirements ...string) string {
	t.Helper()
	answer := d.post(t, boss, theAssigning, url.Values{"do": {"link"}, "name": {name}, "language": {language}, "due": {farOff}, "requirement": requirements})
	found := aLink.FindStringSubmatch(answer.Body)
	if answer.StatusCode != http.StatusOK || found == nil {
		t.Fatalf("no link is shown: status %d %s", answer.StatusCode, answer.Body)
	}
	return found[1]
}

// guest gives somebody who came by a link that asks them questions of the council.
func (d *desk) guest(t *testing.T, name string, requirements ...string) *http.Client {
	t.Helper()
	by := account.Actor{Person: "x", Grants: []account.Granted{{Role: account.RoleCoordinator, Scope: account.InCity("example")}}}
	day, err := assessment.ParseDay("due", farOff)
	if err != nil {
		t.Fatal(err)
	}
	_, token, _, err := d.rooms.Assessment.Invite(context.Background(), by, assessment.Inviting{Name: name, Language: "en", Assigning: assessment.Assigning{
		City: "example", Period: "2026", Organisation: "council", Requirements: requirements, Due: day}})
	if err != nil {
		t.Fatal(err)
	}
	client := visitor()
	if answer := d.post(t, client, "/en/guest/"+token, nil); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	return client
}
