package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// note adds acts about the city example to the trail.
func (s *site) note(t *testing.T, n int, act string, details map[string]string) {
	t.Helper()
	for i := range n {
		err := s.db.Write(t.Context(), func(tx database.Tx) error {
			return s.rooms.Account.Note(t.Context(), tx, account.Operator(), act, fmt.Sprintf("subject-%03d", i), details)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestACityReadsWhatConcernsItAndNothingElse(t *testing.T) {
	s := newSite(t)
	s.note(t, 1, "exported", map[string]string{"city": "elsewhere"})
	s.note(t, 1, "statistics imported", map[string]string{"city": "example", "format": "csv"})
	officer := coordinator(t, s, "officer@example.org")
	_, page := s.get(t, officer, "/en/desk/cities/example/trail")
	for _, want := range []string{"What was done: Example", "Statistics imported", "The operator, on the machine", "form of the file", "Role given", "officer@example.org", "Entries stay as long as the node"} {
		if !strings.Contains(page, want) {
			t.Errorf("the trail does not say %q", want)
		}
	}
	if strings.Contains(page, "Taken out") || strings.Contains(page, "Signed in") {
		t.Error("the city reads what concerns another, or when people sign in")
	}
	if _, desk := s.get(t, officer, "/en/desk"); !strings.Contains(desk, `href="/en/desk/cities/example/trail"`) || !strings.Contains(desk, `href="/en/desk/tokens"`) || strings.Contains(desk, `href="/en/desk/trail"`) {
		t.Error("the desk does not lead to the trail and the tokens, or leads where the officer may not go")
	}
}

func TestAnOrganisationReadsItsOwnTrailAndItsCityDoesNot(t *testing.T) {
	s := newSite(t)
	s.note(t, 1, "exported", map[string]string{"organisation": "union"})
	member := s.person(t, "member@example.org", account.Granted{Role: account.RoleContributor, Scope: account.InOrganisation("union")})
	_, page := s.get(t, member, "/en/desk/organisations/union/trail")
	if !strings.Contains(page, "What was done: Tenants") || !strings.Contains(page, "Taken out, not public") || !strings.Contains(page, "Role given") {
		t.Error("the organisation does not read what concerns it")
	}
	if _, desk := s.get(t, member, "/en/desk"); !strings.Contains(desk, `href="/en/desk/organisations/union/trail"`) {
		t.Error("the desk does not lead to the organisation's trail")
	}
	for _, path := range []string{"/en/desk/organisations/council/trail", "/en/desk/cities/example/trail", "/en/desk/trail", "/en/desk/organisations/union/trail.csv"} {
		want := http.StatusForbidden
		if strings.Contains(path, "union") {
			want = http.StatusOK
		}
		if answer, _ := s.get(t, member, path); answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, answer.StatusCode, want)
		}
	}
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	for _, path := range []string{"/en/desk/organisations/nobody/trail", "/en/desk/organisations/nobody/trail.csv", "/en/desk/cities/nowhere/trail", "/en/desk/cities/nowhere/trail.csv"} {
		if answer, _ := s.get(t, admin, path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, answer.StatusCode)
		}
	}
}

func TestTheTrailIsReadPageByPageAndByWhatIsChosen(t *testing.T) {
	s := newSite(t)
	s.note(t, 2*trailPart+5, "exported", map[string]string{"city": "example"})
	s.note(t, 1, "something new", map[string]string{"city": "example", "unheard": "of"})
	officer := coordinator(t, s, "officer@example.org")
	seen, address := map[string]bool{}, "/en/desk/cities/example/trail?act=exported"
	for pages := 0; address != ""; pages++ {
		_, page := s.get(t, officer, address)
		for i := range 2*trailPart + 5 {
			if subject := fmt.Sprintf("subject-%03d", i); strings.Contains(page, subject) {
				if seen[subject] {
					t.Errorf("%s stands on two pages", subject)
				}
				seen[subject] = true
			}
		}
		if strings.Contains(page, "something new</td>") || pages > 3 {
			t.Fatal("what was not chosen is shown, or the pages do not end")
		}
		_, after, more := strings.Cut(page, `<li><a href="/en/desk/cities/example/trail?`)
		if address = ""; more {
			query, _, _ := strings.Cut(after, `"`)
			address = "/en/desk/cities/example/trail?" + strings.ReplaceAll(query, "&amp;", "&")
		}
	}
	if len(seen) != 2*trailPart+5 {
		t.Errorf("%d of %d acts were shown", len(seen), 2*trailPart+5)
	}
	if _, page := s.get(t, officer, "/fr/desk/cities/example/trail"); !strings.Contains(page, `lang="en">something new`) {
		t.Error("an act without a message is not marked as English")
	}
	if _, page := s.get(t, officer, "/en/desk/cities/example/trail?until=2020-01-01"); !strings.Contains(page, "Nothing fits") {
		t.Error("what happened later is shown")
	}
	if _, page := s.get(t, officer, "/en/desk/cities/example/trail?from=2026-02-30"); !strings.Contains(page, `id="from-problem"`) || !strings.Contains(page, "2026-03-01") {
		t.Error("a day that does not exist is taken")
	}
}

func TestTheTrailAsAFileIsSafeToOpenAndItsTakingIsNoted(t *testing.T) {
	s := newSite(t)
	s.note(t, 1, "exported", map[string]string{"city": "example", "period": "=2+3"})
	officer := coordinator(t, s, "officer@example.org")
	answer, body := s.get(t, officer, "/en/desk/cities/example/trail.csv?"+url.Values{"act": {"exported"}}.Encode())
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][3] != "exported" || rows[1][6] != "city=example; period==2+3" {
		t.Fatalf("status %d: %q (%v)", answer.StatusCode, rows, err)
	}
	if answer.Header.Get("Cache-Control") != "no-store" || !strings.Contains(answer.Header.Get("Content-Disposition"), "example-trail.csv") {
		t.Errorf("headers %v", answer.Header)
	}
	if _, body = s.get(t, officer, "/en/desk/cities/example/trail.csv"); strings.Count(body, "\n,") > 0 || !strings.Contains(body, ",exported,trail,") {
		t.Errorf("that the file was taken is not in it: %s", body)
	}
}
