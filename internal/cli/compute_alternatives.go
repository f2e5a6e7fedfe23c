package cli

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/index"
)

// alternativeFlags say which other choices could have been made; uncertainty and sensitivity share them.
type alternativeFlags struct {
	Draws        string   `help:"CSV of choices that were drawn before: winmax, norm, agg, and a column of weights for each code." type:"path" placeholder:"FILE"`
	Seed         uint64   `help:"Beginning of the random numbers: the same seed gives the same results; ${default} if not given." default:"1" placeholder:"S"`
	TryTreat     []string `help:"A treatment that could have been chosen; may be repeated. Without one, winsorise:1 up to that of --treat." placeholder:"HOW" sep:"none"`
	TryNormalise []string `help:"A normalisation that could have been chosen; may be repeated. Without one, minmax:1:100 and zscore:100:10, or none." placeholder:"HOW" sep:"none"`
	TryAggregate []string `help:"An aggregation that could have been chosen; may be repeated. Without one, amean and gmean, or with --normalise none that of --aggregate." placeholder:"HOW" sep:"none"`
	WeightNoise  float64  `help:"Each weight is drawn between 1 - NOISE and 1 + NOISE times what it is; ${default} if not given." default:"0.25" placeholder:"NOISE"`
	Target       string   `help:"Aggregate whose ranks are looked at; without it, the one at the top." placeholder:"CODE"`
}

// alternatives reads the choices to draw from.
func (f alternativeFlags) alternatives(job *indexJob) (index.Alternatives, error) {
	var a index.Alternatives
	if !(f.WeightNoise >= 0 && f.WeightNoise < 1) {
		return a, usageError{fmt.Sprintf("--weight-noise: %v is no share: it goes from 0 to below 1", f.WeightNoise)}
	}
	var err error
	if a.Treat, err = parseAll("try-treat", f.TryTreat, index.ParseTreatment); err != nil {
		return a, err
	}
	if a.Normalise, err = parseAll("try-normalise", f.TryNormalise, index.ParseNormalisation); err != nil {
		return a, err
	}
	if a.Aggregate, err = parseAll("try-aggregate", f.TryAggregate, index.ParseAggregations); err != nil {
		return a, err
	}
	m := job.method
	if a.Treat == nil {
		a.Treat = []index.Treatment{m.Treat}
		if m.Treat.Winsorise {
			a.Treat = nil
			for points := min(1, m.Treat.Points); points <= m.Treat.Points; points++ {
				a.Treat = append(a.Treat, index.Treatment{Winsorise: true, Points: points})
			}
		}
	}
	asTheyStand := m.Normalise.Scale == index.AsTheyStand
	switch {
	case a.Normalise != nil:
	case asTheyStand:
		a.Normalise = []index.Normalisation{m.Normalise}
	default:
		// Ten standard deviations below the mean are still above 0, so that the geometric mean takes all but the wildest data.
		a.Normalise = []index.Normalisation{usualNormalisations["minmax"], {Scale: index.ZScore, Lower: 100, Upper: 10}}
	}
	switch {
	case a.Aggregate != nil:
	case asTheyStand:
		a.Aggregate = [][]index.Aggregation{m.Aggregate}
	default:
		a.Aggregate = [][]index.Aggregation{{{Kind: index.Arithmetic}}, {{Kind: index.Geometric}}}
	}
	return a, nil
}

// usualNormalisations are meant where a file of draws has a name without numbers; they are those of COINr's example.
var usualNormalisations = map[string]index.Normalisation{
	"minmax": {Scale: index.MinMax, Lower: 1, Upper: 100},
	"zscore": {Scale: index.ZScore, Lower: 10, Upper: 2},
}

func parseAll[T any](flag string, texts []string, parse func(string) (T, error)) (list []T, err error) {
	for _, text := range texts {
		one, err := parse(text)
		if err != nil {
			return nil, usageError{fmt.Sprintf("--%s: %v", flag, err)}
		}
		list = append(list, one)
	}
	return list, nil
}

// simulation prepares an index to be repeated.
func (f alternativeFlags) simulation(c *call, job *indexJob, a index.Alternatives, total int) (s index.Simulation, end func()) {
	show, end := c.progress(total, "replications")
	return index.Simulation{Result: job.result, Alternatives: a, Threshold: job.method.Threshold, Target: f.Target, Options: index.Options{Progress: show}}, end
}
