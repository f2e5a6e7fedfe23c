package web

import (
	"fmt"
	"net/http"
	"net/url"
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
		"{version}", "0.2", "{instrument}", "ICESCR", "{guide}", "council-act", "{image}", "city.png", "{tag}", "en", "{area}", "layout.json", "{token}", "NOTATOKEN", "{organisation}", "council", "{step}", "node", "{$}", "").Replace(pattern)
}

// asked is what each page of the desk must ask for, written down once more on purpose: verb and kind of resource.
var asked = map[string]string{
	"GET /{lang}/desk":                                                                                         "signed in",
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
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}":                                            "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign":                                    "answer answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}":                              "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}":                             "answer answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/check":                       "validate answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/history":                      "view answer",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign":                                     "answer answer",
	"GET /{lang}/guest":                                                                                        "guest",
	"POST /{lang}/guest":                                                                                       "guest",
	"GET /{lang}/guest/lost":                                                                                   "anybody",
	"GET /{lang}/guest/{token}":                                                                                "anybody",
	"POST /{lang}/guest/{token}":                                                                               "anybody",
	"GET /{lang}/sign-in":                                                                                      "anybody",
	"POST /{lang}/sign-in":                                                                                     "anybody",
	"POST /{lang}/sign-out":                                                                                    "anybody",
	"GET /{lang}/sign-in/{token}":                                                                              "anybody",
	"POST /{lang}/sign-in/{token}":                                                                             "anybody",
	"GET /{lang}/desk/cities/{city}/cycles":                                                                    "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles":                                                                   "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/new":                                                                "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}":                                                           "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/step":                                                     "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/prepare":                                                  "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/remove":                                                    "conduct city",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/remove":                                                   "conduct city",
	"GET /{lang}/desk/cities/{city}/first-year":                                                                "conduct city",
	"GET /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/translations":                 "view answer",
	"POST /{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/translations":                "answer answer",
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
}

func TestEveryRouteAsksForWhatIsWrittenDown(t *testing.T) {
	s := newSite(t)
	for _, r := range s.server.routes() {
		key, got := r.method+" "+r.pattern, map[string]string{"signedIn": "signed in", "anybody": "anybody", "guest": "guest"}[r.may.kind]
		if r.may.kind == "can" {
			request := &request{Request: &http.Request{}}
			request.SetPathValue("city", "example")
			about := r.may.resource(request)
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

// Every role against every route: what account.Can refuses is refused, what it allows is not.
func TestEveryRoleMeetsEveryRoute(t *testing.T) {
	d := newDesk(t)
	s := d.site
	type someone struct {
		name   string
		client *http.Client
		actor  account.Actor
	}
	everybody := []someone{{"a visitor", visitor(), account.Actor{}}, {"a person without a role", s.person(t, "nobody@example.org"), account.Actor{Person: "x"}}}
	for _, role := range account.Roles {
		for _, scope := range []account.Scope{account.Node, account.InCity("example"), account.InCity("elsewhere")} {
			g := account.Granted{Role: role, Scope: scope}
			if _, err := account.ParseGrant(string(role), string(scope)); err != nil {
				continue // a role that is not given in such a scope
			}
			name := fmt.Sprintf("%s for %s", role, scope)
			email := strings.NewReplacer("_", "-", "/", "-", " ", "-").Replace(name) + "@example.org"
			everybody = append(everybody, someone{name, s.person(t, email, g), account.Actor{Person: "x", Grants: []account.Granted{g}}})
		}
	}
	for _, asked := range []string{"LIV.5", "LIV.1"} { // one guest reaches the question that the addresses name, one another question of the same answers
		name := "a guest who is asked " + asked
		everybody = append(everybody, someone{name, d.guest(t, name, asked), account.Actor{Person: "x", Guest: true,
			Grants: []account.Granted{{Role: account.RoleGuest, Scope: account.InQuestion("example", "2026", "council", asked)}}}})
	}
	for _, r := range s.server.routes() {
		for _, who := range everybody {
			var status int
			if r.method == http.MethodPost {
				if r.pattern == "/{lang}/sign-out" || r.pattern == "/{lang}/sign-in" {
					continue // would change who they are
				}
				status = s.post(t, who.client, addressOf(r.pattern), url.Values{}).StatusCode
			} else {
				answer, _ := s.get(t, who.client, addressOf(r.pattern))
				status = answer.StatusCode
			}
			request := &request{Request: &http.Request{}}
			request.Request.SetPathValue("city", "example")
			request.Request.SetPathValue("organisation", "council")
			request.Request.SetPathValue("period", "2026")
			if strings.Contains(r.pattern, "{requirement}") {
				request.Request.SetPathValue("requirement", "LIV.5")
			}
			if r.may.kind == "signedIn" && who.actor.Guest {
				if status != http.StatusSeeOther {
					t.Errorf("%s %s answers %s with %d instead of their questions", r.method, r.pattern, who.name, status)
				}
				continue
			}
			allowed := r.may.kind == "public" || r.may.kind == "anybody" || who.actor.SignedIn() && (r.may.kind == "signedIn" || r.may.kind == "guest" && who.actor.Guest || r.may.verb != "" && account.Can(who.actor, r.may.verb, r.may.resource(request)))
			switch {
			case !allowed && !who.actor.SignedIn() && r.may.kept && status == http.StatusUnauthorized: // the page itself, which keeps what was sent
			case !allowed && !who.actor.SignedIn() && status != http.StatusSeeOther:
				t.Errorf("%s %s answers %s with %d instead of the sign-in page", r.method, r.pattern, who.name, status)
			case !allowed && who.actor.SignedIn() && status != http.StatusForbidden:
				t.Errorf("%s %s answers %s with %d instead of 403", r.method, r.pattern, who.name, status)
			case allowed && (status == http.StatusForbidden || status >= 500):
				t.Errorf("%s %s answers %s with %d", r.method, r.pattern, who.name, status)
			}
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
