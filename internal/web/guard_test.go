package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/statistics"
)

func TestAWriteFromElsewhereIsRefused(t *testing.T) {
	s := newSite(t)
	officer := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	for name, headers := range map[string]map[string]string{
		"another site":     {"Sec-Fetch-Site": "cross-site"},
		"another origin":   {"Origin": "https://evil.example"},
		"nothing said":     {},
		"a sibling":        {"Sec-Fetch-Site": "same-site"},
		"an opaque origin": {"Origin": "null"},
	} {
		request, _ := http.NewRequest(http.MethodPost, s.url+"/en/desk/cities", strings.NewReader(url.Values{"code": {"intruder"}, "name": {"x"}, "country": {"FR"}}.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range headers {
			request.Header.Set(k, v)
		}
		if answer := send(t, officer, request); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: status %d", name, answer.StatusCode)
		}
	}
	if _, err := s.rooms.City.One(context.Background(), "intruder"); err == nil {
		t.Error("a city was added from elsewhere")
	}
	if answer := s.post(t, officer, "/en/desk/cities", url.Values{"code": {"friend"}, "name": {"Friend"}, "country": {"FR"}}); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("our own form: status %d", answer.StatusCode)
	}
}

func TestAFormCarriesNoFileUnlessItIsAskedFor(t *testing.T) {
	s := newSite(t)
	for kind, want := range map[string]int{
		"multipart/form-data; boundary=x": http.StatusUnsupportedMediaType, "text/plain": http.StatusUnsupportedMediaType, "": http.StatusUnsupportedMediaType,
		"application/x-www-form-urlencoded; charset=utf-8": http.StatusUnauthorized,
	} {
		request, _ := http.NewRequest(http.MethodPost, s.url+"/en/sign-in", strings.NewReader("email=a&password=b"))
		request.Header.Set("Content-Type", kind)
		if answer := send(t, visitor(), request); answer.StatusCode != want {
			t.Errorf("%q: status %d, want %d", kind, answer.StatusCode, want)
		}
	}
	huge, _ := http.NewRequest(http.MethodPost, s.url+"/en/sign-in", strings.NewReader("email=a&password="+strings.Repeat("b", 3<<20)))
	huge.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if answer := send(t, visitor(), huge); answer.StatusCode == http.StatusOK || answer.StatusCode >= 500 {
		t.Errorf("a form of 3 MB: status %d", answer.StatusCode)
	}
}

func TestAPublicPageIsKeptUntilItsContentChanges(t *testing.T) {
	s := newSite(t)
	first, body := s.get(t, visitor(), "/en/cities/example/data/LIV.5.O1")
	again, _ := http.NewRequest(http.MethodGet, s.url+"/en/cities/example/data/LIV.5.O1", nil)
	again.Header.Set("If-None-Match", first.Header.Get("ETag"))
	if answer := send(t, visitor(), again); answer.StatusCode != http.StatusNotModified {
		t.Errorf("the same page again: status %d", answer.StatusCode)
	}
	if !strings.Contains(body, "9.3") {
		t.Fatal("the figure is not on its page")
	}
	_, err := s.rooms.Statistics.Import(context.Background(), statistics.Request{
		City: "example", Format: statistics.TidyCSV, Name: "figures", Actor: "test", Reason: "The office corrected it.",
		Files: fstest.MapFS{"figures.csv": {Data: []byte(strings.ReplaceAll(figures, "9.3", "12.7"))}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, body = s.get(t, visitor(), "/en/cities/example/data/LIV.5.O1")
	if !strings.Contains(body, "12.7") || !strings.Contains(body, "The office corrected it.") {
		t.Error("the page does not show the corrected figure with its reason")
	}
}

func TestAnAddressThatDoesNotExistSaysWhereToGo(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{
		"/en/nothing": "There is nothing", "/en/cities/nowhere": "There is nothing", "/en/standard/9.9": "There is nothing", "/nothing": "There is nothing",
		"/en/cities/example/1066": "There is nothing", "/en/rights/NONE": "There is nothing", "/en/cities/example/data/XXX.1.O1": "There is nothing",
	} {
		answer, body := s.get(t, visitor(), path)
		if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, want) || !strings.Contains(body, `href="/en/cities"`) {
			t.Errorf("%s: status %d", path, answer.StatusCode)
		}
	}
}

func TestAPageThatIsNotThereSaysInTheReadersLanguageWhatIsMissing(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for path, want := range map[string]string{
		"/en/cities/bristl":                                "There is no city with the short name “bristl”.",
		"/de/cities/bristl":                                "Es gibt keine Stadt mit dem Kurznamen „bristl“.",
		"/fr/cities/example/1066":                          "example n’a pas d’évaluation publique pour 1066.",
		"/es/cities/example/2024/LIV.99":                   "example no tiene ningún resultado público sobre LIV.99 de 2024.",
		"/en/cities/example/data/XXX.1.O1":                 "example has no public figures on XXX.1.O1.",
		"/ar/standard/9.9":                                 "على هذه المنصة.",
		"/en/standard/0.2/LIV.99":                          "The standard has no requirement LIV.99.",
		"/en/rights/NONE":                                  "The list of rights has no text NONE.",
		"/en/desk/cities/example/indicators/L.LIV.5.P9":    "example has no indicator L.LIV.5.P9 of its own.",
		"/en/desk/cities/example/indicators.yaml":          "example has no indicators of its own.",
		"/en/desk/cities/example/mappings/no1/mapping.csv": "This import brought no mapping.",
	} {
		answer, page := s.get(t, officer, path)
		if answer.StatusCode != http.StatusNotFound || !strings.Contains(page, want) {
			t.Errorf("%s: status %d, says %q: %v", path, answer.StatusCode, want, strings.Contains(page, want))
		}
	}
	if _, page := s.get(t, visitor(), "/en/cities/call%20the%20police%20now"); strings.Contains(page, "police now”") || strings.Contains(page, "short name") {
		t.Error("the page says after a stranger what an address holds")
	}
}

// Nobody learns from an error which cities there are: of one that is there, of one that is not, and of one without public pages the same is said.
func TestAnErrorDoesNotTellWhichCitiesThereAre(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	if err := s.rooms.City.Add(t.Context(), "test", city.City{ID: "otherwhere", Name: "Otherwhere", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/desk/cities/%s", "/en/desk/cities/%s/statistics", "/en/desk/cities/%s/indicators", "/en/desk/cities/%s/indicators/L.LIV.5.P1",
		"/en/cities/%s/2024", "/en/cities/%s/2024/LIV.5", "/en/cities/%s/data/LIV.5.O1"} {
		there, is := s.get(t, officer, strings.Replace(path, "%s", "otherwhere", 1))
		absent, not := s.get(t, officer, strings.Replace(path, "%s", "nowhere", 1))
		if there.StatusCode != absent.StatusCode || strings.ReplaceAll(is, "otherwhere", "nowhere") != not {
			t.Errorf("%s: status %d for a city that is there, %d for one that is not, or not the same words", path, there.StatusCode, absent.StatusCode)
		}
	}
}

func TestAForbiddenPageSaysWhoMayNotDoWhat(t *testing.T) {
	s := newSite(t)
	french, _ := s.server.locales.Get("fr")
	_, err := s.rooms.Account.Add(t.Context(), account.Actor{Person: "p", Name: "Ada"}, account.Person{Name: "B", Email: "b@example.org"}, "")
	page := s.server.failure(&request{Request: httptest.NewRequest(http.MethodGet, "/fr/", nil), server: s.server, locale: french}, err)
	body, done, err := render(t.Context(), french, page.view)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if want := "Ada ne peut pas ajouter de personnes."; page.status != http.StatusForbidden || !strings.Contains(body.String(), want) {
		t.Errorf("status %d, says %q: %v", page.status, want, strings.Contains(body.String(), want))
	}
}

func TestAnAddressThatIsNearlyRightLeadsThere(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{
		"/en": "/en/", "/en/cities/example/": "/en/cities/example", "/cities/example": "/en/cities/example", "/standard": "/en/standard",
	} {
		answer, _ := s.get(t, visitor(), path)
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusFound || got != want {
			t.Errorf("%s: status %d to %q, want %q", path, answer.StatusCode, got, want)
		}
	}
}

func TestNobodyIsSentElsewhereAfterSigningIn(t *testing.T) {
	q := &request{locale: english(t)}
	for to, want := range map[string]string{
		"": "/en/desk", "/en/desk/people": "/en/desk/people", "https://evil.example": "/en/desk", "//evil.example": "/en/desk", "/en/deskevil": "/en/desk",
		"/\\evil.example": "/en/desk", "/fr/desk": "/en/desk",
	} {
		if got := q.localPath(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}

func TestAReaderWhoHasGoneIsNoFault(t *testing.T) {
	s := newSite(t)
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, path := range []string{"/en/cities/example", "/en/standard", "/en/"} {
		var said bytes.Buffer
		s.server.log = slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))
		answer := httptest.NewRecorder()
		s.server.ServeHTTP(answer, httptest.NewRequestWithContext(gone, http.MethodGet, path, nil))
		if strings.Count(said.String(), "\n") != 1 || !strings.Contains(said.String(), "level=DEBUG") {
			t.Errorf("%s: the log says %q", path, said.String())
		}
		if answer.Body.Len() != 0 {
			t.Errorf("%s: a page was made for nobody", path)
		}
	}
}

func TestAFaultIsLoggedAlsoWhereTheReaderHasGone(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	request := httptest.NewRequestWithContext(gone, http.MethodGet, "/en/", nil)
	if hungUp(request, context.Canceled) {
		t.Error("a part that was stopped while the reader waits passes for a reader who has gone")
	}
	cancel()
	if hungUp(request, errors.New("disk full")) {
		t.Error("a full disk passes for a reader who has gone")
	}
}
