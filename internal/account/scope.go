package account

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Scope is where a grant counts: Node, one city, one organisation, the cities of one network, or, of a guest, one question.
type Scope string

// Node is the scope of the whole node.
const Node Scope = "node"

// InCity is the scope of one city.
func InCity(id string) Scope { return Scope("city/" + id) }

// InOrganisation is the scope of one organisation.
func InOrganisation(id string) Scope { return Scope("organisation/" + id) }

// InNetwork is the scope of a network of cities: the network itself and the cities that belong to it.
func InNetwork(id string) Scope { return Scope("network/" + id) }

// InQuestion is the scope of one question that an organisation is asked in a cycle. Only guests have it.
func InQuestion(city, period, organisation, requirement string) Scope {
	return Scope("question/" + city + "/" + period + "/" + organisation + "/" + requirement)
}

var scopeForm = regexp.MustCompile(`^(node|(city|organisation|network)/[a-z0-9]+(-[a-z0-9]+)*)$`)

// Kind gives what a scope names: node, city, organisation or network.
func (s Scope) Kind() string {
	kind, _, _ := strings.Cut(string(s), "/")
	return kind
}

// fitting says with which kinds of scope a role can be granted.
var fitting = map[Role][]string{
	RoleContributor:        {"organisation"},
	RoleFocalPoint:         {"organisation"},
	RoleAlternate:          {"organisation"},
	RoleValidator:          {"organisation", "city"},
	RoleCoordinator:        {"city"},
	RoleReviewer:           {"city"},
	RoleObserver:           {"city", "network", "node"},
	RoleModerator:          {"city", "network", "node"},
	RoleNetworkCoordinator: {"network"},
	RoleAdministrator:      {"node"},
}

// ScopesOf gives the kinds of scope (see Scope.Kind) with which a role can be granted; none for what nobody can be granted.
func ScopesOf(role Role) []string { return slices.Clone(fitting[role]) }

// Granted is a role in a scope.
type Granted struct {
	Role  Role
	Scope Scope
}

// ParseGrant reads a role and a scope as the command line writes them: "coordinator" and "city/bristol". An empty scope is the node.
func ParseGrant(role, scope string) (Granted, error) {
	g := Granted{Role: Role(role), Scope: Scope(scope)}
	if scope == "" {
		g.Scope = Node
	}
	kinds, known := fitting[g.Role]
	if !known {
		return Granted{}, fault.SaidOf("role", "error.grant.role", `"{Role}" is not a role; known are {Known}`, "Role", role, "Known", join(Roles))
	}
	if !scopeForm.MatchString(string(g.Scope)) {
		return Granted{}, fault.SaidOf("scope", "error.grant.scope",
			`"{Scope}" is not a scope; the role {Role} is granted for {Forms}`, "Scope", scope, "Role", role, "Forms", forms(kinds))
	}
	if !slices.Contains(kinds, g.Scope.Kind()) {
		return Granted{}, fault.SaidOf("scope", "error.grant.scope",
			"the role {Role} is granted for {Forms}, not for {Scope}", "Role", role, "Forms", forms(kinds), "Scope", string(g.Scope))
	}
	return g, nil
}

// forms says how scopes of these kinds are written.
func forms(kinds []string) string {
	texts := make([]string, len(kinds))
	for i, kind := range kinds {
		texts[i] = kind + "/CODE"
		if kind == Node.Kind() {
			texts[i] = string(Node)
		}
	}
	return strings.Join(texts, " or ")
}

func join[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
