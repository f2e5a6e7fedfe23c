package statistics

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestTheFirstLinesOfAMappingAreShownAndTheOthersCounted(t *testing.T) {
	for n, want := range map[int][2]int{0: {0, 0}, 10: {10, 0}, 13: {10, 3}} {
		change := MappingChange{Lines: make([]MappingLine, n)}
		if lines, more := change.First(); len(lines) != want[0] || more != want[1] {
			t.Errorf("of %d lines %d are shown and %d more counted, want %v", n, len(lines), more, want)
		}
	}
}

func TestANewMappingIsComparedLineByLine(t *testing.T) {
	parse := func(rows ...string) Mapping {
		mapping, found := ParseMapping(strings.NewReader(rowsOf(rows...)), "map.csv", nil)
		if hasError(found) {
			t.Fatal(found)
		}
		return mapping
	}
	one, two, three := "LIV.1.O1,1-2-1,,value,%,exact", "LIV.1.O2,1-2-1,Sex=,value,%,exact", "LIV.1.O1,4-1,,value,%,close"
	for name, c := range map[string]struct {
		before, after Mapping
		want          string
	}{
		"the same in another order":  {parse(one, two), parse(two, one), "0 0 0 2"},
		"one more":                   {parse(one), parse(one, three), "1 0 0 1 new LIV.1.O1 4-1"},
		"one less":                   {parse(one, two), parse(one), "0 0 1 1 removed LIV.1.O2 1-2-1"},
		"another unit":               {parse(one, two), parse(strings.Replace(one, "%", "per 100", 1), two), "0 1 0 1 changed LIV.1.O1 1-2-1"},
		"all others":                 {parse(one, two), parse(three), "1 0 2 0 new LIV.1.O1 4-1 removed LIV.1.O1 1-2-1 removed LIV.1.O2 1-2-1"},
		"a line twice, once changed": {parse(one, strings.Replace(one, ",,", ",Sex=F,", 1)), parse(one, strings.Replace(one, ",,", ",Sex=M,", 1)), "0 1 0 1 changed LIV.1.O1 1-2-1"},
		"none left":                  {parse(one), nil, "0 0 1 0 removed LIV.1.O1 1-2-1"},
	} {
		change := compareMappings(c.before, c.after)
		got := fmt.Sprint(change.New, change.Changed, change.Removed, change.Unchanged)
		for _, line := range change.Lines {
			got += fmt.Sprintf(" %s %s %s", line.Change, line.Indicator, line.Source)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// comparedOneByOne is compareMappings as it is defined, in a time that grows with the square of the rows.
func comparedOneByOne(before, after Mapping) *MappingChange {
	change := &MappingChange{}
	before, after = plainMapping(before), plainMapping(after)
	var rest Mapping
	for _, row := range after {
		if at := slices.IndexFunc(before, func(old MappingRow) bool { return reflect.DeepEqual(old, row) }); at >= 0 {
			before = slices.Delete(before, at, at+1)
			change.Unchanged++
			continue
		}
		rest = append(rest, row)
	}
	for _, row := range rest {
		if at := slices.IndexFunc(before, func(old MappingRow) bool { return old.Indicator == row.Indicator && old.Source == row.Source }); at >= 0 {
			before = slices.Delete(before, at, at+1)
			change.Changed++
			change.line(LineChanged, row)
			continue
		}
		change.New++
		change.line(LineNew, row)
	}
	for _, row := range before {
		change.Removed++
		change.line(LineRemoved, row)
	}
	return change
}

func TestMappingsAreComparedAsEachLineWithEachOther(t *testing.T) {
	conditions := rapid.SampledFrom([][]Condition{nil, {}, {{"A", "1"}}, {{"A", "1;B=2"}}, {{"A", "1"}, {"B", "2"}}, {{"A", `1"`}, {"B", "2"}}})
	transforms := rapid.SampledFrom([]Transform{{}, {Kind: ScaleTransform, By: 100}, {Kind: ScaleTransform, By: 100.00000000000001}, {Kind: DifferenceTransform, Column: "A", A: "b c"}, {Kind: DifferenceTransform, Column: "A", A: "b", B: "c"}})
	text := rapid.SampledFrom([]string{"a", "b"})
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) MappingRow {
		return MappingRow{Row: rapid.IntRange(2, 9).Draw(t, "row"), Indicator: text.Draw(t, "indicator"), Source: text.Draw(t, "source"), Select: conditions.Draw(t, "select"),
			Transform: transforms.Draw(t, "transform"), Unit: text.Draw(t, "unit"), Fit: "exact"}
	}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		before, after := Mapping(rows.Draw(t, "before")), Mapping(rows.Draw(t, "after"))
		if rapid.Bool().Draw(t, "some are kept") {
			after = append(after, before[:len(before)/2]...)
		}
		if diff := cmp.Diff(comparedOneByOne(before, after), compareMappings(before, after)); diff != "" {
			t.Fatalf("the comparison differs from its definition:\n%s", diff)
		}
	})
}

func TestAFormerMappingIsKeptWithWhoAndWhen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		files := folderOf(map[string]string{"indicator_1-2-1.csv": plainData})
		first, second := rowsOf("LIV.1.O1,1-2-1,,value,%,exact,=a note"), rowsOf("LIV.1.O2,1-2-1,,value,%,exact")
		by := func(who string, minute int64) func(*Request) {
			w.room.Clock = clock.Fixed(time.UnixMilli(minute * 60_000))
			return func(r *Request) { r.Actor = who }
		}
		begun, _, err := w.take(files, first, to(by("Ada", 1)))
		if err != nil || begun.MappingReplaced != nil {
			t.Fatal(err, begun.MappingReplaced)
		}
		looked, _, err := w.take(files, second, to(by("Bo", 2), dry))
		if err != nil || looked.MappingReplaced == nil || looked.MappingReplaced.New != 1 || looked.MappingReplaced.Removed != 1 {
			t.Fatalf("the dry run says %+v (%v)", looked.MappingReplaced, err)
		}
		replaced, _, err := w.take(files, second, to(by("Bo", 3)))
		if err != nil || !cmp.Equal(replaced.MappingReplaced, looked.MappingReplaced) {
			t.Errorf("the import says %+v (%v)", replaced.MappingReplaced, err)
		}
		if kept := w.imports()[0].MappingReplaced; kept == nil || kept.New != 1 || kept.Removed != 1 || kept.Lines != nil {
			t.Errorf("the record of the import says %+v", kept)
		}
		w.read(func(ctx context.Context, tx database.Tx) error {
			list, err := w.room.Mappings(ctx, tx, "x")
			if diff := cmp.Diff([]MappingRecord{
				{Import: replaced.Import, At: 180_000, Actor: "Bo"},
				{Import: begun.Import, At: 60_000, Actor: "Ada", ReplacedAt: 180_000, ReplacedBy: "Bo"},
			}, list); diff != "" || err != nil {
				t.Errorf("the city's mappings: %v\n%s", err, diff)
			}
			for id, want := range map[string]string{begun.Import: first, replaced.Import: second} {
				mapping, err := w.room.MappingFrom(ctx, tx, "x", id)
				if err != nil {
					return err
				}
				parsed, _ := ParseMapping(strings.NewReader(want), "map.csv", nil)
				if diff := cmp.Diff(parsed, mapping); diff != "" {
					t.Errorf("the mapping of %s is not as it was given in:\n%s", id, diff)
				}
			}
			if _, err := w.room.MappingFrom(ctx, tx, "x", "no-import"); fault.KindOf(err) != fault.NotFound {
				t.Errorf("the mapping of no import: %v", err)
			}
			if _, err := w.room.MappingFrom(ctx, tx, "y", begun.Import); fault.KindOf(err) != fault.NotFound {
				t.Errorf("the mapping of another city: %v", err)
			}
			return nil
		})

		// The first again: each of the two is a former one now, once.
		if _, _, err := w.take(files, first, to(by("Cy", 4))); err != nil {
			t.Fatal(err)
		}
		if again, _, err := w.take(files, first, to(by("Cy", 5))); err != nil || again.MappingReplaced != nil || again.Changes() {
			t.Errorf("the same mapping again: %v, %+v", err, again.MappingReplaced)
		}
		w.read(func(ctx context.Context, tx database.Tx) error {
			list, err := w.room.Mappings(ctx, tx, "x")
			if len(list) != 3 || list[0].Actor != "Cy" || list[1].Actor != "Bo" || list[2].Actor != "Ada" {
				t.Errorf("the mappings are %+v", list)
			}
			return err
		})
	})
}
