package city

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func insertGovernment(ctx context.Context, tx database.Tx, c City) error {
	_, err := tx.Exec(ctx, "INSERT INTO city_government ("+governmentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, governmentValues(c)...)
	return err
}

func updateGovernment(ctx context.Context, tx database.Tx, c City) error {
	_, err := tx.Exec(ctx, `UPDATE city_government SET name = $2, country = $3, kind = $4, population = $5, population_year = $6,
		population_source = $7, languages = $8, latitude = $9, longitude = $10, fictional = $11, since = $12, about = $13, version = $14
		WHERE city_id = $1`, governmentValues(c)...)
	return err
}

// governmentValues is in the order of governmentColumns.
func governmentValues(c City) []any {
	fictional := 0
	if c.Fictional {
		fictional = 1
	}
	return []any{c.ID, c.Name, c.Country, string(c.Kind), c.Population, c.PopulationYear, c.PopulationSource, strings.Join(c.Languages, " "),
		c.Latitude, c.Longitude, fictional, c.Since, c.About, c.Version}
}

// replacePlaces keeps the city's external codes. Returns Conflict where another city has one of them.
func replacePlaces(ctx context.Context, tx database.Tx, c City) error {
	if _, err := tx.Exec(ctx, "DELETE FROM city_place WHERE city_id = $1", c.ID); err != nil {
		return err
	}
	for _, source := range slices.Sorted(maps.Keys(c.Place)) {
		code := c.Place[source]
		others, err := texts(ctx, tx, "SELECT city_id FROM city_place WHERE code_key = $1 AND source_key = $2", codeKey(code), sourceKey(source))
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return fault.Said(fault.Conflict, "error.city.place_taken", "{Code} is the code of {City}", "Code", source+"="+code, "City", others[0]).
				At(fault.Place{Field: "place"})
		}
		if _, err := tx.Exec(ctx, "INSERT INTO city_place (city_id, source_key, source, code_key, code) VALUES ($1, $2, $3, $4, $5)",
			c.ID, sourceKey(source), source, codeKey(code), code); err != nil {
			return err
		}
	}
	return nil
}

func replaceCompetences(ctx context.Context, tx database.Tx, c City) error {
	if _, err := tx.Exec(ctx, "DELETE FROM city_competence WHERE city_id = $1", c.ID); err != nil {
		return err
	}
	for _, service := range slices.Sorted(maps.Keys(c.Competences)) {
		competence := c.Competences[service]
		if _, err := tx.Exec(ctx, "INSERT INTO city_competence (city_id, service, share, law) VALUES ($1, $2, $3, $4)",
			c.ID, service, string(competence.Share), competence.Law); err != nil {
			return err
		}
	}
	return nil
}
