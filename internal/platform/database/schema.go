package database

import (
	"context"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// AsIs is Find for a database whose tables shall stay as they are, also where they are an older program's: while that program still runs on
// it, a newer one can make a backup. Returns Unavailable where a newer program has changed them.
func AsIs(ctx context.Context, url string) (*DB, error) {
	db, err := connect(ctx, url, false)
	if err != nil {
		return nil, err
	}
	schema, err := db.Schema(ctx)
	if err == nil {
		err = KnowsSchema(schema)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// Schema gives the numbers of the migrations that have made the tables, in their order.
func (db *DB) Schema(ctx context.Context) ([]int64, error) {
	applied, err := appliedSteps(ctx, db.pools[len(db.pools)-1])
	return applied, db.explain(err)
}

// OwnSchema gives the numbers of the migrations that this program knows, in their order.
func OwnSchema() ([]int64, error) {
	all, err := ownSteps()
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, len(all))
	for i, s := range all {
		numbers[i] = s.version
	}
	return numbers, nil
}

// KnowsSchema returns Unavailable where a schema has a migration that this program does not know: a newer one has made it.
func KnowsSchema(schema []int64) error {
	own, err := OwnSchema()
	if err != nil {
		return err
	}
	for _, number := range schema {
		if !slices.Contains(own, number) {
			return fault.New(fault.Unavailable, "a newer cityrights has changed this database (step %d, this program knows %d); use that version",
				number, own[len(own)-1])
		}
	}
	return nil
}
