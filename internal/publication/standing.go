package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Standing is how much of a city is public, in numbers. It is for the city's own eyes.
type Standing struct {
	Published bool // there is an assessment, be it of statistics alone
	Figures   int  // indicators with a public figure in the newest assessment
	Held      int  // indicators, or requirements, of which the gate keeps something back
}

// Standings gives where cities stand, by their codes, in one read however many they are. A city without a document has a zero Standing.
func (r *Room) Standings(ctx context.Context, cityIDs []string) (map[string]Standing, error) {
	standings := make(map[string]Standing, len(cityIDs))
	if len(cityIDs) == 0 {
		return standings, nil
	}
	r.beforeLists(ctx)
	args := []any{kindCity}
	places := make([]string, len(cityIDs))
	for i, id := range cityIDs {
		args = append(args, id)
		places[i] = fmt.Sprintf("$%d", i+2)
	}
	within := " IN (" + strings.Join(places, ", ") + ")"
	err := r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, `SELECT d.city_id, d.document, h.document FROM publication_document d
			LEFT JOIN publication_held h ON h.city_id = d.city_id
			WHERE d.kind = $1 AND d.period = '' AND d.name = '' AND d.city_id`+within, args...)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id string
			var public, held []byte
			if err := rows.Scan(&id, &public, &held); err != nil {
				return err
			}
			if standings[id], err = standing(public, held); err != nil {
				return fmt.Errorf("where %s stands: %w", id, err)
			}
		}
		return rows.Err()
	})
	return standings, err
}

func standing(public, held []byte) (s Standing, err error) {
	var c struct {
		Newest *struct {
			Figures []json.RawMessage `json:"figures"`
		} `json:"newest"`
	}
	if err := json.Unmarshal(public, &c); err != nil {
		return s, err
	}
	if c.Newest != nil {
		s.Published = true
		s.Figures = len(c.Newest.Figures)
	}
	var kept heldBack
	if held != nil {
		err = json.Unmarshal(held, &kept)
	}
	back := map[string]bool{}
	for _, h := range kept.Held {
		if h.Indicator != "" { // an assessment that is not published yet is no figure
			back[h.Indicator] = true
		}
	}
	s.Held = len(back)
	return s, err
}
