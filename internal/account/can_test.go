package account

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// resources are one of each relation that a scope can have to a thing.
var resources = map[string]Resource{
	"the node":            {Kind: "node"},
	"alba":                {Kind: "city", City: "alba", Networks: []string{"league"}},
	"brisa":               {Kind: "city", City: "brisa"},
	"council answer":      {Kind: "answer", City: "alba", Organisation: "alba-council", Networks: []string{"league"}},
	"council draft":       {Kind: "answer", City: "alba", Organisation: "alba-council", Networks: []string{"league"}, Draft: true},
	"watch answer":        {Kind: "answer", City: "alba", Organisation: "watch", Networks: []string{"league"}, Independent: true},
	"watch draft":         {Kind: "answer", City: "alba", Organisation: "watch", Networks: []string{"league"}, Independent: true, Draft: true},
	"council sealed":      {Kind: "evidence", City: "alba", Organisation: "alba-council", Networks: []string{"league"}, Sealed: true},
	"watch sealed":        {Kind: "evidence", City: "alba", Organisation: "watch", Networks: []string{"league"}, Independent: true, Sealed: true},
	"the league":          {Kind: "organisation", Organisation: "league"},
	"another network":     {Kind: "organisation", Organisation: "union"},
	"a public page":       {Kind: "city", City: "brisa", Public: true},
	"ana's own entry":     {Kind: "person", Owner: "ana"},
	"somebody's entry":    {Kind: "person", Owner: "ben"},
	"an answer ana wrote": {Kind: "answer", City: "brisa", Organisation: "brisa-council", Owner: "ana"},
}

// TestCan is the whole table: what a person named ana with one grant may do. What stands in no line is refused.
func TestCan(t *testing.T) {
	const always = "a public page: view; ana's own entry: view edit"
	tests := []struct {
		role    Role
		scope   Scope
		allowed string
	}{
		{RoleVisitor, "", ""},
		{RoleContributor, "organisation/watch", "watch answer: view answer audit; watch draft: view answer audit; watch sealed: view answer audit"},
		{RoleContributor, "organisation/alba-council", "council answer: view answer audit; council draft: view answer audit; council sealed: view answer audit"},
		{RoleFocalPoint, "organisation/alba-council", "council answer: view answer audit; council draft: view answer audit; council sealed: view answer audit"},
		{RoleAlternate, "organisation/alba-council", "council answer: view answer audit; council draft: view answer audit; council sealed: view answer audit"},
		{RoleFocalPoint, "organisation/elsewhere", ""},
		{RoleValidator, "organisation/alba-council", "council answer: view validate audit; council draft: view validate audit; council sealed: view validate audit"},
		{RoleValidator, "city/alba", "alba: view validate audit; council answer: view validate audit; council draft: view validate audit; watch answer: view"},
		{RoleCoordinator, "city/alba", `alba: view answer import edit conduct publish grant audit;
			council answer: view answer import edit conduct publish grant audit; council draft: view answer import edit conduct publish grant audit;
			council sealed: view answer import edit conduct publish grant audit; watch answer: view import conduct publish`},
		{RoleCoordinator, "city/elsewhere", ""},
		{RoleReviewer, "city/alba", "alba: view review; council answer: view review; council draft: view review; watch answer: view review"},
		{RoleObserver, "city/alba", `alba: view review; council answer: view review; council draft: view review; watch answer: view review;
			council sealed: view review; watch sealed: view review`},
		{RoleObserver, "network/league", `alba: view review; council answer: view review; watch answer: view review; the league: view review;
			council sealed: view review; watch sealed: view review`},
		{RoleObserver, "node", `the node: view review; alba: view review; brisa: view review; council answer: view review;
			watch answer: view review; council sealed: view review; watch sealed: view review;
			the league: view review; another network: view review; a public page: review;
			ana's own entry: review; somebody's entry: view review; an answer ana wrote: view review`},
		{RoleModerator, "city/alba", "alba: view moderate; council answer: view moderate; council draft: view moderate; watch answer: view moderate"},
		{RoleModerator, "network/league", "alba: view moderate; council answer: view moderate; watch answer: view moderate; the league: view moderate"},
		{RoleNetworkCoordinator, "network/league", "alba: view; council answer: view; watch answer: view; the league: view edit grant"},
		{RoleNetworkCoordinator, "network/elsewhere", ""},
		{RoleAdministrator, "node", `the node: EVERY; alba: EVERY; brisa: EVERY; council answer: EVERY; the league: EVERY; another network: EVERY;
			a public page: EVERY; ana's own entry: EVERY; somebody's entry: EVERY; an answer ana wrote: EVERY;
			watch answer: view import conduct publish moderate grant operate audit`},
	}
	tested := map[Role]bool{}
	for _, test := range tests {
		tested[test.role] = true
		t.Run(string(test.role)+" in "+string(test.scope), func(t *testing.T) {
			if _, err := ParseGrant(string(test.role), string(test.scope)); err != nil && test.role != RoleVisitor {
				t.Errorf("a grant that nobody can have: %v", err)
			}
			want := table(t, always+";"+test.allowed)
			actor := Actor{Person: "ana", Grants: []Granted{{test.role, test.scope}}}
			for name, resource := range resources {
				for _, verb := range Verbs {
					if got := Can(actor, verb, resource); got != want[name][verb] {
						t.Errorf("%s %s: %v", verb, name, got)
					}
				}
			}
		})
	}
	for _, role := range Roles {
		if !tested[role] {
			t.Errorf("no line for %s", role)
		}
	}
}

// table reads "resource: verb verb; resource: verb".
func table(t *testing.T, text string) map[string]map[Verb]bool {
	t.Helper()
	want := map[string]map[Verb]bool{}
	for entry := range strings.SplitSeq(text, ";") {
		name, verbs, _ := strings.Cut(strings.TrimSpace(entry), ": ")
		if name == "" {
			continue
		}
		if _, known := resources[name]; !known {
			t.Fatalf("no resource %q", name)
		}
		if want[name] == nil {
			want[name] = map[Verb]bool{}
		}
		verbs = strings.ReplaceAll(verbs, "EVERY", "view import edit conduct publish moderate grant operate audit")
		for verb := range strings.FieldsSeq(verbs) {
			if !slices.Contains(Verbs, Verb(verb)) {
				t.Fatalf("no verb %q", verb)
			}
			want[name][Verb(verb)] = true
		}
	}
	return want
}

func TestVisitorSeesWhatIsPublicAndNothingElse(t *testing.T) {
	for name, resource := range resources {
		for _, verb := range Verbs {
			if want := resource.Public && verb == View; Can(Actor{}, verb, resource) != want {
				t.Errorf("a visitor: %s %s", verb, name)
			}
		}
	}
}

func TestWhatIsNotNamedIsRefused(t *testing.T) {
	all := Actor{Person: "ana"}
	for _, role := range Roles {
		for _, scope := range []Scope{Node, "city/alba", "organisation/watch", "network/league"} {
			all.Grants = append(all.Grants, Granted{role, scope})
		}
	}
	if Can(all, "destroy", resources["alba"]) {
		t.Error("an unknown verb was allowed")
	}
	if Can(Actor{Person: "ana", Grants: []Granted{{"owner", Node}}}, View, resources["alba"]) {
		t.Error("an unknown role was allowed")
	}
	if Can(Actor{Person: "ana", Grants: []Granted{{RoleCoordinator, ""}, {RoleCoordinator, "city/"}}}, View, Resource{}) {
		t.Error("an empty scope reached a resource without a city")
	}
}

// Another grant never takes anything away, and the order of grants says nothing.
func TestGrantsAddUp(t *testing.T) {
	names := slices.Sorted(maps.Keys(resources))
	rapid.Check(t, func(t *rapid.T) {
		grant := rapid.Custom(func(t *rapid.T) Granted {
			return Granted{rapid.SampledFrom(Roles).Draw(t, "role"),
				rapid.SampledFrom([]Scope{Node, "city/alba", "city/brisa", "organisation/watch", "network/league"}).Draw(t, "scope")}
		})
		grants := rapid.SliceOfN(grant, 0, 4).Draw(t, "grants")
		more := grant.Draw(t, "more")
		verb := rapid.SampledFrom(Verbs).Draw(t, "verb")
		resource := resources[rapid.SampledFrom(names).Draw(t, "resource")]
		before := Can(Actor{Person: "ana", Grants: grants}, verb, resource)
		alone := Can(Actor{Person: "ana", Grants: []Granted{more}}, verb, resource)
		after := Can(Actor{Person: "ana", Grants: append([]Granted{more}, grants...)}, verb, resource)
		if after != (before || alone) {
			t.Fatalf("%v with %v, %v with %v alone, %v together", before, grants, alone, more, after)
		}
	})
}

func TestParseGrantTakesWhatCanBeGranted(t *testing.T) {
	for _, test := range []struct {
		role, scope string
		ok          bool
	}{
		{"administrator", "", true},
		{"administrator", "node", true},
		{"administrator", "city/alba", false},
		{"coordinator", "city/alba", true},
		{"coordinator", "", false},
		{"coordinator", "organisation/alba-council", false},
		{"contributor", "organisation/watch", true},
		{"network_coordinator", "network/league", true},
		{"visitor", "node", false},
		{"king", "node", false},
		{"coordinator", "city/", false},
		{"coordinator", "city/Alba", false},
		{"coordinator", "city/alba/brisa", false},
	} {
		if _, err := ParseGrant(test.role, test.scope); (err == nil) != test.ok {
			t.Errorf("%s in %q: %v", test.role, test.scope, err)
		}
	}
}

func TestScopesOfGivesWhatParseGrantTakes(t *testing.T) {
	for _, role := range append([]Role{RoleVisitor, "king"}, Roles...) {
		for _, scope := range []Scope{Node, InCity("alba"), InOrganisation("watch"), InNetwork("league")} {
			_, err := ParseGrant(string(role), string(scope))
			if fits := slices.Contains(ScopesOf(role), scope.Kind()); fits != (err == nil) {
				t.Errorf("%s in %s: fits %v, %v", role, scope, fits, err)
			}
		}
	}
	ScopesOf(RoleCoordinator)[0] = "node"
	if _, err := ParseGrant("coordinator", "node"); err == nil {
		t.Error("a caller changed what fits")
	}
}

func TestParseGrantNamesTheScopesThatFit(t *testing.T) {
	for _, test := range []struct{ role, scope, want string }{
		{"coordinator", "", "scope: the role coordinator is granted for city/CODE, not for node"},
		{"observer", "organisation/watch", "scope: the role observer is granted for city/CODE or network/CODE or node, not for organisation/watch"},
		{"validator", "Alba", `scope: "Alba" is not a scope; the role validator is granted for organisation/CODE or city/CODE`},
	} {
		if _, err := ParseGrant(test.role, test.scope); err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
	}
}
