package statistics

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// loadState reads the state of a city.
func loadState(ctx context.Context, tx database.Tx, cityID string) (*state, error) {
	s := &state{sources: map[string]stored{}}
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var code string
		var one stored
		if err := rows.Scan(&code, &one.origin, &one.digest, &one.document); err != nil {
			return err
		}
		s.sources[code] = one
		return nil
	}, `SELECT code, origin, digest, document FROM statistics_source WHERE city_id = $1`, cityID)
	if err != nil {
		return nil, err
	}
	s.mapping, _, err = loadMapping(ctx, tx, cityID)
	return s, err
}

// each runs a query and scan for every row of its result.
func each(ctx context.Context, tx database.Tx, scan func(*sql.Rows) error, query string, args ...any) error {
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

// write stores a plan.
func (r *Room) write(ctx context.Context, tx database.Tx, req *Request, p *plan, report *Report) error {
	report.Import = database.NewID()
	at := r.Clock.Now().UnixMilli()
	totals, err := json.Marshal(map[string]any{"values": report.Values, "sources": report.Sources, "mapping_changed": report.MappingChanged, "mapping_replaced": report.MappingReplaced.counts(),
		"files": len(report.Files), "errors": report.Errors(), "warnings": report.Warnings()})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO statistics_import (city_id, id, at, actor, origin, name, reason, document)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, req.City, report.Import, at, req.Actor, string(req.Format), req.Name, req.Reason, string(totals)); err != nil {
		return err
	}
	for _, code := range p.withdrawn {
		if _, err := tx.Exec(ctx, `DELETE FROM statistics_source WHERE city_id = $1 AND code = $2`, req.City, code); err != nil {
			return err
		}
	}
	err = insertMany(ctx, tx, `INSERT INTO statistics_source (city_id, code, origin, digest, document, import_id, imported_at) VALUES`,
		` ON CONFLICT (city_id, code) DO UPDATE SET origin = excluded.origin, digest = excluded.digest, document = excluded.document,
		import_id = excluded.import_id, imported_at = excluded.imported_at`, len(p.save), func(i int) []any {
			s := p.save[i]
			return []any{req.City, s.code, string(req.Format), s.digest, s.document, report.Import, at}
		})
	if err != nil {
		return err
	}
	if err := writeRevisions(ctx, tx, req, p.revisions, report.Import, at); err != nil || p.mapping == nil {
		return err
	}
	return replaceMapping(ctx, tx, req.City, p.mapping, report.Import)
}

func writeRevisions(ctx context.Context, tx database.Tx, req *Request, list []Revision, importID string, at int64) error {
	dimensions := make([]string, len(list))
	for i, rev := range list {
		var err error
		if dimensions[i], err = rev.dimensionsJSON(); err != nil {
			return err
		}
	}
	return insertMany(ctx, tx, `INSERT INTO statistics_revision (city_id, source, id, dimensions, period, start_day, end_day, old_value, new_value,
		old_lower, old_upper, new_lower, new_upper, old_text, new_text, withdrawn, reason, at, actor, import_id) VALUES`, "", len(list), func(i int) []any {
		rev := list[i]
		withdrawn := 0
		if rev.Withdrawn {
			withdrawn = 1
		}
		return []any{req.City, rev.Source, database.NewID(), dimensions[i], rev.Period.Text, rev.Period.Start, rev.Period.End, rev.Old, rev.New,
			rev.OldLower, rev.OldUpper, rev.NewLower, rev.NewUpper, rev.OldText, rev.NewText, withdrawn, req.Reason, at, req.Actor, importID}
	})
}

// insertMany inserts n rows with as few statements as the engines' limits on parameters and a fair size of statement allow.
func insertMany(ctx context.Context, tx database.Tx, insert, conflict string, n int, values func(i int) []any) error {
	const batch = 100
	for from := 0; from < n; from += batch {
		var text strings.Builder
		var args []any
		text.WriteString(insert)
		for i := from; i < min(from+batch, n); i++ {
			row := values(i)
			if i > from {
				text.WriteByte(',')
			}
			text.WriteString(" (")
			for j := range row {
				if j > 0 {
					text.WriteByte(',')
				}
				fmt.Fprintf(&text, "$%d", len(args)+j+1)
			}
			text.WriteByte(')')
			args = append(args, row...)
		}
		if _, err := tx.Exec(ctx, text.String()+conflict, args...); err != nil {
			return err
		}
	}
	return nil
}
