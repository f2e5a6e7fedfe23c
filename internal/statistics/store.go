package statistics

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// citiesAtOnce bounds how many cities one query names.
const citiesAtOnce = 500

// loadStates reads the states of cities, without the standard that they have.
func loadStates(ctx context.Context, tx database.Tx, cities []string) (map[string]*state, error) {
	all := make(map[string]*state, len(cities))
	for _, city := range cities {
		all[city] = &state{sources: map[string]stored{}}
	}
	for some := range slices.Chunk(cities, citiesAtOnce) {
		list, args := among(1, some)
		err := each(ctx, tx, func(rows *sql.Rows) error {
			var city, code string
			var one stored
			if err := rows.Scan(&city, &code, &one.origin, &one.digest, &one.document); err != nil {
				return err
			}
			all[city].sources[code] = one
			return nil
		}, `SELECT city_id, code, origin, digest, document FROM statistics_source WHERE city_id IN (`+list+`)`, args...)
		if err != nil {
			return nil, err
		}
		err = each(ctx, tx, func(rows *sql.Rows) error {
			var city, text, brought string
			var row MappingRow
			if err := rows.Scan(&city, &text, &brought); err != nil {
				return err
			}
			s := all[city]
			err := json.Unmarshal([]byte(text), &row)
			s.mapping, s.brought = append(s.mapping, row), brought
			return err
		}, `SELECT city_id, document, import_id FROM statistics_mapping WHERE city_id IN (`+list+`) ORDER BY city_id, place`, args...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
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

// write stores the plans of jobs, each of another city, with few statements however many they are.
func (r *Room) write(ctx context.Context, tx database.Tx, jobs []*job) error {
	at := r.Clock.Now().UnixMilli()
	type source struct {
		*job
		saved
	}
	var sources []source
	var revisions []revised
	totals := make([]string, len(jobs))
	for i, j := range jobs {
		report := j.report
		report.Import = database.NewID()
		text, err := json.Marshal(map[string]any{"values": report.Values, "sources": report.Sources, "mapping_changed": report.MappingChanged, "mapping_replaced": report.MappingReplaced.counts(),
			"files": len(report.Files), "errors": report.Errors(), "warnings": report.Warnings()})
		if err != nil {
			return err
		}
		totals[i] = string(text)
		for _, code := range j.plan.withdrawn {
			if _, err := tx.Exec(ctx, `DELETE FROM statistics_source WHERE city_id = $1 AND code = $2`, j.request.City, code); err != nil {
				return err
			}
		}
		for _, s := range j.plan.save {
			sources = append(sources, source{j, s})
		}
		for _, rev := range j.plan.revisions {
			dimensions, err := rev.dimensionsJSON()
			if err != nil {
				return err
			}
			revisions = append(revisions, revised{j, rev, dimensions})
		}
	}
	err := insertMany(ctx, tx, `INSERT INTO statistics_import (city_id, id, at, actor, origin, name, reason, document) VALUES`, "", len(jobs), func(i int) []any {
		req := &jobs[i].request
		return []any{req.City, jobs[i].report.Import, at, req.Actor, string(req.Format), req.Name, req.Reason, totals[i]}
	})
	if err != nil {
		return err
	}
	err = insertMany(ctx, tx, `INSERT INTO statistics_source (city_id, code, origin, digest, document, import_id, imported_at) VALUES`,
		` ON CONFLICT (city_id, code) DO UPDATE SET origin = excluded.origin, digest = excluded.digest, document = excluded.document,
		import_id = excluded.import_id, imported_at = excluded.imported_at`, len(sources), func(i int) []any {
			s := sources[i]
			return []any{s.request.City, s.code, string(s.request.Format), s.digest, s.document, s.report.Import, at}
		})
	if err != nil {
		return err
	}
	if err := writeRevisions(ctx, tx, revisions, at); err != nil {
		return err
	}
	return replaceMappings(ctx, tx, jobs)
}

// revised is a revision with the import that it comes from.
type revised struct {
	*job
	Revision
	dimensions string
}

func writeRevisions(ctx context.Context, tx database.Tx, list []revised, at int64) error {
	return insertMany(ctx, tx, `INSERT INTO statistics_revision (city_id, source, id, dimensions, period, start_day, end_day, old_value, new_value,
		old_lower, old_upper, new_lower, new_upper, old_text, new_text, withdrawn, reason, at, actor, import_id) VALUES`, "", len(list), func(i int) []any {
		rev, req := list[i].Revision, &list[i].request
		withdrawn := 0
		if rev.Withdrawn {
			withdrawn = 1
		}
		return []any{req.City, rev.Source, database.NewID(), list[i].dimensions, rev.Period.Text, rev.Period.Start, rev.Period.End, rev.Old, rev.New,
			rev.OldLower, rev.OldUpper, rev.NewLower, rev.NewUpper, rev.OldText, rev.NewText, withdrawn, req.Reason, at, req.Actor, list[i].report.Import}
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
				text.WriteByte('$')
				text.WriteString(strconv.Itoa(len(args) + j + 1))
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
