package city

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// OrganisationsByCity gives for every city those that are part of it or members in it, in the order of their codes, by one statement.
func (r *Room) OrganisationsByCity(ctx context.Context, tx database.Tx) (map[string][]Organisation, error) {
	all := map[string][]Organisation{}
	err := each(ctx, tx, func(row scanner) error {
		var at string
		o, err := scanOrganisation(row, &at)
		all[at] = append(all[at], o)
		return err
	}, "SELECT "+organisationColumns+`, o.city_id FROM city_organisation o WHERE o.city_id <> ''
		UNION SELECT `+organisationColumns+", m.city_id FROM city_membership m JOIN city_organisation o ON o.organisation_id = m.organisation_id")
	for _, organisations := range all {
		slices.SortFunc(organisations, func(a, b Organisation) int { return strings.Compare(a.ID, b.ID) })
	}
	return all, err
}
