package statistics

import (
	"os"
	"strings"
	"testing"
)

// The figures were read by hand from the files of ../shared/reference/data/bristol/data.
func TestTheFiguresOfBristolAreThoseOfItsSource(t *testing.T) {
	folder, mapping := shared(t, "data/bristol"), shared(t, "standard/mapping-bristol.csv")
	rows, err := os.ReadFile(mapping)
	if err != nil {
		t.Fatal(err)
	}
	w := sqliteWorld(t)
	w.room.std = nil
	report, lines, err := w.take(os.DirFS(folder), string(rows))
	if err != nil || report.Errors() > 0 {
		t.Fatal(err, report.Findings)
	}
	for _, want := range []struct {
		indicator, unit, group, period string
		value                          float64
	}{
		{"PAR.1.O1", "%", "", "2020", 21.1},
		{"PAR.1.O1", "%", "Ashley", "2020-21", 30.9360078232},
		{"PAR.1.O1", "%", "Most Deprived 10%", "2020-21", 17.3249163505},
		{"PAR.3.O1", "%", "", "2018", 42},
		{"PAR.3.O3", "%", "", "2016", 44.8},
		{"EQU.1.O1", "%", "", "2018", 6.2},
		{"EQU.3.O2", "%", "", "2020", 7.5},
		{"EQU.3.O2", "%", "", "1997", 31.5},
		{"EQU.3.O2", "GBP per hour", "", "2020", 2},
		{"EQU.3.O2", "GBP per hour", "", "2008", 2.83},
		{"ACC.5.O1", "%", "", "2020", 47.4},
		{"LIV.1.O1", "persons", "", "2019", 98},
		{"LIV.2.O1", "%", "", "2015", 16},
		{"LIV.2.O1", "%", "children", "2015", 22},
		{"LIV.2.O1", "%", "elderly", "2010", 12.2},
		{"LIV.2.O2", "%", "", "2018", 27.26},
		{"LIV.2.O3", "%", "Central", "2020-21", 5.45584391946},
		{"LIV.3.O1", "per 100000", "", "2018", 11.4},
		{"LIV.3.O2", "per 1000 live births", "", "2019", 2.7},
		{"LIV.4.P1", "%", "", "2019", 92},
		{"LIV.4.O1", "%", "", "2018", 73},
		{"LIV.4.O1", "%", "Girls", "2018", 76},
		{"LIV.5.O1", "%", "", "2018", 3.6},
		{"LIV.5.O1", "%", "Ethnic minorities", "2018", 7.8},
		{"LIV.5.O2", "%", "", "2020", 22.4},
		{"ENV.1.O1", "recorded offences", "", "2018", 16858},
		{"ENV.1.O2", "%", "", "2020-21", 62.8698839926},
		{"ENV.1.O2", "%", "Most Deprived 10%", "2020-21", 32.8817308405},
		{"ENV.1.O2", "%", "Least Deprived 10%", "2020-21", 85.6892427075},
		{"ENV.1.O2", "%", "Central", "2020-21", 53.3917846198},
		{"ENV.2.O1", "per 10000 children", "", "2019/2020", 81.7},
		{"ENV.3.O1", "µg/m³", "", "2019", 9.342},
		{"ENV.4.O1", "per 100000", "", "2019", 0},
		{"ENV.5.O1", "%", "", "2019", 95.4},
	} {
		points := 0
		for _, s := range w.series("city1") {
			if s.Indicator != want.indicator || s.Unit != want.unit {
				continue
			}
			all := s.Headline
			if want.group != "" {
				all = nil
				for _, g := range s.Groups {
					if g.Name == want.group {
						all = append(all, g.Points...)
					}
				}
			}
			for _, p := range all {
				if p.Period == want.period {
					points++
					if p.Value != want.value {
						t.Errorf("%+v: got %v", want, p.Value)
					}
				}
			}
		}
		if points != 1 {
			t.Errorf("%+v: %d points", want, points)
		}
	}
	if again, _, err := w.take(os.DirFS(folder), string(rows), func(r *Request) { r.City = "city1" }); err != nil || again.Changes() || again.Values.Unchanged != 4769 {
		t.Errorf("the same folder again: %v %+v", err, again.Values)
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"file indicator_14-4-1.csv skipped skip.list", "file indicator_14-4-1-a.csv skipped skip.list", "file indicator_6-3-1.csv skipped skip.list", "file demo_indicator.csv skipped skip.name",
		"file indicator_10-1-1-x.csv skipped skip.placeholder", "file indicator_1-1-1.csv skipped skip.placeholder", "file archive.indicator_11-1-1-c.csv.old skipped skip.name",
		"file indicator_3-d-2.csv imported", "file indicator_4-2-1.csv imported", "ENV.1.O2 Deprivation decile=Most Deprived 10% (poverty): 2017-18=48.2741830266",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if report.Values.New != 4769 || report.Sources.New != 103 {
		t.Errorf("%+v %+v", report.Values, report.Sources)
	}
	for _, s := range w.series("city1") {
		if len(s.Sources) == 0 || s.Sources[0].Title == "" || s.Sources[0].Title == s.Sources[0].Code || s.Sources[0].Publisher == "" {
			t.Errorf("%s has no source: %+v", s.Indicator, s.Sources)
		}
	}
}
