package city

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const governmentColumns = `city_id, name, country, kind, population, population_year, population_source, languages, latitude, longitude,
	fictional, since, about, version`

// Get gives a city by its code. Returns NotFound where there is none.
func (r *Room) Get(ctx context.Context, tx database.Tx, id string) (City, error) {
	c, err := scanCity(tx.QueryRow(ctx, "SELECT "+governmentColumns+" FROM city_government WHERE city_id = $1", id))
	if err != nil {
		return City{}, notFound(err, noCity(id))
	}
	one := map[string]*City{id: &c}
	if err := readPlaces(ctx, tx, one, "WHERE city_id = $1", id); err != nil {
		return City{}, err
	}
	if err := readCompetences(ctx, tx, one, "WHERE city_id = $1", id); err != nil {
		return City{}, err
	}
	return c, nil
}

// List gives all cities in the order of their codes.
func (r *Room) List(ctx context.Context, tx database.Tx) ([]City, error) {
	var all []City
	err := each(ctx, tx, func(row scanner) error {
		c, err := scanCity(row)
		all = append(all, c)
		return err
	}, "SELECT "+governmentColumns+" FROM city_government")
	if err != nil {
		return nil, err
	}
	// Not ORDER BY: PostgreSQL sorts text by the language that the database was made with.
	slices.SortFunc(all, func(a, b City) int { return strings.Compare(a.ID, b.ID) })
	byID := make(map[string]*City, len(all))
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	if err := readPlaces(ctx, tx, byID, ""); err != nil {
		return nil, err
	}
	return all, readCompetences(ctx, tx, byID, "")
}

// ByPlace gives the id of the city that has an external code. An empty source means any. Returns NotFound where no city has it, and
// Conflict where it is the code of several cities in different sources.
func (r *Room) ByPlace(ctx context.Context, tx database.Tx, source, code string) (string, error) {
	found, err := texts(ctx, tx, "SELECT DISTINCT city_id FROM city_place WHERE code_key = $1 AND ($2 = '' OR source_key = $2)",
		codeKey(code), sourceKey(source))
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fault.Said(fault.NotFound, "error.city.no_place", "no city has the code {Code}", "Code", source+"="+code)
	case len(found) > 1:
		return "", fault.Said(fault.Conflict, "error.city.place_several", "the code {Code} belongs to {Cities}; name its source",
			"Code", code, "Cities", strings.Join(found, ", "))
	}
	return found[0], nil
}

type scanner interface{ Scan(...any) error }

func scanCity(row scanner) (City, error) {
	var c City
	var languages string
	err := row.Scan(&c.ID, &c.Name, &c.Country, &c.Kind, &c.Population, &c.PopulationYear, &c.PopulationSource, &languages,
		&c.Latitude, &c.Longitude, &c.Fictional, &c.Since, &c.About, &c.Version)
	c.Languages = strings.Fields(languages)
	c.Place, c.Competences = map[string]string{}, map[string]Competence{}
	return c, err
}

func readPlaces(ctx context.Context, tx database.Tx, cities map[string]*City, where string, args ...any) error {
	return each(ctx, tx, func(row scanner) error {
		var id, source, code string
		if err := row.Scan(&id, &source, &code); err != nil {
			return err
		}
		cities[id].Place[source] = code
		return nil
	}, "SELECT city_id, source, code FROM city_place "+where, args...)
}

func readCompetences(ctx context.Context, tx database.Tx, cities map[string]*City, where string, args ...any) error {
	return each(ctx, tx, func(row scanner) error {
		var id, service string
		var competence Competence
		if err := row.Scan(&id, &service, &competence.Share, &competence.Law); err != nil {
			return err
		}
		cities[id].Competences[service] = competence
		return nil
	}, "SELECT city_id, service, share, law FROM city_competence "+where, args...)
}

// each calls scan for every row of a query.
func each(ctx context.Context, tx database.Tx, scan func(scanner) error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// texts gives the only column of a query's rows, sorted.
func texts(ctx context.Context, tx database.Tx, query string, args ...any) (all []string, err error) {
	err = each(ctx, tx, func(row scanner) error {
		var one string
		err := row.Scan(&one)
		all = append(all, one)
		return err
	}, query, args...)
	slices.Sort(all)
	return all, err
}
