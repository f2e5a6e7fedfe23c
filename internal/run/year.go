package run

import (
	"context"
	"log/slog"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
)

// yearChecked is how often a running node looks whether another year has begun. A single alarm at midnight would be missed by a machine
// that sleeps or whose clock is set; looking costs nothing.
const yearChecked = time.Minute

// followYears calls refresh when another year begins, until the context ends: public documents hold no projections beyond the current
// year, so they come out otherwise then. It looks at the clock at each tick; at the first it refreshes too, because the year may have
// begun while the node was opening, and after a refresh that fails it tries again at the next.
func followYears(ctx context.Context, now clock.Clock, tick <-chan time.Time, refresh func(context.Context) error, log *slog.Logger) {
	year := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		began := now.Now().Year()
		if began == year {
			continue
		}
		if err := refresh(ctx); err != nil {
			if ctx.Err() == nil {
				log.ErrorContext(ctx, "some public documents are still those of another year", "year", began, "error", err)
			}
			continue
		}
		year = began
	}
}
