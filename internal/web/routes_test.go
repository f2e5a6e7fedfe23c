package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

// addressOf fills a pattern's wildcards with things that exist: for everybody those of the published cycle, at the desk those of the open one.
func addressOf(pattern string) string {
	if strings.Contains(pattern, "/desk/") {
		pattern = strings.ReplaceAll(pattern, "{period}", "2026")
	}
	return strings.NewReplacer("{lang}", "en", "{city}", "example", "{period}", "2024", "{requirement}", "LIV.5", "{indicator}", "LIV.5.O1",
		"{version}", "0.2", "{instrument}", "ICESCR", "{guide}", "council-act", "{image}", "city.png", "{tag}", "en", "{area}", "layout.json",
		"{token}", "NOTATOKEN", "{organisation}", "council",
		"{step}", "node",
		"{$}", "").Replace(pattern)
}

// named is a request whose address names things that exist.
func (s *site) named() *request {
	q := &request{Request: httptest.NewRequest(http.MethodGet, "/", nil), server: s.server}
	q.SetPathValue("city", "example")
	q.SetPathValue("organisation", "union")
	return q
}

// asked is what each page of the desk must ask for, written down once more on purpose: verb and kind of resource.
var asked = map[string]string{
	"GET /{lang}/desk":                                                                                         "signed in",
	"GET /{lang}/desk/cities/{city}/cycles":                                                                    "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles":                                                                   "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/new":                                                                "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}":                                                           "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/step":                                                     "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/prepare":                                                  "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/remove":                                                    "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/remove":                                                   "conduct city",
	"GET /{lang}/desk/cities/{city}/first-year":                                                                "conduct city",
	"GET /{lang}/desk/cities/new":                                                                              "edit node",
	"POST /{lang}/desk/cities":                                                                                 "edit node",
	"GET /{lang}/desk/cities/{city}":                                                                           "edit city",
	"POST /{lang}/desk/cities/{city}":                                                                          "edit city",
	"GET /{lang}/desk/cities/{city}/statistics":                                                                "import city",
	"POST /{lang}/desk/cities/{city}/statistics":                                                               "import city",
	"GET /{lang}/desk/cities/{city}/statistics/preview/{upload}":                                               "import city",
	"GET /{lang}/desk/cities/{city}/mapping-template.csv":                                                      "import city",
	"GET /{lang}/desk/cities/{city}/indicators-template.yaml":                                                  "edit city",
	"POST /{lang}/desk/cities/{city}/statistics/save":                                                          "import city",
	"GET /{lang}/desk/cities/{city}/mappings/{import}/mapping.csv":                                             "import city",
	"GET /{lang}/desk/cities/{city}/indicators":                                                                "edit city",
	"POST /{lang}/desk/cities/{city}/indicators":                                                               "edit city",
	"GET /{lang}/desk/cities/{city}/indicators.yaml":                                                           "edit city",
	"POST /{lang}/desk/cities/{city}/indicators/file":                                                          "edit city",
	"GET /{lang}/desk/cities/{city}/indicators/new":                                                            "edit city",
	"GET /{lang}/desk/cities/{city}/indicators/{indicator}":                                                    "edit city",
	"GET /{lang}/desk/cities/{city}/indicators/{indicator}/remove":                                             "edit city",
	"POST /{lang}/desk/cities/{city}/indicators/{indicator}/remove":                                            "edit city",
	"GET /{lang}/desk/organisations":                                                                           "edit node",
	"POST /{lang}/desk/organisations":                                                                          "edit node",
	"GET /{lang}/desk/people":                                                                                  "operate node",
	"POST /{lang}/desk/people":                                                                                 "operate node",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/translations":                 "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/translations":                "answer answer",
	"GET /{lang}/sign-in":                                                                                      "anybody",
	"POST /{lang}/sign-in":                                                                                     "anybody",
	"POST /{lang}/sign-out":                                                                                    "anybody",
	"GET /{lang}/sign-in/{token}":                                                                              "anybody",
	"POST /{lang}/sign-in/{token}":                                                                             "anybody",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}":                                            "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign":                                    "answer answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}":                              "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}":                             "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/check":                       "validate answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/history":                      "view answer",
	"GET /{lang}/desk/tokens":                                                                                  "signed in",
	"POST /{lang}/desk/tokens":                                                                                 "signed in",
	"GET /{lang}/desk/trail":                                                                                   "audit node",
	"GET /{lang}/desk/trail.csv":                                                                               "audit node",
	"GET /{lang}/desk/cities/{city}/trail":                                                                     "audit city",
	"GET /{lang}/desk/cities/{city}/trail.csv":                                                                 "audit city",
	"GET /{lang}/desk/organisations/{organisation}/trail":                                                      "audit organisation",
	"GET /{lang}/desk/organisations/{organisation}/trail.csv":                                                  "audit organisation",
	"GET /{lang}/desk/statistics":                                                                              "import node",
	"POST /{lang}/desk/statistics":                                                                             "import node",
	"GET /{lang}/desk/statistics/preview/{upload}":                                                             "import node",
	"POST /{lang}/desk/statistics/save":                                                                        "import node",
	"GET /{lang}/desk/cities/{city}/statistics/grid":                                                           "import city",
	"POST /{lang}/desk/cities/{city}/statistics/grid":                                                          "import city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/evidence":                                                  "signed in",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence":                     "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence":                    "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/link":               "answer answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}":          "view answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}/edit":     "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}/edit":    "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}/level":   "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}/remove":  "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/evidence/{evidence}/restore": "answer answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign":                                     "answer answer",
	"GET /{lang}/guest":          "guest",
	"POST /{lang}/guest":         "guest",
	"GET /{lang}/guest/lost":     "anybody",
	"GET /{lang}/guest/{token}":  "anybody",
	"POST /{lang}/guest/{token}": "anybody",
}

func TestEveryRouteAsksForWhatIsWrittenDown(t *testing.T) {
	s := newSite(t)
	for _, r := range s.server.routes() {
		key, got := r.method+" "+r.pattern, map[string]string{"signedIn": "signed in", "anybody": "anybody", "guest": "guest"}[r.may.kind]
		if r.may.kind == "can" {
			about := r.may.resource(s.named())
			got = string(r.may.verb) + " " + about.Kind
			if (about.Kind == "city" || about.Kind == "answer") && about.City != "example" {
				t.Errorf("%s asks about the city %q", key, about.City)
			}
		}
		if want := asked[key]; got != want {
			t.Errorf("%s asks for %q, want %q", key, got, want)
		}
	}
}

func TestEveryRouteNamesItsPermission(t *testing.T) {
	s := newSite(t)
	seen := map[string]bool{}
	for _, r := range s.server.routes() {
		key := r.method + " " + r.pattern
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
		switch r.may.kind {
		case "public", "anybody", "signedIn", "guest":
			if r.may.verb != "" {
				t.Errorf("%s names a verb that nobody asks for", key)
			}
		case "can":
			if r.may.verb == "" || r.may.resource == nil {
				t.Errorf("%s names no verb or no resource", key)
			}
		default:
			t.Errorf("%s has no permission", key)
		}
		if r.may.public() && r.method != http.MethodGet {
			t.Errorf("%s is a write that everybody may do", key)
		}
		if strings.Contains(r.pattern, "/desk") && (r.may.public() || r.may.kind == "anybody") {
			t.Errorf("%s is a page of the desk without a permission", key)
		}
	}
}

func TestPublicPagesSetNoCookieAndSayTheSameToEverybody(t *testing.T) {
	s := newSite(t)
	officer := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	public := s.evidence(t, "Pay plan").ID
	for _, r := range s.server.routes() {
		if !r.may.public() {
			continue
		}
		r.pattern = strings.ReplaceAll(r.pattern, "{requirement}/evidence/{evidence}", "COM.2/evidence/"+public)
		answer, body := s.get(t, visitor(), addressOf(r.pattern))
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", r.pattern, answer.StatusCode)
		}
		if c := answer.Header.Get("Set-Cookie"); c != "" {
			t.Errorf("%s sets the cookie %s", r.pattern, c)
		}
		if strings.Contains(body, "⟦") {
			t.Errorf("%s says a message that the catalogue lacks: %s", r.pattern, body[strings.Index(body, "⟦"):][:60])
		}
		if _, other := s.get(t, officer, addressOf(r.pattern)); other != body {
			t.Errorf("%s differs for somebody who is signed in", r.pattern)
		}
	}
}

// Every requirement's page in every language, with all states and kinds of answers.
func TestAnAssessmentIsReadInEveryLanguage(t *testing.T) {
	s := newSite(t)
	for _, lang := range locale.Shipped {
		for _, path := range []string{"/cities", "/cities/example", "/cities/example/2024", "/cities/example/2024/LIV.5", "/cities/example/2024/LIV.1", "/cities/example/2024/LIV.3",
			"/cities/example/2024/COM.1", "/cities/example/2024/COM.2", "/cities/example/2024/INS.1", "/cities/example/2024/INS.2", "/cities/example/data/LIV.5.O1"} {
			answer, body := s.get(t, visitor(), "/"+lang+path)
			if answer.StatusCode != http.StatusOK || strings.Contains(body, "⟦") || strings.Contains(body, "no value>") {
				t.Errorf("/%s%s: status %d", lang, path, answer.StatusCode)
			}
		}
	}
	_, page := s.get(t, visitor(), "/en/cities/example/2024/LIV.5")
	for _, want := range []string{"Disputed", "Grade 3", "Grade 1", "38% say yes", "Cleaners are paid by contractors.", "2 steps apart", "https://city.example/pay", "Not settled"} {
		if !strings.Contains(strings.ReplaceAll(page, "38 %", "38%"), want) {
			t.Errorf("the page of LIV.5 does not say %q", want)
		}
	}
}
