package statistics

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

func TestLinksThatLeaveTheFolderAreNotFollowed(t *testing.T) {
	outside := t.TempDir()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "secret.csv"), "Year,Value\n2018,42\n")
	write(filepath.Join(outside, "1-2-5.md"), "---\nindicator_available: Secret\n---\n")
	write(filepath.Join(dir, "data", "indicator_1-2-1.csv"), plainData)
	link(filepath.Join(outside, "secret.csv"), "data/indicator_1-2-2.csv")
	link("indicator_1-2-1.csv", "data/indicator_1-2-3.csv")
	link("indicator_1-2-4.csv", "data/indicator_1-2-4.csv")
	link("../../"+filepath.Base(outside)+"/secret.csv", "data/indicator_1-2-5.csv")
	link(outside, "meta")
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for name, files := range map[string]fs.FS{"os.DirFS": os.DirFS(dir), "os.Root": root.FS()} {
		_, lines, err := sqliteWorld(t).take(files, rowsOf("LIV.1.O1,1-2-3,,value,%,exact"))
		text := strings.Join(lines, "\n")
		for _, want := range []string{"file indicator_1-2-1.csv imported", "file indicator_1-2-2.csv refused", "file indicator_1-2-3.csv imported", "file indicator_1-2-4.csv refused", "file indicator_1-2-5.csv refused",
			"error indicator_1-2-2.csv file.link", "LIV.1.O1 % exact: 2018=1 2019=2", "warning meta meta.unread"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s (%v): no line %q in\n%s", name, err, want, text)
			}
		}
	}
	if err := os.Rename(filepath.Join(dir, "data"), filepath.Join(outside, "data")); err != nil {
		t.Fatal(err)
	}
	link(filepath.Join(outside, "data"), "data")
	if report, _, err := sqliteWorld(t).take(os.DirFS(dir), plainRow); err == nil || !report.Blocked {
		t.Error("a data folder that is a link to the outside was read")
	}
}

func TestAnArchiveIsAFolder(t *testing.T) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, text := range map[string]string{"town/data/indicator_1-2-1.csv": plainData, "town/meta/1-2-1.md": "---\nnational_indicator_available: Rents\n---\n", "__MACOSX/x": ""} {
		file, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	report, lines, err := sqliteWorld(t).take(files, plainRow)
	if err != nil || report.Files[0].Title != "Rents" || !slices.Contains(lines, "LIV.1.O1 % exact: 2018=1 2019=2") {
		t.Error(err, lines)
	}
}

// table draws a data file: a header and rows that do not contradict one another.
func table(t *rapid.T) (header string, rows []string) {
	cell := rapid.SampledFrom([]string{"", "Male", "female", "Female ", "Total", "16-24", "Nörd", "a, b", "10", "9"})
	period := rapid.SampledFrom([]string{"2017", "2018", "2018-19", "2019/20", "2014-11", "Q1 2016"})
	seen := map[string]bool{}
	for range rapid.IntRange(1, 25).Draw(t, "rows") {
		year, sex, place := period.Draw(t, "year"), cell.Draw(t, "sex"), cell.Draw(t, "place")
		key := year + fold(sex) + "\x00" + fold(place)
		if seen[key] {
			continue
		}
		seen[key] = true
		rows = append(rows, fmt.Sprintf("%s,%s,\"%s\",%s,%s,%s", year, sex2(sex), place, rapid.SampledFrom([]string{"1.5", "20", "-3", "c", "", "7 "}).Draw(t, "value"),
			rapid.SampledFrom([]string{"", "-3", "1.25", "c"}).Draw(t, "lower"), rapid.SampledFrom([]string{"", "7", "30%"}).Draw(t, "upper")))
	}
	return "Year,Sex,Place,Value,Lower CI,Upper CI", rows
}

func sex2(cell string) string { return `"` + cell + `"` }

func rawOf(t *rapid.T, text string) *Raw {
	tab, err := sheet.Parse([]byte(text), "a.csv", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	f := findings{file: "a.csv"}
	fr := newFrame(tab, &f, nil, roleNames)
	raw, _ := fr.readRaw(fr.rows, AskPeriod, &f)
	if f.failed() {
		t.Fatal(f.list)
	}
	return raw
}

func TestNeitherTheOrderOfRowsNorTheLineEndingsMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		header, rows := table(t)
		want := rawOf(t, header+"\n"+strings.Join(rows, "\n")+"\n")
		shuffled := slices.Clone(rows)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		ending := rapid.SampledFrom([]string{"\n", "\r\n", "\r", "\r\r\n"}).Draw(t, "ending")
		if diff := cmp.Diff(want, rawOf(t, header+ending+strings.Join(shuffled, ending)+ending)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWhatIsStoredReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		header, rows := table(t)
		raw := rawOf(t, header+"\n"+strings.Join(rows, "\n")+"\n")
		if raw == nil {
			return
		}
		raw.Code, raw.About.Title, raw.About.Unit = "x", "A title", "%"
		text, digest, err := raw.encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeRaw("x", text)
		if diff := cmp.Diff(raw, back); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
		if _, again, _ := back.encode(); again != digest {
			t.Fatal("the digest changed")
		}
		var totals Totals
		if list := compare(raw, back, &totals); len(list) > 0 || totals.Unchanged != len(raw.Observations) {
			t.Fatalf("%+v %+v", totals, list)
		}
	})
}

func FuzzDataFile(f *testing.F) {
	for _, seed := range []string{plainData, "Year,Units,Sex,GeoCode,Observation status,Value\n2018,%,Male,E1,A,1\n2019,,,,,<5\n", "\xef\xbb\xbfYear;Value\r2011-12;1,5\r", "Year,Value\n05/06/2019,\"1,234\"\n", "Year,Value\n2018", "Year,Group,Value\n2018,A,1\n",
		"Year,Sex,Value,Lower CI,Upper 95\n2018,,5,4,6\n2019,,\"5,5\",c,\n2019,Male,c,4,x\n"} {
		f.Add([]byte(seed))
	}
	row := MappingRow{Row: 2, Indicator: "LIV.1.O1", Source: "1-2-1", Fit: "exact", Select: []Condition{{"Sex", ""}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		collected, err := readOpenSDG(t.Context(), fstest.MapFS{"data/indicator_1-2-1.csv": {Data: data}}, &Request{Name: "x"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range collected.list {
			if strings.ContainsAny(found.String(), "\n\r") {
				t.Fatalf("a finding of several lines: %q", found)
			}
		}
		raw := collected.raws["1-2-1"]
		if raw == nil {
			return
		}
		for _, o := range raw.Observations {
			within := interval{o.Lower, o.Upper}
			if !sane(o.Period) || !finite(o.Value) || o.Mark != "" && (o.Value != 0 || within != interval{}) || !within.holds(o.Value) {
				t.Fatalf("%+v", o)
			}
		}
		for _, r := range []MappingRow{row, {Row: 2, Indicator: "LIV.1.O1", Source: "1-2-1", Fit: "exact"}} {
			p := view(r, raw, nil, &findings{})
			for _, g := range append(p.groups, Group{Points: p.headline}) {
				if !slices.IsSortedFunc(g.Points, func(a, b Point) int { return a.Start - b.Start }) {
					t.Fatalf("points out of order: %+v", g)
				}
			}
		}
	})
}
