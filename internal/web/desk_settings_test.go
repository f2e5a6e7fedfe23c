package web

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/mail/mailtest"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// What the routes of this area ask for stands here.
func init() {
	maps.Copy(asked, map[string]string{
		"GET /{lang}/desk/me":               "signed in",
		"POST /{lang}/desk/me":              "signed in",
		"GET /{lang}/desk/settings":         "operate node",
		"POST /{lang}/desk/settings":        "operate node",
		"GET /{lang}/desk/settings/history": "operate node",
		"GET /{lang}/desk/mail":             "operate node",
		"POST /{lang}/desk/mail":            "operate node",
		"GET /{lang}/desk/setup/{step}":     "operate node",
		"POST /{lang}/desk/setup/{step}":    "operate node",
		"GET /{lang}/setup":                 "anybody",
		"POST /{lang}/setup":                "anybody",
		"GET /{lang}/mail/stop/{token}":     "anybody",
		"POST /{lang}/mail/stop/{token}":    "anybody",
	})
}

func (s *site) administrator(t *testing.T) *http.Client {
	t.Helper()
	return s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
}

func nodeForm(version, name string) url.Values {
	return url.Values{"section": {"node"}, "version": {version}, "name": {name}, "operator": {"City"}, "contact": {"rights@lake.example"}, "address": {""}, "language": {"de"},
		"zone": {"Europe/Berlin"}, "licence": {"CC-BY-4.0"}, "security_contact": {""}}
}

func TestWhatIsSetStandsOnEveryPageAtOnce(t *testing.T) {
	s := newSite(t)
	s.server.rooms.Settings.Given = settings.Node{}
	admin := s.administrator(t)
	for _, path := range []string{"/en/", "/en/cities"} { // now they are cached
		if _, page := s.get(t, visitor(), path); strings.Contains(page, "Rights in Lakeview") {
			t.Fatal(path)
		}
	}
	if answer := s.post(t, admin, "/en/desk/settings", nodeForm("0", "Rights in Lakeview")); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
	}
	for _, path := range []string{"/en/", "/en/cities"} {
		_, page := s.get(t, visitor(), path)
		for _, want := range []string{"Rights in Lakeview</title>", "operated by City.", `href="mailto:rights@lake.example"`, `rel="license" href="https://spdx.org/licenses/CC-BY-4.0.html"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %s", path, want)
			}
		}
	}
	for header, want := range map[string]string{"": "/de/", "zh": "/de/", "fr": "/fr/"} {
		request, err := http.NewRequest(http.MethodGet, s.url+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Language", header)
		if to := send(t, visitor(), request).Header.Get("Location"); to != want {
			t.Errorf("who asks for %q is sent to %s", header, to)
		}
	}
}

func TestASecondEditorSeesBothAndLosesNothing(t *testing.T) {
	s := newSite(t)
	s.server.rooms.Settings.Given = settings.Node{}
	admin := s.administrator(t)
	s.post(t, admin, "/en/desk/settings", nodeForm("0", "The first"))
	answer := s.post(t, admin, "/en/desk/settings", nodeForm("0", "The second"))
	for _, want := range []string{"Somebody else has changed", `value="The second"`, "Kept now: The first.", `name="version" value="1"`} {
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, want) {
			t.Errorf("status %d, and the page does not say %s", answer.StatusCode, want)
		}
	}
	if answer := s.post(t, admin, "/en/desk/settings", nodeForm("1", "The second")); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("saved again it is status %d", answer.StatusCode)
	}
}

func TestWhatWasGivenAtTheStartCanBeReadAndNotChanged(t *testing.T) {
	s := newSite(t)
	admin := s.administrator(t)
	_, page := s.get(t, admin, "/en/desk/settings")
	if !regexp.MustCompile(`id="name"[^>]*value="test node"[^>]* readonly`).MatchString(page) || regexp.MustCompile(`id="contact"[^>]* readonly`).MatchString(page) {
		t.Error("the name can be changed, or the contact not")
	}
	s.post(t, admin, "/en/desk/settings", nodeForm("0", "Another"))
	if _, page := s.get(t, admin, "/en/desk/settings"); !strings.Contains(page, `value="test node"`) || !strings.Contains(page, `value="rights@lake.example"`) {
		t.Error("what was given has changed, or what was not has not")
	}
}

func TestThePasswordIsNeverShownAndTheHistorySaysOnlyThatItChanged(t *testing.T) {
	s := newSite(t)
	server := mailtest.Start(t, mailtest.Options{User: "node", Pass: "a mail secret"})
	s.rooms.Notice.Roots = server.Roots
	admin := s.administrator(t)
	form := url.Values{"section": {"mail"}, "version": {"0"}, "way": {"smtp"}, "sender": {"node@lake.example"}, "host": {server.Host}, "port": {"x"}, "security": {"starttls"},
		"user": {"node"}, "password": {"a mail secret"}}
	wrong := s.post(t, admin, "/en/desk/settings", form)
	if wrong.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body, `id="port-problem"`) || !strings.Contains(wrong.Body, `value="x"`) || strings.Contains(wrong.Body, "a mail secret") {
		t.Errorf("a wrong port: status %d", wrong.StatusCode)
	}
	form.Set("port", strconv.Itoa(server.Port))
	if answer := s.post(t, admin, "/en/desk/settings", form); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", answer.StatusCode, answer.Body)
	}
	tried := s.post(t, admin, "/en/desk/settings", url.Values{"section": {"trial"}})
	if tried.StatusCode != http.StatusOK || len(server.Letters()) != 1 || server.Letters()[0].To != "admin@example.org" {
		t.Errorf("a test letter: status %d, %d letters\n%s", tried.StatusCode, len(server.Letters()), tried.Body)
	}
	server.Refuse(func(string) string { return "550 5.7.1 we do not <know> you" })
	if tried := s.post(t, admin, "/en/desk/settings", url.Values{"section": {"trial"}}); tried.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(tried.Body, "we do not &lt;know&gt; you") {
		t.Errorf("a test letter that is refused: status %d", tried.StatusCode)
	}
	for _, lang := range locale.Shipped {
		for _, path := range []string{"/desk/settings", "/desk/settings/history", "/desk/mail", "/desk/me", "/desk/setup/mail"} {
			answer, page := s.get(t, admin, "/"+lang+path)
			if answer.StatusCode != http.StatusOK || strings.Contains(page, "a mail secret") || strings.Contains(page, "⟦") || strings.Contains(page, "no value>") {
				t.Errorf("/%s%s: status %d, or it shows what it must not", lang, path, answer.StatusCode)
			}
		}
	}
	if _, page := s.get(t, admin, "/en/desk/settings/history"); !strings.Contains(page, "•••") || !strings.Contains(page, "By admin@example.org") || !strings.Contains(page, "send by a mail server") {
		t.Error("the history does not tell what was done")
	}
}

func TestALinkIsSentAndShownAndWhatFailsIsTriedAgain(t *testing.T) {
	s := newSite(t)
	admin := s.administrator(t)
	s.server.rooms.Settings.Given = settings.Node{Address: "https://rights.lake.example"}
	mail := url.Values{"section": {"mail"}, "version": {"0"}, "way": {"folder"}, "sender": {"node@lake.example"}}
	if answer := s.post(t, admin, "/en/desk/settings", mail); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	added := s.post(t, admin, "/en/desk/people", url.Values{"do": {"add"}, "name": {"Ben"}, "email": {"ben@lake.example"}, "role": {"coordinator"}, "scope": {"city/example"}})
	if !strings.Contains(added.Body, "https://rights.lake.example/en/sign-in/") || !strings.Contains(added.Body, "also been sent to them by mail") {
		t.Errorf("the page of people says\n%s", added.Body)
	}
	_, page := s.get(t, admin, "/en/desk/mail")
	if !strings.Contains(page, "ben@lake.example") || !strings.Contains(page, "Link to sign in for the first time") || strings.Contains(page, "/sign-in/") {
		t.Error("the letter is not on the page of letters, or its link is")
	}
	if answer := s.post(t, admin, "/en/desk/mail", url.Values{"do": {"retry"}, "letter": {database.NewID()}}); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a letter that did not fail: status %d", answer.StatusCode)
	}
}

func TestAPersonChangesTheirOwnEntryAndNobodyElses(t *testing.T) {
	s := newSite(t)
	ben := s.person(t, "ben@lake.example")
	other := visitor()
	s.post(t, other, "/en/sign-in", url.Values{"email": {"ben@lake.example"}, "password": {"a short sentence"}})
	for name, c := range map[string]struct {
		form   url.Values
		status int
		field  string
	}{
		"a name":             {url.Values{"do": {"entry"}, "name": {"Ben Lake"}, "language": {"ar"}}, http.StatusSeeOther, ""},
		"no name":            {url.Values{"do": {"entry"}, "name": {" "}, "language": {"ar"}}, http.StatusUnprocessableEntity, "name"},
		"a rhythm":           {url.Values{"do": {"letters"}, "rhythm": {"weekly"}}, http.StatusSeeOther, ""},
		"a rhythm unknown":   {url.Values{"do": {"letters"}, "rhythm": {"hourly"}}, http.StatusUnprocessableEntity, "rhythm"},
		"a wrong password":   {url.Values{"do": {"password"}, "current": {"guess"}, "password": {"another sentence"}}, http.StatusUnprocessableEntity, "current"},
		"a weak password":    {url.Values{"do": {"password"}, "current": {"a short sentence"}, "password": {"short"}}, http.StatusUnprocessableEntity, "password"},
		"what is not a form": {url.Values{"do": {"grant"}}, http.StatusBadRequest, ""},
	} {
		answer := s.post(t, ben, "/en/desk/me", c.form)
		if answer.StatusCode != c.status || c.field != "" && !strings.Contains(answer.Body, `id="`+c.field+`-problem"`) {
			t.Errorf("%s: status %d, want %d, with a problem of %q", name, answer.StatusCode, c.status, c.field)
		}
	}
	if answer := s.post(t, ben, "/en/desk/me", url.Values{"do": {"password"}, "current": {"a short sentence"}, "password": {"another sentence"}}); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("another password: status %d\n%s", answer.StatusCode, answer.Body)
	}
	if answer, page := s.get(t, ben, "/en/desk/me"); answer.StatusCode != http.StatusOK || !strings.Contains(page, "Ben Lake") {
		t.Errorf("whoever has changed the password is signed out: status %d", answer.StatusCode)
	}
	if answer, _ := s.get(t, other, "/en/desk/me"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("elsewhere they are still signed in: status %d", answer.StatusCode)
	}
}

func TestAPersonSeesWhereTheyAreSignedInAndEndsWhatIsElsewhere(t *testing.T) {
	s := newSite(t)
	ben, other, third := s.person(t, "ben@lake.example"), visitor(), visitor()
	stranger := s.person(t, "eve@lake.example")
	for _, client := range []*http.Client{other, third} {
		s.post(t, client, "/en/sign-in", url.Values{"email": {"ben@lake.example"}, "password": {"a short sentence"}})
	}
	_, page := s.get(t, ben, "/en/desk/me")
	ids := regexp.MustCompile(`name="session" value="([0-9a-f]{64})"`).FindAllStringSubmatch(page, -1)
	if len(ids) != 2 || strings.Count(page, "This session") != 1 {
		t.Fatalf("%d sessions can be ended:\n%s", len(ids), page)
	}
	signedIn := func() (n int) {
		for _, client := range []*http.Client{other, third} {
			if answer, _ := s.get(t, client, "/en/desk/me"); answer.StatusCode == http.StatusOK {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		who  *http.Client
		form url.Values
		left int
	}{
		{stranger, url.Values{"do": {"end"}, "session": {ids[0][1]}}, 2},
		{stranger, url.Values{"do": {"end_others"}}, 2},
		{ben, url.Values{"do": {"end"}, "session": {ids[0][1]}}, 1},
		{ben, url.Values{"do": {"end"}, "session": {ids[0][1]}}, 1}, // twice
		{ben, url.Values{"do": {"end_others"}}, 0},
	} {
		if answer := s.post(t, step.who, "/en/desk/me", step.form); answer.StatusCode != http.StatusSeeOther || signedIn() != step.left {
			t.Errorf("%v: status %d, %d others are signed in", step.form, answer.StatusCode, signedIn())
		}
	}
	if answer, _ := s.get(t, ben, "/en/desk/me"); answer.StatusCode != http.StatusOK {
		t.Errorf("they are signed out themselves: status %d", answer.StatusCode)
	}
}

func TestOneClickInAMailProgramEndsTheLetters(t *testing.T) {
	s := newSite(t)
	s.person(t, "ben@lake.example")
	if answer, _ := s.get(t, visitor(), "/en/mail/stop/x.y"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a link that the node has not made: status %d", answer.StatusCode)
	}
	for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		request, err := http.NewRequest(http.MethodPost, s.url+"/en/mail/stop/x.y", strings.NewReader("List-Unsubscribe=One-Click"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", kind)
		if answer := send(t, visitor(), request); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d, as if the form were refused", kind, answer.StatusCode)
		}
	}
}
