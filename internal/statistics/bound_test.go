package statistics

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

func TestBoundsAreKnownByTheWordsOfTheirColumn(t *testing.T) {
	for want, names := range map[string][]string{
		"lower":      {"lower", "Lower CI", "CI_lower", "ci low", "Lower confidence limit", "lower_bound", "LowerBound", "lowerci", "LCI", "ll", "lower estimate", "Untergrenze", "Borne inférieure", "límite inferior"},
		"upper":      {"upper", "Upper CI", "ci_upper", "CI high", "upper limit", "UpperLimit", "uci", "UL", "ci max", "Obergrenze", "limite supérieure", "Upper bound of the confidence interval"},
		"lower 95":   {"lower_95", "lower95", "95% CI lower", "95 ci low", "Lower 95% confidence limit", "ci_95_lower", "LCI95"},
		"upper 95 0": {"Upper CI 95.0 limit"},
		"upper 99 8": {"Upper CI 99.8 limit"},
		"":           {"", "Value", "Sex", "Learning sub-category (lower)", "Lower house", "low", "High", "Max", "Max value", "Lower 16", "speed limit", "limit", "Lower upper", "Confidence interval", "Level", "95", "slower", "Upper secondary"},
	} {
		for _, name := range names {
			role, level := boundRole(name)
			if got := strings.TrimSpace(string(role) + " " + level); got != want {
				t.Errorf("%q is %q, want %q", name, got, want)
			}
		}
	}
}

// boundsText gives "PERIOD=VALUE (LOWER to UPPER) …".
func boundsText(points []Point) string {
	var parts []string
	for _, p := range points {
		parts = append(parts, p.Period+"="+formatNumber(p.Value)+interval{p.Lower, p.Upper}.String())
	}
	return strings.Join(parts, " ")
}

func TestBoundsOfIntervalsAreRead(t *testing.T) {
	w := sqliteWorld(t)
	for name, c := range map[string]struct {
		data, transform, want string
		findings              []string
	}{
		"both":                           {"Year,Value,Lower CI,Upper CI\n2018,5,4,6.5\n", "value", "2018=5 (4 to 6.5)", []string{"note bound.read"}},
		"one or none":                    {"Year,Value,lower,upper\n2018,5,4,\n2019,5,,6\n2020,5,,\n", "value", "2018=5 (4 to …) 2019=5 (… to 6) 2020=5", nil},
		"one column alone":               {"Year,Value,ci_upper\n2018,5,6\n", "value", "2018=5 (… to 6)", nil},
		"scaled":                         {"Year,Value,lower,upper\n2018,0.05,0.04,0.065\n", "scale:100", "2018=5 (4 to 6.5)", nil},
		"scaled by a negative number":    {"Year,Value,lower,upper\n2018,5,4,6.5\n", "scale:-1", "2018=-5 (-6.5 to -4)", nil},
		"complemented":                   {"Year,Value,lower,upper\n2018,77.6,70.1,80\n", "complement:100", "2018=22.4 (20 to 29.9)", nil},
		"complemented with one":          {"Year,Value,lower,upper\n2018,77.6,70.1,\n", "complement:100", "2018=22.4 (… to 29.9)", nil},
		"of a difference none":           {"Year,Sex,Value,lower,upper\n2018,Male,7,6,8\n2018,Female,5,4,6\n", "difference:Sex:Male:Female", "2018=2", nil},
		"decimal commas":                 {"Year;Value;lower;upper\n2018;5,5;4;6,125\n", "value", "2018=5.5 (4 to 6.125)", nil},
		"signs and flags":                {"Year,Value,lower,upper\n2018,5%,4%,6% p\n", "value", "2018=5 (4 to 6)", nil},
		"beyond the value":               {"Year,Value,lower,upper\n2018,5,5.5,6\n2019,5,4,4.5\n2020,5,6,4\n2021,5,5,5\n", "value", "2018=5 2019=5 2020=5 2021=5 (5 to 5)", []string{"warning indicator_1-2-1.csv:2: lower, upper bound.beyond", "warning indicator_1-2-1.csv:3: lower, upper bound.beyond", "warning indicator_1-2-1.csv:4: lower, upper bound.beyond"}},
		"a text":                         {"Year,Value,lower,upper\n2018,5,about 4,6\n2019,5,c,6\n", "value", "2018=5 (… to 6) 2019=5 (… to 6)", []string{"warning indicator_1-2-1.csv:2: lower bound.text"}},
		"no value":                       {"Year,Value,lower,upper\n2018,c,4,6\n2019,,4,6\n2020,5,4,6\n", "value", "2020=5 (4 to 6)", []string{"warning indicator_1-2-1.csv:2: lower, upper bound.alone", "warning indicator_1-2-1.csv:3: lower, upper bound.alone"}},
		"the same row twice":             {"Year,Value,lower,upper\n2018,5,4,\n2018,5,,6\n", "value", "2018=5 (4 to 6)", []string{"warning indicator_1-2-1.csv:3 row.twice"}},
		"two intervals of one value":     {"Year,Value,lower,upper\n2018,5,4,6\n2018,5,3,6\n", "value", "", []string{"error indicator_1-2-1.csv:3 row.conflict"}},
		"several levels":                 {"Year,Value,Lower CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Upper CI 95.0 limit\n2018,5,4,3,7,6\n", "value", "2018=5 (4 to 6)", nil},
		"several levels, upper first":    {"Year,Value,upper 99,upper 95,lower 95,lower 99\n2018,5,7,6,4,3\n", "value", "2018=5 (3 to 7)", nil},
		"levels that are called unequal": {"Year,Value,lower,upper 95\n2018,5,4,6\n", "value", "2018=5 (4 to 6)", nil},
	} {
		_, lines, _ := w.take(folderOf(map[string]string{"indicator_1-2-1.csv": c.data}), rowsOf("LIV.1.O1,1-2-1,,"+c.transform+",%,exact"))
		got := ""
		for _, s := range w.series(fmt.Sprint("city", w.n)) {
			got = boundsText(s.Headline)
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
		text := "\n" + strings.Join(lines, "\n") + "\n"
		for _, want := range c.findings {
			if !strings.Contains(text, "\n"+want+"\n") {
				t.Errorf("%s: no line %q in%s", name, want, text)
			}
		}
		if n := strings.Count(text, "bound.") - strings.Count(text, "note bound.read"); n > len(c.findings) {
			t.Errorf("%s: more warnings than expected:%s", name, text)
		}
	}
}

func TestColumnsOfBoundsAreNoDisaggregation(t *testing.T) {
	_, lines, err := sqliteWorld(t).take(fstest.MapFS{"a.csv": {Data: []byte("indicator,year,sex,value,95% CI lower,95% CI upper\n" +
		"x-1,2018,,5,4,6\nx-1,2019,,6,5,7\nx-1,2018,women,4,3,5\n")}}, rowsOf("LIV.1.O1,x-1,,value,%,exact"), tidy)
	text := strings.Join(lines, "\n")
	if err != nil || !strings.Contains(text, "LIV.1.O1 % exact: 2018=5 2019=6\nLIV.1.O1 sex=women (sex): 2018=4") || strings.Contains(text, "CI") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestAnIntervalThatChangesIsARevisionOfItsValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		data := "Year,Value,lower,upper\n2018,5,4,6\n2019,5,4,6\n2020,5,,\n"
		for _, data := range []string{data, data, strings.Replace(data, "2018,5,4,6", "2018,5,4.5,", 1)} {
			if _, _, err := w.take(folderOf(map[string]string{"indicator_1-2-1.csv": data}), plainRow, to()); err != nil {
				t.Fatal(err)
			}
		}
		if got := boundsText(w.series("x")[0].Headline); got != "2018=5 (4.5 to …) 2019=5 (4 to 6) 2020=5" {
			t.Errorf("the series is %s", got)
		}
		want := []Revision{{Source: "1-2-1", Dimensions: map[string]string{}, Period: Period{"2018", 20180101, 20181231}, Old: new(5.0), New: new(5.0),
			OldLower: new(4.0), OldUpper: new(6.0), NewLower: new(4.5)}}
		if diff := cmp.Diff(want, w.revisions("LIV.1.O1"), cmpopts.IgnoreFields(Revision{}, "ID", "Reason", "At", "Actor", "Import")); diff != "" {
			t.Error(diff)
		}
	})
}

// Whatever the transform does to a value, its interval still holds it.
func TestATransformedIntervalHoldsItsValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(label string) float64 { return float64(rapid.IntRange(-100_000, 100_000).Draw(t, label)) / 1000 }
		i := interval{new(number("lower")), nil}
		v := *i.lower + float64(rapid.IntRange(0, 9_999).Draw(t, "more"))/100
		if rapid.Bool().Draw(t, "has an upper bound") {
			i.upper = new(v + float64(rapid.IntRange(0, 9_999).Draw(t, "and more"))/10)
		}
		if !i.holds(v) {
			t.Skip("the sums of these binary numbers do not rise")
		}
		by := number("by")
		for _, transform := range []Transform{{}, {Kind: ScaleTransform, By: by}, {Kind: ComplementTransform, By: by}} {
			var got interval
			got.lower, got.upper = transform.Bounds(i.lower, i.upper)
			moved := *transform.Value(&v)
			if !got.holds(moved) || (got.lower == nil) == (got.upper == nil) != ((i.lower == nil) == (i.upper == nil)) {
				t.Fatalf("%v makes %v%v into %v%v", transform, v, i, moved, got)
			}
		}
	})
}

func TestAValueThatIsNotKnownOrBecomesNoNumberIsNone(t *testing.T) {
	scale := Transform{Kind: ScaleTransform, By: 100}
	if got := scale.Value(nil); got != nil {
		t.Errorf("a value that is not known becomes %v", *got)
	}
	if got := scale.Value(new(math.MaxFloat64)); got != nil {
		t.Errorf("a value beyond all numbers becomes %v", *got)
	}
	if got := (Transform{Kind: DifferenceTransform, Column: "Sex", A: "Male", B: "Female"}).Value(new(7.5)); got == nil || *got != 7.5 {
		t.Errorf("one value of a difference becomes %v", got)
	}
}
