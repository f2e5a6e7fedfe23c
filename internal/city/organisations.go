package city

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const organisationColumns = "o.city_id, o.organisation_id, o.kind, o.name, o.country, o.url, o.version"

// Organisation gives an organisation by its code. Returns NotFound where there is none.
func (r *Room) Organisation(ctx context.Context, tx database.Tx, id string) (Organisation, error) {
	o, err := scanOrganisation(tx.QueryRow(ctx, "SELECT "+organisationColumns+" FROM city_organisation o WHERE o.organisation_id = $1", id))
	if err != nil {
		return Organisation{}, notFound(err, fault.Said(fault.NotFound, "error.organisation.none", `there is no organisation with the code "{Code}"`, "Code", id))
	}
	return o, nil
}

// Organisations gives those that are part of a city or members in it, in the order of their codes.
func (r *Room) Organisations(ctx context.Context, tx database.Tx, cityID string) ([]Organisation, error) {
	return listOrganisations(ctx, tx, `WHERE o.city_id = $1 OR o.organisation_id IN
		(SELECT m.organisation_id FROM city_membership m WHERE m.city_id = $1)`, cityID)
}

// AllOrganisations gives every organisation of the node, in the order of their codes.
func (r *Room) AllOrganisations(ctx context.Context, tx database.Tx) ([]Organisation, error) {
	return listOrganisations(ctx, tx, "")
}

func listOrganisations(ctx context.Context, tx database.Tx, where string, args ...any) ([]Organisation, error) {
	var all []Organisation
	err := each(ctx, tx, func(row scanner) error {
		o, err := scanOrganisation(row)
		all = append(all, o)
		return err
	}, "SELECT "+organisationColumns+" FROM city_organisation o "+where, args...)
	slices.SortFunc(all, func(a, b Organisation) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// scanOrganisation reads the columns of an organisation, and what was selected after them.
func scanOrganisation(row scanner, after ...any) (o Organisation, err error) {
	err = row.Scan(append([]any{&o.City, &o.ID, &o.Kind, &o.Name, &o.Country, &o.URL, &o.Version}, after...)...)
	return o, err
}

// AddOrganisation keeps a new organisation. Returns Invalid with the field, NotFound where its city is not known, or Conflict where the
// code is taken.
func (r *Room) AddOrganisation(ctx context.Context, by string, o Organisation) error {
	return r.db.Write(ctx, func(tx database.Tx) error { return r.AddOrganisationIn(ctx, tx, by, o) })
}

// AddOrganisationIn is AddOrganisation inside a transaction of the caller.
func (r *Room) AddOrganisationIn(ctx context.Context, tx database.Tx, by string, o Organisation) error {
	o, err := CleanOrganisation(o)
	if err != nil {
		return err
	}
	if o.City != "" {
		if _, err := r.Get(ctx, tx, o.City); err != nil {
			return err
		}
	}
	switch _, err := r.Organisation(ctx, tx, o.ID); {
	case err == nil:
		return fault.Said(fault.Conflict, "error.organisation.code_taken", "there is an organisation with the code {Code} already", "Code", o.ID).
			At(fault.Place{Field: "code"})
	case fault.KindOf(err) != fault.NotFound:
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO city_organisation (city_id, organisation_id, kind, name, country, url, version)
		VALUES ($1, $2, $3, $4, $5, $6, 1)`, o.City, o.ID, string(o.Kind), o.Name, o.Country, o.URL)
	if err != nil {
		return err
	}
	return r.noteOrganisation(ctx, tx, by, o, differences(Organisation{}.fields(), o.fields()))
}

// UpdateOrganisation changes an organisation as a whole; its city stays. Returns Conflict where it has another version by now.
func (r *Room) UpdateOrganisation(ctx context.Context, by string, o Organisation) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		before, err := r.Organisation(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		o.City = before.City
		if o, err = CleanOrganisation(o); err != nil {
			return err
		}
		if before.Version != o.Version {
			return changedSince(o.ID)
		}
		edits := differences(before.fields(), o.fields())
		if len(edits) == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, `UPDATE city_organisation SET kind = $3, name = $4, country = $5, url = $6, version = version + 1
			WHERE city_id = $1 AND organisation_id = $2`, o.City, o.ID, string(o.Kind), o.Name, o.Country, o.URL)
		if err != nil {
			return err
		}
		return r.noteOrganisation(ctx, tx, by, o, edits)
	})
}

func (r *Room) noteOrganisation(ctx context.Context, tx database.Tx, by string, o Organisation, edits map[string]Edit) error {
	if err := r.note(ctx, tx, by, o.City, "organisation", o.ID, edits); err != nil {
		return err
	}
	if r.Changed == nil || o.City == "" {
		return nil
	}
	return r.Changed(ctx, tx, o.City)
}
