package publication

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/goccy/go-json"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// City gives a city's document. Returns NotFound where there is none, as all these readers do.
func (r *Room) City(ctx context.Context, id string) (City, error) {
	return read[City](ctx, r, row{kind: kindCity}, id, func() *fault.Error {
		return fault.Said(fault.NotFound, "error.city.none", `there is no city with the code "{Code}"`, "Code", id)
	})
}

// Cities gives all cities in the order of their codes.
func (r *Room) Cities(ctx context.Context) ([]Entry, error) {
	all, err := r.entries(ctx, "")
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) })
	return all, err
}

// Newest gives the n cities whose public documents changed last, the latest first; those of which nothing is published yet come after all
// others.
func (r *Room) Newest(ctx context.Context, n int) ([]Entry, error) {
	return r.entries(ctx, `ORDER BY EXISTS (SELECT 1 FROM publication_document a WHERE a.city_id = publication_document.city_id AND a.kind = $3) DESC,
		changed_at DESC, city_id LIMIT $2`, n, kindAssessment)
}

// Assessment gives a city's whole scorecard in a period.
func (r *Room) Assessment(ctx context.Context, cityID, period string) (Assessment, error) {
	return read[Assessment](ctx, r, row{kind: kindAssessment, period: period}, cityID, noAssessment(cityID, period))
}

// Outline gives the same in the size of its page.
func (r *Room) Outline(ctx context.Context, cityID, period string) (Outline, error) {
	return read[Outline](ctx, r, row{kind: kindOutline, period: period}, cityID, noAssessment(cityID, period))
}

// Requirement gives the result of one requirement.
func (r *Room) Requirement(ctx context.Context, cityID, period, id string) (Requirement, error) {
	return read[Requirement](ctx, r, row{kind: kindRequirement, period: period, name: id}, cityID, func() *fault.Error {
		return fault.Said(fault.NotFound, "error.public.result", "{City} has no public result on {Requirement} for {Period}", "City", cityID, "Requirement", id, "Period", period)
	})
}

// Series gives all that is public about an indicator of a city.
func (r *Room) Series(ctx context.Context, cityID, indicator string) (Series, error) {
	packed, err := read[packedSeries](ctx, r, row{kind: kindSeries, name: indicator}, cityID, func() *fault.Error {
		return fault.Said(fault.NotFound, "error.public.series", "{City} has no public figures on {Indicator}", "City", cityID, "Indicator", indicator)
	})
	if err != nil {
		return Series{}, err
	}
	return packed.unpack(), nil
}

// Shown gives the indicators of which a city has public figures, in the order of their ids.
func (r *Room) Shown(ctx context.Context, cityID string) (ids []string, err error) {
	if err := r.pendingOf(ctx, cityID); err != nil {
		return nil, err
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT name FROM publication_document WHERE city_id = $1 AND kind = $2 ORDER BY name", cityID, kindSeries)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return rows.Err()
	})
	return ids, err
}

// CitiesAnswering gives the cities whose newest assessment has an answer or a figure on a requirement, in the order of their codes.
func (r *Room) CitiesAnswering(ctx context.Context, requirement string) (list []Answering, err error) {
	r.beforeLists(ctx)
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, `SELECT q.period, e.document FROM publication_document q
			JOIN publication_document e ON e.city_id = q.city_id AND e.kind = $2 AND e.period = '' AND e.name = ''
			WHERE q.kind = $1 AND q.name = $3 AND q.telling = 1`, kindRequirement, kindEntry, requirement)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var period string
			var text []byte
			if err := rows.Scan(&period, &text); err != nil {
				return err
			}
			var c struct {
				Head
				Newest Period `json:"newest"`
			}
			if err := json.Unmarshal(text, &c); err != nil {
				return err
			}
			if c.Newest.Period == period {
				list = append(list, Answering{c.Head, period})
			}
		}
		return rows.Err()
	})
	slices.SortFunc(list, func(a, b Answering) int { return strings.Compare(a.ID, b.ID) })
	return list, err
}

// Held gives what the gate kept back of a city, and why. It is for the city's own eyes.
func (r *Room) Held(ctx context.Context, cityID string) ([]Held, error) {
	if err := r.pendingOf(ctx, cityID); err != nil {
		return nil, err
	}
	var kept heldBack
	err := r.db.Read(ctx, func(tx database.Tx) error {
		var text []byte
		err := tx.QueryRow(ctx, "SELECT document FROM publication_held WHERE city_id = $1", cityID).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(text, &kept)
	})
	return kept.Held, err
}

func (r *Room) entries(ctx context.Context, tail string, args ...any) (all []Entry, err error) {
	r.beforeLists(ctx)
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT document FROM publication_document WHERE kind = $1 AND name = '' "+tail, append([]any{kindEntry}, args...)...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var text sql.RawBytes
			if err := rows.Scan(&text); err != nil {
				return err
			}
			var e Entry
			if err := json.Unmarshal(text, &e); err != nil {
				return err
			}
			all = append(all, e)
		}
		return rows.Err()
	})
	return all, err
}

// noAssessment says what is missing where there is no assessment.
func noAssessment(cityID, period string) func() *fault.Error {
	return func() *fault.Error {
		return fault.Said(fault.NotFound, "error.public.assessment", "{City} has no public assessment for {Period}", "City", cityID, "Period", period)
	}
}

// read decodes the document with the key of one; missing is the error where there is none. Pages spend much of their time here, which is why it is not
// encoding/json.
func read[Document any](ctx context.Context, r *Room, one row, cityID string, missing func() *fault.Error) (document Document, err error) {
	if err := r.pendingOf(ctx, cityID); err != nil {
		return document, err
	}
	var text []byte
	err = r.db.ReadRow(ctx, "SELECT document FROM publication_document WHERE city_id = $1 AND kind = $2 AND period = $3 AND name = $4",
		[]any{cityID, one.kind, one.period, one.name}, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return document, missing()
	}
	if err != nil {
		return document, err
	}
	return document, json.Unmarshal(text, &document)
}
