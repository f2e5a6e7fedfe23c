package cli

import (
	"fmt"

	"github.com/cityrights/cityrights/internal/account"
)

type cityRemove struct {
	Code string `arg:"" help:"Code of the city."`
}

// Help shows an example.
func (cityRemove) Help() string {
	return example("cityrights city remove bristl",
		"Only a city on which nothing hangs can be removed: no figures, no assessment, no organisations, no indicators of its own, nobody's role. "+
			"The history keeps that it was there.")
}

// Run removes the city, or says why it stays.
func (r cityRemove) Run(c *call) error {
	return c.together(func(rooms *Rooms) error {
		removed, err := rooms.City.One(c, r.Code)
		if err != nil {
			return err
		}
		if err := rooms.City.Remove(c, account.Operator(), r.Code); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.Stdout, "Removed %s (%s).\n", plain(removed.Name), removed.ID)
		return err
	})
}
