package run

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/statistics"
)

var newYear = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

func TestANodeThatRunsOverNewYearShowsTheNewYearsFigures(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		ctx := t.Context()
		rooms, err := Open(ctx, cli.Node{Data: t.TempDir(), Database: url})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rooms.DB.Close() }()
		rooms.Publication.Clock = clock.Fixed(newYear.Add(-time.Second))
		if err := rooms.City.Add(ctx, "test", city.City{ID: "lake", Name: "Lakeview", Country: "XA", Fictional: true}); err != nil {
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
		at := eachYear(ctx, rooms.Publication.RefreshStale, slog.New(slog.DiscardHandler))
		if at(newYear.Add(-time.Second)); shown() != 1 {
			t.Fatalf("before the year begins %d figures are shown", shown())
		}
		rooms.Publication.Clock = clock.Fixed(newYear)
		if at(newYear); shown() != 2 {
			t.Errorf("after the year has begun %d figures are shown", shown())
		}
	})
}

func TestTheYearIsFollowedOnceAndAgainWhereThatFailed(t *testing.T) {
	var said output
	calls := 0
	at := eachYear(t.Context(), func(context.Context) error {
		if calls++; calls == 2 {
			return errors.New("the disk is full")
		}
		return nil
	}, slog.New(slog.NewTextHandler(&said, nil)))
	for range 3 {
		at(newYear.Add(-time.Hour))
	}
	for range 4 {
		at(newYear)
	}
	if calls != 3 || strings.Count(said.String(), "the disk is full") != 1 {
		t.Errorf("refreshed %d times, want at the first tick, at New Year and after it failed: %s", calls, said.String())
	}
}
