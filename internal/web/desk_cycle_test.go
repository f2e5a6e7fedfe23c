package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
)

var hiddenUnanswered = regexp.MustCompile(`name="unanswered" value="([^"]+)"`)

// A coordinator conducts an assessment by its pages alone, from the draft to its publication.
func TestAnAssessmentIsConductedOnTheDesk(t *testing.T) {
	site := newSite(t)
	officer := site.person(t, "officer@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	const list = "/en/desk/cities/example/cycles"
	page := func(path string, want ...string) string {
		t.Helper()
		reply, body := site.get(t, officer, path)
		if reply.StatusCode != http.StatusOK {
			t.Fatalf("%s has status %d", path, reply.StatusCode)
		}
		for _, text := range want {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %q", path, text)
			}
		}
		return body
	}
	post := func(path string, status int, form url.Values) string {
		t.Helper()
		reply := site.post(t, officer, path, form)
		if reply.StatusCode != status {
			t.Fatalf("%s answers %d, not %d: %s", path, reply.StatusCode, status, reply.Body)
		}
		return reply.Body
	}

	page(list+"/new?first=1", `value="starter" checked`)
	refused := post(list, http.StatusUnprocessableEntity, url.Values{"period": {"soon"}, "profile": {"starter"}, "answer_by": {"2030-02-30"}, "purpose": {"first"}})
	if !strings.Contains(refused, "2030-02-30") || !strings.Contains(refused, `value="soon"`) || !strings.Contains(refused, `value="starter" checked`) {
		t.Error("a refused form does not keep what was typed")
	}
	post(list, http.StatusSeeOther, url.Values{"period": {"2030"}, "profile": {"starter"}, "answer_by": {"2030-11-30"}, "purpose": {"first"}})
	page(list, "2030", "Draft")
	page(list+"/2030", `aria-current="step"`, "Remove this draft", "Ask for answers")
	page(list+"/2030/remove", "Nobody has been asked yet")

	step := func(to string, status int, note string, unanswered ...string) string {
		t.Helper()
		return post(list+"/2030/step", status, url.Values{"to": {to}, "note": {note}, "unanswered": unanswered})
	}
	step("open", http.StatusSeeOther, "")
	open := page(list+"/2030", "answers until 30 November 2030", "0 of 12 answered", "Requirements without an answer by the city: 12 of 12")
	var ids []string
	for _, found := range hiddenUnanswered.FindAllStringSubmatch(open, -1) {
		ids = append(ids, found[1])
	}
	if len(ids) != 12 {
		t.Fatalf("%d requirements are named as unanswered", len(ids))
	}
	if said := step("review", http.StatusUnprocessableEntity, "", ids...); !strings.Contains(said, "12 of 12") {
		t.Error("without a note the open questions are let pass")
	}
	if said := step("review", http.StatusUnprocessableEntity, "No time.", ids[1:]...); !strings.Contains(said, ">No time.</textarea>") {
		t.Error("the note is lost where a question was not named")
	}
	step("reply", http.StatusUnprocessableEntity, "")
	step("review", http.StatusSeeOther, "No time this year.", ids...)
	page(list+"/2030", "No time this year.", "Left open: COM.1")
	post(list+"/2030/prepare", http.StatusSeeOther, url.Values{"answer_by": {""}, "purpose": {"regular"}})
	step("reply", http.StatusSeeOther, "")
	step("validated", http.StatusSeeOther, "")
	step("published", http.StatusSeeOther, "")
	page(list+"/2030", `href="/en/cities/example/2030"`)
	page("/en/cities/example/2030", "2030")
	if reply, _ := site.get(t, officer, list+"/2031"); reply.StatusCode != http.StatusNotFound {
		t.Errorf("an assessment that is not there has status %d", reply.StatusCode)
	}
	if reply := site.post(t, officer, list+"/2030/remove", url.Values{}); reply.StatusCode == http.StatusSeeOther {
		t.Error("a public assessment was removed")
	}
	page("/en/desk/cities/example/first-year", "The council promises it", "/en/help/council-act")
}

func TestOnlyWhoMayPublishPublishes(t *testing.T) {
	site := newSite(t)
	cycle := assessment.Cycle{City: "example", Period: "2030", Standard: "hrc-ms@0.2", Profile: "starter"}
	err := site.rooms.Assessment.Begin(t.Context(), account.Operator(), cycle)
	open, _ := site.rooms.Assessment.Requirements(cycle)
	for _, to := range []assessment.State{assessment.Open, assessment.Review, assessment.Reply, assessment.Validated} {
		if err == nil {
			err = site.rooms.Assessment.Step(t.Context(), account.Operator(), assessment.Move{City: "example", Period: "2030", To: to, Note: "Later.", Unanswered: open})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role account.Role
		want int
	}{{account.RoleValidator, http.StatusForbidden}, {account.RoleCoordinator, http.StatusSeeOther}} {
		person := site.person(t, string(c.role)+"@example.org", account.Granted{Role: c.role, Scope: account.InCity("example")})
		reply := site.post(t, person, "/en/desk/cities/example/cycles/2030/step", url.Values{"to": {"published"}})
		if reply.StatusCode != c.want {
			t.Errorf("%s publishes with status %d, not %d", c.role, reply.StatusCode, c.want)
		}
	}
}
