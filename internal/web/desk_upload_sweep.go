package web

import (
	"context"
	"os"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
)

// sweepEvery is how often uploads that nobody confirmed are looked for.
const sweepEvery = 10 * time.Minute

// Tend does what has to be done while nobody asks, until the context ends: it removes uploads that nobody confirmed.
func (s *Server) Tend(ctx context.Context) { clock.Every(ctx, s.clock, sweepEvery, s.sweepUploads) }

// sweepUploads removes uploads that nobody confirmed.
func (s *Server) sweepUploads(now time.Time) {
	entries, err := os.ReadDir(s.rooms.Uploads)
	if err != nil {
		return // there is no folder yet
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > uploadAge {
			s.dropUpload(e.Name())
		}
	}
}
