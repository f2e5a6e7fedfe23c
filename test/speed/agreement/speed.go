package main

import (
	"fmt"

	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/agreement/agreementtest"
	"github.com/cityrights/cityrights/test/speed/bench"
)

// peer is the processor time, in seconds, that clmm of R's package ordinal took for 4,874 ratings of this design, without discriminations.
const peer = 11.9

// speed measures a fit of a survey of the balanced design, and how its time grows with the units.
func speed(b *bench.Bench) error {
	design := agreementtest.Balanced()
	fit := func(units int) (func() error, error) {
		design.Units = units
		survey := design.Draw(1)
		return func() error {
			_, err := agreement.Fit(survey.Ratings, agreement.FitOptions{})
			return err
		}, nil
	}
	units := design.Units
	job, err := fit(units)
	if err != nil {
		return err
	}
	took, err := bench.Measure(7, job)
	if err != nil {
		return err
	}
	b.AtMost("latent model of about 4,800 ratings", took.Processor, peer/20, "s", fmt.Sprintf("clmm of R's ordinal %g, %.0f times as long", peer, peer/took.Processor))
	return b.Growth("units with about 24 ratings each, latent model", units, 24, fit)
}
