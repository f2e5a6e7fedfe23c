// Command survey measures how long it takes to rake a survey and to estimate from it, in processor seconds, beside what the R package survey
// 4.1-1 took for the same sizes on the machine where the promise was made (rake and svyby; R is not run here): 200,000 respondents raked to four
// margins, 1.18 s; a mean with its standard error in each of twenty domains of that, 16.9 s. Ten and a hundred times faster are promised. It
// also says how time grows when the respondents double four times. It ends with 1 where a promise is missed.
package main

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/survey"
	"github.com/cityrights/cityrights/test/speed/bench"
)

const (
	respondents = 200_000
	rounds      = 7
	rakeInR     = 1.18 // seconds of a processor
	domainsInR  = 16.9
	rakeTimes   = 10
	domainTimes = 100
)

func main() {
	b := bench.New("survey")
	b.End(run(b))
}

func run(b *bench.Bench) error {
	for _, kind := range []string{"drawn one by one", "drawn in 4,000 clusters"} {
		s := invent(respondents, kind != "drawn one by one")
		for _, part := range []struct {
			name        string
			job         func(invented) (func() error, error)
			peer, times float64
		}{
			{"raking 200,000 respondents to four margins, ", invented.raking, rakeInR, rakeTimes},
			{"twenty domains of that, ", invented.domains, domainsInR, domainTimes},
		} {
			job, err := part.job(s)
			if err != nil {
				return err
			}
			took, err := bench.Measure(rounds, job)
			if err != nil {
				return err
			}
			b.AtMost(part.name+kind, took.Processor, part.peer/part.times, "s", fmt.Sprintf("R survey %g, %.0f times as long", part.peer, part.peer/took.Processor))
		}
	}
	if err := b.Growth("respondents in clusters, raking", respondents/8, 24, func(n int) (func() error, error) { return invent(n, true).raking() }); err != nil {
		return err
	}
	return b.Growth("respondents in clusters, twenty domains", respondents/8, 24, func(n int) (func() error, error) { return invent(n, true).domains() })
}

// raking includes looking up the categories.
func (s invented) raking() (func() error, error) {
	design, err := survey.NewDesign(len(s.values), s.sampling)
	return func() error {
		_, err := design.Rake(s.margins, survey.RakeOptions{})
		return err
	}, err
}

// domains estimates a mean in each of twenty, which includes finding them.
func (s invented) domains() (func() error, error) {
	design, err := survey.NewDesign(len(s.values), s.sampling)
	if err != nil {
		return nil, err
	}
	raked, err := design.Rake(s.margins, survey.RakeOptions{})
	if err != nil {
		return nil, err
	}
	return func() error {
		parts, err := raked.Domains(s.district)
		if err != nil {
			return err
		}
		for _, in := range parts {
			if _, err := raked.Mean(s.values, in, 0); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
