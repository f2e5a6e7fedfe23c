package index_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/index"
)

// column makes a table of one indicator of which a nil is missing, and a tree of it.
func column(t testing.TB, direction int, values ...any) (*index.Table, *index.Structure) {
	t.Helper()
	target := 8.0
	s, err := index.NewStructure([]index.Node{{Level: 1, Code: "x", Direction: direction, Weight: 1, Parent: "top", Target: &target}, {Level: 2, Code: "top", Direction: 1, Weight: 1}})
	if err != nil {
		t.Fatal(err)
	}
	units := make([]string, len(values))
	for i := range units {
		units[i] = fmt.Sprint("u", i)
	}
	table, err := index.NewTable(units, nil, []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if n, ok := v.(int); ok {
			v = float64(n)
		}
		if v != nil {
			if err := table.Set(i, 0, v.(float64)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table, s
}

// shown writes a table's only column in a line; a missing value is a dash.
func shown(table *index.Table) string {
	var cells []string
	for i := range table.Rows() {
		v, ok := table.At(i, 0)
		cell := fmt.Sprintf("%.4g", v)
		if !ok {
			cell = "-"
		}
		cells = append(cells, cell)
	}
	return strings.Join(cells, " ")
}

func TestNormalisationsByHand(t *testing.T) {
	for _, c := range []struct {
		how       string
		direction int
		values    []any
		want      string
		warned    bool
	}{
		{"minmax:0:100", 1, []any{2, 4, nil, 10}, "0 25 - 100", false},
		{"minmax:1:100", -1, []any{2, 4, nil, 10}, "100 75.25 - 1", false},
		{"zscore:10:2", 1, []any{1, 2, 3}, "8 10 12", false},
		{"scaled:0:20", 1, []any{5, 30}, "25 150", false},
		{"rank", 1, []any{5, 7, 5, nil, 9}, "1 3 1 - 4", false},
		{"rank", -1, []any{5, 7, 5, nil, 9}, "3 2 3 - 1", false},
		{"borda", 1, []any{5, 7, 5, nil, 9}, "0 2 0 - 3", false},
		{"percentile", 1, []any{5, 7, 5, nil, 9}, "0 0.6667 0 - 1", false},
		{"fraction-max", 1, []any{1, 2, 4}, "0.25 0.5 1", false},
		{"distance-max", 1, []any{2, 4, 10}, "0 0.25 1", false},
		{"distance-target", 1, []any{2, 5, 10}, "0 0.5 1.333", false},
		{"distance-reference:u1", 1, []any{2, 4, 10}, "0 1 1", false},
		{"none", -1, []any{2, nil}, "2 -", false},
		{"minmax:0:100", 1, []any{3, 3, nil}, "- - -", true},
		{"minmax:0:100", 1, []any{3}, "-", true},
		{"zscore:0:1", 1, []any{3, 3}, "- -", true},
		{"zscore:0:1", 1, []any{3}, "-", true},
		{"distance-max", 1, []any{3, 3}, "- -", true},
		{"fraction-max", 1, []any{-3, 0}, "- -", true},
		{"distance-target", 1, []any{8, 9}, "- -", true},
		{"distance-reference:u0", 1, []any{2, 4}, "- -", true},
		{"distance-reference:u0", 1, []any{nil, 4}, "- -", true},
		{"percentile", 1, []any{3}, "-", true},
		{"minmax:0:100", 1, []any{nil, nil}, "- -", true},
		{"minmax:0:100", 1, []any{-math.MaxFloat64, math.MaxFloat64}, "- -", true},
	} {
		t.Run(fmt.Sprint(c.how, c.direction, c.values), func(t *testing.T) {
			table, s := column(t, c.direction, c.values...)
			got, warnings, err := parsed(t, index.ParseNormalisation, c.how).Normalise(table, s)
			if err != nil {
				t.Fatal(err)
			}
			if shown(got) != c.want || (len(warnings) > 0) != c.warned {
				t.Errorf("%s (%v), not %s", shown(got), warnings, c.want)
			}
		})
	}
}

func TestGoalpostsAreSwappedByDirectionAndTruncate(t *testing.T) {
	for direction, want := range map[int]string{1: "0 0 50 100 100 -", -1: "100 100 50 0 0 -"} {
		table, s := column(t, direction, 0, 10, 15, 20, 90, nil)
		got, _, err := index.Normalisation{Scale: index.ByGoalposts, Goalposts: map[string]index.Goalpost{"x": {Lower: 10, Upper: 20, Factor: 100}}}.Normalise(table, s)
		if err != nil || shown(got) != want {
			t.Errorf("direction %d: %s (%v), not %s", direction, shown(got), err, want)
		}
	}
	table, s := column(t, 1, 1, 2)
	for name, posts := range map[string]map[string]index.Goalpost{
		"none": {}, "equal": {"x": {Lower: 1, Upper: 1, Factor: 1}}, "upside down": {"x": {Lower: 2, Upper: 1, Factor: 1}},
		"without a scale": {"x": {Lower: 1, Upper: 2}}, "no numbers": {"x": {Lower: math.NaN(), Upper: 2, Factor: 1}},
	} {
		if _, _, err := (index.Normalisation{Scale: index.ByGoalposts, Goalposts: posts}).Normalise(table, s); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTreatmentByHand(t *testing.T) {
	low := []any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, c := range []struct {
		name   string
		points int
		values []any
		want   string
	}{
		{"no outlier", 5, low, "1 2 3 4 5 6 7 8 9 10"},
		{"one", 5, slices.Concat(low, []any{100}), "1 2 3 4 5 6 7 8 9 10 10"},
		{"two of the same, together", 5, slices.Concat(low, low, []any{200, 200, nil}), "1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9 10 10 10 -"},
		{"on the low side", 5, slices.Concat(low, []any{-100}), "1 2 3 4 5 6 7 8 9 10 1"},
		{"more than allowed: the logarithm of the original", 0, []any{0, 1, 1, 1, 1, 1, 1, 1, 1, 100}, "0 0.6931 0.6931 0.6931 0.6931 0.6931 0.6931 0.6931 0.6931 4.615"},
		{"the same on the low side", 0, []any{0, -1, -1, -1, -1, -1, -1, -1, -1, -100}, "-0 -0.6931 -0.6931 -0.6931 -0.6931 -0.6931 -0.6931 -0.6931 -0.6931 -4.615"},
		{"two values only, which would become one", 5, []any{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, "-4.605 -4.605 -4.605 -4.605 -4.605 -4.605 -4.605 -4.605 -4.605 0.00995"},
		{"always the same", 5, []any{3, 3, 3, 3, 3}, "3 3 3 3 3"},
		{"too few to judge", 5, []any{1, 2, 1000}, "1 2 1000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := column(t, 1, c.values...)
			got, _ := index.Treatment{Winsorise: true, Points: c.points}.Treat(table)
			if shown(got) != c.want {
				t.Errorf("%s, not %s", shown(got), c.want)
			}
		})
	}
}

func TestPanelsAreFilledInFromTheirOwnYears(t *testing.T) {
	units := []string{"a", "b", "a", "a", "a", "b", "a"}
	periods := []float64{2024, 2024, 2020, 2023, 2021, 2020, 2026}
	values := []any{nil, nil, 10.0, 40.0, nil, 5.0, nil}
	table, err := index.NewTable(units, periods, []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if v != nil {
			if err := table.Set(i, 0, v.(float64)); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, s := column(t, 1)
	for how, want := range map[string]string{"locf": "40 5 10 40 10 5 40", "linear": "40 5 10 40 20 5 40"} {
		got, _, err := parsed(t, index.ParseImputation, how).Impute(table, s)
		if err != nil || shown(got) != want {
			t.Errorf("%s: %s (%v), not %s", how, shown(got), err, want)
		}
	}
	if err := table.Set(2, 0, 1); err != nil {
		t.Fatal(err)
	}
	ranks := index.Ranks(table)[0]
	if ranks[2] != 2 || ranks[5] != 1 || ranks[3] != 1 || ranks[0] != 0 {
		t.Errorf("ranks are within a year: %v", ranks)
	}
}

func TestWhatCannotBeFilledInStaysMissingAndIsSaid(t *testing.T) {
	table, s := column(t, 1, 1, nil, nil, nil)
	if err := table.Label("region", []string{"n", "n", "s", ""}); err != nil {
		t.Fatal(err)
	}
	got, warnings, err := parsed(t, index.ParseImputation, "group-mean:region").Impute(table, s)
	if err != nil || shown(got) != "1 1 - -" || len(warnings) != 1 || !strings.Contains(warnings[0].String(), "2 values stay missing") {
		t.Errorf("%s, %v, %v", shown(got), warnings, err)
	}
	if _, _, err := parsed(t, index.ParseImputation, "group-mean:nowhere").Impute(table, s); err == nil {
		t.Error("groups that are not there pass")
	}
	if _, _, err := parsed(t, index.ParseImputation, "locf").Impute(table, s); err == nil {
		t.Error("a table of one period is filled in from others")
	}
}

func TestPowersBeyondTheRangeOfNumbersDoNotBecomeZero(t *testing.T) {
	s, err := index.NewStructure([]index.Node{
		{Level: 1, Code: "a", Direction: 1, Weight: 1, Parent: "top"}, {Level: 1, Code: "b", Direction: 1, Weight: 1, Parent: "top"}, {Level: 2, Code: "top", Direction: 1, Weight: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	table, err := index.NewTable([]string{"u"}, nil, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []float64{1e-5, 1e5} {
		for j := range 2 {
			if err := table.Set(0, j, x); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range []string{"power:99", "power:-99"} {
			scores, _, err := index.Aggregate(table, s, parsed(t, index.ParseAggregations, p), 0)
			if err != nil {
				t.Fatal(err)
			}
			if v, ok := scores.At(0, 0); !ok || math.Abs(v-x) > 1e-9*x {
				t.Errorf("%s of %v twice is %v", p, x, v)
			}
		}
	}
}

func TestTreesThatAreRefused(t *testing.T) {
	good := func() []index.Node {
		return []index.Node{
			{Level: 1, Code: "a", Direction: 1, Weight: 1, Parent: "g"}, {Level: 1, Code: "b", Direction: -1, Weight: 1, Parent: "g"},
			{Level: 2, Code: "g", Direction: 1, Weight: 1, Parent: "top"}, {Level: 3, Code: "top", Direction: 1, Weight: 1},
		}
	}
	if _, err := index.NewStructure(good()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func([]index.Node) []index.Node
		item   int
		field  string
	}{
		"a code twice":               {func(n []index.Node) []index.Node { n[1].Code = "a"; return n }, 1, "iCode"},
		"no code":                    {func(n []index.Node) []index.Node { n[1].Code = ""; return n }, 1, "iCode"},
		"level 0":                    {func(n []index.Node) []index.Node { n[1].Level = 0; return n }, 1, "Level"},
		"a level beyond all":         {func(n []index.Node) []index.Node { n[3].Level = 99; return n }, 3, "Level"},
		"direction 0":                {func(n []index.Node) []index.Node { n[0].Direction = 0; return n }, 0, "Direction"},
		"an aggregate that is bad":   {func(n []index.Node) []index.Node { n[2].Direction = -1; return n }, 2, "Direction"},
		"weight 0":                   {func(n []index.Node) []index.Node { n[0].Weight = 0; return n }, 0, "Weight"},
		"a weight that is no number": {func(n []index.Node) []index.Node { n[0].Weight = math.NaN(); return n }, 0, "Weight"},
		"an infinite weight":         {func(n []index.Node) []index.Node { n[0].Weight = math.Inf(1); return n }, 0, "Weight"},
		"an unknown parent":          {func(n []index.Node) []index.Node { n[0].Parent = "x"; return n }, 0, "Parent"},
		"no parent below the top":    {func(n []index.Node) []index.Node { n[0].Parent = ""; return n }, 0, "Parent"},
		"a parent on the same level": {func(n []index.Node) []index.Node { n[1].Parent = "a"; return n }, 1, "Parent"},
		"a circle":                   {func(n []index.Node) []index.Node { n[3].Parent = "g"; return n }, 2, "Parent"},
		"its own parent":             {func(n []index.Node) []index.Node { n[3].Parent = "top"; return n }, 3, "Parent"},
		"an aggregate without anybody": {func(n []index.Node) []index.Node {
			return append(n, index.Node{Level: 2, Code: "h", Direction: 1, Weight: 1, Parent: "top"})
		}, 4, "iCode"},
		"nothing": {func([]index.Node) []index.Node { return nil }, 0, "iCode"},
	} {
		_, err := index.NewStructure(c.change(good()))
		var invalid *index.InvalidError
		if !errors.As(err, &invalid) || invalid.Item != c.item || invalid.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTablesThatAreRefused(t *testing.T) {
	for name, make := range map[string]func() (*index.Table, error){
		"a unit twice": func() (*index.Table, error) { return index.NewTable([]string{"u", "u"}, nil, []string{"x"}) },
		"a unit twice in a year": func() (*index.Table, error) {
			return index.NewTable([]string{"u", "u"}, []float64{1, 1}, []string{"x"})
		},
		"no code of a unit":       func() (*index.Table, error) { return index.NewTable([]string{""}, nil, []string{"x"}) },
		"a column twice":          func() (*index.Table, error) { return index.NewTable([]string{"u"}, nil, []string{"x", "x"}) },
		"fewer periods than rows": func() (*index.Table, error) { return index.NewTable([]string{"u"}, []float64{}, []string{"x"}) },
		"a period that is not a number": func() (*index.Table, error) {
			return index.NewTable([]string{"u"}, []float64{math.NaN()}, []string{"x"})
		},
	} {
		if _, err := make(); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	table, _ := column(t, 1, 1)
	if err := table.Set(0, 0, math.Inf(1)); err == nil {
		t.Error("an infinite value passes")
	}
	if err := table.Label("x", nil); err == nil {
		t.Error("labels for no row pass")
	}
}

func FuzzParseMethods(f *testing.F) {
	for _, list := range [][]string{fillings, treatments, scales, means, {"amean,gmean", "goalposts:x", "power:", "minmax:1", "winsorise:-1", ":", ""}} {
		for _, text := range list {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := index.ParseImputation(text); err == nil && m.String() != text {
			t.Errorf("%q is read as %s", text, m)
		}
		if m, err := index.ParseTreatment(text); err == nil {
			if again, err := index.ParseTreatment(m.String()); err != nil || again != m {
				t.Errorf("%q is read as %s", text, m)
			}
		}
		if m, err := index.ParseNormalisation(text); err == nil {
			if again, err := index.ParseNormalisation(m.String()); err != nil || again.String() != m.String() {
				t.Errorf("%q is read as %s", text, m)
			}
		}
		if list, err := index.ParseAggregations(text); err == nil {
			for _, m := range list {
				if again, err := index.ParseAggregation(m.String()); err != nil || again != m {
					t.Errorf("%q is read as %s", text, m)
				}
			}
		}
	})
}
