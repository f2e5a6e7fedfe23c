package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

type cityLocal struct {
	Code    string `arg:"" help:"Code of the city."`
	File    string `arg:"" optional:"" help:"YAML file of all indicators that the city adds; left out, the present ones are printed in this form." type:"path"`
	Remove  bool   `help:"Take back all that the city has added; its statistics stay."`
	History bool   `help:"List who changed them, and when."`
	Number  int64  `name:"number" help:"Print this version of the history." placeholder:"N"`
	JSON    bool   `help:"Print JSON."`
}

// Help shows an example.
func (cityLocal) Help() string {
	return example("cityrights city local bristol own-indicators.yaml",
		"A city may measure something of its own under a requirement. Such an indicator has an id that begins with L., informs beside the "+
			"standard's, and never judges. The file replaces what was there; docs/standard.md shows one.",
		"To change something, print it, edit it, and give it in again: cityrights city local bristol > own-indicators.yaml")
}

// Run sets, shows or removes a city's own indicators.
func (l cityLocal) Run(c *call) error {
	asked := 0
	for _, one := range []bool{l.File != "", l.Remove, l.History, l.Number != 0} {
		if one {
			asked++
		}
	}
	if asked > 1 || l.JSON && (l.File != "" || l.Remove) {
		return usageError{"give a FILE, --remove, --history or --number N, and one of them only; --json is for what is printed"}
	}
	return c.together(func(r *Rooms) error {
		switch {
		case l.File != "":
			return l.set(c, r)
		case l.Remove:
			return l.keep(c, r, standard.Local{City: l.Code})
		case l.History:
			return l.list(c, r)
		}
		return l.show(c, r)
	})
}

// set reads the file and keeps it.
func (l cityLocal) set(c *call, r *Rooms) error {
	local, err := readLocal(l.File, r.Standard)
	if err != nil {
		return err
	}
	if local.City != l.Code {
		return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: l.File}, Text: fmt.Sprintf("the file is for the city %s, not for %s", local.City, l.Code)}
	}
	return l.keep(c, r, local)
}

// readLocal reads a file of local additions to a standard.
func readLocal(name string, base *standard.Standard) (_ standard.Local, err error) {
	file, err := openFile(name)
	if err != nil {
		return standard.Local{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return standard.LoadLocal(file, name, base)
}

func (l cityLocal) keep(c *call, r *Rooms, local standard.Local) error {
	before, err := r.City.OwnIndicators(c, l.Code)
	if err != nil {
		return err
	}
	if err := r.City.SetAdditions(c, account.Operator(), r.Standard, city.Additions{Local: local, Version: before.Version}); err != nil {
		return inFile(l.File, err)
	}
	after, err := r.City.OwnIndicators(c, l.Code)
	if err != nil {
		return err
	}
	switch {
	case after.Version == before.Version:
		fmt.Fprintf(c.Stdout, "Nothing was new: %s has %s.\n", l.Code, counted(len(after.Indicators)))
	case len(after.Indicators) == 0:
		fmt.Fprintf(c.Stdout, "Taken back: %s has no indicator of its own any more. To put them back: %s city local %s --number %d > FILE, then %s city local %s FILE\n",
			l.Code, c.Program, l.Code, before.Version, c.Program, l.Code)
	default:
		fmt.Fprintf(c.Stdout, "Saved as version %d: %s has %s. Next: name %s in the mapping, and import statistics\n",
			after.Version, l.Code, counted(len(after.Indicators)), after.Indicators[0].ID)
	}
	if gone := before.Lost(after.Local); len(gone) > 0 && len(after.Indicators) > 0 {
		fmt.Fprintf(c.Stdout, "No longer among them: %s\n", strings.Join(gone, ", "))
	}
	return nil
}

func counted(n int) string {
	return counting(n, "indicator") + " of its own"
}

// show prints the present indicators, or those of a version, in the form of the file.
func (l cityLocal) show(c *call, r *Rooms) error {
	a, err := r.City.OwnIndicators(c, l.Code)
	if err != nil {
		return err
	}
	if l.Number != 0 {
		history, err := l.versions(c, r)
		if err != nil {
			return err
		}
		if a, err = city.Version(history, l.Number); err != nil {
			return err
		}
	}
	switch {
	case l.JSON:
		out := json.NewEncoder(c.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(a.Local)
	case len(a.Indicators) == 0:
		fmt.Fprintf(c.Stderr, "%s has no indicator of its own. Next: %s city local %s FILE; docs/standard.md shows such a file\n", l.Code, c.Program, l.Code)
		return nil
	}
	return standard.WriteLocal(c.Stdout, a.Local)
}

func (l cityLocal) versions(c *call, r *Rooms) (history []city.Additions, err error) {
	err = r.DB.Read(c, func(tx database.Tx) error {
		history, err = r.City.AdditionsHistory(c, tx, l.Code)
		return err
	})
	return history, err
}

// list prints a line for each version, the present one first.
func (l cityLocal) list(c *call, r *Rooms) error {
	if _, err := r.City.One(c, l.Code); err != nil {
		return err
	}
	history, err := l.versions(c, r)
	if err != nil {
		return err
	}
	type item struct {
		Number     int64    `json:"number"`
		At         string   `json:"at"`
		By         string   `json:"by"`
		Indicators []string `json:"indicators"`
	}
	items := make([]item, len(history))
	for i, a := range history {
		items[i] = item{a.Version, a.At.Format("2006-01-02T15:04:05Z"), a.By, a.IDs()}
		if !l.JSON {
			fmt.Fprintf(c.Stdout, "%d\t%s\t%s\t%s\n", a.Version, items[i].At, plain(a.By), strings.Join(a.IDs(), " "))
		}
	}
	if l.JSON {
		out := json.NewEncoder(c.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(map[string]any{"items": items})
	}
	return nil
}
