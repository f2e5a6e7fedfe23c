package web

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// sweepEvery is how often uploads that nobody confirmed are looked for.
const sweepEvery = 10 * time.Minute

// Tend does what has to be done while nobody asks, until the context ends: it removes uploads that nobody confirmed, and files that no evidence
// names any more.
func (s *Server) Tend(ctx context.Context) {
	clock.Every(ctx, s.clock, sweepEvery, func(now time.Time) {
		s.sweepUploads(now)
		s.sweepFiles(ctx, now)
	})
}

// sweepFiles removes files that no evidence names any more.
func (s *Server) sweepFiles(ctx context.Context, now time.Time) {
	_, err := s.rooms.Files.Sweep(now, func() (named map[string]bool, err error) {
		err = s.rooms.View(ctx, func(tx database.Tx) (err error) {
			named, err = s.rooms.Assessment.NamedFiles(ctx, tx)
			return err
		})
		return named, err
	})
	if err != nil {
		s.log.Error("files that no evidence names stay", slog.Any("error", err))
	}
}

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
