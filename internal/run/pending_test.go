package run

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"
)

func TestANodeMakesWhatIsPendingAgainAndAgainAndRestsAfterAFailure(t *testing.T) {
	made := 0
	var failure error
	look := eachPending(t.Context(), func(context.Context) error { made++; return failure }, slog.New(slog.DiscardHandler))
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		after   time.Duration
		failure error
		want    int
	}{
		{0, nil, 1}, {time.Second, nil, 2}, {2 * time.Second, errors.New("full"), 3}, {3 * time.Second, nil, 3}, {pendingRest, nil, 3}, {2*time.Second + pendingRest, nil, 4},
	} {
		failure = c.failure
		look(start.Add(c.after))
		if made != c.want {
			t.Errorf("after %v it was tried %d times, want %d", c.after, made, c.want)
		}
	}
}
