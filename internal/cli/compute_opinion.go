package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cityrights/cityrights/opinion"
)

type computeOpinion struct {
	Votes      string `help:"CSV of participant, statement and vote (1, 0 or -1), or as Polis exports it: voter-id, comment-id, vote, timestamp." required:"" type:"path" placeholder:"FILE"`
	Statements string `help:"CSV of statement and status (open, moderated_out, meta), or as Polis exports it: comment-id, moderated." type:"path" placeholder:"FILE"`
	Groups     string `help:"CSV of participant and group: take these groups instead of looking for some." type:"path" xor:"groups" placeholder:"FILE"`
	K          int    `name:"k" help:"Number of groups; without it, the one that the votes support best." xor:"groups" placeholder:"K"`
	Draws      int    `help:"Draws for the stability of the groups, ${default} if not given; 0 leaves it out." default:"100" placeholder:"N"`
	Seed       uint64 `help:"Seed of the starts and the draws." default:"0" placeholder:"S"`
	Out        string `help:"Folder for participants.csv, statements.csv and summary.json; without it the summary is printed." type:"path" placeholder:"DIR"`
	JSON       bool   `help:"Print the summary as JSON also where --out is given."`

	forceFlag
}

// Help shows an example.
func (computeOpinion) Help() string {
	return example("cityrights compute opinion --votes votes.csv --statements comments.csv --out results",
		"The last vote of a participant on a statement counts. The same votes give the same map, in whatever order they come.",
		"docs/methods/opinion.md explains every number. The map informs; it decides nothing.")
}

// Run makes the map.
func (r computeOpinion) Run(c *call) error {
	if r.K < 0 {
		return usageError{fmt.Sprintf("--k %d: write a number of groups, 1 or more", r.K)}
	}
	if r.Draws < 0 {
		return usageError{fmt.Sprintf("--draws %d: write a number of draws, 0 or more", r.Draws)}
	}
	conversation, err := readOpinionFile(c, r.Votes, opinion.Read)
	if err != nil {
		return err
	}
	if r.Statements != "" {
		statements, err := readOpinionFile(c, r.Statements, opinion.ReadStatements)
		if err != nil {
			return err
		}
		if err := conversation.SetStatements(statements...); err != nil {
			return err
		}
	}
	options := opinion.Options{K: r.K, Seed: r.Seed, Replicates: r.Draws}
	if r.Groups != "" {
		if options.Groups, err = readOpinionFile(c, r.Groups, conversation.ReadGroups); err != nil {
			return err
		}
	}
	show, end := c.progress(r.Draws, "draws for the stability of the groups")
	options.Progress = show
	made, err := conversation.Map(options)
	end()
	if err != nil {
		return r.placed(err)
	}
	for _, w := range made.Warnings {
		c.warn(w.English())
	}
	summary := summaryOf(made, &options)
	return c.deliver(r.Out, r.JSON, summary, resultJSON{"summary.json", summary}, participantsTable(made), statementsTable(made))
}

// placed names the flag or the file that an error without a place is about.
func (r computeOpinion) placed(err error) error {
	var wrong *opinion.Error
	if errors.As(err, &wrong) && wrong.File == "" {
		if wrong.Column == "k" {
			return fmt.Errorf("--k: %s", wrong.Text)
		}
		return fmt.Errorf("%s: %w", r.Votes, err)
	}
	return err
}

// readOpinionFile hands a file to one of the readers of package opinion.
func readOpinionFile[T any](c *call, path string, read func(io.Reader, string) (T, error)) (T, error) {
	var none T
	file, err := openFile(path)
	if err != nil {
		return none, err
	}
	defer func() { _ = file.Close() }()
	return read(stoppable{c, file}, path)
}

// stoppable is a reader that ends with the context.
type stoppable struct {
	context.Context
	io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}
