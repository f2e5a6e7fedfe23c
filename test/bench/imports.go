package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// timed runs a command and gives its time and its peak memory in kB.
func (b *bench) timed(input string, name string, args ...string) (time.Duration, int64, error) {
	c := exec.CommandContext(b.ctx, name, args...)
	c.Stdin = strings.NewReader(input)
	var errs strings.Builder
	c.Stderr = &errs
	started := time.Now()
	err := c.Run()
	took := time.Since(started)
	if err != nil {
		return 0, 0, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, errs.String())
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return took, 0, nil
	}
	return took, usage.Maxrss, nil
}

// node makes a node with one empty city in a new folder.
func (b *bench) node(name string) (data string, err error) {
	data = filepath.Join(b.folder, name)
	if err := os.RemoveAll(data); err != nil {
		return "", err
	}
	_, _, err = b.timed("", b.program, "city", "add", "bristol", "--name", "Bristol", "--country", "GB", "--data", data)
	return data, err
}

// imports measures the whole command on Bristol's folder, next to sqlite3 importing every row of the same files into one
// table a file, in one transaction, as durable as ours.
func (b *bench) imports() error {
	if b.bristol == "" {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(b.bristol, "data", "*.csv"))
	if err != nil {
		return err
	}
	rows := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		rows += strings.Count(string(data), "\n") - 1
	}
	var ours, theirs []time.Duration
	var memory []int64
	for range rounds {
		data, err := b.node("import")
		if err != nil {
			return err
		}
		took, peak, err := b.timed("", b.program, "import", "statistics", "--city", "bristol", "--from", "opensdg", "--mapping", b.mapping, "--data", data, b.bristol)
		if err != nil {
			return err
		}
		ours, memory = append(ours, took), append(memory, peak)
		database := filepath.Join(b.folder, "yardstick.sqlite")
		for _, ending := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(database + ending)
		}
		script := "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n.mode csv\nBEGIN;\n"
		for i, f := range files {
			script += fmt.Sprintf(".import %q t%d\n", f, i)
		}
		script += "COMMIT;\n"
		took, _, err = b.timed(script, "sqlite3", database)
		if err != nil && !strings.Contains(err.Error(), "expected") { // sqlite3 complains of rows that are too short, and goes on
			return err
		}
		theirs = append(theirs, took)
	}
	o, t := median(ours), median(theirs)
	row(fmt.Sprintf("import of Bristol's folder, %d files, %d rows", len(files), rows), milliseconds(o), "sqlite3 .import "+milliseconds(t), fmt.Sprintf("%.2f times", float64(o)/float64(t)))
	row("peak memory of that import", fmt.Sprintf("%d MB", median(memory)/1024), "≤ 100 MB", "")
	return nil
}

// growth imports invented folders of 1, 2, 4, 8, 16 times the rows.
func (b *bench) growth() error {
	var first time.Duration
	for _, times := range []int{1, 2, 4, 8, 10, 16} {
		folder := filepath.Join(b.folder, "grown")
		if err := invent(folder, 40*times); err != nil {
			return err
		}
		var all []time.Duration
		var memory []int64
		for range 3 {
			data, err := b.node("growth")
			if err != nil {
				return err
			}
			took, peak, err := b.timed("", b.program, "import", "statistics", "--city", "bristol", "--from", "opensdg", "--data", data, folder)
			if err != nil {
				return err
			}
			all, memory = append(all, took), append(memory, peak)
		}
		took := median(all)
		if times == 1 {
			first = took
		}
		row(fmt.Sprintf("import of an invented folder, %d rows, peak %d MB", 16000*times, median(memory)/1024), milliseconds(took), fmt.Sprintf("%d times the rows", times), fmt.Sprintf("%.1f times the time", float64(took)/float64(first)))
	}
	return nil
}

// invent writes an Open SDG folder of files with 400 rows each: twenty years, the whole and nineteen groups.
func invent(folder string, files int) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(folder, "data"), 0o700); err != nil {
		return err
	}
	for n := range files {
		f, err := os.Create(filepath.Join(folder, "data", fmt.Sprintf("indicator_%d-%d-%d.csv", 1+n/100, 1+n/10%10, 1+n%10)))
		if err != nil {
			return err
		}
		w := csv.NewWriter(f)
		_ = w.Write([]string{"Year", "Area", "Value"})
		for year := 2001; year <= 2020; year++ {
			for group := range 20 {
				name := ""
				if group > 0 {
					name = "Quarter " + strconv.Itoa(group)
				}
				_ = w.Write([]string{strconv.Itoa(year), name, strconv.FormatFloat(float64((n*31+year*7+group*13)%1000)/10, 'f', 1, 64)})
			}
		}
		w.Flush()
		if err := w.Error(); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
