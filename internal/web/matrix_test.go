package web

import (
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

// somebody is one column of the matrix.
type somebody struct {
	name   string
	client *http.Client
	actor  account.Actor
}

// everybody is a visitor, a person without a role, and a person for each role in each scope that it can be given for: here and elsewhere.
func (s *site) everybody(t *testing.T) []somebody {
	t.Helper()
	all := []somebody{{"a visitor", visitor(), account.Actor{}}, {"a person without a role", s.person(t, "nobody@example.org"), account.Actor{Person: "x"}}}
	for _, role := range account.Roles {
		for _, scope := range []account.Scope{account.Node, account.InCity("example"), account.InCity("elsewhere"), account.InOrganisation("union"), account.InOrganisation("council"),
			account.InNetwork("league")} {
			g := account.Granted{Role: role, Scope: scope}
			if _, err := account.ParseGrant(string(role), string(scope)); err != nil {
				continue // a role that is not given in such a scope
			}
			name := fmt.Sprintf("%s for %s", role, scope)
			email := strings.NewReplacer("_", "-", "/", "-", " ", "-").Replace(name) + "@example.org"
			all = append(all, somebody{name, s.person(t, email, g), account.Actor{Person: "x", Grants: []account.Granted{g}}})
		}
	}
	return all
}

// narrower are the addresses whose page asks more than its route: who shares out the questions of the city's own organisation must conduct its
// assessments (account.Assigns).
var narrower = []string{"/{lang}/desk/cities/{city}/cycles/{period}/{organisation}/assign"}

// everyMethod is what a program may send, whether or not it means anything here.
var everyMethod = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "PROPFIND"}

// try sends a request as our own page would, with an empty form where it writes.
func (s *site) try(t *testing.T, client *http.Client, method, path string) reply {
	t.Helper()
	if method == http.MethodPost {
		return s.post(t, client, path, url.Values{})
	}
	request, err := http.NewRequest(method, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(t, client, request)
}

// router gives the route that takes a request, if there is one. That of a wildcard may take what another route has for another method:
// GET …/indicators/file asks for an indicator of that name.
func (s *site) router() func(method, path string) (route, bool) {
	mux, byPattern := http.NewServeMux(), map[string]route{}
	for _, r := range s.server.routes() {
		mux.HandleFunc(r.method+" "+r.pattern, http.NotFound)
		byPattern[r.method+" "+r.pattern] = r
	}
	return func(method, path string) (route, bool) {
		_, pattern := mux.Handler(httptest.NewRequest(method, path, nil))
		r, known := byPattern[pattern]
		return r, known
	}
}

// Every role against every address and every method: what account.Can refuses is refused, what it allows is not, and a method that an address
// does not have is refused to everybody in the same way.
func TestEveryRoleMeetsEveryRouteByEveryMethod(t *testing.T) {
	d := newDesk(t)
	s := d.site
	people, asked, router := s.everybody(t), 0, s.router()
	for _, question := range []string{"LIV.5", "LIV.1"} { // one guest reaches the question that the addresses name, one another question of the same answers
		name := "a guest who is asked " + question
		people = append(people, somebody{name, d.guest(t, name, question), account.Actor{Person: "x", Guest: true,
			Grants: []account.Granted{{Role: account.RoleGuest, Scope: account.InQuestion("example", "2026", "council", question)}}}})
	}
	addresses := map[string]bool{}
	for _, r := range s.server.routes() {
		addresses[r.pattern] = true
		if found, ok := router(r.method, addressOf(r.pattern)); !ok || found.pattern != r.pattern {
			t.Errorf("%s %s is taken by %s", r.method, r.pattern, found.pattern)
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(addresses)) {
		for _, method := range everyMethod {
			r, known := router(method, addressOf(pattern))
			if method == http.MethodPost && (pattern == "/{lang}/sign-out" || pattern == "/{lang}/sign-in") {
				continue // would change who they are
			}
			for _, who := range people {
				asked++
				answer := s.try(t, who.client, method, addressOf(pattern))
				if !known {
					if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") == "" || strings.Contains(answer.Header.Get("Allow"), method) {
						t.Errorf("%s %s, which is not there, answers %s with %d, Allow %q", method, pattern, who.name, answer.StatusCode, answer.Header.Get("Allow"))
					}
					continue
				}
				s.wantAllowed(t, r, method+" "+addressOf(pattern), who, answer.StatusCode)
			}
		}
	}
	if want := len(addresses) * (len(everyMethod) - 1) * len(people); asked < want {
		t.Errorf("only %d requests were sent, want %d", asked, want)
	}
}

func (s *site) wantAllowed(t *testing.T, r route, asked string, who somebody, status int) {
	t.Helper()
	about := s.named()
	for i, part := range strings.Split(r.pattern, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			about.SetPathValue(strings.TrimSuffix(name, "}"), strings.Split(asked, "/")[i])
		}
	}
	allowed := r.may.kind == "public" || r.may.kind == "anybody" ||
		who.actor.SignedIn() && (r.may.kind == "signedIn" || r.may.kind == "guest" && who.actor.Guest ||
			r.may.verb != "" && account.Can(who.actor, r.may.verb, r.may.resource(about)))
	switch {
	case !allowed && !who.actor.SignedIn() && r.may.kept && status == http.StatusUnauthorized: // the sign-in page itself, which keeps what was sent
	case !allowed && !who.actor.SignedIn() && status != http.StatusSeeOther:
		t.Errorf("%s answers %s with %d instead of the sign-in page", asked, who.name, status)
	case !allowed && who.actor.SignedIn() && status != http.StatusForbidden:
		t.Errorf("%s answers %s with %d instead of 403", asked, who.name, status)
	case allowed && status == http.StatusForbidden && slices.Contains(narrower, r.pattern):
	case allowed && (status == http.StatusForbidden || status == http.StatusMethodNotAllowed || status >= 500):
		t.Errorf("%s answers %s with %d", asked, who.name, status)
	}
}

// What has no language is the same for everybody, and only read.
func TestFilesAndProbesAreReadByEverybodyAndWrittenByNobody(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	paths := map[string]int{"/": http.StatusFound, "/healthz": http.StatusOK, "/readyz": http.StatusOK, "/.well-known/security.txt": http.StatusNotFound,
		"/assets/": http.StatusNotFound, "/assets/forms.scss": http.StatusNotFound, "/assets/nothing.css": http.StatusNotFound, "/assets/../guard.go": http.StatusNotFound}
	err := fs.WalkDir(assetFiles, "assets", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".scss") {
			paths["/"+path] = http.StatusOK
		}
		return err
	})
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d files (%v)", len(paths), err)
	}
	for path, want := range paths {
		for _, client := range []*http.Client{visitor(), admin} {
			for _, method := range everyMethod {
				answer := s.try(t, client, method, path)
				switch reads := method == http.MethodGet || method == http.MethodHead; {
				case reads && answer.StatusCode != want:
					t.Errorf("%s %s: status %d, want %d", method, path, answer.StatusCode, want)
				case !reads && answer.StatusCode != http.StatusMethodNotAllowed:
					t.Errorf("%s %s: status %d", method, path, answer.StatusCode)
				}
			}
		}
	}
}

func TestAMethodThatAnAddressDoesNotHaveIsRefusedInTheReadersLanguage(t *testing.T) {
	s := newSite(t)
	answer := s.try(t, visitor(), http.MethodDelete, "/de/cities/example")
	if answer.Header.Get("Allow") != "GET, HEAD" || !strings.Contains(answer.Body, "So lässt sich diese Seite nicht abrufen") {
		t.Errorf("status %d, Allow %q: %s", answer.StatusCode, answer.Header.Get("Allow"), answer.Body)
	}
	if answer := s.try(t, visitor(), http.MethodDelete, "/de/nothing-here"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an address that is not there: status %d", answer.StatusCode)
	}
}
