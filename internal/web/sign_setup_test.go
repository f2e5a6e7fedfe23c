package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

const setupCode = "ABCD-2345-EFGH-67IJ"

func founder() url.Values {
	return url.Values{"code": {"abcd 2345 efgh 67ij"}, "name": {"Anna Lake"}, "email": {"anna@lake.example"}, "language": {"fr"}, "password": {"une petite phrase"}}
}

func TestANewNodeIsSetUpByWhoeverHasTheCodeFromItsTerminal(t *testing.T) {
	s := newSite(t)
	s.server.node.SetupCode = setupCode
	for _, lang := range locale.Shipped {
		if _, page := s.get(t, visitor(), "/"+lang+"/"); !strings.Contains(page, `href="/`+lang+`/setup"`) {
			t.Errorf("/%s/ does not lead to the setup", lang)
		}
		if answer, page := s.get(t, visitor(), "/"+lang+"/setup"); answer.StatusCode != http.StatusOK || strings.Contains(page, "⟦") || strings.Contains(page, setupCode) {
			t.Errorf("/%s/setup: status %d", lang, answer.StatusCode)
		}
	}
	anna := visitor()
	answer := s.post(t, anna, "/en/setup", founder())
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/en/desk/setup/node" {
		t.Fatalf("status %d, to %s\n%s", answer.StatusCode, answer.Header.Get("Location"), answer.Body)
	}
	if _, page := s.get(t, visitor(), "/en/"); strings.Contains(page, "/setup") {
		t.Error("the home page still leads to the setup")
	}
	answer = s.post(t, anna, "/en/desk/setup/node", url.Values{"section": {"node"}, "version": {"0"}, "name": {"Rights in Lakeview"}, "operator": {"City"}, "address": {"https://rights.lake.example"}, "language": {"fr"}, "zone": {"Europe/Paris"}})
	if answer.Header.Get("Location") != "/en/desk/setup/mail" {
		t.Fatalf("after the name it goes to %q\n%s", answer.Header.Get("Location"), answer.Body)
	}
	// They leave here; the desk leads back.
	if _, desk := s.get(t, anna, "/en/desk"); !strings.Contains(desk, "/en/desk/setup/mail") || strings.Contains(desk, "/en/desk/setup/node") {
		t.Error("the desk does not lead to the step that is missing")
	}
	answer = s.post(t, anna, "/en/desk/setup/mail", url.Values{"section": {"mail"}, "version": {"0"}, "way": {"folder"}, "sender": {"node@lake.example"}})
	if answer.Header.Get("Location") != "/en/desk/cities/new" {
		t.Fatalf("after the mail it goes to %q\n%s", answer.Header.Get("Location"), answer.Body)
	}
	if _, desk := s.get(t, anna, "/en/desk"); strings.Contains(desk, "/desk/setup/") {
		t.Error("the desk still leads to the setup")
	}
	people, err := s.rooms.Account.People(t.Context())
	if err != nil || len(people) != 1 || people[0].Language != "fr" || !account.Can(people[0].Actor(), account.Operate, account.Resource{Kind: "node"}) {
		t.Errorf("the people are %+v (%v)", people, err)
	}
}

func TestASetupThatIsWrongMakesNobodyAndSaysAllOfIt(t *testing.T) {
	s := newSite(t)
	if _, page := s.get(t, visitor(), "/en/setup"); strings.Contains(page, "<form method") {
		t.Error("without a code there is a form")
	}
	without := founder()
	without.Set("code", "")
	if answer := s.post(t, visitor(), "/en/setup", without); answer.StatusCode == http.StatusSeeOther {
		t.Error("without a code somebody becomes administrator")
	}
	s.server.node.SetupCode = setupCode
	for name, c := range map[string]struct {
		change func(url.Values)
		fields []string
	}{
		"a wrong code":    {func(v url.Values) { v.Set("code", "abcd") }, []string{"code"}},
		"all empty":       {func(v url.Values) { clear(v) }, []string{"code", "name", "email"}},
		"no password":     {func(v url.Values) { v.Del("password"); v.Del("name") }, []string{"password", "name"}},
		"a weak password": {func(v url.Values) { v.Set("password", "password") }, []string{"password"}},
	} {
		form := founder()
		c.change(form)
		answer := s.post(t, visitor(), "/en/setup", form)
		for _, field := range c.fields {
			if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, `id="`+field+`-problem"`) {
				t.Errorf("%s: status %d, and nothing is said of %s", name, answer.StatusCode, field)
			}
		}
		if strings.Contains(answer.Body, "une petite phrase") {
			t.Errorf("%s: the password is given back", name)
		}
		if form.Get("name") != "" && !strings.Contains(answer.Body, "Anna Lake") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	if people, err := s.rooms.Account.People(t.Context()); err != nil || len(people) != 0 {
		t.Errorf("there are %d people (%v)", len(people), err)
	}
}

func TestTheSetupIsEnteredOnce(t *testing.T) {
	s := newSite(t)
	s.server.node.SetupCode = setupCode
	var mu sync.Mutex
	founded := 0
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			answer := s.post(t, visitor(), "/en/setup", founder())
			mu.Lock()
			defer mu.Unlock()
			if answer.StatusCode == http.StatusSeeOther {
				founded++
			} else if answer.StatusCode != http.StatusGone {
				t.Errorf("who comes second gets status %d", answer.StatusCode)
			}
		})
	}
	all.Wait()
	answer, page := s.get(t, visitor(), "/en/setup")
	if founded != 1 || answer.StatusCode != http.StatusGone || strings.Contains(page, `name="code"`) || !strings.Contains(page, "/en/sign-in") {
		t.Errorf("%d were made administrator; afterwards status %d", founded, answer.StatusCode)
	}
}
