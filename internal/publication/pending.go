package publication

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Postpone notes cities whose public documents are to be made anew, without making them: an import for hundreds of cities would hold the
// database for all of them. Nobody ever reads what is outdated by it: whoever asks for one of these cities first waits until its documents are
// made, and Pending makes the others meanwhile.
func (r *Room) Postpone(ctx context.Context, tx database.Tx, cityIDs []string) (err error) {
	defer fault.Wrap(&err, "note that public documents are outdated")
	for some := range slices.Chunk(cityIDs, 500) {
		args := make([]any, len(some))
		rows := make([]string, len(some))
		for i, id := range some {
			args[i], rows[i] = id, "($"+strconv.Itoa(i+1)+")"
		}
		_, err := tx.Exec(ctx, "INSERT INTO publication_pending (city_id) VALUES "+strings.Join(rows, ", ")+" ON CONFLICT (city_id) DO NOTHING", args...)
		if err != nil {
			return err
		}
	}
	return tx.Bump(ctx)
}

// caughtUp remembers at which count of public changes nothing was pending, so that asking costs nothing while nothing changes.
type caughtUp struct{ version atomic.Int64 } // the count plus one; 0: not known

// Pending makes the documents of all cities that were postponed, each in a transaction of its own. Cities that cannot be made do not keep the
// others from it; the error names them.
func (r *Room) Pending(ctx context.Context) error {
	version, err := r.db.Version(ctx)
	if err != nil || r.caught.version.Load() == version+1 {
		return err
	}
	var cities []string
	err = r.db.Read(ctx, func(tx database.Tx) error {
		cities, err = pendingCities(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	if len(cities) == 0 {
		r.caught.version.Store(version + 1)
		return nil
	}
	var failed []error
	for _, id := range cities {
		if err := r.catchUp(ctx, id); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// beforeLists is asked before several cities are read at once. A city that cannot be made stands in lists as it was, its own pages say what is
// wrong, and whoever tends the node learns it from Pending.
func (r *Room) beforeLists(ctx context.Context) { _ = r.Pending(ctx) }

func pendingCities(ctx context.Context, tx database.Tx) (ids []string, err error) {
	rows, err := tx.Query(ctx, "SELECT city_id FROM publication_pending")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, rows.Err()
}

// pendingOf makes a city's documents if they were postponed. It is asked before every reading of a document.
func (r *Room) pendingOf(ctx context.Context, cityID string) error {
	version, err := r.db.Version(ctx)
	if err != nil || r.caught.version.Load() == version+1 {
		return err
	}
	var one, all int
	err = r.db.ReadRow(ctx, "SELECT coalesce(sum(CASE WHEN city_id = $1 THEN 1 ELSE 0 END), 0), count(*) FROM publication_pending", []any{cityID}, &one, &all)
	switch {
	case err != nil:
		return err
	case all == 0:
		r.caught.version.Store(version + 1)
		return nil
	case one == 0:
		return nil
	}
	return r.catchUp(ctx, cityID)
}

// catchUp makes the documents of one city that was postponed, unless somebody else has done so meanwhile.
func (r *Room) catchUp(ctx context.Context, cityID string) error {
	return r.db.Write(ctx, func(tx database.Tx) error {
		var id string
		err := tx.QueryRow(ctx, "SELECT city_id FROM publication_pending WHERE city_id = $1", cityID).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return r.Refresh(ctx, tx, cityID)
	})
}

// made forgets that a city's documents were postponed: they have just been made.
func (r *Room) made(ctx context.Context, tx database.Tx, cityID string) error {
	_, err := tx.Exec(ctx, "DELETE FROM publication_pending WHERE city_id = $1", cityID)
	return err
}
