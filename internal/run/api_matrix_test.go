package run

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
)

// Every role against every operation by every method, by a token that is made for everything: what account.Can refuses to the person is refused to
// their token, what it allows is not, and a method that an address does not have is refused to everybody.
func TestEveryRoleMeetsEveryOperationByEveryMethod(t *testing.T) {
	p := demoAPI(t, "")
	var document struct {
		Paths map[string]map[string]struct {
			Security   []map[string][]string
			Parameters []struct {
				Name, In string
				Schema   struct{ Examples []any }
			}
		}
	}
	if err := json.Unmarshal([]byte(p.get(t, "/api/openapi.json")), &document); err != nil {
		t.Fatal(err)
	}
	type somebody struct {
		name    string
		actor   account.Actor
		headers []string
	}
	everybody := []somebody{{"a visitor", account.Actor{}, nil}}
	for _, role := range account.Roles {
		for _, scope := range []account.Scope{account.Node, account.InCity("arvenholt"), account.InCity("elsewhere"), account.InOrganisation("arvenholt-city"), account.InNetwork("league")} {
			if _, err := account.ParseGrant(string(role), string(scope)); err != nil {
				continue
			}
			_, id, _ := strings.Cut(string(scope), "/")
			about := map[string]account.Resource{"node": {Kind: "node"}, "city": {City: id}, "organisation": {City: "arvenholt", Organisation: id}, "network": {Organisation: id}}[scope.Kind()]
			name := fmt.Sprintf("%s for %s", role, scope)
			by := p.person(t, strings.NewReplacer("_", "-", "/", "-", " ", "-").Replace(name)+"@example.org", account.Granted{Role: role, Scope: scope}, about)
			everybody = append(everybody, somebody{name, by, p.token(t, by, account.Node, account.TokenVerbs...)})
		}
	}
	for pattern, item := range document.Paths {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodTrace, "PROPFIND"} {
			described, known := item[strings.ToLower(strings.Replace(method, http.MethodHead, http.MethodGet, 1))]
			path := pattern
			for _, one := range item {
				for _, parameter := range one.Parameters {
					if parameter.In == "path" && len(parameter.Schema.Examples) > 0 {
						path = strings.ReplaceAll(path, "{"+parameter.Name+"}", fmt.Sprint(parameter.Schema.Examples[0]))
					}
				}
			}
			if strings.Contains(path, "{") {
				t.Fatalf("%s has no examples of all that it names", pattern)
			}
			for _, who := range everybody {
				answer, body := p.send(t, method, path, "", append(who.headers, "Content-Type", "text/csv")...)
				want := "200"
				switch {
				case !known:
					want = "405"
				case len(described.Security) == 1 && len(described.Security[0]) > 0 && !who.actor.SignedIn():
					want = "401"
				case len(described.Security) == 1 && len(described.Security[0]) > 0 && !account.Can(who.actor, account.Import, account.Resource{Kind: "city", City: "arvenholt"}):
					want = "403"
				case method == http.MethodPost:
					want = "400" // nothing was sent
				}
				if got := fmt.Sprint(answer.StatusCode); got != want {
					t.Errorf("%s %s answers %s with %s, want %s: %s", method, path, who.name, got, want, body)
				}
			}
		}
	}
}
