package survey_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cityrights/cityrights/measure/survey"
)

// invented is a survey of n respondents in 20 strata and n/50 clusters, with four margins of 2, 6, 8 and 20 categories.
type invented struct {
	sampling survey.Sampling
	margins  []survey.Margin
	values   []float64
	district []string // 20 domains
}

func invent(n int) invented {
	chance := rand.New(rand.NewPCG(uint64(n), 1))
	var s invented
	for m, k := range []int{2, 6, 8, 20} {
		margin := survey.Margin{Column: fmt.Sprintf("margin %d", m), Answers: make([]string, n)}
		for c := range k {
			margin.Categories = append(margin.Categories, survey.Category{Name: fmt.Sprintf("category %d", c), Total: float64(100_000 * (c%3 + 2))})
		}
		for i := range margin.Answers {
			margin.Answers[i] = margin.Categories[min(chance.IntN(k), chance.IntN(k+2))].Name
		}
		scale := 0.0
		for _, c := range margin.Categories {
			scale += c.Total
		}
		for c := range margin.Categories {
			margin.Categories[c].Total *= 1e6 / scale
		}
		s.margins = append(s.margins, margin)
	}
	for i := range n {
		stratum := i * 20 / n
		s.sampling.Strata = append(s.sampling.Strata, fmt.Sprintf("stratum %d", stratum))
		s.sampling.Clusters = append(s.sampling.Clusters, fmt.Sprintf("cluster %d", i/50))
		s.sampling.Weights = append(s.sampling.Weights, 1+4*chance.Float64())
		s.values = append(s.values, chance.NormFloat64())
		s.district = append(s.district, fmt.Sprintf("district %d", chance.IntN(20)))
	}
	return s
}

// BenchmarkRake makes weights from words: the categories are looked up, the margins checked, the weights fitted.
func BenchmarkRake(b *testing.B) {
	for n := 25_000; n <= 400_000; n *= 2 {
		s := invent(n)
		d := design(b, n, s.sampling)
		b.Run(fmt.Sprintf("respondents=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				must(d.Rake(s.margins, survey.RakeOptions{}))(b)
			}
		})
	}
}

// BenchmarkTwentyDomains estimates a mean with its interval in each of twenty domains of a raked design.
func BenchmarkTwentyDomains(b *testing.B) {
	for n := 25_000; n <= 400_000; n *= 2 {
		s := invent(n)
		raked := must(design(b, n, s.sampling).Rake(s.margins, survey.RakeOptions{}))(b)
		b.Run(fmt.Sprintf("respondents=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, in := range must(raked.Domains(s.district))(b) {
					must(raked.Mean(s.values, in, 0))(b)
				}
			}
		})
	}
}

// BenchmarkDesign reads strata and clusters from words.
func BenchmarkDesign(b *testing.B) {
	s := invent(200_000)
	b.ReportAllocs()
	for b.Loop() {
		design(b, 200_000, s.sampling)
	}
}

// BenchmarkFigures makes one figure of each kind for all respondents of a raked design.
func BenchmarkFigures(b *testing.B) {
	for n := 25_000; n <= 400_000; n *= 2 {
		s := invent(n)
		raked := must(design(b, n, s.sampling).Rake(s.margins, survey.RakeOptions{}))(b)
		holds := survey.Share(s.district, "district 3")
		for _, kind := range []struct {
			name   string
			figure func() (survey.Estimate, error)
		}{
			{"total", func() (survey.Estimate, error) { return raked.Total(s.values, raked.Whole(), 0) }},
			{"ratio", func() (survey.Estimate, error) { return raked.Ratio(s.values, holds, raked.Whole(), 0) }},
			{"proportion", func() (survey.Estimate, error) { return raked.Proportion(holds, raked.Whole(), survey.Beta, 0) }},
			{"quantile", func() (survey.Estimate, error) { return raked.Quantile(s.values, 0.5, raked.Whole(), 0) }},
		} {
			b.Run(fmt.Sprintf("%s/respondents=%d", kind.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					must(kind.figure())(b)
				}
			})
		}
	}
}

// BenchmarkCalibrate meets the totals of twelve numbers.
func BenchmarkCalibrate(b *testing.B) {
	for n := 25_000; n <= 400_000; n *= 2 {
		s := invent(n)
		d := design(b, n, s.sampling)
		var auxiliaries []survey.Auxiliary
		for k := range 12 {
			a := survey.Auxiliary{Column: fmt.Sprint("number ", k), Values: make([]float64, n)}
			for i, w := range d.Weights() {
				a.Values[i] = float64((i*(k+3))%(7+k)) + 1
				a.Total += 1.02 * w * a.Values[i]
			}
			auxiliaries = append(auxiliaries, a)
		}
		b.Run(fmt.Sprintf("respondents=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				must(d.Calibrate(auxiliaries))(b)
			}
		})
	}
}
