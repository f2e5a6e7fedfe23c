package cli

import (
	"fmt"
)

type restoreCommand struct {
	nodeFlags

	File string `arg:"" help:"Backup, as cityrights backup has written it." type:"path"`
}

// Help shows an example.
func (restoreCommand) Help() string {
	return example("cityrights restore /backup/cityrights-monday.zip --data ./restored",
		"The data folder, and the database where --database names one, must be empty: a node that is there is never replaced. "+
			"All of the backup is checked before anything is written, and the rows are counted afterwards.",
		"A backup of an older cityrights is brought up to date. A database on PostgreSQL is restored by pg_restore, which must be installed.")
}

// Run restores the node and says what was in the backup.
func (r restoreCommand) Run(c *call) error {
	if c.node.Data == "" {
		return errNoData
	}
	progress, end := c.copying()
	m, err := c.Restore(c.Context, c.node, r.File, progress)
	end()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Stdout, "Restored the node as it was at %s: %d rows in %d tables, %d files. Next: cityrights doctor --data %s\n",
		m.Made.Format("2006-01-02 15:04:05 MST"), m.Rows(), len(m.Tables), len(m.Parts)-1, plain(c.node.Data))
	return err
}
