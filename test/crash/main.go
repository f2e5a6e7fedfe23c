// Command crash measures that nothing which the node has acknowledged is lost: people save answers by the pages as fast as they can while the
// program is killed again and again, without warning (SIGKILL). After each start, every answer must be the last one that was acknowledged, or
// one that was sent after it. Ends with 1 where an answer is lost.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var l loop
	flag.StringVar(&l.program, "program", "bin/cityrights", "the built program")
	flag.StringVar(&l.database, "database", "", "an empty PostgreSQL database, postgres://…; SQLite if not given")
	flag.IntVar(&l.answers, "answers", 10_000, "acknowledged answers to end after")
	flag.IntVar(&l.writers, "writers", 16, "people who save at the same time")
	flag.DurationVar(&l.longest, "longest", 2*time.Second, "longest time that the program lives")
	flag.Parse()
	err := l.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

type loop struct {
	program  string
	database string
	answers  int
	writers  int
	longest  time.Duration

	data    string
	base    string // address of the node
	cookies string
}

func (l *loop) run(ctx context.Context) (err error) {
	if l.program, err = filepath.Abs(l.program); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "cityrights-crash-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	l.data = filepath.Join(work, "node")
	questions, err := l.prepare(ctx)
	if err != nil {
		return err
	}
	writers := make([]*writer, l.writers)
	for i := range writers {
		writers[i] = &writer{loop: l, number: i}
	}
	for i, question := range questions {
		w := writers[i%len(writers)]
		w.answers = append(w.answers, &kept{question: question})
	}

	total, kills, began := 0, 0, time.Now()
	for total < l.answers {
		node, err := l.start(ctx)
		if err != nil {
			return err
		}
		for _, w := range writers {
			if err := w.check(ctx); err != nil {
				node.kill()
				return fmt.Errorf("after %d kills and %d acknowledged answers: %w", kills, total, err)
			}
		}
		life := l.longest/4 + rand.N(3*l.longest/4)
		total += save(ctx, writers, life, node.kill)
		if err := ctx.Err(); err != nil {
			return err
		}
		kills++
	}
	node, err := l.start(ctx)
	if err != nil {
		return err
	}
	defer node.kill()
	for _, w := range writers {
		if err := w.check(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("%d acknowledged answers to %d questions by %d people, %d kills in %.0f s: none lost\n", total, len(questions), l.writers, kills, time.Since(began).Seconds())
	return nil
}
