package agreement_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
	"github.com/cityrights/cityrights/test/material"
)

func TestAlphaOfKrippendorffsExampleAtEachLevel(t *testing.T) {
	var reference map[string]map[agreement.Level]float64
	material.JSON(t, "measure/ratings/ref_krippendorff_alpha.json", &reference)
	ratings := ratingsOf(t, material.Rows(t, "measure/ratings/in_krippendorff2011_4x12.csv"))
	for level, want := range reference["krippendorff2011_4x12"] {
		got, err := agreement.KrippendorffAlpha(ratings, level, agreement.AlphaOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got.All.Value == nil || math.Abs(*got.All.Value-want) > 1e-12 {
			t.Errorf("%s: got %+v, want %v", level, got.All, want)
		}
		if a := got.All; a.Units != 11 || a.Ratings != 40 || a.Left != 1 || a.Raters != 4 || a.Interval != nil || len(got.Groups) != 0 {
			t.Errorf("%s: got %+v, want 40 ratings of 11 units by 4 raters, and one left out", level, a)
		}
	}
}

// small draws a few ratings with whole values by raters in two groups, some of them missing.
func small(t *rapid.T) (ratings []agreement.Rating) {
	raters, units := rapid.IntRange(2, 5).Draw(t, "raters"), rapid.IntRange(1, 8).Draw(t, "units")
	for r := range raters {
		for u := range units {
			if v := rapid.IntRange(-1, 5).Draw(t, "rating"); v >= 0 {
				ratings = append(ratings, agreement.Rating{Rater: strconv.Itoa(r), Group: []string{"a", "b"}[r%2], Unit: strconv.Itoa(u), Value: float64(v)})
			}
		}
	}
	return ratings
}

func mustAlpha(t *rapid.T, ratings []agreement.Rating, level agreement.Level) agreement.Alphas {
	got, err := agreement.KrippendorffAlpha(ratings, level, agreement.AlphaOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// byDefinition works α out over the full coincidence matrix.
func byDefinition(ratings []agreement.Rating, level agreement.Level) (float64, bool) {
	units := map[string][]int{}
	for _, r := range ratings {
		units[r.Unit] = append(units[r.Unit], int(r.Value))
	}
	var o [6][6]float64
	var margin [6]float64
	n := 0.0
	for _, values := range units {
		for i, c := range values {
			for j, k := range values {
				if i != j {
					w := 1 / float64(len(values)-1)
					o[c][k], margin[c], n = o[c][k]+w, margin[c]+w, n+w
				}
			}
		}
	}
	delta := func(c, k int) float64 {
		x, y := float64(c), float64(k)
		if c == k {
			return 0
		}
		switch level {
		case agreement.Nominal:
			return 1
		case agreement.Ordinal:
			sum := -(margin[c] + margin[k]) / 2
			for g := min(c, k); g <= max(c, k); g++ {
				sum += margin[g]
			}
			return sum * sum
		case agreement.IntervalLevel:
			return (x - y) * (x - y)
		}
		return (x - y) / (x + y) * (x - y) / (x + y)
	}
	observed, expected := 0.0, 0.0
	for c := range 6 {
		for k := range 6 {
			observed += o[c][k] * delta(c, k) / n
			expected += margin[c] * margin[k] * delta(c, k) / (n * (n - 1))
		}
	}
	return 1 - observed/expected, n > 0 && expected > 1e-9
}

func same(a, b agreement.Alpha) bool {
	if (a.Value == nil) != (b.Value == nil) {
		return false
	}
	return a.Value == nil || math.Abs(*a.Value-*b.Value) < 1e-12
}

func TestAlphaFollowsTheCoincidenceMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratings := small(t)
		for _, level := range agreement.Levels {
			got := mustAlpha(t, ratings, level).All
			want, defined := byDefinition(ratings, level)
			if defined != (got.Value != nil) || defined && math.Abs(*got.Value-want) > 1e-11 {
				t.Fatalf("%s: got %+v, want %v (%v)", level, got, want, defined)
			}
		}
	})
}

func TestLawsOfAlpha(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratings := small(t)
		level := rapid.SampledFrom(agreement.Levels).Draw(t, "level")
		want := mustAlpha(t, ratings, level)
		if want.All.Value != nil && *want.All.Value > 1 {
			t.Fatalf("α is %v", *want.All.Value)
		}
		if got := mustAlpha(t, rapid.Permutation(ratings).Draw(t, "shuffled"), level); !same(got.All, want.All) {
			t.Fatalf("another order of the ratings gives %+v, not %+v", got.All, want.All)
		}
		change := func(name string, f func(r *agreement.Rating)) {
			changed := append([]agreement.Rating(nil), ratings...)
			for i := range changed {
				f(&changed[i])
			}
			if got := mustAlpha(t, changed, level); !same(got.All, want.All) {
				t.Fatalf("%s at level %s gives %+v, not %+v", name, level, got.All, want.All)
			}
		}
		change("other names of raters and units", func(r *agreement.Rating) { r.Rater, r.Unit = "r"+r.Rater[:1], string('z'-r.Unit[0]%32) })
		switch level {
		case agreement.Nominal:
			labels := rapid.Permutation([]float64{0, 10, 2, 31, 4.5, 5}).Draw(t, "labels")
			change("relabelling", func(r *agreement.Rating) { r.Value = labels[int(r.Value)] })
		case agreement.Ordinal:
			change("a rising transformation", func(r *agreement.Rating) { r.Value = math.Exp(r.Value) })
		case agreement.IntervalLevel:
			a, b := float64(rapid.IntRange(1, 9).Draw(t, "a")), float64(rapid.IntRange(-99, 99).Draw(t, "b"))
			change("an affine transformation", func(r *agreement.Rating) { r.Value = a*r.Value + b })
		case agreement.RatioLevel:
			change("scaling", func(r *agreement.Rating) { r.Value *= 8 })
		}
		perfect := append([]agreement.Rating(nil), ratings...)
		for i := range perfect {
			perfect[i].Value = float64(perfect[i].Unit[0] % 5)
		}
		if got := mustAlpha(t, perfect, level).All; got.Value != nil && *got.Value != 1 {
			t.Fatalf("perfect agreement gives %v", *got.Value)
		}
	})
}

func TestAlphaPerGroupIsThatOfTheGroupAlone(t *testing.T) {
	ratings := simulated(t)
	all, err := agreement.KrippendorffAlpha(ratings, agreement.Ordinal, agreement.AlphaOptions{Replications: 200, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Groups) != 3 {
		t.Fatalf("got %d groups, want 3", len(all.Groups))
	}
	for _, group := range all.Groups {
		var own []agreement.Rating
		for _, r := range ratings {
			if r.Group == group.Group {
				own = append(own, r)
			}
		}
		alone, err := agreement.KrippendorffAlpha(own, agreement.Ordinal, agreement.AlphaOptions{})
		if err != nil || !same(alone.All, group) || group.Raters != 20 {
			t.Errorf("%s: got %+v, want %+v (%v)", group.Group, group, alone.All, err)
		}
		if i := group.Interval; i == nil || i.Lower >= *group.Value || i.Upper <= *group.Value {
			t.Errorf("%s: %v is not inside its interval %+v", group.Group, *group.Value, i)
		}
	}
	again, _ := agreement.KrippendorffAlpha(ratings, agreement.Ordinal, agreement.AlphaOptions{Replications: 200, Seed: 1})
	if *again.All.Interval != *all.All.Interval {
		t.Error("the same seed gave another interval")
	}
}

// The raters are exchangeable here: the interval speaks of other units rated by these raters, not of other raters.
func TestIntervalOfAlphaHoldsTheAlphaOfManyUnits(t *testing.T) {
	draw := func(seed uint64, units int) []agreement.Rating {
		design := agreementtest.Design{Units: units, Cuts: []float64{-1, 0, 1}, Groups: []agreementtest.Group{{Name: "all", Raters: 6, Rate: 0.7}}}
		return design.Draw(seed).Ratings
	}
	long, err := agreement.KrippendorffAlpha(draw(1, 20000), agreement.IntervalLevel, agreement.AlphaOptions{})
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for seed := range uint64(100) {
		got, err := agreement.KrippendorffAlpha(draw(seed+2, 60), agreement.IntervalLevel, agreement.AlphaOptions{Replications: 300, Seed: seed, Confidence: 0.9})
		if err != nil {
			t.Fatal(err)
		}
		if i := got.All.Interval; i.Lower <= *long.All.Value && *long.All.Value <= i.Upper {
			held++
		}
	}
	if held < 80 || held > 99 {
		t.Errorf("%d of 100 intervals of 90 %% hold the α of 20,000 units", held)
	}
}

func TestAlphaIsMissingWithAReason(t *testing.T) {
	r := func(rater, unit string, value float64) agreement.Rating {
		return agreement.Rating{Rater: rater, Unit: unit, Value: value}
	}
	for name, c := range map[string]struct {
		ratings []agreement.Rating
		want    string
	}{
		"no ratings":                  {nil, agreement.NoPairs},
		"one rater":                   {[]agreement.Rating{r("a", "x", 1), r("a", "y", 2)}, agreement.NoPairs},
		"raters without a common one": {[]agreement.Rating{r("a", "x", 1), r("b", "y", 2)}, agreement.NoPairs},
		"all equal":                   {[]agreement.Rating{r("a", "x", 3), r("b", "x", 3), r("a", "y", 3), r("b", "y", 3), r("a", "z", 1)}, agreement.NoVariation},
		"all zero":                    {[]agreement.Rating{r("a", "x", 0), r("b", "x", 0)}, agreement.NoVariation},
	} {
		for _, level := range agreement.Levels {
			got, err := agreement.KrippendorffAlpha(c.ratings, level, agreement.AlphaOptions{Replications: 9})
			if err != nil || got.All.Value != nil || got.All.Interval != nil || got.All.Missing != c.want {
				t.Errorf("%s at level %s: got %+v, %v, want it missing: %s", name, level, got.All, err, c.want)
			}
		}
	}
	large, err := agreement.KrippendorffAlpha([]agreement.Rating{r("a", "x", 1e300), r("b", "x", 0)}, agreement.IntervalLevel, agreement.AlphaOptions{})
	if err != nil || large.All.Value != nil || large.All.Missing != agreement.Beyond {
		t.Errorf("ratings too large: got %+v, %v", large.All, err)
	}
	one, err := agreement.KrippendorffAlpha([]agreement.Rating{r("a", "x", 1), r("b", "x", 2)}, agreement.Nominal, agreement.AlphaOptions{})
	if err != nil || one.All.Value == nil || *one.All.Value != 0 {
		t.Errorf("one unit on which two differ: got %+v, %v, want 0", one.All, err)
	}
}

func TestRatingsThatContradictAreRefusedWithTheirPlace(t *testing.T) {
	good := agreement.Rating{Rater: "a", Group: "city", Unit: "x", Value: 1, Row: 2}
	for name, c := range map[string]struct {
		bad    agreement.Rating
		column string
		says   string
	}{
		"not a number":       {agreement.Rating{Rater: "a", Group: "city", Unit: "y", Value: math.NaN(), Row: 3}, "rating", "not a finite number"},
		"infinite":           {agreement.Rating{Rater: "a", Group: "city", Unit: "y", Value: math.Inf(-1), Row: 3}, "rating", "not a finite number"},
		"no rater":           {agreement.Rating{Unit: "y", Row: 3}, "rater", "no name"},
		"no unit":            {agreement.Rating{Rater: "a", Group: "city", Row: 3}, "unit", "no name"},
		"twice":              {agreement.Rating{Rater: "a", Group: "city", Unit: "x", Value: 1, Row: 3}, "unit", "already, in row 2"},
		"two groups":         {agreement.Rating{Rater: "a", Group: "residents", Unit: "y", Row: 3}, "group", `"city" in row 2`},
		"half a vignette":    {agreement.Rating{Rater: "b", Group: "city", Unit: "x", Vignette: true, Row: 3}, "vignette", "row 2"},
		"negative for ratio": {agreement.Rating{Rater: "b", Group: "city", Unit: "x", Value: -1, Row: 3}, "rating", "negative"},
	} {
		_, err := agreement.KrippendorffAlpha([]agreement.Rating{good, c.bad}, agreement.RatioLevel, agreement.AlphaOptions{})
		var invalid *agreement.InvalidError
		if !errors.As(err, &invalid) || invalid.Row != 3 || invalid.Column != c.column || !strings.Contains(invalid.Text, c.says) {
			t.Errorf("%s: got %v, want row 3, %s, %q", name, err, c.column, c.says)
		}
	}
	var unknown *agreement.LevelError
	if _, err := agreement.KrippendorffAlpha(nil, "cardinal", agreement.AlphaOptions{}); !errors.As(err, &unknown) || unknown.Level != "cardinal" {
		t.Errorf("an unknown level gave %v", err)
	}
}
