package statistics

import (
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// importOnce imports into an empty database and gives the time that it took, opening and closing left out.
func importOnce(b *testing.B, files fs.FS, mapping string, values int) time.Duration {
	b.Helper()
	db, err := database.Open(context.Background(), "sqlite:"+filepath.Join(b.TempDir(), "node.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	room := New(db, nil)
	start := time.Now()
	report, err := room.Import(context.Background(), Request{City: "x", Format: OpenSDG, Files: files, Name: "x", Mapping: strings.NewReader(mapping), MappingName: "m"})
	took := time.Since(start)
	if err != nil || report.Values.New != values {
		b.Fatal(err, report.Values)
	}
	return took
}

// median of several measurements, so that one slow disk flush does not decide.
func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkImportOfBristol compares the import of the Bristol folder (about 250 files, 17,000 rows) with sqlite3 .import of the same rows;
// the promise is at most 5 times its time, and 100 MB of memory (the peak of this whole process is reported).
func BenchmarkImportOfBristol(b *testing.B) {
	folder, mapping := shared(b, "data/bristol"), shared(b, "standard/mapping-bristol.csv")
	rows, err := os.ReadFile(mapping)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		b.Skip("the sqlite3 command is not here to compare with")
	}
	flat := flatten(b, folder)
	var ours, theirs []time.Duration
	for b.Loop() {
		ours = append(ours, importOnce(b, os.DirFS(folder), string(rows), 4769))
		start := time.Now()
		run := exec.Command("sqlite3", filepath.Join(b.TempDir(), "plain.db"), ".mode csv", ".import "+flat+" t")
		if out, err := run.CombinedOutput(); err != nil {
			b.Fatal(err, string(out))
		}
		theirs = append(theirs, time.Since(start))
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(median(ours))/float64(median(theirs)), "times-sqlite3(≤5)")
	b.ReportMetric(float64(usage.Maxrss)/1024, "peak-MB(≤100)")
}

// flatten writes all rows of the data files into one CSV file of ten columns.
func flatten(b *testing.B, folder string) string {
	names, err := filepath.Glob(filepath.Join(folder, "data", "indicator_*.csv"))
	if err != nil {
		b.Fatal(err)
	}
	flat := filepath.Join(b.TempDir(), "flat.csv")
	file, err := os.Create(flat)
	if err != nil {
		b.Fatal(err)
	}
	out := csv.NewWriter(file)
	n := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		table, err := sheet.Parse(data, name, sheet.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range table.Rows {
			cells := append([]string{filepath.Base(name)}, row.Cells...)
			for len(cells) < 11 {
				cells = append(cells, "")
			}
			if err := out.Write(cells); err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	out.Flush()
	if err := file.Close(); err != nil || n < 17_000 {
		b.Fatal(err, n)
	}
	return flat
}

// grown makes a folder of files with figures of 34 wards in so many years.
func grown(b *testing.B, files, years int) fs.FS {
	dir := b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for i := range files {
		var text strings.Builder
		text.WriteString("Year,Ward,GeoCode,Value\n")
		for y := range years {
			for ward := range 34 {
				fmt.Fprintf(&text, "%d,Ward %d,E%d,%d.%d\n", 1900+y, ward, ward, i+ward, y)
			}
		}
		write(fmt.Sprintf("data/indicator_%d-1-1.csv", i+1), text.String())
		write(fmt.Sprintf("meta/%d-1-1.md", i+1), "---\nreporting_status: complete\n---\n")
	}
	return os.DirFS(dir)
}

// BenchmarkGrowth compares the import of ten times the rows, in longer files and in more files; the promise is at most 11 times the time.
// It compares processor time as well, which neighbours on the machine and the disk do not disturb.
func BenchmarkGrowth(b *testing.B) {
	for name, size := range map[string][2]int{"longer files": {40, 100}, "more files": {400, 10}} {
		b.Run(name, func(b *testing.B) {
			small, large := grown(b, 40, 10), grown(b, size[0], size[1])
			var one, ten, oneCPU, tenCPU []time.Duration
			for b.Loop() {
				start := processor(b)
				one = append(one, importOnce(b, small, plainRow, 40*10*34))
				middle := processor(b)
				ten = append(ten, importOnce(b, large, plainRow, 10*40*10*34))
				oneCPU, tenCPU = append(oneCPU, middle-start), append(tenCPU, processor(b)-middle)
			}
			b.ReportMetric(float64(median(ten))/float64(median(one)), "times-for-10-times(≤11)")
			b.ReportMetric(float64(median(tenCPU))/float64(median(oneCPU)), "processor-times-for-10-times(≤11)")
		})
	}
}

// processor gives the processor time of this process so far.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkSeries reads all series of a city.
func BenchmarkSeries(b *testing.B) {
	folder, mapping := shared(b, "data/bristol"), shared(b, "standard/mapping-bristol.csv")
	file, err := os.Open(mapping)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	room := New(dbtest.SQLite(b), nil)
	if _, err := room.Import(context.Background(), Request{City: "x", Format: OpenSDG, Files: os.DirFS(folder), Name: "x", Mapping: file}); err != nil {
		b.Fatal(err)
	}
	err = room.db.Read(context.Background(), func(tx database.Tx) error {
		for b.Loop() {
			if list, err := room.Series(context.Background(), tx, "x"); err != nil || len(list) != 23 {
				b.Fatal(err, len(list))
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
