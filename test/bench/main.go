// Command bench measures the program side by side with a yardstick, in one run: the import with sqlite3, pages with a bare handler, and
// what a start costs. It prints a table for docs/performance.md. Figures are medians of alternating rounds; the machine may be shared, so
// ratios say more than times. It checks nothing: a slow machine is no failure.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

const rounds = 5

func main() {
	folder, err := os.MkdirTemp("", "cityrights-bench.")
	if err != nil {
		fail(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	b := bench{ctx: context.Background(), folder: folder, program: filepath.Join(folder, "cityrights")}
	build := exec.CommandContext(b.ctx, "go", "build", "-trimpath", "-o", b.program, "./cmd/cityrights")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fail(err)
	}
	shared := os.Getenv("CITYRIGHTS_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	b.bristol = filepath.Join(shared, "reference", "data", "bristol")
	b.mapping = filepath.Join(shared, "reference", "standard", "mapping-bristol.csv")
	if _, err := os.Stat(b.bristol); err != nil {
		fmt.Println("The folder ../shared/reference/data/bristol is not here: the figures that need a real city are left out.")
		b.bristol = ""
	}
	fmt.Println("| what | figure | yardstick | ratio |\n|---|---|---|---|")
	for _, measure := range []func() error{b.imports, b.growth, b.scorecard, b.pages, b.start} {
		if err := measure(); err != nil {
			fail(err)
		}
	}
}

type bench struct {
	ctx              context.Context
	folder, program  string
	bristol, mapping string // empty: not here
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

// row prints a line of the table.
func row(what, figure, yardstick, ratio string) {
	fmt.Printf("| %s | %s | %s | %s |\n", what, figure, yardstick, ratio)
}

func median[T int64 | float64 | time.Duration](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
