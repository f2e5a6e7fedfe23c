package survey_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/survey"
)

func TestWhatIsWrongWithASamplingIsNamed(t *testing.T) {
	for _, c := range []struct {
		name     string
		sampling survey.Sampling
		want     string
	}{
		{"a weight of nothing", survey.Sampling{Weights: []float64{1, 0, 1, 1}}, "weights of respondent 2: 0 is not a number above 0"},
		{"a negative weight", survey.Sampling{Weights: []float64{1, 1, 1, -2}}, "weights of respondent 4: -2 is not a number above 0"},
		{"a missing weight", survey.Sampling{Weights: []float64{1, 1, math.NaN(), 1}}, "weights of respondent 3: the weight is missing"},
		{"too few weights", survey.Sampling{Weights: []float64{1, 1}}, "weights: 2 values for 4 respondents"},
		{"a respondent without a stratum", survey.Sampling{Strata: []string{"a", "", "a", "b"}}, "strata of respondent 2: it is missing"},
		{"a respondent without a cluster", survey.Sampling{Clusters: []string{"1", "1", "2", ""}}, "clusters of respondent 4: it is missing"},
		{"a cluster in two strata", survey.Sampling{Strata: []string{"a", "a", "b", "b"}, Clusters: []string{"1", "2", "2", "3"}},
			`clusters of respondent 3: "2" lies in the strata "a" and "b"`},
		{"one cluster", survey.Sampling{Clusters: []string{"1", "1", "1", "1"}}, "the sample has one primary sampling unit"},
		{"one cluster under a rule", survey.Sampling{Clusters: []string{"1", "1", "1", "1"}, Lonely: survey.LonelyAdjust}, "one primary sampling unit"},
		{"a lonely stratum", survey.Sampling{Strata: []string{"a", "a", "a", "b"}}, `stratum "b" has one primary sampling unit`},
		{"only lonely strata", survey.Sampling{Strata: []string{"a", "b", "c", "d"}, Lonely: survey.LonelyAverage}, "every stratum has one"},
		{"a rule nobody knows", survey.Sampling{Lonely: "guess"}, "there is no rule guess"},
		{"an unknown population", survey.Sampling{Population: []float64{9, 9, math.NaN(), 9}}, "population of respondent 3: the size of the stratum is unknown"},
		{"two sizes of a stratum", survey.Sampling{Strata: []string{"a", "a", "b", "b"}, Population: []float64{9, 9, 8, 7}},
			`population of respondent 4: stratum "b" has the sizes 8 and 7`},
		{"counts and shares", survey.Sampling{Strata: []string{"a", "a", "b", "b"}, Population: []float64{9, 9, 0.5, 0.5}},
			"population of respondent 3: 0.5 is a share, others are counts"},
		{"a population smaller than its sample", survey.Sampling{Population: []float64{3, 3, 3, 3}}, "has 3 units, of which 4 were drawn"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := survey.NewDesign(4, c.sampling)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			var input *survey.InputError
			var lonely *survey.LonelyError
			if !errors.As(err, &input) && !errors.As(err, &lonely) {
				t.Fatalf("%T is not a type that a caller can tell", err)
			}
		})
	}
	if _, err := survey.NewDesign(0, survey.Sampling{}); err == nil {
		t.Error("a sample without respondents is accepted")
	}
}

func TestWeightsFollowFromThePopulation(t *testing.T) {
	counts := design(t, 5, survey.Sampling{Strata: strings.Fields("a a b b b"), Population: []float64{10, 10, 30, 30, 30}})
	shares := design(t, 5, survey.Sampling{Strata: strings.Fields("a a b b b"), Population: []float64{0.2, 0.2, 0.1, 0.1, 0.1}})
	for i, want := range []float64{5, 5, 10, 10, 10} {
		if counts.Weights()[i] != want || !near(shares.Weights()[i], want, 1e-15) {
			t.Errorf("weight %d is %v and %v, want %v", i, counts.Weights()[i], shares.Weights()[i], want)
		}
	}
	values := []float64{1, 4, 2, 8, 5}
	one, other := must(counts.Mean(values, counts.Whole(), 0))(t), must(shares.Mean(values, shares.Whole(), 0))(t)
	if !near(*one.SE, *other.SE, 1e-14) {
		t.Errorf("counts give the standard error %v, shares %v", *one.SE, *other.SE)
	}
}

func TestACensusLeavesNoDoubt(t *testing.T) {
	d := design(t, 4, survey.Sampling{Strata: strings.Fields("a a a b"), Population: []float64{3, 3, 3, 1}})
	est := must(d.Mean([]float64{1, 5, 2, 8}, d.Whole(), 0))(t)
	if *est.Value != 4 || *est.SE != 0 || *est.Lower != 4 || *est.Upper != 4 {
		t.Fatalf("%+v", est)
	}
}

// By hand: strata a and b with 3 and 1 units, weight 1. Mean 4; (y-4)/4 is -3/4, 1/4, -1/2 in a and 1 in b. Stratum a: mean -1/3,
// squares 25/144 + 49/144 + 4/144 = 78/144, times 3/2 gives 117/144. For b: nothing; 1 (the mean of all units is 0); as much as a.
func TestRulesForALonelyStratum(t *testing.T) {
	for rule, want := range map[survey.LonelyRule]float64{
		survey.LonelyCertain: 117.0 / 144, survey.LonelyAdjust: 117.0/144 + 1, survey.LonelyAverage: 2 * 117.0 / 144,
	} {
		d := design(t, 4, survey.Sampling{Strata: strings.Fields("a a a b"), Lonely: rule})
		est := must(d.Mean([]float64{1, 5, 2, 8}, d.Whole(), 0))(t)
		if !near(*est.SE, math.Sqrt(want), 1e-15) || est.DF != 2 {
			t.Errorf("%s: standard error %v, want %v; %d degrees of freedom", rule, *est.SE, math.Sqrt(want), est.DF)
		}
	}
	d := design(t, 4, survey.Sampling{Strata: strings.Fields("a a a b"), Lonely: survey.LonelyAdjust})
	total := must(d.Total([]float64{1, 5, 2, 8}, d.Whole(), 0))(t)
	// Stratum a: squares about 8/3 are 78/9, times 3/2 is 13; b: (8-4)² from the mean of all four.
	if !near(*total.SE, math.Sqrt(13+16), 1e-15) {
		t.Errorf("total: standard error %v", *total.SE)
	}
}

func TestClustersNumberedWithinStrataAreApart(t *testing.T) {
	numbered := design(t, 8, survey.Sampling{Strata: strings.Fields("a a a a b b b b"), Clusters: strings.Fields("1 1 2 2 1 1 2 2"), NumberedWithin: true})
	named := design(t, 8, survey.Sampling{Strata: strings.Fields("a a a a b b b b"), Clusters: strings.Fields("1 1 2 2 3 3 4 4")})
	values := []float64{1, 5, 2, 8, 3, 3, 9, 4}
	one, other := must(numbered.Mean(values, numbered.Whole(), 0))(t), must(named.Mean(values, named.Whole(), 0))(t)
	if *one.SE != *other.SE || one.DF != 2 || other.DF != 2 {
		t.Fatalf("%+v and %+v", one, other)
	}
}

func TestTheDesignKeepsItsOwnWeights(t *testing.T) {
	weights := []float64{1, 2, 3}
	d := design(t, 3, survey.Sampling{Weights: weights})
	weights[0] = 100
	d.Weights()[1] = 100
	if got := d.Weights(); got[0] != 1 || got[1] != 2 {
		t.Fatalf("weights are %v", got)
	}
}
