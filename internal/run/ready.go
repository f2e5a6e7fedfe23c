package run

import (
	"context"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// ready tells whether a node can serve all that it has, as Unavailable with the reason where it cannot: the database answers, its tables are
// those of this program, and so are the public documents.
func ready(ctx context.Context, rooms *cli.Rooms) error {
	if err := rooms.DB.Current(ctx); err != nil {
		return err
	}
	outdated, err := rooms.Publication.Outdated(ctx)
	if err != nil {
		return fault.New(fault.Unavailable, "the public documents cannot be read").Because(err)
	}
	if outdated > 0 {
		return fault.New(fault.Unavailable, "public documents are from another version of the program or of the standard (cities: %d)", outdated)
	}
	return nil
}
