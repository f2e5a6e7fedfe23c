package run

import (
	"context"
	"log/slog"
	"time"
)

// pendingChecked is how often a running node looks whether an import, of this process or of another, has left public documents to be made.
// Who asks for one of them earlier waits for it; looking costs nothing while nothing public changes.
const pendingChecked = time.Second

// pendingRest is how long a node leaves alone what it could not make.
const pendingRest = time.Minute

// eachPending calls make again and again, and rests after it has failed.
func eachPending(ctx context.Context, make func(context.Context) error, log *slog.Logger) func(now time.Time) {
	var again time.Time
	return func(now time.Time) {
		if now.Before(again) {
			return
		}
		if err := make(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "some public documents could not be made after an import", "error", err)
			again = now.Add(pendingRest)
		}
	}
}
