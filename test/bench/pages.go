package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/internal/web"
)

// full opens a node with the invented city and, where it is there, Bristol.
func (b *bench) full() (*cli.Rooms, string, error) {
	data, err := b.node("full")
	if err != nil {
		return nil, "", err
	}
	if b.bristol != "" {
		if _, _, err := b.timed("", b.program, "import", "statistics", "--city", "bristol", "--from", "opensdg", "--mapping", b.mapping, "--data", data, b.bristol); err != nil {
			return nil, "", err
		}
	}
	rooms, err := run.Open(b.ctx, cli.Node{Data: data})
	if err != nil {
		return nil, "", err
	}
	return rooms, data, run.FillDemo(b.ctx, rooms)
}

// scorecard measures a city's whole scorecard: read from the database, mapped, and computed.
func (b *bench) scorecard() error {
	rooms, _, err := b.full()
	if err != nil {
		return err
	}
	defer func() { _ = rooms.DB.Close() }()
	for _, of := range []struct{ city, period string }{{"bristol", "2021"}, {"arvenholt", "2025"}} {
		var all []time.Duration
		for range 40 {
			started := time.Now()
			err := rooms.DB.Read(b.ctx, func(tx database.Tx) error {
				_, err := rooms.Assessment.Score(b.ctx, tx, of.city, of.period)
				return err
			})
			if err != nil {
				return err
			}
			all = append(all, time.Since(started))
		}
		row("scorecard of "+of.city+", 189 indicators, all series, read and computed", milliseconds(median(all)), "≤ 5 ms", "")
	}
	return nil
}

// pages measures pages over loopback with four readers, next to a bare handler that sends the same bytes: rendered anew from the database
// (an address with a query is never cached), and from the cache.
func (b *bench) pages() error {
	rooms, data, err := b.full()
	if err != nil {
		return err
	}
	defer func() { _ = rooms.DB.Close() }()
	handler, err := run.Handler(rooms, web.Node{Name: "bench", Operator: "the bench"}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	debug.SetGCPercent(200) // as serve does; it holds for the yardstick too
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, path := range []string{"/en/", "/en/cities/arvenholt", "/en/cities/arvenholt/2025", "/en/cities/arvenholt/2025/LIV.1", "/en/cities/arvenholt/data/ENV.1.O2", "/en/standard/0.2/LIV.1"} {
		body, err := fetch(server.URL + path)
		if err != nil {
			return err
		}
		bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body)
		}))
		var yardstick, rendered, kept []float64
		for range rounds {
			yardstick = append(yardstick, rate(bare.URL))
			rendered = append(rendered, rate(server.URL+path+"?fresh=1"))
			kept = append(kept, rate(server.URL+path))
		}
		bare.Close()
		y, r, k := median(yardstick), median(rendered), median(kept)
		row(fmt.Sprintf("page %s, %d kB, from the database", path, len(body)/1024), fmt.Sprintf("%.0f a second", r), fmt.Sprintf("bare handler %.0f", y), fmt.Sprintf("%.2f", r/y))
		row("the same from its cache", fmt.Sprintf("%.0f a second", k), "", fmt.Sprintf("%.2f", k/y))
	}
	return nil
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true}}

func fetch(address string) ([]byte, error) {
	answer, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", address, answer.StatusCode)
	}
	return io.ReadAll(answer.Body)
}

// rate is how many answers a second four readers get, over 0.6 seconds.
func rate(address string) float64 {
	var done atomic.Int64
	var wait sync.WaitGroup
	started := time.Now()
	for range 4 {
		wait.Go(func() {
			for time.Since(started) < 600*time.Millisecond {
				if _, err := fetch(address); err == nil {
					done.Add(1)
				}
			}
		})
	}
	wait.Wait()
	return float64(done.Load()) / time.Since(started).Seconds()
}

// start measures how long an existing node takes to its first answer, and what it then keeps in memory.
func (b *bench) start() error {
	rooms, data, err := b.full()
	if err != nil {
		return err
	}
	if err := rooms.DB.Close(); err != nil {
		return err
	}
	var first []time.Duration
	var idle []int64
	for range rounds {
		took, memory, err := b.startOnce(data)
		if err != nil {
			return err
		}
		first, idle = append(first, took), append(idle, memory)
	}
	row("start of an existing node to the first 200 answer", milliseconds(median(first)), "≤ 150 ms", "")
	row("memory of the idle node", fmt.Sprintf("%d MB", median(idle)/1024), "≤ 40 MB", "")
	info, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	row("the program's file", fmt.Sprintf("%d MB", info.Size()>>20), "≤ 50 MB", "")
	return nil
}

func (b *bench) startOnce(data string) (took time.Duration, idle int64, err error) {
	const address = "127.0.0.1:18099"
	server, err := serve(b, data, address)
	if err != nil {
		return 0, 0, err
	}
	defer server.stop()
	for time.Since(server.started) < 10*time.Second {
		if _, err := fetch("http://" + address + "/en/cities/arvenholt"); err == nil {
			took = time.Since(server.started)
			break
		}
		time.Sleep(time.Millisecond)
	}
	client.CloseIdleConnections()
	time.Sleep(2 * time.Second)
	status, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(server.pid()), "status"))
	if err != nil {
		return took, 0, err
	}
	return took, resident(string(status)), nil
}
