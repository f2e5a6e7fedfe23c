package web

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
)

var updatePermissions = flag.Bool("update-permissions", false, "write the tables of pages in docs/permissions.md anew")

const permissionsFile = "../../docs/permissions.md"

// scopes are one of each kind, as a role is given in, with what it names.
var scopes = []struct {
	name  string
	scope account.Scope
}{
	{"city", account.InCity("example")}, {"authority", account.InOrganisation("council")}, {"independent organisation", account.InOrganisation("union")},
	{"network", account.InNetwork("league")}, {"node", account.Node},
}

// rolesTable says what each role may do with what its scope names.
func rolesTable() string {
	var b strings.Builder
	b.WriteString("| role | given for |")
	for _, verb := range account.Verbs {
		b.WriteString(" " + string(verb) + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(account.Verbs)) + "\n")
	for _, role := range account.Roles {
		for _, s := range scopes {
			g := account.Granted{Role: role, Scope: s.scope}
			if _, err := account.ParseGrant(string(role), string(s.scope)); err != nil {
				continue
			}
			fmt.Fprintf(&b, "| %s | %s |", strings.ReplaceAll(string(role), "_", " "), s.name)
			for _, verb := range account.Verbs {
				mark := ""
				if account.Can(account.Actor{Person: "x", Grants: []account.Granted{g}}, verb, scoped(s.scope)) {
					mark = "✓"
				}
				b.WriteString(strings.TrimRight(" "+mark, " ") + " |")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// pagesTable says what each page and file asks for, and which roles have it.
func (s *site) pagesTable() string {
	var b strings.Builder
	b.WriteString("| address | method | asks for | who may |\n|---|---|---|---|\n")
	for _, r := range s.server.routes() {
		asks, who := r.may.kind, "everybody"
		switch r.may.kind {
		case "public":
			asks = "nothing"
		case "anybody":
			asks = "nothing; never kept"
		case "signedIn":
			asks, who = "to be signed in", "whoever is signed in"
		case "can":
			asks, who = "`"+string(r.may.verb)+"`", s.whoMay(r)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", strings.TrimSuffix(r.pattern, "{$}"), r.method, asks, who)
	}
	return b.String()
}

// whoMay lists the roles that have what a route asks for, with what they must be given for. Where it asks about an organisation, both kinds are
// looked at.
func (s *site) whoMay(r route) string {
	var all []string
	for _, role := range account.Roles {
		var of []string
		for _, scope := range scopes {
			if _, err := account.ParseGrant(string(role), string(scope.scope)); err != nil {
				continue
			}
			actor := account.Actor{Person: "x", Grants: []account.Granted{{Role: role, Scope: scope.scope}}}
			reached := func(organisation string) bool {
				q := s.named()
				q.SetPathValue("organisation", organisation)
				return account.Can(actor, r.may.verb, r.may.resource(q))
			}
			name := "the " + scope.name
			if scope.scope.Kind() == "organisation" {
				name = "the organisation"
			}
			switch authority, independent := reached("council"), reached("union"); {
			case authority && !independent && scope.name == "city":
				of = append(of, "the city, unless the organisation is independent")
			case authority || independent:
				of = append(of, name)
			}
		}
		if len(of) > 0 {
			slices.Reverse(of) // the nearest first
			all = append(all, strings.ReplaceAll(string(role), "_", " ")+" of "+strings.Join(slices.Compact(of), " or "))
		}
	}
	return strings.Join(all, "; ")
}

// section gives the part of a document between two marks, and what stands around it.
func section(text, name string) (before, inside, after string, ok bool) {
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(text, begin)
	inside, after, closed := strings.Cut(rest, end)
	return before + begin, inside, end + after, found && closed
}

func TestTheTablesOfPermissionsAreWhatTheCodeAllows(t *testing.T) {
	s := newSite(t)
	text, err := os.ReadFile(permissionsFile)
	if err != nil {
		t.Fatal(err)
	}
	now := string(text)
	for name, table := range map[string]string{"roles": rolesTable(), "pages": s.pagesTable()} {
		before, inside, after, ok := section(now, name)
		if !ok {
			t.Fatalf("%s has no section %s", permissionsFile, name)
		}
		if diff := cmp.Diff(inside, table); diff != "" && !*updatePermissions {
			t.Errorf("the table of %s is not what the code allows; go test ./internal/web -run Permissions -update-permissions writes it anew:\n%s", name, diff)
		}
		now = before + table + after
	}
	if *updatePermissions {
		if err := os.WriteFile(permissionsFile, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
