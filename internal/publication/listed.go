package publication

import (
	"context"
	"slices"
	"strings"

	"github.com/goccy/go-json"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Listed is a series in lists: what it measures, in which years, and from where.
type Listed struct {
	Indicator string   `json:"indicator"`
	Own       *Own     `json:"own,omitempty"` // of a city's own indicator
	Unit      string   `json:"unit"`
	Fit       string   `json:"fit"`
	Trend     string   `json:"trend"`
	Sources   []Source `json:"sources"`
	First     string   `json:"-"` // the earliest period with a figure, of the whole city or of a group
	Last      string   `json:"-"` // the latest
}

// AllSeries lists the public series of a city in the order of their indicators. Returns NotFound where there is no such city.
func (r *Room) AllSeries(ctx context.Context, cityID string) (list []Listed, err error) {
	if _, err := r.City(ctx, cityID); err != nil {
		return nil, err
	}
	err = r.db.Read(ctx, func(tx database.Tx) error {
		rows, err := tx.Query(ctx, "SELECT document FROM publication_document WHERE city_id = $1 AND kind = $2", cityID, kindSeries)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var text []byte
			if err := rows.Scan(&text); err != nil {
				return err
			}
			var s struct {
				Listed
				Periods []packedPeriod `json:"periods"` // in the order of time
			}
			if err := json.Unmarshal(text, &s); err != nil {
				return err
			}
			if n := len(s.Periods); n > 0 {
				s.First, s.Last = s.Periods[0].Period, s.Periods[n-1].Period
			}
			list = append(list, s.Listed)
		}
		return rows.Err()
	})
	slices.SortFunc(list, func(a, b Listed) int { return strings.Compare(a.Indicator, b.Indicator) })
	return list, err
}
