package cli

import (
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/measure/scorecard"
)

type scoreCommand struct {
	nodeFlags

	City   string `help:"Code of the city." required:"" placeholder:"CODE"`
	Period string `help:"A year, as 2026, or a span, as 2025-2026." required:"" placeholder:"PERIOD"`
	Format string `help:"One of ${enum}; ${default} if not given." enum:"text,json,csv" default:"text" placeholder:"FORM"`
}

// Help shows an example.
func (scoreCommand) Help() string {
	return example("cityrights score --city bristol --period 2021 --format json",
		"Without a cycle the scorecard is made from statistics alone: every requirement is unknown, and the figures stand as its grounds.")
}

// Run prints the scorecard. It shows all that the node knows, also what is not public.
func (s scoreCommand) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		var card scorecard.Scorecard
		err := r.DB.Read(c, func(tx database.Tx) (err error) {
			card, err = r.Assessment.Score(c, tx, s.City, s.Period)
			return err
		})
		if err != nil {
			return err
		}
		switch s.Format {
		case "json":
			return scorecard.WriteJSON(c.Stdout, card)
		case "csv":
			return scorecard.WriteCSV(c.Stdout, card)
		case "text":
			if err := scorecard.WriteText(c.Stdout, card); err != nil || card.HasFigures() {
				return err
			}
			_, err := fmt.Fprintf(c.Stdout, "\nAsk for a later period, or bring figures in: %s import statistics --city %s --help\n", c.Program, s.City)
			return err
		}
		return fmt.Errorf("no format %q", s.Format)
	})
}
