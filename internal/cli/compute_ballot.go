package cli

import (
	"errors"

	"github.com/cityrights/cityrights/ballot"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

type computeBallot struct {
	Ballot string `help:"JSON with the class of the change and the tally of each chamber." required:"" type:"path" placeholder:"FILE"`
	Out    string `help:"Folder for decision.json, or a file; without it the decision is printed." type:"path" placeholder:"DIR"`
	JSON   bool   `help:"Print the decision as JSON also where --out is given."`

	forceFlag
}

// Help shows an example.
func (computeBallot) Help() string {
	return example("cityrights compute ballot --ballot ballot.json",
		"Prints the outcome (adopt, reject, no_quorum or blocked) with its reasons and every share as JSON. The exit status is 0 whatever the outcome.",
		"docs/methods/ballot.md states the rule and the form of the file.")
}

// Run decides the ballot.
func (r computeBallot) Run(c *call) error {
	file, err := openFile(r.Ballot)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	read, err := ballot.Read(file)
	if err != nil {
		return r.placed(err)
	}
	decision, err := ballot.Decide(read)
	if err != nil {
		return r.placed(err)
	}
	return c.deliver(r.Out, r.JSON, decision, resultJSON{"decision.json", decision})
}

// placed names the file in each of the mistakes.
func (r computeBallot) placed(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		parts := joined.Unwrap()
		for i := range parts {
			parts[i] = r.placed(parts[i])
		}
		return errors.Join(parts...)
	}
	var wrong *ballot.Error
	if errors.As(err, &wrong) {
		return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: r.Ballot, Column: wrong.Place}, Text: wrong.Text}
	}
	return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: r.Ballot}, Text: err.Error()}
}
