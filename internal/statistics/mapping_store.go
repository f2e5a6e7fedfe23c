package statistics

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// MappingRecord says of a mapping that a city has or had who brought it, and who replaced it.
type MappingRecord struct {
	Import     string // the import that brought it
	At         int64  // when, unix milliseconds
	Actor      string
	ReplacedAt int64 // 0: the city has it now
	ReplacedBy string
}

// Mappings lists the mappings that a city has and had, the latest first.
func (r *Room) Mappings(ctx context.Context, tx database.Tx, cityID string) ([]MappingRecord, error) {
	var list []MappingRecord
	scan := func(rows *sql.Rows) error {
		var one MappingRecord
		err := rows.Scan(&one.Import, &one.At, &one.Actor, &one.ReplacedAt, &one.ReplacedBy)
		list = append(list, one)
		return err
	}
	err := each(ctx, tx, scan, `SELECT i.id, i.at, i.actor, 0, '' FROM statistics_import i
		WHERE i.city_id = $1 AND i.id IN (SELECT m.import_id FROM statistics_mapping m WHERE m.city_id = $1)`, cityID)
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, scan, `SELECT i.id, i.at, i.actor, n.at, n.actor FROM statistics_former_mapping f
		JOIN statistics_import i ON i.city_id = f.city_id AND i.id = f.import_id
		JOIN statistics_import n ON n.city_id = f.city_id AND n.id = f.replaced_by
		WHERE f.city_id = $1 ORDER BY n.at DESC, n.id DESC`, cityID)
	return list, err
}

// MappingFrom gives the mapping that an import brought, be it the one that the city has or a former one. Returns NotFound where the import
// brought none.
func (r *Room) MappingFrom(ctx context.Context, tx database.Tx, cityID, importID string) (Mapping, error) {
	mapping, from, err := loadMapping(ctx, tx, cityID)
	if err != nil || from == importID && len(mapping) > 0 {
		return mapping, err
	}
	var document string
	err = tx.QueryRow(ctx, "SELECT document FROM statistics_former_mapping WHERE city_id = $1 AND import_id = $2", cityID, importID).Scan(&document)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Said(fault.NotFound, "error.mapping.none", "no mapping of {City} was brought by this import", "City", cityID)
	}
	if err != nil {
		return nil, err
	}
	var kept keptMapping
	err = json.Unmarshal([]byte(document), &kept)
	return kept.Rows, err
}

// keptMapping is the form in which a former mapping is kept.
type keptMapping struct {
	Rows Mapping `json:"rows"`
}

// loadMapping gives the mapping that a city has, and the import that brought it.
func loadMapping(ctx context.Context, tx database.Tx, cityID string) (mapping Mapping, importID string, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var text string
		var row MappingRow
		if err := rows.Scan(&text, &importID); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			return err
		}
		mapping = append(mapping, row)
		return nil
	}, `SELECT document, import_id FROM statistics_mapping WHERE city_id = $1 ORDER BY place`, cityID)
	return mapping, importID, err
}

// replaceMappings puts the mappings that jobs bring in the place of those that their cities have, which are kept.
func replaceMappings(ctx context.Context, tx database.Tx, jobs []*job) error {
	type row struct {
		*job
		place    int
		document string
	}
	var former, rows []row
	var cities []string
	for _, j := range jobs {
		if j.plan.mapping == nil {
			continue
		}
		cities = append(cities, j.request.City)
		if before := j.plan.former; len(before) > 0 {
			document, err := json.Marshal(keptMapping{before})
			if err != nil {
				return err
			}
			former = append(former, row{job: j, document: string(document)})
		}
		for place, one := range j.plan.mapping {
			document, err := json.Marshal(one)
			if err != nil {
				return err
			}
			rows = append(rows, row{j, place, string(document)})
		}
	}
	err := insertMany(ctx, tx, "INSERT INTO statistics_former_mapping (city_id, import_id, replaced_by, document) VALUES", "", len(former), func(i int) []any {
		f := former[i]
		return []any{f.request.City, f.plan.brought, f.report.Import, f.document}
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(cities, citiesAtOnce) {
		list, args := among(1, some)
		if _, err := tx.Exec(ctx, "DELETE FROM statistics_mapping WHERE city_id IN ("+list+")", args...); err != nil {
			return err
		}
	}
	return insertMany(ctx, tx, `INSERT INTO statistics_mapping (city_id, place, document, import_id) VALUES`, "", len(rows), func(i int) []any {
		return []any{rows[i].request.City, rows[i].place, rows[i].document, rows[i].report.Import}
	})
}
