package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

// addressOf fills a pattern's wildcards with things that exist.
func addressOf(pattern string) string {
	return strings.NewReplacer("{lang}", "en", "{city}", "example", "{period}", "2024", "{requirement}", "LIV.5", "{indicator}", "LIV.5.O1",
		"{version}", "0.2", "{instrument}", "ICESCR", "{token}", "NOTATOKEN", "{$}", "").Replace(pattern)
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
		case "public", "anybody", "signedIn":
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
	s := newSite(t)
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
			allowed := r.may.kind == "public" || r.may.kind == "anybody" || who.actor.SignedIn() && (r.may.kind == "signedIn" || account.Can(who.actor, r.may.verb, r.may.resource(request)))
			switch {
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
	for _, r := range s.server.routes() {
		if !r.may.public() {
			continue
		}
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
