package publication

import (
	"context"
	"encoding/json"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// Kinds of documents.
const (
	kindCity        = "city"
	kindEntry       = "entry" // a city in lists
	kindAssessment  = "assessment"
	kindOutline     = "outline" // an assessment in the size of its page
	kindRequirement = "requirement"
	kindSeries      = "series"
)

// row is a stored document.
type row struct {
	kind, period, name string
	telling            bool
	changed            int64
	document           string
}

func (r row) key() [3]string { return [3]string{r.kind, r.period, r.name} }

// replace keeps the documents in place of those that a city had, writing only what is different. Where nothing is, the city's time of
// change stays and the public version too. A city without an id has no documents at all.
func (r *Room) replace(ctx context.Context, tx database.Tx, cityID string, d *documents) error {
	if err := r.keepMade(ctx, tx, cityID, d); err != nil {
		return err
	}
	if err := r.made(ctx, tx, cityID); err != nil {
		return err
	}
	old, err := stored(ctx, tx, cityID)
	if err != nil {
		return err
	}
	d.city.Changed = old[[3]string{kindCity}].changed
	rows, err := d.all()
	if err != nil {
		return err
	}
	if !differ(old, rows) {
		return r.keepHeld(ctx, tx, cityID, d.held)
	}
	d.city.Changed = r.Clock.Now().UnixMilli()
	if rows, err = d.all(); err != nil {
		return err
	}
	for _, now := range rows {
		was, known := old[now.key()]
		delete(old, now.key())
		if known && was.document == now.document && was.telling == now.telling {
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO publication_document (city_id, kind, period, name, telling, changed_at, document)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (city_id, kind, period, name) DO UPDATE SET telling = excluded.telling, changed_at = excluded.changed_at, document = excluded.document`,
			cityID, now.kind, now.period, now.name, asInt(now.telling), d.city.Changed, now.document)
		if err != nil {
			return err
		}
	}
	for _, gone := range old {
		_, err := tx.Exec(ctx, "DELETE FROM publication_document WHERE city_id = $1 AND kind = $2 AND period = $3 AND name = $4",
			cityID, gone.kind, gone.period, gone.name)
		if err != nil {
			return err
		}
	}
	if err := r.keepHeld(ctx, tx, cityID, d.held); err != nil {
		return err
	}
	return tx.Bump(ctx)
}

// all gives every document with those of the city itself.
func (d *documents) all() ([]row, error) {
	if d.city.ID == "" {
		return nil, nil
	}
	whole, err := json.Marshal(d.city)
	if err != nil {
		return nil, err
	}
	entry, err := json.Marshal(entryOf(d.city))
	if err != nil {
		return nil, err
	}
	return append([]row{{kind: kindCity, document: string(whole)}, {kind: kindEntry, document: string(entry)}}, d.rows...), nil
}

func differ(old map[[3]string]row, rows []row) bool {
	for _, now := range rows {
		if was, known := old[now.key()]; !known || was.document != now.document || was.telling != now.telling {
			return true
		}
	}
	return len(old) != len(rows)
}

// stored reads all documents of a city.
func stored(ctx context.Context, tx database.Tx, cityID string) (map[[3]string]row, error) {
	rows, err := tx.Query(ctx, "SELECT kind, period, name, telling, changed_at, document FROM publication_document WHERE city_id = $1", cityID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[[3]string]row{}
	for rows.Next() {
		var one row
		var telling int
		if err := rows.Scan(&one.kind, &one.period, &one.name, &telling, &one.changed, &one.document); err != nil {
			return nil, err
		}
		one.telling = telling == 1
		all[one.key()] = one
	}
	return all, rows.Err()
}

// heldBack is the stored list of what was held back.
type heldBack struct {
	Held []Held `json:"held"`
}

func (r *Room) keepHeld(ctx context.Context, tx database.Tx, cityID string, held []Held) error {
	if len(held) == 0 {
		_, err := tx.Exec(ctx, "DELETE FROM publication_held WHERE city_id = $1", cityID)
		return err
	}
	text, err := json.Marshal(heldBack{held})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO publication_held (city_id, document) VALUES ($1, $2)
		ON CONFLICT (city_id) DO UPDATE SET document = excluded.document`, cityID, string(text))
	return err
}

func asInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
