package agreement_test

import (
	"errors"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/test/material"
)

func TestCorrelationsOfShroutAndFleiss(t *testing.T) {
	var ratings [][]float64
	for _, row := range material.Rows(t, "measure/ratings/in_shrout_fleiss.csv")[1:] {
		values := make([]float64, len(row))
		for j, text := range row {
			values[j] = material.Number(t, text)
		}
		ratings = append(ratings, values)
	}
	got, err := agreement.Intraclass(ratings, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	reference := material.Rows(t, "measure/ratings/ref_shrout_fleiss_icc.csv")[1:]
	if len(got.Forms) != len(reference) {
		t.Fatalf("got %d forms, want %d", len(got.Forms), len(reference))
	}
	for i, row := range reference {
		c := got.Forms[i]
		for j, v := range []float64{*c.Value, *c.F, float64(c.DF1), float64(c.DF2), c.P, c.Interval.Lower, c.Interval.Upper} {
			if want := material.Number(t, row[2+j]); math.Abs(v-want) > 1e-9 {
				t.Errorf("%s, column %d: got %v, want %v", c.Form, 2+j, v, want)
			}
		}
	}
}

func TestLawsOfTheCorrelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(2, 8).Draw(t, "units"), rapid.IntRange(2, 5).Draw(t, "raters")
		var list []agreement.Rating
		rows := make([][]float64, n)
		for i := range rows {
			for j := range k {
				v := float64(rapid.IntRange(0, 9).Draw(t, "rating"))
				rows[i] = append(rows[i], v)
				list = append(list, agreement.Rating{Rater: strconv.Itoa(j), Unit: strconv.Itoa(i), Value: v})
			}
		}
		want, err := agreement.Intraclass(rows, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range want.Forms {
			if twoWay := c.Form == agreement.ICC21 || c.Form == agreement.ICC2k; c.Value != nil && !twoWay && *c.Value > 1+1e-12 || c.P < 0 || c.P > 1 {
				t.Fatalf("%+v", c)
			}
			if i := c.Interval; i != nil && c.Value != nil && !(i.Lower <= *c.Value+1e-9 && *c.Value <= i.Upper+1e-9) && c.Form != agreement.ICC21 && c.Form != agreement.ICC2k {
				t.Fatalf("%s %v lies outside %+v", c.Form, *c.Value, *i)
			}
		}
		got, err := agreement.IntraclassOf(rapid.Permutation(list).Draw(t, "shuffled"), 0.9)
		if err != nil || got.Missing != want.Missing || len(got.Forms) != len(want.Forms) {
			t.Fatalf("the list gives %+v, %v, the table %+v", got, err, want)
		}
		for i, c := range got.Forms {
			w := want.Forms[i].Value
			if (c.Value == nil) != (w == nil) || w != nil && math.Abs(*c.Value-*w) > 1e-9*math.Max(1, math.Abs(*w)) {
				t.Fatalf("the list gives %v, the table %v", c.Value, w)
			}
		}
	})
}

func TestCorrelationsWithoutAnAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		table [][]float64
		want  string
	}{
		"nothing":   {nil, agreement.TooFewUnits},
		"one unit":  {[][]float64{{1, 2}}, agreement.TooFewUnits},
		"one rater": {[][]float64{{1}, {2}}, agreement.TooFewRaters},
		"too large": {[][]float64{{1e200, 0}, {0, 1}}, agreement.Beyond},
		"all equal": {[][]float64{{0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}}, agreement.AllEqual},
	} {
		if got, err := agreement.Intraclass(c.table, 0.95); err != nil || got.Missing != c.want || len(got.Forms) != 0 {
			t.Errorf("%s: got %+v, %v, want %q", name, got, err, c.want)
		}
	}
	perfect, err := agreement.Intraclass([][]float64{{1, 1}, {2, 2}, {5, 5}}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range perfect.Forms {
		if c.Value == nil || *c.Value != 1 || c.F != nil || c.Interval == nil || *c.Interval != (agreement.Interval{Lower: 1, Upper: 1}) {
			t.Errorf("perfect agreement: %+v", c)
		}
	}
	opposed, err := agreement.Intraclass([][]float64{{1, 3}, {3, 1}, {2, 2}}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if mean := opposed.Forms[3]; mean.Value != nil || mean.Interval != nil {
		t.Errorf("units with equal means: %+v, want no value of %s", mean, mean.Form)
	}
	var invalid *agreement.InvalidError
	if _, err := agreement.Intraclass([][]float64{{1, 2}, {1}}, 0.95); !errors.As(err, &invalid) || invalid.Row != 2 {
		t.Errorf("a row too short gave %v", err)
	}
	if _, err := agreement.Intraclass([][]float64{{1, 2}, {1, math.NaN()}}, 0.95); !errors.As(err, &invalid) || invalid.Row != 2 {
		t.Errorf("a rating that is not a number gave %v", err)
	}
	if _, err := agreement.Intraclass(nil, 1); err == nil {
		t.Error("a confidence of 1 was taken")
	}
}

func TestUnitsThatNotAllHaveRatedAreLeftOut(t *testing.T) {
	full := []agreement.Rating{{Rater: "a", Unit: "x", Value: 1}, {Rater: "b", Unit: "x", Value: 2}, {Rater: "a", Unit: "y", Value: 4}, {Rater: "b", Unit: "y", Value: 4}}
	want, err := agreement.IntraclassOf(full, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	got, err := agreement.IntraclassOf(append(full, agreement.Rating{Rater: "a", Unit: "z", Value: 0}), 0.95)
	if err != nil || got.Left != 1 || got.Units != 2 || *got.Forms[0].Value != *want.Forms[0].Value {
		t.Errorf("got %+v, %v, want %+v with one unit left out", got, err, want)
	}
}
