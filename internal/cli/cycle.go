package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
)

type cycleCommand struct {
	nodeFlags

	Open  cycleOpen  `cmd:"" help:"Open an assessment of a city, so that the parties can answer."`
	List  cycleList  `cmd:"" help:"List the assessments of a city, or of all."`
	Next  cycleNext  `cmd:"" help:"Say what comes next for an assessment, and what has to be done before."`
	Close cycleClose `cmd:"" help:"Close an assessment: check, hear the reply, and leave it ready to be published."`
}

// Help shows an example.
func (cycleCommand) Help() string { return example("cityrights cycle list --city bristol") }

// whichCycle names an assessment.
type whichCycle struct {
	City   string `required:"" help:"Code of the city." env:"CITYRIGHTS_CITY" placeholder:"CODE"`
	Period string `required:"" help:"Year, as 2026, or span of years, as 2025-2026." env:"CITYRIGHTS_PERIOD" placeholder:"PERIOD"`
}

type cycleOpen struct {
	whichCycle

	Standard string `help:"Standard with its version; else the newest." placeholder:"ID@VERSION"`
	Profile  string `help:"Which requirements and indicators are asked: starter, core or full." default:"core" placeholder:"NAME"`
	AnswerBy string `help:"Day until which answers are asked, as 2026-03-31." placeholder:"DAY"`
	First    bool   `help:"It is the first of a city that becomes a human rights city."`
}

// Help shows an example.
func (cycleOpen) Help() string {
	return example("cityrights cycle open --city bristol --period 2026 --profile starter --answer-by 2026-11-30",
		"The assessment stays on the version of the standard with which it is opened.")
}

// Run begins and opens the assessment.
func (o cycleOpen) Run(c *call) error {
	due, err := assessment.ParseDay("answer-by", o.AnswerBy)
	if err != nil {
		return err
	}
	return c.together(func(r *Rooms) error {
		cycle := assessment.Cycle{City: o.City, Period: o.Period, Standard: o.Standard, Profile: o.Profile, AnswerBy: due, Purpose: assessment.Regular}
		if cycle.Standard == "" {
			cycle.Standard = r.Standard.Ref()
		}
		if o.First {
			cycle.Purpose = assessment.First
		}
		if err := r.Assessment.Begin(c, account.Operator(), cycle); err != nil {
			return err
		}
		if err := r.Assessment.Step(c, account.Operator(), assessment.Move{City: o.City, Period: o.Period, To: assessment.Open}); err != nil {
			return errors.Join(err, r.Assessment.Remove(c, account.Operator(), o.City, o.Period)) // a draft that cannot be opened is nothing that was asked for
		}
		_, err := fmt.Fprintf(c.Stdout, "Opened the assessment of %s for %s by %s, profile %s. Next: people answer on the desk; %s cycle next --city %s --period %s\n",
			o.City, o.Period, cycle.Standard, o.Profile, c.Program, o.City, o.Period)
		return err
	})
}

type cycleList struct {
	City string `help:"Code of the city; else all." placeholder:"CODE"`
	JSON bool   `help:"Print JSON."`
}

// Help shows an example.
func (cycleList) Help() string {
	return example("cityrights cycle list --json", "Without --json each line has city, period, state, standard, profile and the day until which answers are asked, with a tab between them.")
}

// cycleItem is an assessment in the list for programs.
type cycleItem struct {
	City     string `json:"city"`
	Period   string `json:"period"`
	State    string `json:"state"`
	Standard string `json:"standard"`
	Profile  string `json:"profile"`
	AnswerBy string `json:"answer_by,omitempty"`
	Purpose  string `json:"purpose"`
}

// Run prints a line for each assessment, those of a city with the newest first.
func (l cycleList) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		var items []cycleItem
		err := r.DB.Read(c, func(tx database.Tx) error {
			codes := []string{l.City}
			if l.City == "" {
				codes = nil
				cities, err := r.City.List(c, tx)
				if err != nil {
					return err
				}
				for _, one := range cities {
					codes = append(codes, one.ID)
				}
			} else if _, err := r.City.Get(c, tx, l.City); err != nil {
				return err
			}
			for _, code := range codes {
				cycles, err := r.Assessment.Cycles(c, tx, code)
				if err != nil {
					return err
				}
				for _, cycle := range cycles {
					items = append(items, cycleItem{cycle.City, cycle.Period, string(cycle.State), cycle.Standard, cycle.Profile, assessment.DayText(cycle.AnswerBy), string(cycle.Purpose)})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if l.JSON {
			out := json.NewEncoder(c.Stdout)
			out.SetIndent("", "  ")
			if items == nil {
				items = []cycleItem{}
			}
			return out.Encode(map[string]any{"items": items})
		}
		for _, i := range items {
			if _, err := fmt.Fprintln(c.Stdout, strings.Join([]string{i.City, i.Period, i.State, i.Standard, i.Profile, i.AnswerBy}, "\t")); err != nil {
				return err
			}
		}
		return nil
	})
}

type cycleNext struct{ whichCycle }

// Help shows an example.
func (cycleNext) Help() string { return example("cityrights cycle next --city bristol --period 2026") }

// Run prints the next state and what has to be done before.
func (n cycleNext) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		var cycle assessment.Cycle
		var next assessment.Next
		err := r.DB.Read(c, func(tx database.Tx) (err error) {
			if cycle, err = r.Assessment.Cycle(c, tx, n.City, n.Period); err != nil {
				return err
			}
			next, err = r.Assessment.Next(c, tx, cycle)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "The assessment of %s for %s is in the state %s.\n", n.City, n.Period, cycle.State)
		if next.To == "" {
			return nil
		}
		fmt.Fprintf(c.Stdout, "Next: %s.\n", next.To)
		for _, unmet := range next.Unmet {
			fmt.Fprintf(c.Stdout, "Before: %s\n", unmet.Text)
		}
		if len(next.Unanswered) > 0 {
			fmt.Fprintf(c.Stdout, "Unanswered: %s\n", strings.Join(next.Unanswered, " "))
		}
		return nil
	})
}

type cycleClose struct {
	whichCycle

	Note string `help:"Why requirements stay without an answer by the city; they become unknown. Needed where there are such." placeholder:"TEXT"`
}

// Help shows an example.
func (cycleClose) Help() string {
	return example("cityrights cycle close --city bristol --period 2026 --note 'Two departments did not answer in time.'",
		"The assessment goes through review and right of reply and ends as validated. It is published by a person, on the desk.")
}

// Run brings the assessment to the state validated, step by step; a condition that does not hold ends it there, and is said.
func (cl cycleClose) Run(c *call) error {
	return c.together(func(r *Rooms) error {
		for {
			var cycle assessment.Cycle
			var next assessment.Next
			err := r.DB.Read(c, func(tx database.Tx) (err error) {
				if cycle, err = r.Assessment.Cycle(c, tx, cl.City, cl.Period); err != nil {
					return err
				}
				next, err = r.Assessment.Next(c, tx, cycle)
				return err
			})
			if err != nil {
				return err
			}
			if cycle.State == assessment.Validated || cycle.State.Public() {
				_, err := fmt.Fprintf(c.Stdout, "The assessment of %s for %s is %s.\n", cl.City, cl.Period, cycle.State)
				return err
			}
			move := assessment.Move{City: cl.City, Period: cl.Period, To: next.To, Note: cl.Note, Unanswered: next.Unanswered}
			if err := r.Assessment.Step(c, account.Operator(), move); err != nil {
				return err
			}
			if len(next.Unanswered) > 0 {
				fmt.Fprintf(c.Stdout, "Left unanswered by the city, and so unknown: %s\n", strings.Join(next.Unanswered, " "))
			}
		}
	})
}
