package browser

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/run"
)

// served is the program as somebody has started it at a terminal.
type served struct {
	origin string
	code   string // by which a new node is set up; empty where it is somebody's
	stop   func() // ends it, and waits until it has ended
}

var (
	saysWhere = regexp.MustCompile(`cityrights is at (http://[0-9.:]+)/`)
	saysCode  = regexp.MustCompile(`type this code: (\S+)`)
)

// terminal passes on what a program prints, each print once.
type terminal chan string

func (c terminal) Write(b []byte) (int, error) {
	c <- string(b)
	return len(b), nil
}

// serve starts the program on a data folder, and returns when it answers. What it logs as an error fails the test.
func serve(t *testing.T, data, listen string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	printed, ended := make(terminal, 8), make(chan int, 1)
	var errs strings.Builder
	go func() {
		ended <- run.Main(ctx, []string{"serve", "--data", data, "--listen", listen}, strings.NewReader(""), printed, &errs)
	}()
	stopped := false
	stop := func() {
		cancel()
		if stopped {
			return
		}
		stopped = true
		if status := <-ended; status != 0 || strings.Contains(errs.String(), "level=ERROR") {
			t.Errorf("the program ended with status %d and said\n%s", status, errs.String())
		}
	}
	t.Cleanup(stop)
	for {
		select {
		case said := <-printed:
			where := saysWhere.FindStringSubmatch(said)
			if where == nil {
				continue
			}
			s := served{origin: where[1], stop: stop}
			if code := saysCode.FindStringSubmatch(said); code != nil {
				s.code = code[1]
			}
			return s
		case status := <-ended:
			stopped = true
			t.Fatalf("the program ended with status %d\n%s", status, errs.String())
		}
	}
}

// command runs a command of the program and gives what it prints.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if status := run.Main(context.Background(), args, strings.NewReader(""), &out, &errs); status != 0 {
		t.Fatalf("cityrights %s: status %d\n%s", strings.Join(args, " "), status, errs.String())
	}
	return out.String()
}
