package web

import (
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// grantable are the roles as a select field offers them: at first none is chosen.
func grantable() []string {
	roles := []string{""}
	for _, r := range account.Roles {
		roles = append(roles, string(r))
	}
	return roles
}

// grantScopes are what a role can be given for, as a select field offers them, and how each is called: the node, its cities, and the
// organisations, each with its city.
func (s *Server) grantScopes(q *request) (scopes []string, names map[string]string, err error) {
	cities, err := s.rooms.City.All(q.Context())
	if err != nil {
		return nil, nil, err
	}
	scopes, names = []string{"", string(account.Node)}, map[string]string{string(account.Node): q.t("people.whole_node")}
	for _, c := range cities {
		scope := string(account.InCity(c.ID))
		scopes, names[scope] = append(scopes, scope), c.Name
	}
	var organisations []city.Organisation
	err = s.rooms.View(q.Context(), func(tx database.Tx) error {
		organisations, err = s.rooms.City.AllOrganisations(q.Context(), tx)
		return err
	})
	for _, o := range organisations {
		scope := string(account.InOrganisation(o.ID))
		if o.Kind == city.Network {
			scope = string(account.InNetwork(o.ID))
		}
		scopes, names[scope] = append(scopes, scope), o.Name
		if at := names[string(account.InCity(o.City))]; at != "" {
			names[scope] += " – " + at
		}
	}
	return scopes, names, err
}

// resourceOf is what a grant is about. Returns NotFound for an organisation that is not there.
func (s *Server) resourceOf(q *request, g account.Granted) (account.Resource, error) {
	kind, id, _ := strings.Cut(string(g.Scope), "/")
	switch kind {
	case "city":
		return cityResource(id), nil
	case "organisation", "network":
		var o city.Organisation
		err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
			o, err = s.rooms.City.Organisation(q.Context(), tx, id)
			return err
		})
		return organisationResource(o), err
	}
	return account.Resource{Kind: "node"}, nil
}
