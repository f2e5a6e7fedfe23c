package run

import (
	"context"
	"log/slog"
	"time"
)

// yearChecked is how often a running node looks whether another year has begun. A single alarm at midnight would be missed by a machine
// that sleeps or whose clock is set; looking costs nothing.
const yearChecked = time.Minute

// eachYear calls refresh when another year begins: public documents hold no projections beyond the current year, so they come out
// otherwise then. It is to be handed the time again and again; at the first it refreshes too, because the year may have begun while the
// node was opening, and after a refresh that fails it tries again at the next.
func eachYear(ctx context.Context, refresh func(context.Context) error, log *slog.Logger) func(now time.Time) {
	year := 0
	return func(now time.Time) {
		if now.Year() == year {
			return
		}
		if err := refresh(ctx); err != nil {
			if ctx.Err() == nil {
				log.ErrorContext(ctx, "some public documents are still those of another year", "year", now.Year(), "error", err)
			}
			return
		}
		year = now.Year()
	}
}
