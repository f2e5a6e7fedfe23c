package database

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Current asks the database one thing: whether its tables are those of this program. Returns Unavailable where it does not answer, where a
// newer program has changed it, and where a step is missing. It changes nothing.
func (db *DB) Current(ctx context.Context) error {
	own, err := OwnSchema()
	if err != nil {
		return err
	}
	applied, err := db.Schema(ctx)
	if err != nil {
		return fault.New(fault.Unavailable, "the database does not answer").Because(err)
	}
	if err := KnowsSchema(applied); err != nil {
		return err
	}
	if !slices.Equal(applied, own) {
		return fault.New(fault.Unavailable, "the database has %d of %d steps of this program", len(applied), len(own))
	}
	return nil
}
