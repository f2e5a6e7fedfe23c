package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

var secretForm = regexp.MustCompile(`crt_[A-Z2-7]{33}`)

func tokenForm(change url.Values) url.Values {
	form := url.Values{"do": {"make"}, "name": {"monthly import"}, "verbs": {"import"}, "scope": {"city/example"}, "days": {"90"}}
	for name, values := range change {
		form[name] = values
	}
	return form
}

func TestAPersonMakesATokenSeesItOnceAndRevokesIt(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	made := s.post(t, officer, "/en/desk/tokens", tokenForm(nil))
	secret := secretForm.FindString(made.Body)
	if made.StatusCode != http.StatusOK || secret == "" || made.Header.Get("Cache-Control") != "no-store" || !strings.Contains(made.Body, "shown only this once") {
		t.Fatalf("status %d, Cache-Control %q, token %q", made.StatusCode, made.Header.Get("Cache-Control"), secret)
	}
	actor, err := s.rooms.Account.Bearer(t.Context(), secret)
	if err != nil || !account.Can(actor, account.Import, cityResource("example")) || account.Can(actor, account.Edit, cityResource("example")) {
		t.Errorf("the token opens %+v (%v)", actor, err)
	}
	_, list := s.get(t, officer, "/en/desk/tokens")
	if secretForm.MatchString(list) || !strings.Contains(list, "monthly import") || !strings.Contains(list, "Example") || strings.Contains(list, "Tokens of other people") {
		t.Error("the list shows the token again, or not what it is for, or other people's")
	}
	id := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(list)
	stranger := coordinator(t, s, "stranger@example.org")
	if answer := s.post(t, stranger, "/en/desk/tokens", url.Values{"do": {"revoke"}, "token": {id[1]}}); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a stranger revokes it: status %d", answer.StatusCode)
	}
	if answer := s.post(t, officer, "/en/desk/tokens", url.Values{"do": {"revoke"}, "token": {id[1]}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("revoking: status %d", answer.StatusCode)
	}
	if _, err := s.rooms.Account.Bearer(t.Context(), secret); err == nil {
		t.Error("the revoked token opens something")
	}
	if _, list = s.get(t, officer, "/en/desk/tokens?saved=revoked"); !strings.Contains(list, "It opens nothing any more") || strings.Contains(list, `value="revoke"`) {
		t.Error("the list does not say that the token is revoked")
	}
}

func TestAnAdministratorSeesAndRevokesEverybodysTokens(t *testing.T) {
	s := newSite(t)
	secret := secretForm.FindString(s.post(t, coordinator(t, s, "officer@example.org"), "/en/desk/tokens", tokenForm(nil)).Body)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	_, list := s.get(t, admin, "/en/desk/tokens")
	id := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(list)
	if !strings.Contains(list, "Tokens of other people") || !strings.Contains(list, "officer@example.org") || len(id) == 0 {
		t.Fatal("the administrator does not see the officer's token")
	}
	if answer := s.post(t, admin, "/en/desk/tokens", url.Values{"do": {"revoke"}, "token": {id[1]}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", answer.StatusCode)
	}
	if _, err := s.rooms.Account.Bearer(t.Context(), secret); err == nil {
		t.Error("the revoked token opens something")
	}
}

func TestAFormForATokenThatIsWrongKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for field, change := range map[string]url.Values{"name": {"name": {" "}}, "verbs": {"verbs": nil}, "scope": {"scope": {""}}, "days": {"days": {"366"}}} {
		page := s.post(t, officer, "/en/desk/tokens", tokenForm(change))
		if page.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page.Body, `<a href="#`+field+`">`) || secretForm.MatchString(page.Body) {
			t.Errorf("%s: status %d", field, page.StatusCode)
		}
		if field != "name" && !strings.Contains(page.Body, `value="monthly import"`) || field != "verbs" && !strings.Contains(page.Body, `value="import" checked`) ||
			field != "scope" && !strings.Contains(page.Body, `value="city/example" selected`) {
			t.Errorf("%s: what was typed is lost", field)
		}
	}
	if answer := s.post(t, officer, "/en/desk/tokens", tokenForm(url.Values{"verbs": {"grant"}})); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a token that gives roles: status %d", answer.StatusCode)
	}
}
