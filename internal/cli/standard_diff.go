package cli

import (
	"encoding/json"

	"github.com/cityrights/cityrights/standard"
)

type standardDiff struct {
	Old  string `arg:"" help:"ID@VERSION or a folder."`
	New  string `arg:"" help:"ID@VERSION or a folder."`
	JSON bool   `help:"Print the differences as JSON."`
}

// Help shows an example.
func (standardDiff) Help() string {
	return example("cityrights standard diff hrc-ms@0.2 ./my-draft")
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
	return diff.WriteText(c.Stdout)
}
