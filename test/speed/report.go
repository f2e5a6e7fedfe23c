package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
)

// report prints figures as they come and remembers which promises were missed.
type report struct {
	out    io.Writer
	kept   int
	missed []string
}

// machine says what the figures were measured on.
func (r *report) machine() {
	cpu := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				cpu = strings.TrimSpace(value)
				break
			}
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	r.say("%s/%s, %d cores of %s, %s, load before the run %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cpu, runtime.Version(),
		strings.Join(strings.Fields(string(load))[:min(3, len(strings.Fields(string(load))))], " "))
}

func (r *report) part(title string) { fmt.Fprintf(r.out, "\n## %s\n\n", title) }

func (r *report) say(text string, args ...any) { fmt.Fprintf(r.out, text+"\n", args...) }

// header begins a table.
func (r *report) header(columns ...string) {
	r.line(columns...)
	fmt.Fprintln(r.out, "|"+strings.Repeat("---|", len(columns)))
}

func (r *report) line(cells ...string) { fmt.Fprintln(r.out, "| "+strings.Join(cells, " | ")+" |") }

// promise judges a figure and gives it as a cell.
func (r *report) promise(what string, value, limit float64, unit string, atLeast bool) string {
	sign, broken := "≤", value > limit
	if atLeast {
		sign, broken = "≥", value < limit
	}
	cell := fmt.Sprintf("%.3g%s (%s %g)", value, unit, sign, limit)
	if broken {
		r.missed = append(r.missed, what+": "+cell)
		return "**" + cell + "**"
	}
	r.kept++
	return cell
}

func (r *report) verdict() int {
	r.part("Promises")
	r.say("%d kept, %d missed.", r.kept, len(r.missed))
	for _, m := range r.missed {
		r.say("- missed: %s", m)
	}
	return min(1, len(r.missed))
}

// alternate lets each rival run once per round, one after the other; a first round warms up and does not count.
func alternate(rounds int, rivals ...func() (float64, error)) ([][]float64, error) {
	all := make([][]float64, len(rivals))
	for round := range rounds + 1 {
		for i, rival := range rivals {
			value, err := rival()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				all[i] = append(all[i], value)
			}
		}
	}
	return all, nil
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

// ratio is the median over the rounds of a to b in the same round.
func ratio(a, b []float64) float64 { return median(ratios(a, b)) }

func ratios(a, b []float64) []float64 {
	list := make([]float64, len(a))
	for i := range a {
		list[i] = a[i] / b[i]
	}
	return list
}

func spread(list []float64) string {
	return fmt.Sprintf("%.2f–%.2f", slices.Min(list), slices.Max(list))
}
