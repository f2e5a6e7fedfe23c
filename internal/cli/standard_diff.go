package cli

import (
	"encoding/json"
	"fmt"

	"github.com/cityrights/cityrights/standard"
)

type standardDiff struct {
	Old  string `arg:"" help:"ID@VERSION or a folder."`
	New  string `arg:"" help:"ID@VERSION or a folder."`
	JSON bool   `help:"Print the differences as JSON."`
}

// Help shows an example.
func (standardDiff) Help() string {
	return "Example: cityrights standard diff hrc-ms@0.2 ./my-draft"
}

// Run prints every change with its class and its effect on comparability.
func (s standardDiff) Run(c *call) error {
	old, err := loadStandard(s.Old)
	if err != nil {
		return err
	}
	changed, err := loadStandard(s.New)
	if err != nil {
		return err
	}
	diff := standard.Compare(old, changed)
	if s.JSON {
		out := json.NewEncoder(c.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(diff)
	}
	if len(diff.Changes) == 0 {
		_, err := fmt.Fprintf(c.Stdout, "%s and %s ask the same.\n", diff.From, diff.To)
		return err
	}
	for _, change := range diff.Changes {
		fmt.Fprintf(c.Stdout, "%s %s %s", change.Operation, change.Part, change.ID)
		if change.Field != "" {
			fmt.Fprintf(c.Stdout, ", %s:\n  - %s\n  + %s", change.Field, change.Old, change.New)
		}
		fmt.Fprintf(c.Stdout, "\n  class: %s; results: %s\n", change.Class, effects[change.Effect])
	}
	_, err = fmt.Fprintf(c.Stdout, "\nAs a whole: %s; results: %s. The new version must be at least %s.\n", diff.Class(), effects[diff.Effect()], diff.Demands())
	return err
}

// effects says what a change does to results of the two versions.
var effects = map[standard.Effect]string{
	standard.Comparable:       "stay comparable",
	standard.WithNote:         "stay comparable, with a note",
	standard.JudgementChanges: "the judgement changes; figures stay comparable",
	standard.Break:            "a break in the series; figures before and after must not be joined",
}
