package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

// Residents read an organisation's own words first, and beside them a translation that says who made it.
func TestAReaderSeesTheOriginalAndATranslationThatSaysWhoMadeIt(t *testing.T) {
	site := newSite(t)
	officer := site.person(t, "officer@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	const desk = "/en/desk/cities/example/cycles/2024/council/LIV.5/translations"
	if reply := site.post(t, officer, desk, url.Values{"language": {"fr"}, "text": {"Nous payons bien."}}); reply.StatusCode != http.StatusUnprocessableEntity ||
		!strings.Contains(reply.Body, "Nous payons bien.") || !strings.Contains(reply.Body, "whether a person or a machine") {
		t.Errorf("without its maker it is answered by %d", reply.StatusCode)
	}
	for language, form := range map[string]url.Values{
		"fr": {"language": {"fr"}, "text": {"Nous payons bien."}, "maker": {"machine"}},
		"de": {"language": {"de"}, "text": {"Wir zahlen gerecht."}, "maker": {"human"}},
	} {
		if reply := site.post(t, officer, desk, form); reply.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: status %d: %s", language, reply.StatusCode, reply.Body)
		}
	}
	for address, want := range map[string][]string{
		"/fr/cities/example/2024/LIV.5": {`<span lang="en" dir="ltr">We pay fairly.</span>`, "Nous payons bien.", "Traduit par une machine"},
		"/de/cities/example/2024/LIV.5": {"We pay fairly.", "Wir zahlen gerecht.", "Von einem Menschen übersetzt"},
		"/es/cities/example/2024/LIV.5": {"We pay fairly."},
		"/en/cities/example/2024/LIV.5": {"We pay fairly."},
	} {
		page := readPage(t, site, address, http.StatusOK)
		at := 0
		for _, text := range want {
			found := strings.Index(page[at:], text)
			if found < 0 {
				t.Errorf("%s does not say %q after what comes before it", address, text)
				break
			}
			at += found
		}
		if strings.Contains(page, `class="translation"`) != (len(want) > 1) {
			t.Errorf("%s shows a translation that its reader does not need", address)
		}
	}
}
