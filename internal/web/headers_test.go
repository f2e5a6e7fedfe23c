package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

func TestHeadersStandOnEveryAnswer(t *testing.T) {
	s := newSite(t)
	officer := coordinator(t, s, "officer@example.org")
	for _, path := range []string{"/", "/en/", "/en/desk", "/en/nothing-here", "/assets/site.css", "/healthz", "/readyz", "/xx/", "/en/desk/cities/example", "/en/desk/people", "/en/cities.csv"} {
		for _, method := range []string{http.MethodGet, http.MethodDelete} {
			answer := s.try(t, officer, method, path)
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "X-XSS-Protection": "0", "Referrer-Policy": "same-origin",
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
				"Origin-Agent-Cluster": "?1", "Permissions-Policy": "accelerometer=()", "X-Permitted-Cross-Domain-Policies": "none",
			} {
				if got := answer.Header.Get(name); !strings.HasPrefix(got, want) {
					t.Errorf("%s %s: %s is %q", method, path, name, got)
				}
			}
			for _, tells := range []string{"Server", "X-Powered-By", "Strict-Transport-Security"} {
				if got := answer.Header.Get(tells); got != "" {
					t.Errorf("%s %s: %s is %q", method, path, tells, got)
				}
			}
		}
	}
}

func TestBrowsersInsistOnHTTPSWherePeopleComeByIt(t *testing.T) {
	answer := httptest.NewRecorder()
	headers(true, http.NotFoundHandler()).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if got := answer.Header().Get("Strict-Transport-Security"); got != "max-age=31536000; includeSubDomains" {
		t.Errorf("Strict-Transport-Security is %q", got)
	}
}

var nonceForm = regexp.MustCompile(`script-src 'nonce-([A-Z2-7]{26})'`)

// directives reads a policy.
func directives(policy string) map[string]string {
	all := map[string]string{}
	for one := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), " ")
		all[name] = value
	}
	return all
}

func TestNothingRunsOnAPageForEverybodyAndOnlyWhatThePageNamesOnOneForAReader(t *testing.T) {
	s := newSite(t)
	officer, nonces := coordinator(t, s, "officer@example.org"), map[string]bool{}
	for _, r := range s.server.routes() {
		if r.method != http.MethodGet {
			continue
		}
		answer, body := s.get(t, officer, addressOf(r.pattern))
		policy := answer.Header.Get("Content-Security-Policy")
		said := directives(policy)
		for name, want := range map[string]string{"default-src": "'none'", "style-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'", "object-src": "'none'"} {
			if said[name] != want {
				t.Errorf("%s: %s is %q", r.pattern, name, said[name])
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
			t.Errorf("%s: the policy is %s", r.pattern, policy)
		}
		if r.may.public() {
			if said["script-src"] != "" || strings.Contains(body, "<script") {
				t.Errorf("%s is for everybody and may run scripts: %s", r.pattern, policy)
			}
			continue
		}
		nonce := nonceForm.FindStringSubmatch(policy)
		if nonce == nil || nonces[nonce[1]] {
			t.Errorf("%s: no nonce, or one that was given before: %s", r.pattern, policy)
			continue
		}
		nonces[nonce[1]] = true
	}
}

func TestAScriptOfAPageHasTheNonceOfItsAnswer(t *testing.T) {
	s := newSite(t)
	l, _ := s.server.locales.Get("en")
	q := &request{Request: httptest.NewRequest(http.MethodGet, "/en/desk", nil), server: s.server, locale: l}
	answer := httptest.NewRecorder()
	s.server.send(answer, q.Request, "en", q.page("x", nil, view{Scripts: []string{"grid.js"}, Body: plain("x")}), false, 0, false)
	nonce := nonceForm.FindStringSubmatch(answer.Header().Get("Content-Security-Policy"))
	if nonce == nil || !strings.Contains(answer.Body.String(), `<script src="/assets/grid.js?`+s.server.version+`" nonce="`+nonce[1]+`" defer></script>`) {
		t.Errorf("the nonce is %v: %s", nonce, answer.Body.String()[:600])
	}
}

// A write is done only where it cannot come from another site. Every method that writes, with and without a cookie, from everywhere.
func TestAWriteFromElsewhereIsRefusedByEveryMethod(t *testing.T) {
	passed := refuseForeignWrites(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for _, from := range []struct {
		says       string
		headers    map[string]string
		with, bare bool // whether it passes with a cookie and without
	}{
		{"our own page", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://node.example"}, true, true},
		{"typed into the browser", map[string]string{"Sec-Fetch-Site": "none"}, true, true},
		{"our own page in an old browser", map[string]string{"Origin": "http://node.example"}, true, true},
		{"a script without a browser", nil, false, true},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, false, false},
		{"another site that hides its origin", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "null"}, false, false},
		{"a sibling", map[string]string{"Sec-Fetch-Site": "same-site"}, false, false},
		{"another origin in an old browser", map[string]string{"Origin": "https://evil.example"}, false, false},
		{"an opaque origin in an old browser", map[string]string{"Origin": "null"}, false, false},
		{"another port", map[string]string{"Origin": "http://node.example:8081"}, false, false},
		{"a word that nobody knows", map[string]string{"Sec-Fetch-Site": "friendly"}, false, false},
		{"our name at the end of another's", map[string]string{"Origin": "http://evil-node.example"}, false, false},
	} {
		for _, method := range everyMethod {
			for _, cookie := range []bool{true, false} {
				request := httptest.NewRequest(method, "http://node.example/en/desk/cities", nil)
				for name, value := range from.headers {
					request.Header.Set(name, value)
				}
				want := from.bare
				if cookie {
					request.Header.Set("Cookie", "cityrights=x")
					want = from.with
				}
				reads := method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
				answer := httptest.NewRecorder()
				passed.ServeHTTP(answer, request)
				if got := answer.Code == http.StatusNoContent; got != (want || reads) {
					t.Errorf("%s, %s, cookie %v: status %d", method, from.says, cookie, answer.Code)
				}
			}
		}
	}
}

// What a reader types never becomes a header or an address elsewhere.
func TestNothingTypedBecomesAHeader(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	for _, value := range []string{"/en/desk\r\nSet-Cookie: a=b", "https://evil.example", "//evil.example", "/\\evil.example", "/en/desk/..//evil.example", "/en/desk/../../../evil", "/en/desk%0d%0aX: y", "javascript:alert(1)"} {
		client := visitor()
		answer := s.post(t, client, "/en/sign-in", url.Values{"email": {"admin@example.org"}, "password": {"a short sentence"}, "to": {value}})
		to, err := url.Parse(answer.Header.Get("Location"))
		if err != nil || answer.StatusCode != http.StatusSeeOther || to.Host != "" || to.Scheme != "" || !strings.HasPrefix(to.Path, "/en/desk") || answer.Header.Get("X") != "" ||
			strings.Contains(strings.Join(answer.Header.Values("Set-Cookie"), ";"), "a=b") {
			t.Errorf("%q: status %d, %v", value, answer.StatusCode, answer.Header)
		}
	}
	for _, path := range []string{"/en/desk/cities/example%0d%0aX:%20y/trail.csv", "/en/cities/example%0d%0aX:%20y", "//evil.example/%2e%2e", "/en//evil.example/", "/%5cevil.example", "/en/../../etc/passwd",
		"/assets/..%2f..%2fgo.mod", "/assets/%2e%2e/guard.go", "/en/cities/..%2f..%2f", "/en/desk/cities/example/statistics/preview/..%2f..%2f"} {
		answer, body := s.get(t, admin, path)
		if answer.Header.Get("X") != "" || answer.StatusCode >= 500 || strings.Contains(body, "package web") || strings.Contains(body, "module github.com") {
			t.Errorf("%s: status %d, %v", path, answer.StatusCode, answer.Header)
		}
		if to := answer.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.Contains(to, "://") {
			t.Errorf("%s leads elsewhere: %s", path, to)
		}
	}
}
