// Command survey measures how long it takes to rake a survey and to estimate from it, in processor seconds, beside what the R package survey
// 4.1-1 took for the same sizes on the machine where the promise was made (rake and svyby; R is not run here): 200,000 respondents raked to four
// margins, 1.18 s; a mean with its standard error in each of twenty domains of that, 16.9 s. Ten and a hundred times faster are promised. It
// also says how time grows when the respondents double four times. It ends with 1 where a promise is missed.
package main

import (
	"fmt"
	"os"
	"slices"
	"syscall"

	"github.com/cityrights/cityrights/measure/survey"
)

const (
	respondents = 200_000
	rounds      = 7
	rakeInR     = 1.18 // processor seconds
	domainsInR  = 16.9
	rakeTimes   = 10
	domainTimes = 100
)

func main() {
	missed, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "survey:", err)
		missed = true
	}
	if missed {
		os.Exit(1)
	}
}

func run() (missed bool, err error) {
	for _, kind := range []string{"drawn one by one", "drawn in 4,000 clusters"} {
		s := invent(respondents, kind != "drawn one by one")
		rake, domains, err := s.measure()
		if err != nil {
			return false, err
		}
		missed = judge("raking, "+kind, rakeInR/rake, rakeTimes) || missed
		missed = judge("twenty domains, "+kind, domainsInR/domains, domainTimes) || missed
	}
	fmt.Println("respondents: processor seconds for raking, to half of them; for twenty domains, to half of them")
	var before [2]float64
	for n := respondents / 8; n <= respondents*2; n *= 2 {
		rake, domains, err := invent(n, true).measure()
		if err != nil {
			return false, err
		}
		fmt.Printf("%7d: %.4f", n, rake)
		if before[0] > 0 {
			fmt.Printf(" (%.1f)", rake/before[0])
		}
		fmt.Printf("; %.4f", domains)
		if before[1] > 0 {
			fmt.Printf(" (%.1f)", domains/before[1])
		}
		fmt.Println()
		before = [2]float64{rake, domains}
	}
	return missed, nil
}

func judge(name string, times, least float64) (missed bool) {
	fmt.Printf("%s: %.0f times faster (at least %.0f)\n", name, times, least)
	return times < least
}

// measure gives the median processor seconds of both jobs. Raking includes looking up the categories; estimating includes finding the domains.
func (s invented) measure() (rake, domains float64, err error) {
	design, err := survey.NewDesign(len(s.values), s.sampling)
	if err != nil {
		return 0, 0, err
	}
	raked, err := design.Rake(s.margins, survey.RakeOptions{}) // also warms up
	if err != nil {
		return 0, 0, err
	}
	rake, err = processor(func() error {
		_, err := design.Rake(s.margins, survey.RakeOptions{})
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	domains, err = processor(func() error {
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
	})
	return rake, domains, err
}

// processor gives the median of the processor seconds that do takes, garbage collection and all threads included.
func processor(do func() error) (float64, error) {
	var took []float64
	for range rounds {
		before, err := used()
		if err != nil {
			return 0, err
		}
		if err := do(); err != nil {
			return 0, err
		}
		after, err := used()
		if err != nil {
			return 0, err
		}
		took = append(took, after-before)
	}
	slices.Sort(took)
	return took[rounds/2], nil
}

func used() (float64, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, err
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime), nil
}
