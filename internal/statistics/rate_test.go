package statistics

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

// tidy imports a tidy CSV file into a city.
func (w *world) tidy(city, text, mapping string, change ...func(*Request)) (Report, []string) {
	w.Helper()
	change = append([]func(*Request){func(r *Request) { r.City, r.Format = city, TidyCSV }}, change...)
	report, lines, err := w.take(oneFile("data.csv", text), mapping, change...)
	if err != nil {
		w.Fatal(err, report.Findings)
	}
	return report, lines
}

const tidyHead = "indicator,year,sex,age,kind,value,lower,upper,source,url\n"

// rowOf gives a row of tidy CSV: indicator, year, sex, age, kind, value.
func rowOf(cells string) string { return cells + ",,,Office,https://office.example/\n" }

func TestACountBecomesARateByTheDenominatorOfTheSamePeople(t *testing.T) {
	people := rowOf("population,2020,,,,200000") + rowOf("population,2022,,,,250000") + rowOf("population,2022,F,,,130000") + rowOf("population,2022,,0-17,,50000")
	for name, c := range map[string]struct {
		counts, mapping string
		want            []string // of the series
		codes           []string // of errors and warnings
	}{
		"the city's count by all its people": {rowOf("crime,2022,,,,500"), "crime,,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact: 2022=200(n 500)"}, nil},
		"a group by its own people, and never by all": {rowOf("crime,2022,F,,,260") + rowOf("crime,2022,M,,,240"), "crime,,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact:", "LIV.1.O2 sex=F (sex): 2022=200(n 260)"}, []string{"rate.group"}},
		"a group that the row selects": {rowOf("crime,2022,F,,,260") + rowOf("crime,2022,,,,500"), "crime,sex=F,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact: 2022=200(n 260)"}, nil},
		"a selected group without people of its own": {rowOf("crime,2022,M,,,260") + rowOf("crime,2022,,,,500"), "crime,sex=M,per:100000:population",
			nil, []string{"rate.whole", "view.nothing"}},
		"a kind of thing counted is no group": {rowOf("crime,2022,,,theft,100") + rowOf("crime,2022,,,fraud,25"), "crime,kind=theft,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact: 2022=40(n 100)"}, nil},
		"denominators that are chosen": {rowOf("crime,2022,,,,100"), "crime,,per:100000:population:age=0-17",
			[]string{"LIV.1.O2 per 100k exact: 2022=200(n 100)"}, nil},
		"an earlier year of at most two, and none of a later one": {rowOf("crime,2019,,,,1") + rowOf("crime,2021,,,,100") + rowOf("crime,2024,,,,100") + rowOf("crime,2025,,,,100"), "crime,,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact: 2021=50(n 100) 2024=40(n 100)"}, []string{"rate.year"}},
		"a span takes the year in which it begins": {rowOf("crime,2022-23,,,,500"), "crime,,per:100000:population",
			[]string{"LIV.1.O2 per 100k exact: 2022-23=200(n 500)"}, nil},
		"no denominator at all": {rowOf("crime,2022,,,,500"), "crime,,per:100000:households", nil, []string{"rate.none", "view.nothing"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := sqliteWorld(t)
			report, lines := w.tidy("a", tidyHead+people+c.counts, rowsOf("LIV.1.O2,"+c.mapping+",per 100k,exact"))
			lines = slices.DeleteFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "LIV") })
			if diff := cmp.Diff(c.want, lines, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			var codes []string
			for _, f := range report.Findings {
				if f.Severity != Note {
					codes = append(codes, f.Code)
				}
			}
			slices.Sort(codes)
			if diff := cmp.Diff(c.codes, codes); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheNumberThatIsKeptWithTheCityIsADenominatorWhereNoneWasImported(t *testing.T) {
	w := sqliteWorld(t)
	w.room.Population = func(context.Context, database.Tx, string) (Population, error) {
		return Population{Number: 463_400, Year: 2024, Source: "ONS mid-2024"}, nil
	}
	_, _ = w.tidy("a", tidyHead+rowOf("crime,2025,,,,1234"), rowsOf("LIV.1.O2,crime,,per:100000:population,per 100k,exact"))
	s := w.series("a")[0]
	want := []Point{{Period: "2025", Start: 20250101, End: 20251231, Value: 266.293, Count: new(int64(1234)), Base: &Base{Cases: 1234, Value: 463_400, Period: "2024", Older: 1}}}
	if diff := cmp.Diff(want, s.Headline); diff != "" || len(s.Bases) != 1 || s.Bases[0].Publisher != "ONS mid-2024" || s.Bases[0].Code != "" {
		t.Errorf("%s %+v", diff, s.Bases)
	}
	_, _ = w.tidy("a", tidyHead+rowOf("population,2025,,,,500000"), "")
	if s = w.series("a")[0]; s.Headline[0].Value != 246.8 || s.Bases[0].Code != PopulationCode {
		t.Errorf("an imported series counts before it: %+v", s)
	}
}

func TestADenominatorThatChangesRevisesTheRates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		people := rowOf("population,2022,,,,250000") + rowOf("population,2022,F,,,130000")
		counts := rowOf("crime,2022,,,,500") + rowOf("crime,2022,F,,,260")
		_, _ = w.tidy("a", tidyHead+people+counts, rowsOf("LIV.1.O2,crime,,per:100000:population,per 100k,exact"))
		report, _ := w.tidy("a", tidyHead+strings.Replace(people, "130000", "104000", 1), "", func(r *Request) { r.Reason = "census" })
		if !slices.Contains(reportLines(report), "note rate.revised") {
			t.Errorf("the report does not say so: %v", reportLines(report))
		}
		var list []Revision
		err := db.Read(t.Context(), func(tx database.Tx) (err error) {
			list, err = w.room.Revisions(t.Context(), tx, "a", "LIV.1.O2")
			return err
		})
		if err != nil || len(list) != 1 || list[0].Source != "LIV.1.O2" || *list[0].Old != 200 || *list[0].New != 250 || list[0].Dimensions["sex"] != "F" || list[0].Reason != "census" {
			t.Errorf("%v, %+v", err, list)
		}
	})
}

func TestARateIsTheCountByItsPeopleWithItsInterval(t *testing.T) {
	row := MappingRow{Indicator: "LIV.1.O2", Source: "x", Fit: "exact", Transform: Transform{Kind: RateTransform, By: 1000, Of: "population"}}
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.Float64Range(0, 1e7).Draw(t, "cases")
		people := rapid.Float64Range(1, 1e9).Draw(t, "people")
		lower, upper := cases*rapid.Float64Range(0, 1).Draw(t, "below"), cases*(1+rapid.Float64Range(0, 2).Draw(t, "above"))
		year := Period{Text: "2022", Start: 20220101, End: 20221231}
		raw := &Raw{Code: "x", Keys: []Key{{}}, Observations: []Observation{{Period: year, Value: cases, Lower: &lower, Upper: &upper}}}
		base := &Raw{Code: "population", Keys: []Key{{}}, Observations: []Observation{{Period: year, Value: people}}}
		points := view(row, raw, base, &findings{}).headline
		if len(points) != 1 {
			t.Fatalf("%d points", len(points))
		}
		p := points[0]
		if exact := cases / people * 1000; math.Abs(p.Value-exact) > 5e-6*exact {
			t.Fatalf("%g of %g gives %g", cases, people, p.Value)
		}
		if *p.Lower > p.Value || p.Value > *p.Upper {
			t.Fatalf("%g is not within %g and %g", p.Value, *p.Lower, *p.Upper)
		}
		if n := *p.Count; float64(n) > cases || float64(n) > people {
			t.Fatalf("%d stand behind %g of %g", n, cases, people)
		}
		if p.Base.Cases != cases || p.Base.Value != people {
			t.Fatalf("%+v", p.Base)
		}
	})
}

func TestATransformToARateReadsBackAsItIsWritten(t *testing.T) {
	for _, text := range []string{"per:100000:population", "per:1000:live-births", "per:100:population:Sex=F;Age=0-17", "per:0.5:a-b"} {
		if read, err := ParseTransform(text); err != nil || read.String() != text {
			t.Errorf("%s became %s, %v", text, read, err)
		}
	}
	for _, text := range []string{"per:", "per:100000", "per:0:population", "per:-1:population", "per:x:population", "per:1:", "per:1:a:b", fmt.Sprintf("per:%s:a", strings.Repeat("9", 400))} {
		if read, err := ParseTransform(text); err == nil {
			t.Errorf("%s was read as %s", text, read)
		}
	}
}

func TestPerAloneMeansWhatTheUnitSays(t *testing.T) {
	for unit, want := range map[string]string{"per 100,000 inhabitants": "per:100000:population", "per 1 000 residents": "per:1000:population", "per 1,000 live births": "", "%": "", "": ""} {
		mapping, found := ParseMapping(strings.NewReader(rowsOf("LIV.1.O2,crime,,per,\""+unit+"\",exact")), "m", nil)
		if refused := hasError(found); refused != (want == "") || !refused && mapping[0].Transform.String() != want {
			t.Errorf("%s: %v, %v", unit, mapping, found)
		}
	}
}
