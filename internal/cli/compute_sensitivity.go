package cli

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/index"
)

type computeSensitivity struct {
	indexFlags
	alternativeFlags

	Samples int    `help:"N, the number of samples; N times the number of factors and two more replications are run." placeholder:"N"`
	Out     string `help:"Folder for sensitivity.csv, or a file; without it the table is printed." type:"path" placeholder:"DIR"`
	JSON    bool   `help:"Print the indices as JSON."`

	forceFlag
}

// Help shows an example.
func (computeSensitivity) Help() string {
	return example("cityrights compute sensitivity --data iData.csv --meta iMeta.csv --treat winsorise:5 --samples 500 --seed 7",
		"Si is the share of the variance of ranks that a factor makes by itself, STi what it makes together with others. Estimates of few samples can lie "+
			"below 0 or above 1.",
		"Given draws are N rows of matrix A, N of B, then for each factor N rows of A with that factor from B.")
}

// Run divides up the variance.
func (s computeSensitivity) Run(c *call) error {
	if (s.Draws == "") == (s.Samples == 0) {
		return usageError{"name either --draws FILE or --samples N"}
	}
	if s.Draws == "" && (s.Samples < 2 || s.Samples > 10_000_000) {
		return usageError{fmt.Sprintf("--samples: %d is not between 2 and 10,000,000", s.Samples)}
	}
	job, err := s.build(c)
	if err != nil {
		return err
	}
	design, alternatives, factors, err := s.design(job)
	if err != nil {
		return err
	}
	simulation, end := s.simulation(c, job, alternatives, design.Len())
	found, err := simulation.Sensitivity(design, factors)
	end()
	if err != nil {
		return atDraw(err, s.Draws)
	}
	if !found[0].Known {
		c.warn("the ranks lie equally far from the nominal ones in all samples: there is no variance to divide up")
	}
	table := resultTable{"sensitivity.csv", []string{"Factor", "Si", "STi"}, func(yield func([]string) bool) {
		for _, f := range found {
			if !yield([]string{f.Factor, decimal(f.First, f.Known), decimal(f.Total, f.Known)}) {
				return
			}
		}
	}}
	return c.deliver(s.Out, s.JSON, sensitivityReport(found), table)
}

func (s computeSensitivity) design(job *indexJob) (index.Design, index.Alternatives, []string, error) {
	if s.Draws != "" {
		drawn, err := readDraws(s.Draws, job)
		if err != nil {
			return nil, index.Alternatives{}, nil, err
		}
		factors, err := drawn.sobolFactors()
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Draws, err)
		}
		return drawn.draws, drawn.alternatives, factors, err
	}
	a, err := s.alternatives(job)
	design := index.Sobol{Alternatives: a, Noise: s.WeightNoise, Samples: s.Samples, Seed: s.Seed}
	if err == nil && len(design.Factors()) == 0 {
		err = usageError{"there is one choice of everything and no --weight-noise: nothing varies"}
	}
	return design, a, design.Factors(), err
}

type sensitivityOfReport struct {
	Factor string   `json:"factor"`
	First  *float64 `json:"si"`
	Total  *float64 `json:"sti"`
}

func sensitivityReport(found []index.Sensitivity) []sensitivityOfReport {
	list := make([]sensitivityOfReport, len(found))
	for i, f := range found {
		list[i] = sensitivityOfReport{f.Factor, optional(f.First, f.Known), optional(f.Total, f.Known)}
	}
	return list
}
