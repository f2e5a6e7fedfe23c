package publication

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// documentsVersion is raised whenever documents come out otherwise from the same content: by another form, or by another rule of the gate
// or of the scorecard.
const documentsVersion = 8

// madeBy names all that documents are made by besides the content of the rooms: the year, after which figures are projections, the standard
// of cities without a cycle, the threshold and the program.
func (r *Room) madeBy() string {
	return fmt.Sprintf("%d %s k=%d v%d", r.Clock.Now().Year(), r.assessments.Standard().Ref(), r.Threshold.K(), documentsVersion)
}

// RefreshStale makes the documents anew of all cities whose documents were made in another year, by another standard, threshold or version
// of the program. Nothing else does, since their content has not changed: it is called when a node opens
// and when a year begins while it runs. Cities that cannot be refreshed
// keep their documents and do not keep the others from theirs; the error names them.
func (r *Room) RefreshStale(ctx context.Context) error {
	stale, err := r.Stale(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range stale {
		if err := r.db.Write(ctx, func(tx database.Tx) error { return r.Refresh(ctx, tx, id) }); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Stale gives the cities whose documents RefreshStale would make anew.
func (r *Room) Stale(ctx context.Context) (stale []string, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) error {
		stale, err = staleCities(ctx, tx, r.madeBy())
		return err
	})
	return stale, err
}

func staleCities(ctx context.Context, tx database.Tx, madeBy string) (stale []string, err error) {
	rows, err := tx.Query(ctx, `SELECT d.city_id FROM publication_document d LEFT JOIN publication_made m ON m.city_id = d.city_id
		WHERE d.kind = $1 AND d.name = '' AND (m.made_by IS NULL OR m.made_by <> $2) ORDER BY d.city_id`, kindEntry, madeBy)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		stale = append(stale, id)
	}
	return stale, rows.Err()
}

// keepMade notes by what a city's documents were made, or forgets it where there are none.
func (r *Room) keepMade(ctx context.Context, tx database.Tx, cityID string, documents *documents) (err error) {
	defer fault.Wrap(&err, "note how the documents of %s were made", cityID)
	if documents.city.ID == "" {
		_, err := tx.Exec(ctx, "DELETE FROM publication_made WHERE city_id = $1", cityID)
		return err
	}
	var was string
	err = tx.QueryRow(ctx, "SELECT made_by FROM publication_made WHERE city_id = $1", cityID).Scan(&was)
	if now := r.madeBy(); errors.Is(err, sql.ErrNoRows) || err == nil && was != now {
		_, err = tx.Exec(ctx, `INSERT INTO publication_made (city_id, made_by) VALUES ($1, $2)
			ON CONFLICT (city_id) DO UPDATE SET made_by = excluded.made_by`, cityID, now)
	}
	return err
}
