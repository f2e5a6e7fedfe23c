package statistics

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Series gives all series of a city: every row of its mapping applied to what was imported, by indicator. An indicator has several
// series where its rows of the mapping differ in unit or fit; the best fit comes first.
func (r *Room) Series(ctx context.Context, tx database.Tx, cityID string) ([]Series, error) {
	mapping, _, err := loadMapping(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	return r.series(ctx, tx, cityID, mapping)
}

// SeriesOf gives the series of one indicator, the best fit first; none where the city has no figures for it.
func (r *Room) SeriesOf(ctx context.Context, tx database.Tx, cityID, indicator string) ([]Series, error) {
	mapping, _, err := loadMapping(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	return r.series(ctx, tx, cityID, slices.DeleteFunc(mapping, func(row MappingRow) bool { return row.Indicator != indicator }))
}

func (r *Room) series(ctx context.Context, tx database.Tx, cityID string, mapping Mapping) ([]Series, error) {
	var codes []string
	for _, row := range mapping {
		for _, code := range []string{row.Source, row.Transform.Of} {
			if row.Fit != "no" && code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	raws, err := loadRaws(ctx, tx, cityID, codes)
	if err != nil {
		return nil, err
	}
	var population *Raw // of the city's own record
	if raws[PopulationCode] == nil && slices.ContainsFunc(mapping, MappingRow.rates) {
		people, err := r.populationOf(ctx, tx, cityID)
		if err != nil {
			return nil, err
		}
		population = people.raw()
	}
	var parts []part
	for _, row := range mapping {
		if raw := raws[row.Source]; raw != nil && row.Fit != "no" {
			base := raws[row.Transform.Of]
			if base == nil && row.Transform.Of == PopulationCode {
				base = population
			}
			parts = append(parts, view(row, raw, base, &findings{}))
		}
	}
	return assemble(cityID, parts, &findings{}), nil
}

// Raw gives a source indicator as its source has it; a fault of kind NotFound where the city has none of this code.
func (r *Room) Raw(ctx context.Context, tx database.Tx, cityID, source string) (*Raw, error) {
	raws, err := loadRaws(ctx, tx, cityID, []string{sourceCode(source)})
	if err != nil {
		return nil, err
	}
	if raw := raws[sourceCode(source)]; raw != nil {
		return raw, nil
	}
	return nil, fault.Said(fault.NotFound, "error.source.none", `{City} has no source indicator "{Source}"`, "City", cityID, "Source", source)
}

// loadRaws reads source indicators by their codes; those that the city does not have are left out.
func loadRaws(ctx context.Context, tx database.Tx, cityID string, codes []string) (map[string]*Raw, error) {
	raws := map[string]*Raw{}
	if len(codes) == 0 {
		return raws, nil
	}
	list, args := among(2, codes)
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var code, document string
		var at int64
		if err := rows.Scan(&code, &document, &at); err != nil {
			return err
		}
		raw, err := decodeRaw(code, document)
		if err != nil {
			return err
		}
		raw.About.Retrieved = at
		raws[code] = raw
		return nil
	}, `SELECT code, document, imported_at FROM statistics_source WHERE city_id = $1 AND code IN (`+list+`)`, append([]any{cityID}, args...)...)
	return raws, err
}

// among gives the placeholders from $first on and the arguments of a list.
func among(first int, values []string) (list string, args []any) {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = "$" + itoa(first+i)
		args = append(args, v)
	}
	return strings.Join(names, ", "), args
}

// MappingOf gives a city's mapping in its order.
func (r *Room) MappingOf(ctx context.Context, tx database.Tx, cityID string) (Mapping, error) {
	mapping, _, err := loadMapping(ctx, tx, cityID)
	return mapping, err
}

// Revisions gives the figures of an indicator that were changed or withdrawn, the latest import first. indicator is one of the standard
// (all source indicators that the mapping joins to it) or the code of a source indicator.
func (r *Room) Revisions(ctx context.Context, tx database.Tx, cityID, indicator string) ([]Revision, error) {
	mapping, _, err := loadMapping(ctx, tx, cityID)
	if err != nil {
		return nil, err
	}
	sources := []string{sourceCode(indicator)}
	if slices.ContainsFunc(mapping, func(row MappingRow) bool { return row.Indicator == indicator && row.rates() }) {
		sources = append(sources, indicator) // of its rates
	}
	for _, row := range mapping {
		if row.Indicator == indicator && row.Fit != "no" && !slices.Contains(sources, row.Source) {
			sources = append(sources, row.Source)
		}
	}
	in, args := among(2, sources)
	var list []Revision
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var rev Revision
		var dimensions string
		var withdrawn int
		if err := rows.Scan(&rev.ID, &rev.Source, &dimensions, &rev.Period.Text, &rev.Period.Start, &rev.Period.End, &rev.Old, &rev.New,
			&rev.OldLower, &rev.OldUpper, &rev.NewLower, &rev.NewUpper,
			&rev.OldText, &rev.NewText, &withdrawn, &rev.Reason, &rev.At, &rev.Actor, &rev.Import); err != nil {
			return err
		}
		rev.Withdrawn = withdrawn == 1
		list = append(list, rev)
		return json.Unmarshal([]byte(dimensions), &list[len(list)-1].Dimensions)
	}, `SELECT id, source, dimensions, period, start_day, end_day, old_value, new_value, old_lower, old_upper, new_lower, new_upper,
		old_text, new_text, withdrawn, reason, at, actor, import_id
		FROM statistics_revision WHERE city_id = $1 AND source IN (`+in+`) ORDER BY at DESC, source, id`, append([]any{cityID}, args...)...)
	return list, err
}

// ImportRecord is an import that changed something.
type ImportRecord struct {
	ID             string `json:"id"`
	At             int64  `json:"at"` // unix milliseconds
	Actor          string `json:"actor"`
	Format         Format `json:"format"`
	Name           string `json:"name"`
	Reason         string `json:"reason"`
	Values         Totals `json:"values"`
	Sources        Totals `json:"sources"`
	MappingChanged bool   `json:"mapping_changed"`
	// MappingReplaced counts what became of the former mapping's lines, without naming them; nil where there was none.
	MappingReplaced *MappingChange `json:"mapping_replaced"`
	Files           int            `json:"files"`
	Errors          int            `json:"errors"`
	Warnings        int            `json:"warnings"`
}

// Imports lists a city's imports, the latest first.
func (r *Room) Imports(ctx context.Context, tx database.Tx, cityID string) ([]ImportRecord, error) {
	var list []ImportRecord
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var one ImportRecord
		var document string
		if err := rows.Scan(&one.ID, &one.At, &one.Actor, &one.Format, &one.Name, &one.Reason, &document); err != nil {
			return err
		}
		id, at := one.ID, one.At
		if err := json.Unmarshal([]byte(document), &one); err != nil {
			return err
		}
		one.ID, one.At = id, at
		list = append(list, one)
		return nil
	}, `SELECT id, at, actor, origin, name, reason, document FROM statistics_import WHERE city_id = $1 ORDER BY at DESC, id DESC`, cityID)
	return list, err
}

// HoldsCity gives a Conflict where statistics were imported for the city: what was imported once is kept, with its revisions.
func (r *Room) HoldsCity(ctx context.Context, tx database.Tx, cityID string) error {
	var n int
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM statistics_import WHERE city_id = $1", cityID).Scan(&n); err != nil || n == 0 {
		return err
	}
	return fault.Said(fault.Conflict, "error.city.holds_figures", "{City} cannot be removed: statistics were imported for it, and they are kept with their history", "City", cityID)
}
