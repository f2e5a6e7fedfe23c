// Command backup measures the promise about backups: while 50 people save as fast as they can, a backup of a large node is made by another
// process; no save fails, and the 99th percentile of their time is at most three times what it is without a backup. Turns without a backup
// come before and after. It ends with 1 where the promise is missed. It is no test: a loaded machine proves nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/run"
)

// limit is the promise: the 99th percentile with a backup, to the one without.
const limit = 3.0

type bench struct {
	program  string
	database string // empty: SQLite
	size     int    // MB of the node
	quiet    time.Duration
	turns    int
	nice     bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var b bench
	flag.StringVar(&b.program, "program", "bin/cityrights", "the built program")
	flag.StringVar(&b.database, "database", "", "an empty PostgreSQL database, postgres://…; SQLite if not given")
	flag.IntVar(&b.size, "size", 200, "MB of the node")
	flag.DurationVar(&b.quiet, "quiet", 10*time.Second, "length of a turn without a backup")
	flag.IntVar(&b.turns, "turns", 3, "turns with a backup")
	flag.BoolVar(&b.nice, "nice", true, "run the backup as deploy/cityrights-backup.service does, with nice 10 and idle input and output")
	flag.Parse()
	kept, err := b.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "backup:", err)
	}
	if err != nil || !kept {
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (kept bool, err error) {
	if b.program, err = filepath.Abs(b.program); err != nil {
		return false, err
	}
	work, err := os.MkdirTemp("", "cityrights-backup-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	node := cli.Node{Data: filepath.Join(work, "node"), Database: b.database}
	rooms, err := run.Open(ctx, node)
	if err != nil {
		return false, err
	}
	defer func() { _ = rooms.DB.Close() }()
	if err := run.FillDemo(ctx, rooms, "arvenholt"); err != nil {
		return false, err
	}
	began := time.Now()
	if err := enlarge(ctx, rooms, b.size); err != nil {
		return false, err
	}
	fmt.Printf("a node of %d MB on %s, filled in %.0f s; %d people save without a pause\n", b.size, rooms.DB.Dialect(), time.Since(began).Seconds(), people)
	requirements, err := openCycle(ctx, rooms)
	if err != nil {
		return false, err
	}
	var without, with times
	quiet := func() error {
		t, err := save(ctx, rooms, requirements, func(context.Context) error { return pause(ctx, b.quiet) })
		without = append(without, t...)
		fmt.Println("without a backup:", t)
		return err
	}
	if err := quiet(); err != nil {
		return false, err
	}
	for turn := range b.turns {
		file := filepath.Join(work, fmt.Sprintf("backup-%d.zip", turn))
		t, err := save(ctx, rooms, requirements, func(ctx context.Context) error { return b.backup(ctx, node, file) })
		with = append(with, t...)
		fmt.Println("with a backup:   ", t)
		if err != nil {
			return false, err
		}
		info, err := os.Stat(file)
		if err != nil {
			return false, err
		}
		fmt.Printf("                  the backup took %.1f s and has %d MB\n", t.length().Seconds(), info.Size()>>20)
		if err := os.Remove(file); err != nil {
			return false, err
		}
		if err := quiet(); err != nil {
			return false, err
		}
	}
	ratio := float64(with.percentile(99)) / float64(without.percentile(99))
	fmt.Printf("backup, p99 of a save while it is made, to that without: %.2f (limit %.0f); p50 %.2f; no save failed\n",
		ratio, limit, float64(with.percentile(50))/float64(without.percentile(50)))
	return ratio <= limit, nil
}

// backup runs the command in a process of its own, as the operator does.
func (b *bench) backup(ctx context.Context, n cli.Node, file string) error {
	args := []string{b.program, "backup", "--data", n.Data, "--out", file}
	if n.Database != "" {
		args = append(args, "--database", n.Database)
	}
	if b.nice {
		if ionice, err := exec.LookPath("ionice"); err == nil {
			args = append([]string{ionice, "-c", "3"}, args...)
		}
		args = append([]string{"nice", "-n", "10"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // G204: the program that was built to be measured
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

func pause(ctx context.Context, length time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(length):
		return nil
	}
}
