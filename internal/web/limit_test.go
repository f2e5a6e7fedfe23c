package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/limit"
)

// pausing is a clock that a test sets.
type pausing struct{ now time.Time }

func (p *pausing) Now() time.Time { return p.now }

// from sends a request as it comes through a proxy on the machine.
func (s *site) from(t *testing.T, address, method, path string, form url.Values) reply {
	t.Helper()
	request, err := http.NewRequest(method, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-For", address)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return send(t, visitor(), request)
}

func TestWhoTriesPasswordsTooFastIsToldToWaitInTheirLanguage(t *testing.T) {
	s := newSite(t)
	clock := &pausing{time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	s.server.limits = limit.New(clock)
	try := func(address string, i int) reply {
		return s.from(t, address, http.MethodPost, "/de/sign-in", url.Values{"email": {strconv.Itoa(i) + "@example.org"}, "password": {"wrong"}})
	}
	for i := range signingIn.Burst {
		if answer := try("203.0.113.7", i); answer.StatusCode != http.StatusUnauthorized {
			t.Fatalf("try %d: status %d", i, answer.StatusCode)
		}
	}
	answer := try("203.0.113.200", 99)
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") != "10" || answer.Header.Get("Cache-Control") != "no-store" ||
		!strings.Contains(answer.Body, `lang="de"`) || !strings.Contains(answer.Body, "Aus Ihrem Netz kommen zu viele Anfragen. Sekunden bis zum nächsten Versuch: 10.") || strings.Contains(answer.Body, "203.0.113") {
		t.Errorf("one too many: status %d, %v\n%s", answer.StatusCode, answer.Header, answer.Body)
	}
	if answer := try("198.51.100.1", 100); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("somebody elsewhere: status %d", answer.StatusCode)
	}
	if answer := s.from(t, "203.0.113.7", http.MethodGet, "/de/sign-in", nil); answer.StatusCode != http.StatusOK {
		t.Errorf("the page to sign in on: status %d", answer.StatusCode)
	}
	clock.now = clock.now.Add(10 * time.Second)
	if answer := try("203.0.113.7", 101); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("after the wait: status %d", answer.StatusCode)
	}
}

func TestPagesThatAreReadyAreNotCounted(t *testing.T) {
	s := newSite(t)
	s.server.limits = limit.New(&pausing{time.Now()})
	for range reading.Burst + 50 {
		if answer := s.from(t, "203.0.113.7", http.MethodGet, "/en/cities/example", nil); answer.StatusCode != http.StatusOK {
			t.Fatalf("a page that is ready: status %d", answer.StatusCode)
		}
	}
	var last reply
	for i := range reading.Burst + 1 {
		last = s.from(t, "203.0.113.7", http.MethodGet, "/en/cities/example?x="+strconv.Itoa(i), nil)
	}
	if last.StatusCode != http.StatusTooManyRequests || last.Header.Get("Retry-After") != "1" {
		t.Errorf("pages that have to be made: status %d, Retry-After %q", last.StatusCode, last.Header.Get("Retry-After"))
	}
	if answer := s.from(t, "203.0.113.7", http.MethodGet, "/en/cities/example", nil); answer.StatusCode != http.StatusOK {
		t.Errorf("a page that is ready, after that: status %d", answer.StatusCode)
	}
}

// What can be guessed or costs much is bounded; a new page of that kind says so.
func TestWhatIsExpensiveOrCanBeGuessedIsLimited(t *testing.T) {
	s := newSite(t)
	want := map[string]limit.Rule{
		"POST /{lang}/sign-in": signingIn, "GET /{lang}/sign-in/{token}": signingIn, "POST /{lang}/sign-in/{token}": signingIn,
		"GET /{lang}/guest/{token}": signingIn, "POST /{lang}/guest/{token}": signingIn,
		"GET /{lang}/desk/cities/{city}/statistics/preview/{upload}": looking,
	}
	for _, r := range s.server.routes() {
		key := r.method + " " + r.pattern
		rule := want[key]
		delete(want, key)
		switch {
		case r.may.upload:
			rule = uploading
		case strings.HasSuffix(r.pattern, "/trail.csv"):
			rule = looking
		}
		if r.may.rule != rule {
			t.Errorf("%s is limited by %q, want %q", key, r.may.rule.Name, rule.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("there are no %v", want)
	}
}

func TestAHeaderOfAStrangerDoesNotChooseWhoWaits(t *testing.T) {
	s := newSite(t)
	s.server.limits = limit.New(&pausing{time.Now()})
	answer := func(i int) int {
		request := httptest.NewRequest(http.MethodPost, "/en/sign-in", strings.NewReader("email=a&password=b"))
		request.RemoteAddr = "203.0.113.7:4000"
		request.Header.Set("X-Forwarded-For", "198.51.100."+strconv.Itoa(i)) // no proxy of ours says so
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.server.ServeHTTP(w, request)
		return w.Code
	}
	for i := range signingIn.Burst {
		answer(i)
	}
	if got := answer(200); got != http.StatusTooManyRequests {
		t.Errorf("status %d", got)
	}
}
