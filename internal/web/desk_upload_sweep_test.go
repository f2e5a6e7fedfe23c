package web

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
)

// The bubble has a time of its own, in which the server tends its uploads, and fails where a goroutine is left behind.
func TestUnconfirmedUploadsAreRemovedWhileNobodyAsks(t *testing.T) {
	s := newSite(t)
	_, _ = s.sendFile(t, coordinator(t, s, "officer@example.org"), "new.csv", []byte(figures), "")
	waiting := func(want int) {
		t.Helper()
		if left, _ := os.ReadDir(s.rooms.Uploads); len(left) != want {
			t.Errorf("%d uploads wait, want %d", len(left), want)
		}
	}
	s.tended(t, clock.Fixed(time.Now().Add(59*time.Minute)))
	waiting(1)
	s.tended(t, clock.Fixed(time.Now().Add(61*time.Minute)))
	waiting(0)
}

// tended lets the server tend once.
func (s *site) tended(t *testing.T, now clock.Clock) {
	t.Helper()
	s.server.clock = now
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		go s.server.Tend(ctx)
		time.Sleep(sweepEvery + time.Second)
		synctest.Wait()
		stop()
	})
}
