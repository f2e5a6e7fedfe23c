package cli

import (
	"encoding/json"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/checkup"
)

type doctorCommand struct {
	nodeFlags

	JSON bool `help:"Print the findings as JSON."`
}

// Help shows an example.
func (doctorCommand) Help() string {
	return example("cityrights doctor",
		"It changes nothing, and may run beside the node, best as the same user. Each line says ok, warn or fail, and what to do. The exit status is 1 where something fails.")
}

// Run prints the findings. Those that fail are the answer and not an error of the command, so nothing goes to stderr.
func (d doctorCommand) Run(c *call) error {
	if c.node.Data == "" {
		return errNoData
	}
	c.node.Existing = true
	findings := c.Doctor(c.Context, c.node)
	if err := c.Err(); err != nil {
		return err
	}
	if d.JSON {
		out := json.NewEncoder(c.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		if err := out.Encode(map[string]any{"findings": findings}); err != nil {
			return err
		}
	}
	failed := false
	for _, f := range findings {
		failed = failed || f.Level == checkup.Fail
		if !d.JSON {
			fmt.Fprintf(c.Stdout, "%-4s  %s: %s\n", f.Level, f.Subject, plain(f.Says))
			if f.Todo != "" {
				fmt.Fprintf(c.Stdout, "      → %s\n", plain(f.Todo))
			}
		}
	}
	if failed {
		return errFailed
	}
	return nil
}
