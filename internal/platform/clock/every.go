package clock

import (
	"context"
	"time"
)

// Every runs do again and again, with the time that the clock tells, until the context ends. The first time is one period from now; where
// do takes longer than a period, what was missed is not made up for.
func Every(ctx context.Context, c Clock, period time.Duration, do func(now time.Time)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			do(c.Now())
		}
	}
}
