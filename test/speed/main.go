// Command speed measures the promises of speed and size, each beside what it is promised against, in one run: the import beside sqlite3,
// public pages and the start beside a bare net/http handler. Rivals take turns; figures are medians over the turns. It prints the tables
// of docs/performance.md and ends with 1 where a promise is missed. It is no test: a loaded machine proves nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

// bench is one run.
type bench struct {
	program string // the built binary
	shared  string // the reference folder; empty: absent
	work    string // a folder for nodes and files, removed at the end
	rounds  int
	report  report
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status, err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		status = 1
	}
	os.Exit(status)
}

func run(ctx context.Context) (status int, err error) {
	b := bench{report: report{out: os.Stdout}}
	flag.StringVar(&b.program, "program", "bin/cityrights", "the built program")
	flag.IntVar(&b.rounds, "rounds", 5, "turns of each measurement")
	only := flag.String("only", "import,places,growth,start,pages,answers,questionnaire,desk,scorecard", "which parts")
	bare := flag.String("bare", "", "serve the files of this folder as the bare rival (used by the bench itself)")
	flag.Parse()
	if *bare != "" {
		return 0, serveBare(ctx, *bare)
	}
	if b.program, err = filepath.Abs(b.program); err != nil {
		return 0, err
	}
	if b.work, err = os.MkdirTemp("", "cityrights-speed-"); err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(b.work) }()
	b.shared = sharedFolder()
	b.report.machine()
	if b.shared == "" {
		b.report.say("../shared/reference is absent: what needs the statistics of Bristol is left out.")
	}
	// The scorecard is measured inside this process and comes last: until then the process stays small, because Linux counts the memory of
	// a parent into the peak of the processes it starts.
	for _, part := range []struct {
		name    string
		measure func(context.Context) error
	}{{"import", b.imports}, {"places", b.places}, {"growth", b.growth}, {"start", b.start}, {"pages", b.pages}, {"answers", b.answers}, {"questionnaire", b.questionnaire}, {"desk", b.desk}, {"scorecard", b.scorecard}} {
		if !strings.Contains(","+*only+",", ","+part.name+",") {
			continue
		}
		if err := part.measure(ctx); err != nil {
			return 0, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return b.report.verdict(), nil
}

// sharedFolder finds the reference material; empty where it is absent.
func sharedFolder() string {
	shared := os.Getenv("CITYRIGHTS_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	reference, err := filepath.Abs(filepath.Join(shared, "reference"))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(filepath.Join(reference, "data", "bristol", "data")); err != nil {
		return ""
	}
	return reference
}

// bristol gives the folder of its statistics and their mapping; false where they are absent.
func (b *bench) bristol() (folder, mapping string, ok bool) {
	return filepath.Join(b.shared, "data", "bristol"), filepath.Join(b.shared, "standard", "mapping-bristol.csv"), b.shared != ""
}
