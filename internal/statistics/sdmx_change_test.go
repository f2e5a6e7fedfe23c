package statistics

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestAFileOfChangesLeavesEverythingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		const head = "STRUCTURE,STRUCTURE_ID,ACTION,indic_ur,sex,cities,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
		rows := func(lines ...string) string {
			text := head
			for _, line := range lines {
				text += "dataflow,X:D(1.0)," + line + "\n"
			}
			return text
		}
		mapping := rowsOf("LIV.1.O2,p,,value,people,exact")
		w := newWorld(t, db).knows("one X=A1", "two X=A2")
		whole := rows("I,p,T,A1,2019,10,", "I,p,T,A1,2020,11,p", "I,p,F,A1,2019,4,", "I,p,F,A1,2020,5,", "I,p,T,A2,2019,7,")
		if _, _, err := w.many(whole, mapping); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			name, text string
			want       []string
			values     Totals
		}{
			{"A and M add and replace", rows("A,p,T,A1,2021,12,", "M,p,T,A1,2020,11.5,"), []string{
				"one LIV.1.O2 people exact: 2019=10 2020=11.5 2021=12", "one LIV.1.O2 sex=F (sex): 2019=4 2020=5"}, Totals{New: 1, Changed: 1, Unchanged: 3}},
			{"a blank value says nothing", rows("M,p,T,A1,2021,,", "M,p,T,A1,2020,11.5,"), nil, Totals{}},
			{"D takes away one figure", rows("D,p,F,A1,2019,-,"), []string{
				"one LIV.1.O2 people exact: 2019=10 2020=11.5 2021=12", "one LIV.1.O2 sex=F (sex): 2020=5"}, Totals{Withdrawn: 1, Unchanged: 4}},
			{"D with an empty dimension and time stands for all of them", rows("D,p,F,A1,,,"), []string{
				"one LIV.1.O2 people exact: 2019=10 2020=11.5 2021=12"}, Totals{Withdrawn: 1, Unchanged: 3}},
			{"D and M in one file", rows("D,p,,A1,2019,,", "M,p,M,A1,2021,6,"), []string{
				"one LIV.1.O2 people exact: 2020=11.5 2021=12", "one LIV.1.O2 sex=M (sex): 2021=6"}, Totals{New: 1, Withdrawn: 1, Unchanged: 2}},
			{"D of all", rows("D,p,,A1,,,"), nil, Totals{Withdrawn: 3}},
			{"D of what is not there", rows("D,p,,A1,2019,,"), nil, Totals{}},
		} {
			report, lines, err := w.many(step.text, "")
			if err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			if step.want != nil {
				if diff := cmp.Diff(step.want, lines); diff != "" {
					t.Errorf("%s: %s", step.name, diff)
				}
			}
			if report.Values != step.values && (step.values != Totals{} || report.Changes()) {
				t.Errorf("%s: %+v", step.name, report.Values)
			}
			if other := w.series("two"); len(other) != 1 || other[0].Headline[0].Value != 7 {
				t.Errorf("%s: the other city has %+v", step.name, other)
			}
			if missed := slices.ContainsFunc(report.Cities[0].Findings, func(f Finding) bool { return f.Code == "sdmx.nothing_removed" }); missed != (step.name == "D of what is not there") {
				t.Errorf("%s: nothing was removed: %v", step.name, missed)
			}
		}
		var revisions []Revision
		err := db.Read(t.Context(), func(tx database.Tx) (err error) {
			revisions, err = w.room.Revisions(t.Context(), tx, "one", "p")
			return err
		})
		if gone := slices.DeleteFunc(slices.Clone(revisions), func(r Revision) bool { return !r.Withdrawn }); err != nil || len(gone) != 6 || len(revisions) != 7 {
			t.Errorf("%d revisions, %d withdrawn, %v", len(revisions), len(gone), err)
		}
	})
}

func TestCitiesKeepTheirOwnMappingInAFileOfManyUnlessAllAreReplaced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\nX:D(1.0),p,A1,2019,1\nX:D(1.0),p,A2,2019,2\nX:D(1.0),p,A3,2019,3\n"
		w := newWorld(t, db).knows("one X=A1", "two X=A2", "three X=A3")
		mine, theirs := rowsOf("LIV.1.O2,p,,scale:10,,close"), rowsOf("LIV.1.O2,p,,value,,exact")
		if _, _, err := w.many(text, mine, func(r *Request) { r.City = "two" }); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.many(text, theirs, func(r *Request) { r.City = "three" }); err != nil {
			t.Fatal(err)
		}
		report, lines, err := w.many(text, theirs)
		want := []string{"one LIV.1.O2  exact: 2019=1", "three LIV.1.O2  exact: 2019=3", "two LIV.1.O2  close: 2019=20"}
		if diff := cmp.Diff(want, lines); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		for _, c := range report.Cities {
			if c.MappingKept != (c.City == "two") {
				t.Errorf("%s: kept %v", c.City, c.MappingKept)
			}
		}
		report, lines, err = w.many(text, theirs, func(r *Request) { r.ReplaceMapping = true })
		if err != nil || !slices.Contains(lines, "two LIV.1.O2  exact: 2019=2") || report.Cities[2].MappingReplaced == nil || report.Cities[2].MappingKept {
			t.Errorf("%v, %v", err, lines)
		}
	})
}

func TestAFileForManyCitiesLetsWhatFollowsComeAfterwards(t *testing.T) {
	w := sqliteWorld(t)
	var many, each []string
	w.room.ChangedMany = func(_ context.Context, _ database.Tx, cities []string) error {
		many = append(many, cities...)
		return nil
	}
	w.room.Changed = func(_ context.Context, _ database.Tx, city string) error { each = append(each, city); return nil }
	for _, n := range []int{fewCities, fewCities + 1} {
		text := "DATAFLOW,indic_ur,cities,TIME_PERIOD,OBS_VALUE\n"
		var known []string
		for i := range n {
			text += "X:D(1.0),p,A" + itoa(i) + ",20" + itoa(10+n) + ",1\n"
			known = append(known, "city"+itoa(i)+" X=A"+itoa(i))
		}
		many, each = nil, nil
		report, _, err := w.knows(known...).many(text, "")
		if err != nil || report.Postponed != (n > fewCities) || len(many)+len(each) != n || (len(many) > 0) != report.Postponed {
			t.Errorf("%d cities: %v, %d afterwards, %d at once", n, err, len(many), len(each))
		}
	}
	if !strings.HasPrefix(many[0], "city") {
		t.Errorf("%v", many)
	}
}
