package database

import (
	"context"
	"io/fs"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Current asks the database one thing: whether its tables are those of this program. Returns Unavailable where it does not answer, where a
// newer program has changed it, and where a step is missing. It changes nothing.
func (db *DB) Current(ctx context.Context) error {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	count, newest, err := known(files)
	if err != nil {
		return err
	}
	var applied, last int64
	err = db.ReadRow(ctx, "SELECT count(*), coalesce(max(version_id), 0) FROM "+migrationTable+" WHERE version_id > 0", nil, &applied, &last)
	switch {
	case err != nil:
		return fault.New(fault.Unavailable, "the database does not answer").Because(err)
	case last > newest:
		return fault.New(fault.Unavailable, "a newer cityrights has changed the database (step %d, this program knows %d)", last, newest)
	case applied != count:
		return fault.New(fault.Unavailable, "the database has %d of %d steps of this program", applied, count)
	}
	return nil
}
