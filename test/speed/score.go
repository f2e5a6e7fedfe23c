package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	program "github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// scorecard measures the judgement of a whole city: all requirements and indicators of the standard, all series of the city.
func (b *bench) scorecard(ctx context.Context) (err error) {
	data, withBristol, err := b.fullNode(ctx)
	if err != nil {
		return err
	}
	rooms, err := program.Open(ctx, cli.Node{Data: data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	b.report.part("Scorecard")
	b.report.say("Milliseconds, in this process; profile full. “Written” is the scorecard as JSON, for comparison.\n")
	b.report.header("city", "indicators", "series", "pure function", "read from the database and computed", "written")
	cities := []struct{ id, period string }{{"arvenholt", "2025"}}
	if withBristol {
		cities = append(cities, struct{ id, period string }{"bristol", "2021"})
	}
	for _, c := range cities {
		if err := b.scoreCity(ctx, rooms, c.id, c.period); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) scoreCity(ctx context.Context, rooms *cli.Rooms, id, period string) error {
	in, card, err := scoreInput(ctx, rooms, id, period)
	if err != nil {
		return err
	}
	full, ok := rooms.Standard.Profile(standard.Full)
	if !ok {
		return fmt.Errorf("no profile %s", standard.Full)
	}
	timed := func(do func() error) func() (float64, error) {
		return func() (float64, error) {
			const times = 20
			start := time.Now()
			for range times {
				if err := do(); err != nil {
					return 0, err
				}
			}
			return time.Since(start).Seconds() * 1000 / times, nil
		}
	}
	took, err := alternate(3*b.rounds, timed(func() error {
		_, err := scorecard.Compute(rooms.Standard, *full, in)
		return err
	}), timed(func() error {
		return rooms.DB.Read(ctx, func(tx database.Tx) error {
			_, err := rooms.Assessment.Score(ctx, tx, id, period)
			return err
		})
	}), timed(func() error { return scorecard.WriteJSON(io.Discard, card) }))
	if err != nil {
		return err
	}
	indicators := 0
	for _, d := range card.Dimensions {
		for _, q := range d.Requirements {
			indicators += len(q.Indicators)
		}
	}
	b.report.line(id, fmt.Sprint(indicators), fmt.Sprint(len(in.Series)), b.report.promise("scorecard of "+id+", pure", median(took[0]), 5, " ms", false),
		b.report.promise("scorecard of "+id+", with reading", median(took[1]), 5, " ms", false), fmt.Sprintf("%.2f", median(took[2])))
	return nil
}

// scoreInput reads all that a scorecard of the city is computed from.
func scoreInput(ctx context.Context, rooms *cli.Rooms, id, period string) (in scorecard.Input, card scorecard.Scorecard, err error) {
	err = rooms.DB.Read(ctx, func(tx database.Tx) error {
		c, err := rooms.City.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		cycle, err := rooms.Assessment.Cycle(ctx, tx, id, period)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		in = scorecard.Input{City: id, Period: period, State: string(cycle.State), Competences: c.Competent()}
		if in.Answers, err = rooms.Assessment.Answers(ctx, tx, id, period); err != nil {
			return err
		}
		series, err := rooms.Statistics.Series(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, s := range series {
			in.Series = append(in.Series, assessment.Measured(s))
		}
		card, err = rooms.Assessment.Score(ctx, tx, id, period)
		return err
	})
	return in, card, err
}
