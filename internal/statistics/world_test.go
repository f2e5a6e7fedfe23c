package statistics

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/standard"
)

// world is a room with a database of its own and a small standard.
type world struct {
	*testing.T
	room *Room
	n    int
}

func newWorld(t *testing.T, db *database.DB) *world {
	std := &standard.Standard{ID: "test", Version: "1", Dimensions: []standard.Dimension{{ID: "LIV", Requirements: []standard.Requirement{{ID: "LIV.1", Indicators: []standard.Indicator{
		{ID: "LIV.1.O1", Title: "People in poverty", Value: "pct", Unit: "%"}, {ID: "LIV.1.O2", Title: "People without a home", Value: "count"},
	}}}}}}
	room := New(db, std)
	room.Clock = clock.Fixed(time.UnixMilli(1_000_000))
	return &world{T: t, room: room}
}

func sqliteWorld(t *testing.T) *world { return newWorld(t, dbtest.SQLite(t)) }

// folderOf makes an Open SDG folder. A name that begins with indicator_ is a data file with usual metadata.
func folderOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		if strings.HasPrefix(name, "indicator_") {
			code := strings.TrimSuffix(strings.TrimPrefix(name, "indicator_"), ".csv")
			fsys["meta/"+code+".md"] = &fstest.MapFile{Data: []byte("---\nreporting_status: complete\nnational_indicator_available: Title of " + code +
				"\nsource_organisation_1: City office\nsource_url_1: https://example.org/\n---\n")}
			name = "data/" + name
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// rowsOf makes a mapping; each row is written without its last columns, as "LIV.1.O1,1-2-1,Sex=,value,%,exact".
func rowsOf(rows ...string) string {
	text := "standard_indicator,source_indicator,select,transform,unit,fit,note,period\n"
	for _, row := range rows {
		text += row + "\n"
	}
	return text
}

// take imports into a city of its own, or into the one that change names, and gives the report and the series as lines.
func (w *world) take(files fs.FS, mapping string, change ...func(*Request)) (Report, []string, error) {
	w.n++
	req := Request{City: fmt.Sprint("city", w.n), Format: OpenSDG, Files: files, Name: "folder", MappingName: "map.csv", Actor: "Ada", Reason: "test"}
	if mapping != "" {
		req.Mapping = strings.NewReader(mapping)
	}
	for _, c := range change {
		c(&req)
	}
	report, err := w.room.Import(context.Background(), req)
	lines := reportLines(report)
	for _, s := range w.series(req.City) {
		lines = append(lines, seriesLines(s)...)
	}
	return report, lines, err
}

func (w *world) series(city string) (list []Series) {
	w.Helper()
	err := w.room.db.Read(context.Background(), func(tx database.Tx) (err error) {
		list, err = w.room.Series(context.Background(), tx, city)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return list
}

// reportLines gives "file NAME STATUS REASON" and "SEVERITY PLACE CODE" for errors and warnings, "note CODE" for notes.
func reportLines(report Report) (lines []string) {
	for _, f := range report.Files {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("file %s %s %s", strings.TrimPrefix(f.Name, "data/"), f.Status, f.Reason)))
	}
	for _, f := range report.Findings {
		if f.Severity == Note {
			lines = append(lines, "note "+f.Code)
			continue
		}
		lines = append(lines, fmt.Sprintf("%s %s %s", f.Severity, strings.TrimPrefix(f.Place.String(), "data/"), f.Code))
	}
	return lines
}

// seriesLines gives "INDICATOR UNIT FIT: PERIOD=VALUE …" and a line for each group, "INDICATOR COLUMN=NAME (GROUND): PERIOD=VALUE …".
func seriesLines(s Series) []string {
	lines := []string{fmt.Sprintf("%s %s %s:%s", s.Indicator, s.Unit, s.Fit, pointText(s.Headline))}
	for _, g := range s.Groups {
		lines = append(lines, fmt.Sprintf("%s %s=%s (%s):%s", s.Indicator, g.Dimension, g.Name, g.Ground, pointText(g.Points)))
	}
	return lines
}

func pointText(points []Point) (text string) {
	for _, p := range points {
		text += fmt.Sprintf(" %s=%s", p.Period, formatNumber(p.Value))
		if p.Status != "" {
			text += "[" + p.Status + "]"
		}
		if p.Count != nil {
			text += fmt.Sprintf("(n %d)", *p.Count)
		}
	}
	return text
}

// trap is a case of an import: some of the lines that it must give, and parts of lines that it must not.
type trap struct {
	files   map[string]string
	mapping string
	change  func(*Request)
	want    []string
	never   []string
}

func runTraps(t *testing.T, traps map[string]trap) {
	w := sqliteWorld(t)
	for name, c := range traps {
		t.Run(name, func(t *testing.T) {
			var change []func(*Request)
			if c.change != nil {
				change = append(change, c.change)
			}
			report, lines, err := w.take(folderOf(c.files), c.mapping, change...)
			if (err != nil) != report.Blocked {
				t.Errorf("error %v, blocked %v", err, report.Blocked)
			}
			for _, want := range c.want {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q", want)
				}
			}
			for _, never := range c.never {
				if slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, never) }) {
					t.Errorf("a line has %q", never)
				}
			}
			if t.Failed() {
				t.Log("\n" + strings.Join(lines, "\n"))
			}
			for _, f := range report.Findings {
				if text := f.Text(); strings.Contains(text, "{") || text == f.Code {
					t.Errorf("%s has no whole text: %q", f.Code, text)
				}
			}
			for _, f := range report.Files {
				if strings.Contains(f.Why(), "{") || f.Status == Skipped && f.Why() == "" {
					t.Errorf("%s has no whole text: %q", f.Reason, f.Why())
				}
			}
		})
	}
}

const plainData = "Year,Value\n2018,1\n2019,2\n"

var plainRow = rowsOf("LIV.1.O1,1-2-1,,value,%,exact")

// raw gives a source indicator as it is stored.
func (w *world) raw(city, code string) (raw *Raw) {
	w.Helper()
	err := w.room.db.Read(context.Background(), func(tx database.Tx) (err error) {
		raw, _, err = w.room.Stored(context.Background(), tx, city, code)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return raw
}
