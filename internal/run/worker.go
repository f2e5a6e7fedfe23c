package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/cityrights/cityrights/internal/cli"
)

// Work does what waits to be done on a node, beside whoever serves it, until the context ends.
func Work(out, errs io.Writer) func(context.Context, cli.Node, cli.WorkOptions) error {
	return func(ctx context.Context, n cli.Node, o cli.WorkOptions) (err error) {
		rooms, err := Open(ctx, n)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rooms.DB.Close()) }()
		rooms.Settings.Given.Address = o.Address
		fmt.Fprintln(out, "cityrights works in the background – stop it with Ctrl-C.")
		tendNotice(ctx, rooms, slog.New(slog.NewTextHandler(errs, nil)))
		return nil
	}
}
