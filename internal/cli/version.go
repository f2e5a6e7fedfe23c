package cli

import "fmt"

type versionCommand struct{}

// Help shows an example.
func (versionCommand) Help() string { return example("cityrights version") }

// Run prints the version of the program.
func (versionCommand) Run(c *call) error {
	_, err := fmt.Fprintln(c.Stdout, "cityrights", c.Version)
	return err
}
