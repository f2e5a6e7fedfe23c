package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

const durable = "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n.mode csv\n" // as the program opens its own database

// imports compares the import of a folder with sqlite3 .import of all rows of its data files.
func (b *bench) imports(ctx context.Context) error {
	b.report.part("Import of statistics")
	b.report.say("Seconds from starting the process to its end; the node exists and has the city without figures. sqlite3 takes every row of data/*.csv, " +
		"durably (WAL, synchronous=FULL), in one process.\n")
	b.report.header("folder", "rows", "values that ours keeps", "ours", "sqlite3, one table", "ratio", "over the turns", "sqlite3, a table per file, one commit", "the same, a commit per file", "our peak memory")
	if folder, mapping, ok := b.bristol(); ok {
		if err := b.compareImport(ctx, "Bristol", folder, mapping); err != nil {
			return err
		}
	}
	folder, mapping, err := b.invent("invented", 250, 72)
	if err != nil {
		return err
	}
	return b.compareImport(ctx, "an invented folder", folder, mapping)
}

func (b *bench) compareImport(ctx context.Context, name, folder, mapping string) error {
	flat, files, rows, err := b.flatten(folder)
	if err != nil {
		return err
	}
	each := ""
	for i, file := range files {
		each += fmt.Sprintf(".import %q t%d\n", file, i)
	}
	plain := func(script string) func() (float64, error) {
		return func() (float64, error) {
			database := filepath.Join(b.work, "plain.db")
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(database + end); err != nil && !os.IsNotExist(err) {
					return 0, err
				}
			}
			used, err := finish(ctx, durable+script, "sqlite3", database)
			return used.seconds, err
		}
	}
	var peaks []float64
	kept := 0
	ours := func() (float64, error) {
		used, err := b.importOnce(ctx, folder, mapping)
		if err != nil {
			return 0, err
		}
		peaks = append(peaks, used.peakMB)
		kept, err = newValues(used.said)
		return used.seconds, err
	}
	oneTable := func() (float64, error) {
		took, err := plain(fmt.Sprintf(".import %q t\n", flat))()
		if err != nil {
			return 0, err
		}
		count, err := finish(ctx, "SELECT count(*) FROM t;\n", "sqlite3", filepath.Join(b.work, "plain.db"))
		if err == nil && strings.TrimSpace(count.said) != fmt.Sprint(rows) {
			err = fmt.Errorf("sqlite3 took %s of %d rows", strings.TrimSpace(count.said), rows)
		}
		return took, err
	}
	took, err := alternate(b.rounds, ours, oneTable, plain("BEGIN;\n"+each+"COMMIT;\n"), plain(each))
	if err != nil {
		return err
	}
	b.report.line(name, fmt.Sprint(rows), fmt.Sprint(kept), seconds(took[0]), seconds(took[1]),
		b.report.promise("import of "+name+" to sqlite3 .import", ratio(took[0], took[1]), 5, " ×", false), spread(ratios(took[0], took[1])),
		seconds(took[2]), seconds(took[3]), b.report.promise("memory of the import of "+name, slices.Max(peaks), 100, " MB", false))
	return nil
}

func seconds(list []float64) string { return fmt.Sprintf("%.3f s", median(list)) }

// importOnce imports into a new node.
func (b *bench) importOnce(ctx context.Context, folder, mapping string) (spent, error) {
	data, err := b.newNode(ctx, "node")
	if err != nil {
		return spent{}, err
	}
	return finish(ctx, "", b.program, "import", "statistics", "--city", "bristol", "--from", "opensdg", "--mapping", mapping, "--data", data, folder)
}

// newValues reads from the report of an import how many values it has saved.
func newValues(said string) (n int, err error) {
	_, rest, ok := strings.Cut(said, "Saved: ")
	if !ok {
		return 0, fmt.Errorf("the import saved nothing:\n%s", said)
	}
	_, err = fmt.Sscan(rest, &n)
	return n, err
}

// flatten writes all rows of the data files into one CSV file, which sqlite3 reads in one transaction into one table: its fastest way.
func (b *bench) flatten(folder string) (flat string, files []string, rows int, err error) {
	if files, err = filepath.Glob(filepath.Join(folder, "data", "*.csv")); err != nil {
		return "", nil, 0, err
	}
	flat = filepath.Join(b.work, "flat.csv")
	out, err := os.Create(flat)
	if err != nil {
		return "", nil, 0, err
	}
	w := csv.NewWriter(out)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return "", nil, 0, err
		}
		table, err := sheet.Parse(data, name, sheet.Limits{})
		if err != nil {
			return "", nil, 0, err
		}
		for i, row := range table.Rows {
			if i == 0 && rows > 0 {
				continue // names of columns, which one table needs once
			}
			cells := append([]string{filepath.Base(name)}, row.Cells...)
			for len(cells) < 14 {
				cells = append(cells, "")
			}
			if err := w.Write(cells); err != nil {
				return "", nil, 0, err
			}
			if i > 0 {
				rows++
			}
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return "", nil, 0, err
	}
	return flat, files, rows, out.Close()
}

// growth imports invented folders that grow.
func (b *bench) growth(ctx context.Context) error {
	b.report.part("Growth of the import")
	b.report.say("Invented folders of an Open SDG repository; an indicator is mapped to every tenth file, up to all that the standard has. " +
		"“Without the start” takes off what `city list` on the same node takes: what does not grow would flatter the ratio.\n")
	type size struct {
		name         string
		files, rows  int
		folder, plan string
		peak         float64
	}
	const files, rows = 250, 72
	sizes := []*size{{name: "1 ×", files: files, rows: rows}, {name: "2 ×", files: 2 * files, rows: rows}, {name: "4 ×", files: 4 * files, rows: rows},
		{name: "8 ×", files: 8 * files, rows: rows}, {name: "16 ×", files: 16 * files, rows: rows},
		{name: "10 ×, more files", files: 10 * files, rows: rows}, {name: "10 ×, longer files", files: files, rows: 10 * rows}}
	rivals := []func() (float64, error){func() (float64, error) {
		used, err := finish(ctx, "", b.program, "city", "list", "--data", filepath.Join(b.work, "node"))
		return used.seconds, err
	}}
	if _, err := b.newNode(ctx, "node"); err != nil {
		return err
	}
	for i, s := range sizes {
		var err error
		if s.folder, s.plan, err = b.invent(fmt.Sprintf("invented-%d", i), s.files, s.rows); err != nil {
			return err
		}
		rivals = append(rivals, func() (float64, error) {
			used, err := b.importOnce(ctx, s.folder, s.plan)
			if err != nil {
				return 0, err
			}
			if n, err := newValues(used.said); err != nil || n != s.files*s.rows {
				return 0, fmt.Errorf("%d of %d values were saved: %w", n, s.files*s.rows, err) // else it would be fast for nothing
			}
			s.peak = max(s.peak, used.peakMB)
			return used.seconds, nil
		})
	}
	took, err := alternate(max(3, b.rounds*3/5), rivals...)
	if err != nil {
		return err
	}
	start, took := took[0], took[1:]
	b.report.say("The start takes %s.\n", seconds(start))
	b.report.header("size", "rows", "time", "to 1 ×", "to 1 ×, without the start", "to half of it, without the start", "peak memory")
	net := func(list []float64) []float64 {
		out := make([]float64, len(list))
		for i := range list {
			out[i] = list[i] - start[i]
		}
		return out
	}
	for i, s := range sizes {
		whole, half := fmt.Sprintf("%.2f", ratio(took[i], took[0])), ""
		if strings.HasPrefix(s.name, "10 ×") {
			whole = b.report.promise("import of "+s.name+" the rows", ratio(took[i], took[0]), 11, " ×", false)
		} else if i > 0 {
			half = fmt.Sprintf("%.2f", ratio(net(took[i]), net(took[i-1])))
		}
		b.report.line(s.name, fmt.Sprint(s.files*s.rows), seconds(took[i]), whole, fmt.Sprintf("%.2f", ratio(net(took[i]), net(took[0]))), half, fmt.Sprintf("%.0f MB", s.peak))
	}
	return nil
}
