package cli

import (
	"errors"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/backup"
)

type backupCommand struct {
	nodeFlags

	Out   string `help:"File to write; it must not stand in the data folder." required:"" type:"path" placeholder:"FILE"`
	Force bool   `help:"Replace the file where it is there; it stays until the new one is complete."`
}

// Help shows an example.
func (backupCommand) Help() string {
	return example("cityrights backup --out /backup/cityrights-monday.zip",
		"The node may run and be written meanwhile; the backup is of the moment it was begun. It is a ZIP archive with a manifest, readable by you only: "+
			"it holds all that the node knows, so keep it as safe as the node, and on another machine.",
		"A database on PostgreSQL is read by pg_dump, which must be installed.")
}

// Run makes the backup and says what is in it.
func (b backupCommand) Run(c *call) error {
	if c.node.Data == "" {
		return errNoData
	}
	if b.Out == "" {
		return usageError{"--out: name a file"}
	}
	c.node.Existing = true
	progress, end := c.copying()
	m, err := c.Backup(c.Context, c.node, b.Out, backup.Options{Replace: b.Force, Progress: progress})
	end()
	if m == nil {
		return err
	}
	_, printed := fmt.Fprintf(c.Stdout, "%s holds the node as it was at %s: %d rows in %d tables, %d files. Try it now and then: cityrights restore %s --data EMPTY\n",
		plain(b.Out), m.Made.Format("2006-01-02 15:04:05 MST"), m.Rows(), len(m.Tables), len(m.Parts)-1, plain(b.Out))
	return errors.Join(err, printed)
}

// copying gives a function that shows on a terminal how far a long job is, and one that clears it away.
func (c *call) copying() (show func(doing string, done float64), end func()) {
	if !c.Terminal {
		return nil, func() {}
	}
	last := ""
	show = func(doing string, done float64) {
		if line := fmt.Sprintf("%s %3.0f %%", plain(doing), 100*done); line != last {
			last = line
			fmt.Fprint(c.Stderr, "\r\x1b[K"+line)
		}
	}
	return show, func() { fmt.Fprint(c.Stderr, "\r\x1b[K") }
}
