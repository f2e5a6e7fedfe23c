package survey_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/survey"
)

func people(pairs ...any) (list []survey.Category) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, survey.Category{Name: pairs[i].(string), Total: float64(pairs[i+1].(int))})
	}
	return list
}

func TestWhatIsWrongWithMarginsIsNamed(t *testing.T) {
	sex := survey.Margin{Column: "sex", Categories: people("f", 60, "m", 40), Answers: strings.Fields("f m f m")}
	for _, c := range []struct {
		name    string
		margins []survey.Margin
		want    string
	}{
		{"none", nil, "there is none"},
		{"a category that nobody answered", []survey.Margin{{Column: "age", Categories: people("old", 50, "young", 30, "child", 20), Answers: strings.Fields("old young old young")}},
			`margin age, category "child": nobody in it has answered`},
		{"another number of people", []survey.Margin{sex, {Column: "age", Categories: people("old", 50, "young", 51), Answers: strings.Fields("old young old young")}},
			"margin age: its totals add up to 101, those of sex to 100"},
		{"an answer beyond the margin", []survey.Margin{{Column: "age", Categories: people("old", 100), Answers: strings.Fields("old young old old")}},
			`age of respondent 2: "young" is not a category of the margin`},
		{"no answer", []survey.Margin{{Column: "age", Categories: people("old", 100), Answers: []string{"old", "old", "", "old"}}}, "age of respondent 3: it is missing"},
		{"too few answers", []survey.Margin{{Column: "age", Categories: people("old", 100), Answers: []string{"old"}}}, "age: 1 values for 4 respondents"},
		{"a category twice", []survey.Margin{{Column: "age", Categories: people("old", 50, "old", 50), Answers: strings.Fields("old old old old")}}, `category "old": it is given twice`},
		{"a category without a name", []survey.Margin{{Column: "age", Categories: people("", 50), Answers: strings.Fields("old old old old")}}, "it has no name"},
		{"fewer than no people", []survey.Margin{{Column: "age", Categories: people("old", -5), Answers: strings.Fields("old old old old")}}, "its total -5 is not a number of people"},
		{"people where there are none", []survey.Margin{{Column: "age", Categories: people("old", 100, "young", 0), Answers: strings.Fields("old old old young")}},
			`category "young": 1 respondents are in it, its total is 0`},
		{"nobody at all", []survey.Margin{{Column: "age", Categories: people("old", 0), Answers: strings.Fields("old old old old")}}, "not to a number of people"},
		{"a margin twice", []survey.Margin{sex, sex}, "margin sex: it is given twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := design(t, 4, survey.Sampling{})
			_, err := d.Rake(c.margins, survey.RakeOptions{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			var input *survey.InputError
			var margin *survey.MarginError
			if !errors.As(err, &input) && !errors.As(err, &margin) {
				t.Fatalf("%T is not a type that a caller can tell", err)
			}
		})
	}
}

func TestTotalsThatExcludeEachOtherAreAnError(t *testing.T) {
	// All old respondents are women, so there cannot be more old people than women.
	d := design(t, 4, survey.Sampling{})
	_, err := d.Rake([]survey.Margin{
		{Column: "sex", Categories: people("f", 40, "m", 60), Answers: strings.Fields("f f m m")},
		{Column: "age", Categories: people("old", 50, "young", 50), Answers: strings.Fields("old young young young")},
	}, survey.RakeOptions{})
	var margin *survey.MarginError
	if !errors.As(err, &margin) || !strings.Contains(err.Error(), "cannot be reached together with the other margins") {
		t.Fatalf("got %v", err)
	}
}

func TestAnEmptyCategoryWithoutPeopleIsInOrder(t *testing.T) {
	d := design(t, 2, survey.Sampling{})
	raked := must(d.Rake([]survey.Margin{{Column: "age", Categories: people("old", 6, "unborn", 0), Answers: strings.Fields("old old")}}, survey.RakeOptions{}))(t)
	if w := raked.Weights(); w[0] != 3 || w[1] != 3 {
		t.Fatalf("weights %v", w)
	}
}

func TestManyMarginsWithManyCategoriesMeetAll(t *testing.T) {
	const n = 3000
	chance := rand.New(rand.NewPCG(1, 2))
	var margins []survey.Margin
	for m := range 6 {
		margin := survey.Margin{Column: string(rune('a' + m)), Answers: make([]string, n)}
		for k := range 12 {
			margin.Categories = append(margin.Categories, survey.Category{Name: string(rune('A' + k)), Total: float64(1000 + 10*((k*7+m)%12))})
		}
		for i := range margin.Answers {
			margin.Answers[i] = margin.Categories[chance.IntN(12)].Name
		}
		margins = append(margins, margin)
	}
	d := design(t, n, survey.Sampling{})
	raked := must(d.Rake(margins, survey.RakeOptions{}))(t)
	done, ok := raked.Calibration()
	if !ok || done.Gap > survey.Precision || done.Lowest <= 0 {
		t.Fatalf("%+v", done)
	}
	est := must(raked.Total(survey.Share(margins[3].Answers, "C"), raked.Whole(), 0))(t)
	if !near(*est.Value, margins[3].Categories[2].Total, 1e-11) || *est.SE > 1e-8 {
		t.Fatalf("total %v, standard error %v", *est.Value, *est.SE)
	}
}

// By hand: weights 1, 1, 2; the first two are in a. e = y-ȳ over Σw=12 with ȳ = (4·1+4·3+4·5)/12 = 3.
func TestResidualsAfterRakingAreWeightedByTheDesignWhereAsked(t *testing.T) {
	answers := strings.Fields("a a b b")
	d := design(t, 4, survey.Sampling{Weights: []float64{1, 3, 2, 2}})
	values := []float64{1, 5, 2, 8}
	m := survey.Margin{Column: "m", Categories: people("a", 8, "b", 8), Answers: answers}
	weighted := must(must(d.Rake([]survey.Margin{m}, survey.RakeOptions{WeightedResiduals: true}))(t).Mean(values, d.Whole(), 0))(t)
	plain := must(must(d.Rake([]survey.Margin{m}, survey.RakeOptions{}))(t).Mean(values, d.Whole(), 0))(t)
	// Raked weights 2, 6, 4, 4. Residuals from the weighted means 4 and 5: -3, 1, -3, 3; from the plain means 3 and 5: -2, 2, -3, 3.
	// Times weight over 16; the weighted ones sum to 0, the plain ones to 8/16.
	want := math.Sqrt(4.0 / 3 * (36 + 36 + 144 + 144) / 256)
	if !near(*weighted.SE, want, 1e-14) {
		t.Errorf("weighted: %v, want %v", *weighted.SE, want)
	}
	want = math.Sqrt(4.0 / 3 * (16 + 144 + 144 + 144 - 4*4) / 256)
	if !near(*plain.SE, want, 1e-14) {
		t.Errorf("plain: %v, want %v", *plain.SE, want)
	}
}

// Lumley, documentation of calibrate in the R package survey: the cluster sample of schools calibrated to their number, to the numbers of
// high and middle schools and to the sum of last year's scores.
func TestLinearCalibrationGivesThePublishedExample(t *testing.T) {
	data, d := clustered(t)
	ones := make([]float64, d.Len())
	for i := range ones {
		ones[i] = 1
	}
	calibrated := must(d.Calibrate([]survey.Auxiliary{
		{Column: "schools", Values: ones, Total: 6194}, {Column: "high", Values: survey.Share(data["stype"], "H"), Total: 755},
		{Column: "middle", Values: survey.Share(data["stype"], "M"), Total: 1018}, {Column: "api99", Values: data.numbers(t, "api99"), Total: 3914069},
	}))(t)
	mean := must(calibrated.Mean(data.numbers(t, "api00"), calibrated.Whole(), 0))(t)
	if math.Abs(*mean.Value-665.31) > 0.005 || math.Abs(*mean.SE-3.4418) > 0.00005 {
		t.Errorf("mean %v, standard error %v", *mean.Value, *mean.SE)
	}
	total := must(calibrated.Total(data.numbers(t, "enroll"), calibrated.Whole(), 0))(t)
	if math.Abs(*total.Value-3638487) > 0.5 || math.Abs(*total.SE-385524) > 0.5 {
		t.Errorf("total %v, standard error %v", *total.Value, *total.SE)
	}
	done, _ := calibrated.Calibration()
	if done.Gap > survey.Precision || done.Lowest > done.Highest {
		t.Errorf("%+v", done)
	}
}

func TestWhatIsWrongWithAuxiliariesIsNamed(t *testing.T) {
	ones := []float64{1, 1, 1, 1}
	for name, c := range map[string]struct {
		known []survey.Auxiliary
		want  string
	}{
		"none":              {nil, "there is no auxiliary variable"},
		"a missing value":   {[]survey.Auxiliary{{"age", []float64{1, 2, math.NaN(), 4}, 10}}, "age of respondent 3: it is missing"},
		"too few values":    {[]survey.Auxiliary{{"age", []float64{1, 2}, 10}}, "age: 2 values for 4 respondents"},
		"no total":          {[]survey.Auxiliary{{"age", ones, math.Inf(1)}}, "age: its total is not a number"},
		"two totals of one": {[]survey.Auxiliary{{"all", ones, 10}, {"everybody", ones, 12}}, "its total 10 cannot be reached"},
		"a total of none":   {[]survey.Auxiliary{{"all", ones, 10}, {"nobody", make([]float64, 4), 12}}, "nobody: its total 12 cannot be reached"},
		"beyond all range":  {[]survey.Auxiliary{{"all", []float64{1e300, 1, 1, 1}, 10}}, "too large to calibrate"},
	} {
		d := design(t, 4, survey.Sampling{})
		if _, err := d.Calibrate(c.known); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestNegativeWeightsAreShownAndRefusedForQuantiles(t *testing.T) {
	d := design(t, 4, survey.Sampling{})
	values := []float64{1, 2, 3, 10}
	calibrated := must(d.Calibrate([]survey.Auxiliary{{"all", []float64{1, 1, 1, 1}, 4}, {"sum", values, 40}}))(t)
	done, _ := calibrated.Calibration()
	if done.Lowest >= 0 {
		t.Fatalf("the lowest factor is %v", done.Lowest)
	}
	if mean := must(calibrated.Mean(values, calibrated.Whole(), 0))(t); !near(*mean.Value, 10, 1e-12) {
		t.Errorf("mean %v", *mean.Value)
	}
	if _, err := calibrated.Quantile(values, 0.5, calibrated.Whole(), 0); err == nil || !strings.Contains(err.Error(), "it is negative after calibration") {
		t.Errorf("got %v", err)
	}
}

func TestWeightsAreCalibratedOnce(t *testing.T) {
	d := design(t, 4, survey.Sampling{})
	m := survey.Margin{Column: "m", Categories: people("a", 8), Answers: strings.Fields("a a a a")}
	once := must(d.PostStratify(m))(t)
	if _, err := once.PostStratify(m); !errors.Is(err, survey.ErrCalibrated) {
		t.Errorf("raking again: %v", err)
	}
	if _, err := once.Calibrate([]survey.Auxiliary{{"all", []float64{1, 1, 1, 1}, 8}}); !errors.Is(err, survey.ErrCalibrated) {
		t.Errorf("calibrating again: %v", err)
	}
	if _, ok := d.Calibration(); ok {
		t.Error("the first design was changed")
	}
}

func TestTrimming(t *testing.T) {
	for _, c := range []struct {
		name         string
		weights      []float64
		lower, upper float64
		want         []float64
	}{
		{"nothing outside", []float64{1, 2, 3}, 0, math.Inf(1), []float64{1, 2, 3}},
		{"the largest shares equally", []float64{1, 1, 10}, 0, 6, []float64{3, 3, 6}},
		{"again where sharing pushes one over", []float64{1, 5.5, 10}, 0, 6, []float64{4.5, 6, 6}},
		{"both ends at once", []float64{1, 0.5}, 0.7, 0.8, []float64{0.8, 0.7}},
		{"no weight left in between", []float64{1, 0.5, 0.5}, 0.6, 0.75, []float64{0.75, 0.625, 0.625}},
	} {
		trimmed := must(design(t, len(c.weights), survey.Sampling{Weights: c.weights}).Trim(c.lower, c.upper))(t)
		for i, w := range trimmed.Weights() {
			if !near(w, c.want[i], 1e-12) {
				t.Errorf("%s: %v, want %v", c.name, trimmed.Weights(), c.want)
				break
			}
		}
	}
	for name, bounds := range map[string][2]float64{"too low": {0, 1}, "too high": {4, 9}, "crossed": {3, 1}, "no number": {math.NaN(), 3}} {
		if _, err := design(t, 3, survey.Sampling{Weights: []float64{1, 2, 3}}).Trim(bounds[0], bounds[1]); err == nil {
			t.Errorf("bounds %s are accepted", name)
		}
	}
}

// Two margins that differ in few respondents: proportional fitting then moves slowly, and must not give up.
func TestMarginsThatNearlyFollowFromEachOtherAreMet(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	const n = 5000
	margins := []survey.Margin{{Column: "area"}, {Column: "school"}}
	totals := [2]map[string]float64{{}, {}}
	for range n {
		area := string(rune('a' + chance.IntN(5)))
		school := area
		if chance.IntN(300) == 0 {
			school = string(rune('a' + chance.IntN(5)))
		}
		people := 1 + chance.Float64()*float64(area[0]-'a'+1)
		for m, word := range []string{area, school} {
			margins[m].Answers = append(margins[m].Answers, word)
			totals[m][word] += people
		}
	}
	for m := range margins {
		for _, name := range strings.Fields("a b c d e") {
			margins[m].Categories = append(margins[m].Categories, survey.Category{Name: name, Total: totals[m][name]})
		}
	}
	raked := must(design(t, n, survey.Sampling{}).Rake(margins, survey.RakeOptions{}))(t)
	if done, _ := raked.Calibration(); done.Gap > survey.Precision || done.Sweeps < 1000 {
		t.Fatalf("%+v", done)
	}
}
