package main

import (
	"fmt"
	"slices"
	"syscall"
	"time"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
)

// peer is the processor time, in seconds, that clmm of R's package ordinal took for 4,874 ratings of this design, without discriminations.
const peer = 11.9

// speed measures the processor time of a fit of a survey of the balanced design, and how it grows with the survey.
func speed() bool {
	var base float64
	for size := 1; size <= 16; size *= 2 {
		design := agreementtest.Balanced()
		design.Units *= size
		survey := design.Draw(1)
		var taken []float64
		for range 5 {
			before := processor()
			if _, err := agreement.Fit(survey.Ratings, agreement.FitOptions{}); err != nil {
				fmt.Println("  ", err)
				return false
			}
			taken = append(taken, (processor() - before).Seconds())
		}
		slices.Sort(taken)
		if size == 1 {
			base = taken[2]
		}
		fmt.Printf("speed: %6d ratings of %4d units: %.3f CPU s, %.1f times the first\n", len(survey.Ratings), design.Units, taken[2], taken[2]/base)
	}
	fmt.Printf("latent model against R's ordinal mixed model: %.0f times faster (limit 20)\n", peer/base)
	return peer/base >= 20
}

func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // never for the process itself
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
