package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// start measures what a node costs before anybody reads it.
func (b *bench) start(ctx context.Context) error {
	data, withBristol, err := b.fullNode(ctx)
	if err != nil {
		return err
	}
	b.report.part("Start, idle memory, size")
	cities := "the invented city"
	if withBristol {
		cities += " and Bristol"
	}
	b.report.say("A node with %s. The start is the time from before the process is started until the home page has come, whole, with 200; the idle memory is the "+
		"resident set two seconds after that, with the pages of the program file.\n", cities)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ours := func() (*server, error) { return listen(ctx, b.program, "serve", "--data", data, "--listen") }
	bare := func() (*server, error) { return listen(ctx, self, "-bare", filepath.Join(b.work, "none")) }
	once := func(begin func() (*server, error)) func() (float64, error) {
		return func() (float64, error) {
			s, err := begin()
			if err != nil {
				return 0, err
			}
			took, err := s.firstAnswer("/en/")
			if err != nil {
				return 0, err
			}
			return took.Seconds() * 1000, s.stop()
		}
	}
	took, err := alternate(3*b.rounds, once(ours), once(bare))
	if err != nil {
		return err
	}
	b.report.header("", "ours", "over the turns", "bare net/http")
	b.report.line("start to the first page", b.report.promise("start", median(took[0]), 150, " ms", false), spread(took[0]), fmt.Sprintf("%.1f ms", median(took[1])))
	idle := make([]float64, 2)
	anonymous := make([]float64, 2)
	for i, begin := range []func() (*server, error){ours, bare} {
		s, err := begin()
		if err != nil {
			return err
		}
		if _, err := s.firstAnswer("/en/"); err != nil {
			return err
		}
		time.Sleep(2 * time.Second)
		if idle[i], err = s.memoryMB("VmRSS"); err != nil {
			return err
		}
		if anonymous[i], err = s.memoryMB("RssAnon"); err != nil {
			return err
		}
		if err := s.stop(); err != nil {
			return err
		}
	}
	b.report.line("idle memory", b.report.promise("idle memory", idle[0], 40, " MB", false), fmt.Sprintf("%.1f MB of it its own", anonymous[0]), fmt.Sprintf("%.1f MB", idle[1]))
	stripped := filepath.Join(b.work, "stripped")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", stripped, "./cmd/cityrights") //nolint:gosec // its only variable is a folder of this run
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	size := func(name string) (float64, error) {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		return float64(info.Size()) / 1e6, nil
	}
	built, err := size(b.program)
	if err != nil {
		return err
	}
	short, err := size(stripped)
	if err != nil {
		return err
	}
	b.report.line("program file, as built", b.report.promise("program file", built, 50, " MB", false), fmt.Sprintf("%.1f MB without symbols", short), "")
	return nil
}
