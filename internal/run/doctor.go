package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/disk"
)

const (
	// released is before any release of the program: a clock that tells an earlier time is wrong.
	released = 2026
	// backupAge is how old the last backup may be: a nightly one that failed once is seen.
	backupAge = 48 * time.Hour
	// spaceLeast is how much room a node must have whatever its size: imports and SQLite's own log need some.
	spaceLeast = 100 << 20
)

// Doctor looks at a node and changes nothing.
func Doctor(ctx context.Context, n cli.Node) []checkup.Finding { return doctor(ctx, n, clock.System{}) }

func doctor(ctx context.Context, n cli.Node, c clock.Clock) []checkup.Finding {
	url, _ := address(n)
	now := c.Now()
	all := []checkup.Finding{checkup.Fine("program", "cityrights "+version()+".")}
	file, inFile := strings.CutPrefix(url, "sqlite:")
	if inFile {
		all = append(all, permissions(n.Data, file))
	}
	of, current := database.Examine(ctx, url, now)
	all = append(all, of...)
	size := int64(0)
	if info, err := os.Stat(file); inFile && err == nil {
		size = info.Size()
	}
	free, whole, known := disk.Free(n.Data)
	if known {
		all = append(all, space(free, whole, uint64(size)))
	}
	last := time.Time{}
	if current {
		var content []checkup.Finding
		content, last = contentsOfNode(ctx, n, c)
		all = append(all, content...)
	}
	return append(all, clockIs(now, last))
}

// permissions looks who may read the database besides its owner.
func permissions(folder, file string) checkup.Finding {
	const subject = "permissions"
	for _, name := range []string{file, file + "-wal", filepath.Join(folder, keyFile)} {
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return checkup.Failed(subject, "They cannot be read: "+err.Error()+".", "Run this as the user of the node.")
		}
		switch mode := info.Mode().Perm(); {
		case mode&0o007 != 0:
			return checkup.Failed(subject, fmt.Sprintf("Everybody on this machine may open %s (mode %04o).", name, mode), "chmod 600 "+name+" and chmod 700 "+folder)
		case mode&0o070 != 0:
			return checkup.Warned(subject, fmt.Sprintf("The group of %s may open it (mode %04o).", name, mode), "chmod 600 "+name+", unless the group is meant to.")
		}
	}
	if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o007 != 0 {
		return checkup.Warned(subject, fmt.Sprintf("Everybody on this machine may look into %s (mode %04o).", folder, info.Mode().Perm()), "chmod 700 "+folder)
	}
	return checkup.Fine(subject, "Only the owner may read the database.")
}

// space judges how much room is left beside a database of a size. An upgrade keeps a whole snapshot of it.
func space(free, whole, size uint64) checkup.Finding {
	says := fmt.Sprintf("%d MB are free of %d MB; the database takes %d MB.", free>>20, whole>>20, size>>20)
	switch {
	case free < spaceLeast:
		return checkup.Failed("disk space", says, "Make room now: a node that cannot write answers, but saves nothing.")
	case free < 2*size || free < 5*spaceLeast:
		return checkup.Warned("disk space", says, "Make room: an upgrade keeps a snapshot of the whole database first.")
	}
	return checkup.Fine("disk space", says)
}

// contentsOfNode asks the rooms of a node whose tables are this program's. last is when something was last done in it.
func contentsOfNode(ctx context.Context, n cli.Node, c clock.Clock) (findings []checkup.Finding, last time.Time) {
	cannot := func(err error) ([]checkup.Finding, time.Time) {
		return append(findings, checkup.Failed("node", "It cannot be read: "+err.Error()+".", "Run this as the user of the node; look into its log.")), last
	}
	url, _ := address(n)
	db, err := database.AsIs(ctx, url)
	if err != nil {
		return cannot(err)
	}
	defer func() { _ = db.Close() }() // nothing was written
	std, err := shipped()
	if err != nil {
		return cannot(err)
	}
	rooms := join(db, std, n)
	made, err := rooms.Account.LastAct(ctx, actBackup)
	if err != nil {
		return cannot(err)
	}
	findings = append(findings, backupIs(c.Now(), made))
	stale, err := rooms.Publication.Stale(ctx)
	if err != nil {
		return cannot(err)
	}
	if len(stale) > 0 {
		findings = append(findings, checkup.Warned("public pages", fmt.Sprintf("Those of %d cities are as another version of the program or another year made them (%s).",
			len(stale), strings.Join(stale[:min(3, len(stale))], ", ")), "Start the node again; it makes them anew, and its log says of which it cannot."))
	} else {
		findings = append(findings, checkup.Fine("public pages", "All are as this program makes them."))
	}
	letters, err := lettersAre(ctx, rooms)
	if err != nil {
		return cannot(err)
	}
	findings = append(findings, letters)
	kept, err := evidenceFiles(ctx, rooms, n.Data)
	if err != nil {
		return cannot(err)
	}
	findings = append(findings, kept)
	if last, err = rooms.Account.LastAct(ctx, ""); err != nil {
		return cannot(err)
	}
	return findings, last
}

// backupIs judges the age of the last backup, by the entry that cityrights backup leaves in the trail.
func backupIs(now, made time.Time) checkup.Finding {
	const subject = "last backup"
	const todo = "cityrights backup --out FILE, every night (deploy/cityrights-backup.timer), and keep it on another machine."
	age := now.Sub(made)
	switch {
	case made.IsZero():
		return checkup.Warned(subject, "cityrights backup has never made one of this node.", todo)
	case age > backupAge:
		return checkup.Warned(subject, fmt.Sprintf("It is %d days old (%s).", int(age.Hours()/24), made.Format(time.DateOnly)), todo)
	}
	return checkup.Fine(subject, made.Format("2006-01-02 15:04 MST")+".")
}

// clockIs judges this machine's clock by the last thing that was done in the node.
func clockIs(now, last time.Time) checkup.Finding {
	const todo = "Set the clock, and let the machine keep time by NTP (timedatectl set-ntp true)."
	says := "It is " + now.Format("2006-01-02 15:04 MST")
	switch {
	case now.Year() < released:
		return checkup.Failed("clock", says+", which is before this program was made.", todo)
	case now.Add(time.Minute).Before(last):
		return checkup.Failed("clock", says+", and the last entry of the trail is of "+last.Format("2006-01-02 15:04 MST")+": the clock was set back, or was wrong.", todo)
	}
	return checkup.Fine("clock", says+".")
}
