package run

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/cli"

	"github.com/cityrights/cityrights/test/material"
)

// The figures were read by hand from the files named beside them, in ../shared/reference/data/bristol/data.
func TestBristolsFiguresAreThoseOfItsFiles(t *testing.T) {
	folder, mapping := material.Path(t, "data/bristol"), material.Path(t, "standard/mapping-bristol.csv")
	data := t.TempDir()
	url := "sqlite:" + data + "/cityrights.sqlite"
	must(t, "city", "add", "bristol", "--name", "Bristol", "--country", "GB", "--population", "472400", "--place", "LAU=E06000023", "--data", data)
	bring := []string{"import", "statistics", "--city", "bristol", "--from", "opensdg", "--mapping", mapping, "--data", data, folder}
	must(t, bring...)
	before := contentsOf(t, url)
	text := must(t, "score", "--city", "bristol", "--period", "2021", "--format", "json", "--data", data)
	card := readCard(t, text)

	for _, want := range []struct {
		indicator string
		value     float64
		unit      string
		period    string
		fit       string
		file      string // indicator_….csv
	}{
		{"PAR.1.O1", 21.1201119755, "%", "2020-21", "close", "16-7-2-a"}, // newer than 2020,21.1 of 16-7-2
		{"PAR.3.O1", 42, "%", "2018", "exact", "5-5-1"},
		{"PAR.3.O3", 44.8, "%", "2016", "exact", "11-3-2"},
		{"EQU.1.O1", 6.2, "%", "2018", "close", "10-3-1"},
		{"EQU.3.O2", 7.5, "%", "2020", "exact", "5-1-1"},
		{"ACC.5.O1", 47.4, "%", "2020", "close", "16-6-2"},
		{"LIV.1.O1", 98, "persons", "2019", "close", "11-1-1"},
		{"LIV.2.O1", 16, "%", "2015", "exact", "1-2-1"},
		{"LIV.2.O2", 27.26, "%", "2018", "close", "1-2-2"},
		{"LIV.2.O3", 4.17458099754, "%", "2020-21", "close", "2-1-2"},
		{"LIV.3.O1", 11.4, "per 100000", "2018", "exact", "3-4-2"},
		{"LIV.3.O2", 2.7, "per 1000 live births", "2019", "exact", "3-2-1"},
		{"LIV.4.P1", 92, "%", "2019", "close", "4-2-2"},
		{"LIV.4.O1", 73, "%", "2018", "exact", "4-1-1"},
		{"LIV.5.O1", 3.6, "%", "2018", "exact", "8-5-2"},
		{"LIV.5.O2", 22.4, "%", "2020", "close", "8-6-1"}, // 100 less 77.6
		{"ENV.1.O1", 16858, "recorded offences", "2018", "close", "16-1-3"},
		{"ENV.1.O2", 62.8698839926, "%", "2020-21", "exact", "16-1-4"},
		{"ENV.2.O1", 81.7, "per 10000 children", "2019/2020", "close", "16-2-1"},
		{"ENV.3.O1", 9.342, "µg/m³", "2019", "exact", "11-6-2"},
		{"ENV.4.O1", 0, "per 100000", "2019", "exact", "11-5-1"},
		{"ENV.5.O1", 95.4, "%", "2019", "close", "17-8-1"},
	} {
		got := card.figure(t, want.indicator)
		if *got.Value != want.value || got.Unit != want.unit || got.Period != want.period || got.Fit != want.fit {
			t.Errorf("%s is %v %s of %s (%s), and indicator_%s.csv has %v %s of %s (%s)", want.indicator, *got.Value, got.Unit, got.Period, got.Fit,
				want.file, want.value, want.unit, want.period, want.fit)
		}
		if got.Source == "" {
			t.Errorf("%s does not name its source", want.indicator)
		}
	}

	for _, want := range []struct {
		indicator, dimension, group, period string
		value                               float64
	}{
		{"PAR.1.O1", "Ward", "Ashley", "2020-21", 30.9360078232},
		{"PAR.1.O1", "Ward", "Stockwood", "2020-21", 10.3650085941},
		{"PAR.1.O1", "Deprivation decile", "Most Deprived 10%", "2020-21", 17.3249163505},
		{"LIV.2.O1", "Group", "children", "2015", 22},
		{"LIV.2.O1", "Group", "elderly", "2015", 14},
		{"LIV.2.O3", "Ward", "Central", "2020-21", 5.45584391946},
		{"LIV.4.O1", "Sex", "Girls", "2018", 76},
		{"LIV.4.O1", "Sex", "Boys", "2018", 71},
		{"ENV.1.O2", "Ward", "Ashley", "2020-21", 65.3436978366},
		{"ENV.1.O2", "Ward", "Central", "2020-21", 53.3917846198},
		{"ENV.1.O2", "Deprivation decile", "Most Deprived 10%", "2020-21", 32.8817308405},
		{"ENV.1.O2", "Deprivation decile", "Least Deprived 10%", "2020-21", 85.6892427075},
	} {
		found := 0
		for _, g := range card.figure(t, want.indicator).Groups {
			if g == (group{want.dimension, want.group, want.period, want.value}) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%+v is there %d times", want, found)
		}
	}
	wantGap(t, card, "ENV.1.O2", "Deprivation decile", 32.8817308405, 85.6892427075)
	wantGap(t, card, "ENV.1.O2", "Ward", 27.5041461781, 88.9078411676)
	wantGap(t, card, "LIV.2.O3", "Ward", 0, 12.2121670476)
	wantGap(t, card, "LIV.4.O1", "Sex", 71, 76)

	if said := must(t, bring...); !strings.Contains(said, "Saved: 0 new values, 0 changed, 0 withdrawn, 4769 unchanged.") {
		t.Errorf("the second import says\n%s", said)
	}
	wantContents(t, url, before, "the same folder again")
	if again := must(t, "score", "--city", "bristol", "--period", "2021", "--format", "json", "--data", data); again != text {
		t.Error("the same figures give another scorecard")
	}

	page := pages(t, cli.Node{Data: data})
	series, table := page("/en/cities/bristol/data/ENV.1.O2"), page("/en/cities/bristol/data/ENV.1.O2.csv")
	for _, want := range []string{"32.9% (Most Deprived 10%)", "85.7% (Least Deprived 10%)", "2020-21", "Bristol City Council"} {
		if !strings.Contains(series, want) {
			t.Errorf("the page of ENV.1.O2 lacks %q", want)
		}
	}
	for _, want := range []string{
		"bristol,ENV.1.O2,2020-21,,,,,62.8698839926,%,",
		"bristol,ENV.1.O2,2020-21,poverty,Deprivation decile,Most Deprived 10%,,32.8817308405,%,",
		"bristol,ENV.1.O2,2020-21,poverty,Deprivation decile,Least Deprived 10%,,85.6892427075,%,",
		"bristol,ENV.1.O2,2017-18,poverty,Deprivation decile,Most Deprived 10%,,48.2741830266,%,",
	} {
		if !strings.Contains(table, "\n"+want) {
			t.Errorf("the table of ENV.1.O2 lacks %q", want)
		}
	}
	requirement := page("/en/cities/bristol/2021/ENV.1")
	for _, want := range []string{"32.9", "85.7", "62.9"} {
		if !strings.Contains(requirement, want) {
			t.Errorf("the page of ENV.1 in 2021 lacks %q", want)
		}
	}
	for indicator, want := range map[string]string{"LIV.2.O1": "2015,,,,,16,%", "LIV.3.O1": "2018,,,,,11.4,per 100000", "ENV.3.O1": "2019,,,,,9.342,µg/m³", "LIV.5.O2": "2020,,,,,22.4,%"} {
		if line := fmt.Sprintf("bristol,%s,%s,", indicator, want); !strings.Contains(page("/en/cities/bristol/data/"+indicator+".csv"), line) {
			t.Errorf("the table of %s lacks %q", indicator, line)
		}
	}
}

// wantGap checks the lowest and the highest group of a dimension, and that they are as far apart as said.
func wantGap(t *testing.T, c card, id, dimension string, lowest, highest float64) {
	t.Helper()
	for _, g := range c.figure(t, id).Gaps {
		if g.Dimension != dimension {
			continue
		}
		if d := g.Size - (highest - lowest); g.Lowest.Value != lowest || g.Highest.Value != highest || d > 1e-9 || d < -1e-9 {
			t.Errorf("the gap of %s by %s is %+v, not %v to %v", id, dimension, g, lowest, highest)
		}
		return
	}
	t.Errorf("%s has no gap by %s", id, dimension)
}
