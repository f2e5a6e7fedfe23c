package survey_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/survey"
)

// sample is a drawn survey: everything that a design and its estimates are made of.
type sample struct {
	sampling      survey.Sampling
	values        []float64 // some of them missing
	words, domain []string
	margins       []survey.Margin
}

// drawSample makes strata of two clusters or more, and margins in whose categories somebody has answered.
func drawSample(t *rapid.T) sample {
	var s sample
	for h := range rapid.IntRange(1, 3).Draw(t, "strata") {
		clusters := rapid.IntRange(2, 5).Draw(t, "clusters")
		for c := range clusters {
			for range rapid.IntRange(1, 4).Draw(t, "respondents") {
				s.sampling.Strata = append(s.sampling.Strata, "h"+strconv.Itoa(h))
				s.sampling.Clusters = append(s.sampling.Clusters, fmt.Sprintf("h%dc%d", h, c))
				s.sampling.Weights = append(s.sampling.Weights, rapid.Float64Range(0.5, 20).Draw(t, "weight"))
				s.sampling.Population = append(s.sampling.Population, float64(20+h))
				value := rapid.Float64Range(-100, 100).Draw(t, "value")
				if rapid.IntRange(0, 9).Draw(t, "silent") == 0 {
					value = math.NaN()
				}
				s.values = append(s.values, value)
				s.words = append(s.words, rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "word"))
				s.domain = append(s.domain, rapid.SampledFrom([]string{"north", "south", "west"}).Draw(t, "domain"))
			}
		}
	}
	if rapid.Bool().Draw(t, "without population") {
		s.sampling.Population = nil
	}
	for m := range rapid.IntRange(1, 3).Draw(t, "margins") {
		s.margins = append(s.margins, drawMargin(t, "m"+strconv.Itoa(m), len(s.values)))
	}
	return s
}

// drawMargin counts 1,000 people. Its answers go round the categories, so that each has some.
func drawMargin(t *rapid.T, column string, n int) survey.Margin {
	k := rapid.IntRange(1, min(3, n)).Draw(t, "categories")
	m := survey.Margin{Column: column}
	left := 1000.0
	for i := range k {
		share := left
		if i < k-1 {
			share = math.Round(left * rapid.Float64Range(0.3, 0.6).Draw(t, "share"))
		}
		left -= share
		m.Categories = append(m.Categories, survey.Category{Name: "k" + strconv.Itoa(i), Total: share})
	}
	for range n {
		m.Answers = append(m.Answers, "")
	}
	for i, at := range rapid.Permutation(upTo(n)).Draw(t, "order") {
		m.Answers[at] = m.Categories[i%k].Name
	}
	return m
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// reordered gives the same sample with its respondents in another order.
func (s sample) reordered(order []int) sample {
	out := s
	out.sampling.Strata, out.sampling.Clusters = pick(s.sampling.Strata, order), pick(s.sampling.Clusters, order)
	out.sampling.Weights, out.sampling.Population = pick(s.sampling.Weights, order), pick(s.sampling.Population, order)
	out.values, out.words, out.domain = pick(s.values, order), pick(s.words, order), pick(s.domain, order)
	out.margins = nil
	for _, m := range s.margins {
		m.Answers = pick(m.Answers, order)
		out.margins = append(out.margins, m)
	}
	return out
}

func pick[T any](from []T, order []int) []T {
	if from == nil {
		return nil
	}
	out := make([]T, len(from))
	for i, at := range order {
		out[i] = from[at]
	}
	return out
}

// estimates makes all kinds in all domains; raking where it can be done.
func (s sample) estimates(t *rapid.T) (all []survey.Estimate, shares []bool) {
	d, err := survey.NewDesign(len(s.values), s.sampling)
	if err != nil {
		t.Fatal(err)
	}
	if raked, err := d.Rake(s.margins, survey.RakeOptions{}); err == nil {
		d = raked
	}
	domains, err := d.Domains(s.domain)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(share bool) func(survey.Estimate, error) {
		return func(est survey.Estimate, err error) {
			if err != nil {
				t.Fatal(err)
			}
			all, shares = append(all, est), append(shares, share)
		}
	}
	ones := survey.Share(s.words, "yes")
	for _, in := range append(domains, d.Whole()) {
		keep(false)(d.Mean(s.values, in, 0))
		keep(false)(d.Total(s.values, in, 0))
		keep(false)(d.Ratio(s.values, d.Weights(), in, 0))
		keep(false)(d.Quantile(s.values, 0.3, in, 0))
		for _, method := range survey.Methods {
			keep(true)(d.Proportion(ones, in, method, 0.9))
		}
	}
	return all, shares
}

func TestAnEstimateIsNeverNonsense(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, shares := drawSample(t).estimates(t)
		for k, est := range all {
			for name, v := range map[string]*float64{"estimate": est.Value, "se": est.SE, "lower": est.Lower, "upper": est.Upper, "deff": est.DesignEffect} {
				if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
					t.Fatalf("%s is %v: %+v", name, *v, est)
				}
				if v == nil && name != "deff" && len(est.Warnings) == 0 {
					t.Fatalf("%s is not known and nothing says why: %+v", name, est)
				}
			}
			if est.SE != nil && *est.SE < 0 {
				t.Fatalf("negative standard error: %+v", est)
			}
			if est.Effective < 0 || est.Effective > float64(est.N)*(1+1e-12) {
				t.Fatalf("effective size beyond the respondents: %+v", est)
			}
			if est.Lower != nil && *est.Lower > *est.Value || est.Upper != nil && *est.Upper < *est.Value {
				t.Fatalf("the interval [%v, %v] does not hold %v", *est.Lower, *est.Upper, *est.Value)
			}
			if shares[k] && (est.Value != nil && (*est.Value < 0 || *est.Value > 1) || est.Lower != nil && *est.Lower < 0 || est.Upper != nil && *est.Upper > 1) {
				t.Fatalf("a share beyond 0 and 1: %+v", est)
			}
		}
	})
}

func TestTheOrderOfRespondentsMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		one, _ := s.estimates(t)
		other, _ := s.reordered(rapid.Permutation(upTo(len(s.values))).Draw(t, "order")).estimates(t)
		for k := range one {
			sameEstimate(t, one[k], other[k], 1)
		}
	})
}

// sameEstimate wants b to be a with value, standard error and interval multiplied, but for rounding.
func sameEstimate(t *rapid.T, a, b survey.Estimate, times float64) {
	for name, pair := range map[string][2]*float64{
		"estimate": {a.Value, b.Value}, "se": {a.SE, b.SE}, "lower": {a.Lower, b.Lower}, "upper": {a.Upper, b.Upper},
	} {
		if (pair[0] == nil) != (pair[1] == nil) {
			t.Fatalf("%s is known of one only: %+v and %+v", name, a, b)
		}
		if pair[0] != nil && math.Abs(*pair[0]*times-*pair[1]) > 1e-8*max(1, math.Abs(*pair[1])) {
			t.Fatalf("%s is %v and %v", name, *pair[0]*times, *pair[1])
		}
	}
	if a.N != b.N || a.DF != b.DF || a.Domain != b.Domain || math.Abs(a.Effective-b.Effective) > 1e-9*a.Effective {
		t.Fatalf("%+v and %+v", a, b)
	}
}

func TestTheScaleOfWeightsLeavesMeansAndMultipliesTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		s.margins = nil // raking undoes the scale
		scaled := s
		times := rapid.Float64Range(0.01, 1000).Draw(t, "times")
		scaled.sampling.Weights = nil
		for _, w := range s.sampling.Weights {
			scaled.sampling.Weights = append(scaled.sampling.Weights, w*times)
		}
		one, _ := s.estimates(t)
		other, _ := scaled.estimates(t)
		const perDomain, total, ratio = 9, 1, 2
		for k := range one {
			switch k % perDomain {
			case total:
				sameEstimate(t, one[k], other[k], times)
			case ratio: // its denominator here is the weight itself
				sameEstimate(t, one[k], other[k], 1/times)
			default:
				sameEstimate(t, one[k], other[k], 1)
			}
		}
	})
}

func TestDomainsThatMakeUpThePopulationAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, _ := drawSample(t).estimates(t)
		parts, n := 0.0, 0
		for k := 1; k < len(all); k += 9 {
			total := all[k]
			if total.Domain != "" {
				if total.Value != nil {
					parts += *total.Value
				}
				n += total.N
				continue
			}
			if n != total.N || total.Value != nil && math.Abs(parts-*total.Value) > 1e-9*max(1, math.Abs(parts)) {
				t.Fatalf("the domains add up to %v of %d, the whole is %v of %d", parts, n, *total.Value, total.N)
			}
		}
	})
}

func TestRakedWeightsSumToEveryMargin(t *testing.T) {
	raked := 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		d, err := survey.NewDesign(len(s.values), s.sampling)
		if err != nil {
			t.Fatal(err)
		}
		done, err := d.Rake(s.margins, survey.RakeOptions{})
		if err != nil {
			return // categories of a small sample may exclude each other; TestTotalsThatExcludeEachOther looks at the error
		}
		raked++
		w := done.Weights()
		for _, m := range s.margins {
			for _, c := range m.Categories {
				sum := 0.0
				for i, answer := range m.Answers {
					if answer == c.Name {
						sum += w[i]
					}
				}
				if math.Abs(sum-c.Total) > 2e-12*c.Total {
					t.Fatalf("%s %s sums to %v, not %v", m.Column, c.Name, sum, c.Total)
				}
				// The population knows this total; the sample adds no doubt to it.
				est, err := done.Total(survey.Share(m.Answers, c.Name), done.Whole(), 0)
				if err != nil || *est.SE > 1e-9*c.Total {
					t.Fatalf("the total of %s %s has the standard error %v, %v", m.Column, c.Name, est.SE, err)
				}
			}
		}
		for i, v := range w {
			if v <= 0 {
				t.Fatalf("weight %d is %v", i, v)
			}
		}
	})
	if raked < 20 {
		t.Fatalf("only %d samples could be raked", raked)
	}
}

func TestRakingOnOneMarginIsPostStratificationAndLinearCalibration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSample(t)
		d, err := survey.NewDesign(len(s.values), s.sampling)
		if err != nil {
			t.Fatal(err)
		}
		raked, err := d.Rake(s.margins[:1], survey.RakeOptions{WeightedResiduals: true})
		if err != nil {
			t.Fatal(err)
		}
		known, err := s.margins[0].Auxiliaries()
		if err != nil {
			t.Fatal(err)
		}
		linear, err := d.Calibrate(known)
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range raked.Weights() {
			if other := linear.Weights()[i]; math.Abs(w-other) > 1e-10*w {
				t.Fatalf("weight %d is %v and %v", i, w, other)
			}
		}
		one, err := raked.Mean(s.values, raked.Whole(), 0)
		if err != nil {
			t.Fatal(err)
		}
		other, err := linear.Mean(s.values, linear.Whole(), 0)
		if err != nil {
			t.Fatal(err)
		}
		sameEstimate(t, one, other, 1)
	})
}

func TestTrimmedWeightsKeepTheirSumAndTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Float64Range(0.01, 100), 2, 50).Draw(t, "weights")
		d, err := survey.NewDesign(len(weights), survey.Sampling{Weights: weights})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, w := range weights {
			sum += w
		}
		mean := sum / float64(len(weights))
		lower, upper := mean*rapid.Float64Range(0, 0.9).Draw(t, "lower"), mean*rapid.Float64Range(1.1, 10).Draw(t, "upper")
		trimmed, err := d.Trim(lower, upper)
		if err != nil {
			t.Fatal(err)
		}
		after := 0.0
		for i, w := range trimmed.Weights() {
			if w < lower || w > upper {
				t.Fatalf("weight %d is %v, not between %v and %v", i, w, lower, upper)
			}
			after += w
		}
		if math.Abs(after-sum) > 1e-9*sum {
			t.Fatalf("the sum went from %v to %v", sum, after)
		}
	})
}
