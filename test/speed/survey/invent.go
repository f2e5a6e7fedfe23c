package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/cityrights/cityrights/measure/survey"
)

// invented is a survey in 20 strata with margins of 2, 6, 8 and 20 categories, a measured value, and a district out of twenty.
type invented struct {
	sampling survey.Sampling
	margins  []survey.Margin
	values   []float64
	district []string
}

func invent(n int, clusters bool) invented {
	chance := rand.New(rand.NewPCG(uint64(n), 1))
	var s invented
	for m, k := range []int{2, 6, 8, 20} {
		s.margins = append(s.margins, inventMargin(chance, fmt.Sprintf("margin %d", m), k, n))
	}
	for i := range n {
		s.sampling.Strata = append(s.sampling.Strata, fmt.Sprintf("stratum %d", i*20/n))
		if clusters {
			s.sampling.Clusters = append(s.sampling.Clusters, fmt.Sprintf("cluster %d", i/50))
		}
		s.sampling.Weights = append(s.sampling.Weights, 1+4*chance.Float64())
		s.values = append(s.values, chance.NormFloat64())
		s.district = append(s.district, fmt.Sprintf("district %d", chance.IntN(20)))
	}
	return s
}

// inventMargin counts a million people, in other shares than its respondents.
func inventMargin(chance *rand.Rand, column string, categories, n int) survey.Margin {
	m := survey.Margin{Column: column}
	sum := 0.0
	for c := range categories {
		sum += float64(c%3 + 2)
	}
	for c := range categories {
		m.Categories = append(m.Categories, survey.Category{Name: fmt.Sprintf("category %d", c), Total: 1e6 * float64(c%3+2) / sum})
	}
	for range n {
		m.Answers = append(m.Answers, m.Categories[min(chance.IntN(categories), chance.IntN(categories+2))].Name)
	}
	return m
}
