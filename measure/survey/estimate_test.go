package survey_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/survey"
)

func TestWhatCannotBeKnownIsMissingWithAReason(t *testing.T) {
	nan := math.NaN()
	d := design(t, 5, survey.Sampling{Strata: strings.Fields("a a a b b")})
	domains := must(d.Domains([]string{"one", "two", "", "two", "none"}))(t)
	none, one, two, whole := domains[0], domains[1], domains[2], d.Whole()
	constant, values := []float64{7, 7, 7, 7, 7}, []float64{1, 2, 3, 4, nan}
	zero := make([]float64, 5)
	mean := func(values []float64, in survey.Domain) survey.Estimate { return must(d.Mean(values, in, 0))(t) }
	for _, c := range []struct {
		name                string
		est                 survey.Estimate
		value, se, interval bool
		warnings            []survey.Warning
	}{
		{"all answers known", mean(constant, whole), true, true, true, []survey.Warning{survey.NoVariation}},
		{"one respondent", mean(values, one), true, false, false, []survey.Warning{survey.OneUnit, survey.NoFreedom}},
		{"one respondent in each of two strata", mean(values, two), true, true, false, []survey.Warning{survey.NoFreedom}},
		{"nobody answered", mean(values, none), false, false, false, []survey.Warning{survey.EmptyDomain}},
		{"nobody answered at all", mean([]float64{nan, nan, nan, nan, nan}, whole), false, false, false, []survey.Warning{survey.EmptyDomain}},
		{"a sum beyond all numbers", must(d.Total([]float64{1e308, 1e308, 1e308, 1, 2}, whole, 0))(t), false, false, false, []survey.Warning{survey.TooLarge}},
		{"a spread beyond all numbers", mean([]float64{math.MaxFloat64, -math.MaxFloat64, 0, 0, 0}, whole), true, true, false, []survey.Warning{survey.TooLarge}},
		{"a spread near the end of all numbers", mean([]float64{1e300, -1e300, 0, 0, 0}, whole), true, true, true, nil},
		{"a spread near nothing", mean([]float64{1e-300, -1e-300, 0, 0, 0}, whole), true, true, true, nil},
		{"the total of one respondent", must(d.Total(values, one, 0))(t), true, true, false, []survey.Warning{survey.NoFreedom}},
		{"a ratio to nothing", must(d.Ratio(values, zero, whole, 0))(t), false, false, false, []survey.Warning{survey.ZeroDenominator}},
		{"a ratio of one respondent", must(d.Ratio(values, constant, one, 0))(t), true, false, false, []survey.Warning{survey.OneUnit, survey.NoFreedom}},
		{"the quantile of one respondent", must(d.Quantile(values, 0.5, one, 0))(t), true, false, false, []survey.Warning{survey.NoFreedom}},
		{"the quantile of a constant", must(d.Quantile(constant, 0.5, whole, 0))(t), true, true, true, []survey.Warning{survey.NoVariation}},
		{"the quantile of too few", must(d.Quantile(values, 0.05, whole, 0))(t), true, false, false, []survey.Warning{survey.OpenBelow, survey.OpenAbove}},
		{"all hold, logit", must(d.Proportion([]float64{1, 1, 1, 1, 1}, whole, survey.Logit, 0))(t), true, false, false, []survey.Warning{survey.AllOrNone}},
		{"none holds, arcsine", must(d.Proportion(zero, whole, survey.Arcsine, 0))(t), true, false, false, []survey.Warning{survey.AllOrNone}},
		{"none holds, beta", must(d.Proportion(zero, whole, survey.Beta, 0))(t), true, false, true, []survey.Warning{survey.AllOrNone}},
		{"all hold, Wilson", must(d.Proportion([]float64{1, 1, 1, 1, 1}, whole, survey.Wilson, 0))(t), true, false, true, []survey.Warning{survey.AllOrNone}},
		{"one holds, of one", must(d.Proportion([]float64{1, 1, 1, 1, 1}, one, survey.Beta, 0))(t), true, false, false, []survey.Warning{survey.NoFreedom, survey.AllOrNone}},
		{"a share fixed by the strata", must(d.Proportion([]float64{1, 1, 1, 0, 0}, whole, survey.Beta, 0))(t), true, true, true, []survey.Warning{survey.NoVariation}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if (c.est.Value != nil) != c.value || (c.est.SE != nil) != c.se || (c.est.Lower != nil && c.est.Upper != nil) != c.interval {
				t.Errorf("estimate %t, standard error %t, interval %t", c.est.Value != nil, c.est.SE != nil, c.est.Lower != nil && c.est.Upper != nil)
			}
			if !slices.Equal(c.est.Warnings, c.warnings) {
				t.Errorf("warnings %v, want %v", c.est.Warnings, c.warnings)
			}
		})
	}
}

// Zero of ten: the exact upper end is 1-(α/2)^(1/10) where n_e is ten, as it is for equal weights of one stratum and no clusters.
func TestNoneOfTenHasTheExactInterval(t *testing.T) {
	d := design(t, 10, survey.Sampling{})
	est := must(d.Proportion(make([]float64, 10), d.Whole(), survey.Beta, 0))(t)
	if want := 1 - math.Pow(0.025, 0.1); !near(*est.Upper, want, 1e-12) || *est.Lower != 0 {
		t.Errorf("[%v, %v], want [0, %v]", *est.Lower, *est.Upper, want)
	}
	est = must(d.Proportion(make([]float64, 10), d.Whole(), survey.Wilson, 0))(t)
	const t9 = 2.2621571627409915 // Student's t, nine degrees of freedom, 0.975
	if want := t9 * t9 / (10 + t9*t9); !near(*est.Upper, want, 1e-9) || *est.Lower != 0 {
		t.Errorf("[%v, %v], want [0, %v]", *est.Lower, *est.Upper, want)
	}
}

// Three of nine, with equal weights: p(1-p)/s² is 8, so the bounds solve |p-π| = t √(π(1-π)/8).
func TestWilsonsEndsSolveTheScoreEquation(t *testing.T) {
	d := design(t, 9, survey.Sampling{})
	est := must(d.Proportion([]float64{1, 1, 1, 0, 0, 0, 0, 0, 0}, d.Whole(), survey.Wilson, 0))(t)
	const t8 = 2.306004135204166
	for _, end := range []float64{*est.Lower, *est.Upper} {
		if got, want := math.Abs(1.0/3-end), t8*math.Sqrt(end*(1-end)/8); !near(got, want, 1e-9) {
			t.Errorf("at %v: %v, want %v", end, got, want)
		}
	}
}

// Ten equal weights: the lower quartile of 1…10 is 3, the share below it 0.3, its standard error √(0.3·0.7/9) = 0.1528; t of nine degrees is
// 2.262, so the ends are at the shares -0.046 and 0.646.
func TestWoodruffsIntervalByHand(t *testing.T) {
	d := design(t, 10, survey.Sampling{})
	values := []float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}
	est := must(d.Quantile(values, 0.25, d.Whole(), 0))(t)
	if *est.Value != 3 || est.Lower != nil || *est.Upper != 7 || est.SE != nil {
		t.Fatalf("%+v", est)
	}
	est = must(d.Quantile(values, 0.5, d.Whole(), 0))(t)
	// At 5, share 0.5, standard error 1/6: ends at 0.123 and 0.877.
	if *est.Value != 5 || *est.Lower != 2 || *est.Upper != 9 || !near(*est.SE, 7/(2*2.2621571627409915), 1e-9) {
		t.Fatalf("%+v", est)
	}
}

func TestAQuantileThatIsReachedExactlyIsNotPassed(t *testing.T) {
	// Three weights of 0.1 make 0.30000000000000004, three of 0.7 2.0999999999999996: rounding must not decide.
	for _, w := range []float64{0.1, 0.7, 1.0 / 3} {
		d := design(t, 10, survey.Sampling{Weights: slices.Repeat([]float64{w}, 10)})
		for k := range 9 {
			est := must(d.Quantile([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, float64(k+1)/10, d.Whole(), 0))(t)
			if *est.Value != float64(k+1) {
				t.Errorf("weight %v: quantile %v is %v", w, float64(k+1)/10, *est.Value)
			}
		}
	}
}

func TestDegreesOfFreedomAreThoseOfTheDomain(t *testing.T) {
	d := design(t, 8, survey.Sampling{Strata: strings.Fields("a a a a b b b b"), Clusters: strings.Fields("1 1 2 3 4 4 5 6")})
	values := []float64{1, 5, 2, 8, 3, 3, 9, math.NaN()}
	for _, in := range must(d.Domains(strings.Fields("x x x x x y y y")))(t) {
		want := map[string]int{"x": 4 - 2, "y": 2 - 1}[in.Name] // the only one of cluster 6 has not answered
		if est := must(d.Mean(values, in, 0))(t); est.DF != want {
			t.Errorf("%s: %d degrees of freedom, want %d", in.Name, est.DF, want)
		}
	}
}

func TestWhatIsAskedWronglyIsAnError(t *testing.T) {
	d, other := design(t, 3, survey.Sampling{}), design(t, 4, survey.Sampling{})
	values := []float64{1, 2, 3}
	for name, ask := range map[string]func() error{
		"too few values":               func() error { _, err := d.Mean(values[:2], d.Whole(), 0); return err },
		"an infinite value":            func() error { _, err := d.Total([]float64{1, math.Inf(1), 3}, d.Whole(), 0); return err },
		"a domain of another sample":   func() error { _, err := d.Mean(values, other.Whole(), 0); return err },
		"a domain of no sample":        func() error { _, err := d.Mean(values, survey.Domain{}, 0); return err },
		"too few words for domains":    func() error { _, err := d.Domains([]string{"a"}); return err },
		"a confidence beyond 1":        func() error { _, err := d.Mean(values, d.Whole(), 95); return err },
		"a share that is 2":            func() error { _, err := d.Proportion([]float64{0, 1, 2}, d.Whole(), "", 0); return err },
		"a method nobody knows":        func() error { _, err := d.Proportion([]float64{0, 1, 1}, d.Whole(), "guess", 0); return err },
		"the quantile of all":          func() error { _, err := d.Quantile(values, 1, d.Whole(), 0); return err },
		"a ratio to too few":           func() error { _, err := d.Ratio(values, values[:1], d.Whole(), 0); return err },
		"a ratio to an infinite value": func() error { _, err := d.Ratio(values, []float64{1, 1, math.Inf(-1)}, d.Whole(), 0); return err },
	} {
		if ask() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	_, err := d.Proportion([]float64{0, 1, 2}, d.Whole(), "", 0)
	var input *survey.InputError
	if !errors.As(err, &input) || input.Respondent != 2 {
		t.Errorf("got %v, want the third respondent named", err)
	}
}

func TestEffectiveSizeOfAnyWeights(t *testing.T) {
	for _, c := range []struct {
		weights         []float64
		size, weighting float64
	}{
		{nil, 0, 0}, {[]float64{0, 0}, 0, 0}, {[]float64{3, 3, 3}, 3, 1}, {[]float64{1, 3}, 1.6, 1.25}, {[]float64{1e300, 3e300}, 1.6, 1.25},
	} {
		if size, effect := survey.EffectiveSize(c.weights), survey.WeightingEffect(c.weights); !near(size, c.size, 1e-15) || !near(effect, c.weighting, 1e-15) {
			t.Errorf("%v: %v and %v", c.weights, size, effect)
		}
	}
}

// FuzzEstimates makes a sample of any bytes: nothing may panic, and no number may be other than finite.
func FuzzEstimates(f *testing.F) {
	f.Add([]byte("abcdefghijklmnopqrstuvwxyz0123456789"), 0.5)
	f.Add([]byte{0, 1, 2, 3, 0, 2, 4, 6, 250, 255, 251, 7, 9, 9, 9, 9}, 0.01)
	f.Fuzz(func(t *testing.T, data []byte, p float64) {
		const each = 4
		n := len(data) / each
		extremes := []float64{0, 1, -1, math.NaN(), 1e300, -1e300, 5e-324, math.MaxFloat64, 1e-300, 0.1}
		s := survey.Sampling{Lonely: survey.LonelyRules[n%len(survey.LonelyRules)]}
		var values []float64
		var words []string
		m := survey.Margin{Column: "m", Categories: people("0", 10, "1", 30, "2", 60)}
		for i := range n {
			b := data[each*i:]
			s.Strata = append(s.Strata, string('a'+rune(b[0]%3)))
			s.Weights = append(s.Weights, math.Exp2(float64(int8(b[1]))))
			values = append(values, extremes[b[2]%10])
			words = append(words, []string{"", "x", "y"}[b[3]%3])
			m.Answers = append(m.Answers, string('0'+rune(b[3]/3%3)))
		}
		d, err := survey.NewDesign(n, s)
		if err != nil {
			return
		}
		if raked, err := d.PostStratify(m); err == nil && p > 0.5 {
			d = raked
		}
		domains, err := d.Domains(words)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range append(domains, d.Whole()) {
			var all []survey.Estimate
			keep := func(est survey.Estimate, err error) {
				if err == nil {
					all = append(all, est)
				}
			}
			level := survey.Confidence(0.5 + p/2)
			keep(d.Mean(values, in, level))
			keep(d.Total(values, in, level))
			keep(d.Ratio(values, d.Weights(), in, level))
			keep(d.Quantile(values, p, in, level))
			for _, method := range survey.Methods {
				keep(d.Proportion(survey.Share(words, "x"), in, method, level))
			}
			for _, est := range all {
				for _, v := range []*float64{est.Value, est.SE, est.Lower, est.Upper, est.DesignEffect, &est.Effective} {
					if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
						t.Fatalf("%v in %+v", *v, est)
					}
				}
			}
		}
	})
}
