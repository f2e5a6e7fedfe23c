package run

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/statistics"
)

// hands is a clock that a test sets.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) set(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = now
}

var newYear = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

func TestANodeThatRunsOverNewYearShowsTheNewYearsFigures(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		ctx := t.Context()
		rooms, err := Open(ctx, cli.Node{Data: t.TempDir(), Database: url})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rooms.DB.Close() }()
		clock := &hands{now: newYear.Add(-time.Second)}
		rooms.Publication.Clock = clock
		if err := rooms.City.Add(ctx, "test", city.City{ID: "lake", Name: "Lakeview", Country: "XA"}); err != nil {
			t.Fatal(err)
		}
		_, err = rooms.Statistics.Import(ctx, statistics.Request{City: "lake", Format: statistics.TidyCSV, Name: "figures", Actor: "test",
			Mapping: strings.NewReader("standard_indicator,source_indicator,select,transform,unit,fit,note\nENV.1.O2,x,,value,%,exact,\n"), MappingName: "mapping.csv",
			Files: fstest.MapFS{"x.csv": {Data: []byte("indicator,year,value,source,url\nx,2026,60,Office,https://office.example/x\nx,2027,61,Office,https://office.example/x\n")}}})
		if err != nil {
			t.Fatal(err)
		}
		shown := func() int {
			series, err := rooms.Publication.Series(ctx, "lake", "ENV.1.O2")
			if err != nil {
				t.Fatal(err)
			}
			return len(series.Headline)
		}
		tick, done := make(chan time.Time), make(chan error)
		running, stop := context.WithCancel(ctx)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			followYears(running, clock, tick, func(ctx context.Context) error {
				err := rooms.Publication.RefreshStale(ctx)
				done <- err
				return err
			}, slog.New(slog.DiscardHandler))
		}()
		tick <- clock.Now()
		if err := <-done; err != nil || shown() != 1 {
			t.Fatalf("before the year begins %d figures are shown, %v", shown(), err)
		}
		clock.set(newYear)
		tick <- clock.Now()
		if err := <-done; err != nil || shown() != 2 {
			t.Errorf("after the year has begun %d figures are shown, %v", shown(), err)
		}
		stop()
		<-ended
	})
}

func TestTheYearIsFollowedOnceAndAgainWhereThatFailed(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	clock, tick := &hands{now: newYear.Add(-time.Hour)}, make(chan time.Time)
	ctx, stop := context.WithCancel(t.Context())
	var said output
	calls, fails := 0, false
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		followYears(ctx, clock, tick, func(context.Context) error {
			calls++
			if fails = !fails && clock.Now().Year() == 2027; fails {
				return errors.New("the disk is full")
			}
			return nil
		}, slog.New(slog.NewTextHandler(&said, nil)))
	}()
	for range 3 {
		tick <- clock.Now()
	}
	clock.set(newYear)
	for range 4 {
		tick <- clock.Now()
	}
	stop()
	<-ended
	if calls != 3 || strings.Count(said.String(), "the disk is full") != 1 {
		t.Errorf("refreshed %d times, want at the first tick, at New Year and after it failed: %s", calls, said.String())
	}
}
