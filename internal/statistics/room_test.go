package statistics

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// to imports into the city x.
func to(change ...func(*Request)) func(*Request) {
	return func(r *Request) {
		r.City = "x"
		for _, c := range change {
			c(r)
		}
	}
}

func dry(r *Request) { r.DryRun = true }

func (w *world) read(query func(ctx context.Context, tx database.Tx) error) {
	w.Helper()
	if err := w.room.db.Read(context.Background(), func(tx database.Tx) error { return query(context.Background(), tx) }); err != nil {
		w.Fatal(err)
	}
}

func (w *world) revisions(indicator string) (list []Revision) {
	w.read(func(ctx context.Context, tx database.Tx) (err error) {
		list, err = w.room.Revisions(ctx, tx, "x", indicator)
		return err
	})
	return list
}

func (w *world) imports() (list []ImportRecord) {
	w.read(func(ctx context.Context, tx database.Tx) (err error) {
		list, err = w.room.Imports(ctx, tx, "x")
		return err
	})
	return list
}

func TestWhatChangesIsRevisedAndTheSameAgainChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		changes := 0
		w.room.Changed = func(_ context.Context, _ database.Tx, city string) error {
			if city == "x" {
				changes++
			}
			return nil
		}
		data := "Year,Sex,Count,Value\n2018,,90,1\n2019,,91,2\n2019,Male,,3\n2019,Female,,c\n"
		files := func(data string) fstest.MapFS {
			return folderOf(map[string]string{"indicator_1-2-1.csv": data, "indicator_4-1.csv": plainData})
		}
		row := rowsOf("LIV.1.O1,1-2-1,,value,%,exact,a note")
		preview, _, err := w.take(files(data), row, to(dry))
		if err != nil || changes > 0 || len(w.series("x")) > 0 || len(w.imports()) > 0 {
			t.Fatal("a dry run wrote something", err)
		}
		report, lines, err := w.take(files(data), row, to())
		if err != nil || changes != 1 || report.Import == "" {
			t.Fatal(err, changes, report.Import)
		}
		if diff := cmp.Diff(preview, report, cmpopts.IgnoreFields(Report{}, "DryRun", "Import")); diff != "" {
			t.Errorf("the dry run said something else:\n%s", diff)
		}
		if want := (Totals{New: 6}); report.Values != want || !strings.Contains(strings.Join(lines, "\n"), "LIV.1.O1 % exact: 2018=1(n 90) 2019=2(n 91)") {
			t.Errorf("%+v\n%s", report.Values, strings.Join(lines, "\n"))
		}
		report, _, err = w.take(files(data), row, to())
		if err != nil || changes != 1 || report.Import != "" || report.Values != (Totals{Unchanged: 6}) || report.Sources != (Totals{Unchanged: 2}) || report.Changes() {
			t.Errorf("the same again: %v, %+v, %d calls", err, report.Values, changes)
		}
		if report, _, _ = w.take(files(data), "", to()); report.Changes() || len(report.Mapping) != 1 {
			t.Error("without a mapping the city's own does not stay")
		}

		// One figure changes, one is given instead of its mark, one is gone, one is new; a whole file is gone.
		changed := folderOf(map[string]string{"indicator_1-2-1.csv": "Year,Sex,Count,Value\n2018,,90,1.5\n2019,Female,,4\n2019,,91,2\n2020,,92,5\n"})
		report, _, err = w.take(changed, "", to(func(r *Request) { r.Reason, r.Actor = "census", "Bo" }))
		if err != nil || changes != 2 || report.Values != (Totals{New: 1, Changed: 2, Unchanged: 1, Withdrawn: 3}) || report.Sources != (Totals{Changed: 1, Withdrawn: 1}) {
			t.Errorf("%v %+v %+v", err, report.Values, report.Sources)
		}
		number := func(v float64) *float64 { return &v }
		want := []Revision{
			{Source: "1-2-1", Dimensions: map[string]string{}, Period: Period{"2018", 20180101, 20181231}, Old: number(1), New: number(1.5)},
			{Source: "1-2-1", Dimensions: map[string]string{"Sex": "Female"}, Period: Period{"2019", 20190101, 20191231}, OldText: "c", New: number(4)},
			{Source: "1-2-1", Dimensions: map[string]string{"Sex": "Male"}, Period: Period{"2019", 20190101, 20191231}, Old: number(3), Withdrawn: true},
		}
		for i := range want {
			want[i].Reason, want[i].At, want[i].Actor, want[i].Import = "census", 1_000_000, "Bo", report.Import
		}
		if diff := cmp.Diff(want, w.revisions("LIV.1.O1"), cmpopts.IgnoreFields(Revision{}, "ID")); diff != "" {
			t.Error(diff)
		}
		if list := w.revisions("4.1"); len(list) != 2 || !list[0].Withdrawn || *list[0].Old != 1 {
			t.Errorf("the file that is gone has the revisions %+v", list)
		}
		if list := w.imports(); len(list) != 2 || list[0].Actor != "Bo" || list[0].Reason != "census" || list[0].Values.Changed != 2 || list[1].Name != "folder" || list[1].Actor != "Ada" {
			t.Errorf("%+v", list)
		}

		// A better mapping is a change of its own, and no new import of figures.
		report, lines, _ = w.take(changed, rowsOf("LIV.1.O1,1-2-1,Sex=Female,value,%,close"), to())
		if !report.MappingChanged || changes != 3 || report.Values.New+report.Values.Changed > 0 || lines[len(lines)-1] != "LIV.1.O1 % close: 2019=4" {
			t.Errorf("%+v %d\n%s", report, changes, strings.Join(lines, "\n"))
		}
	})
}

func TestAFileThatIsRefusedLeavesWhatWasKnown(t *testing.T) {
	w := sqliteWorld(t)
	good := map[string]string{"indicator_1-2-1.csv": plainData, "indicator_4-1.csv": plainData}
	rows := rowsOf("LIV.1.O1,1-2-1,,value,%,exact", "LIV.1.O2,4-1,,value,people,exact")
	if _, _, err := w.take(folderOf(good), rows, to()); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"a text": "Year,Value\n2018,many\n", "cut off": "Year,Value\n2018", "empty": "", "not text": "\x00\x01", "a quote": "Year,Value\n\"2018,1\n"} {
		report, lines, err := w.take(folderOf(map[string]string{"indicator_1-2-1.csv": data, "indicator_4-1.csv": plainData + "2020,3\n"}), "", to())
		text := strings.Join(lines, "\n")
		if err != nil || report.Values.Withdrawn > 0 || !strings.Contains(text, "LIV.1.O1 % exact: 2018=1 2019=2") || !strings.Contains(text, "LIV.1.O2 people exact: 2018=1 2019=2 2020=3") {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	folder := folderOf(good)
	delete(folder, "data/indicator_1-2-1.csv")
	folder["data/indicator_1-2-1.csv/x"] = &fstest.MapFile{}
	report, lines, err := w.take(folder, "", to())
	if err != nil || report.Sources.Withdrawn > 0 || lines[0] != "file indicator_1-2-1.csv refused" || report.Errors() != 1 {
		t.Errorf("a folder instead of the file: %v %v", err, lines)
	}
}

func TestAnInputAtFaultAsAWholeWritesNothing(t *testing.T) {
	w := sqliteWorld(t)
	w.room.City = func(_ context.Context, _ database.Tx, id string) error {
		if id == "nowhere" {
			return fault.New(fault.NotFound, "there is no city %q", id)
		}
		return nil
	}
	good := folderOf(map[string]string{"indicator_1-2-1.csv": plainData})
	if _, _, err := w.take(good, plainRow, to()); err != nil {
		t.Fatal(err)
	}
	before := w.series("x")
	for name, c := range map[string]struct {
		files   fstest.MapFS
		mapping string
		change  func(*Request)
		kind    fault.Kind
	}{
		"an unknown city":             {good, plainRow, func(r *Request) { r.City = "nowhere" }, fault.NotFound},
		"a broken mapping":            {good, rowsOf("LIV.1.O1,1-2-1,,value,%,good"), nil, fault.Invalid},
		"no data folder":              {fstest.MapFS{"readme": {}}, "", nil, fault.Invalid},
		"a file as data folder":       {fstest.MapFS{"data": {}}, "", nil, fault.Invalid},
		"nothing but placeholders":    {folderOf(map[string]string{"indicator_1-2-1.csv": "Year,Value\n"}), "", nil, fault.Invalid},
		"nothing but faults":          {folderOf(map[string]string{"indicator_1-2-1.csv": "Year,Value\n2018,many\n"}), "", nil, fault.Invalid},
		"another format":              {good, "", func(r *Request) { r.Format = "xlsx" }, fault.Invalid},
		"another reading of periods":  {good, "", func(r *Request) { r.Periods = "week" }, fault.Invalid},
		"a missing indicator of tidy": {fstest.MapFS{"a.csv": {Data: []byte(plainData)}}, "", func(r *Request) { r.Format = TidyCSV }, fault.Invalid},
	} {
		change := []func(*Request){to()}
		if c.change != nil {
			change = append(change, c.change)
		}
		report, _, err := w.take(c.files, c.mapping, change...)
		if fault.KindOf(err) != c.kind || !report.Blocked || report.Import != "" {
			t.Errorf("%s: %v, blocked %v", name, err, report.Blocked)
		}
		if diff := cmp.Diff(before, w.series("x")); diff != "" || len(w.imports()) != 1 {
			t.Errorf("%s: something was written\n%s", name, diff)
		}
	}
	broken := errors.New("no")
	w.room.Changed = func(context.Context, database.Tx, string) error { return broken }
	if _, _, err := w.take(folderOf(map[string]string{"indicator_1-2-1.csv": "Year,Value\n2018,5\n"}), "", to()); !errors.Is(err, broken) || cmp.Diff(before, w.series("x")) != "" {
		t.Errorf("an import whose follow-up fails was written: %v", err)
	}
}

func TestTwoImportsAtTheSameTimeBothStand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		done := make(chan error, 4)
		for i := range 4 {
			go func() {
				_, err := w.room.Import(context.Background(), Request{City: "x", Format: TidyCSV, Name: "a", Files: fstest.MapFS{"a.csv": {Data: fmt.Appendf(nil, "indicator,year,value\ni-%d,2018,%d\n", i, i)}}})
				done <- err
			}()
		}
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if list := w.imports(); len(list) != 4 {
			t.Errorf("%d imports", len(list))
		}
		w.read(func(ctx context.Context, tx database.Tx) error {
			for i := range 4 {
				raw, err := w.room.Raw(ctx, tx, "x", fmt.Sprint("I-", i))
				if err != nil || raw.Observations[0].Value != float64(i) {
					t.Error(i, err)
				}
			}
			_, err := w.room.Raw(ctx, tx, "x", "i-9")
			if fault.KindOf(err) != fault.NotFound {
				t.Error(err)
			}
			return nil
		})
	})
}

func TestProgressIsToldForEachFile(t *testing.T) {
	w := sqliteWorld(t)
	last, calls := 0, 0
	_, _, err := w.take(folderOf(map[string]string{"indicator_1-2-1.csv": plainData, "indicator_4-1.csv": plainData, "data/x": ""}), plainRow, func(r *Request) {
		r.Progress = func(done, total int, name string) {
			if calls++; done != last+1 || total != 3 || name == "" {
				t.Errorf("%d of %d %s behind %d", done, total, name, last)
			}
			last = done
		}
	})
	if err != nil || calls != 3 {
		t.Error(err, calls)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.room.Import(ctx, Request{City: "x", Format: OpenSDG, Files: folderOf(map[string]string{"indicator_1-2-1.csv": plainData})}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled import gives %v", err)
	}
}
