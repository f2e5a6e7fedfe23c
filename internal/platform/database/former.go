package database

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// formerKept is how many snapshots of former tables stay; the oldest go.
const formerKept = 3

// formerForm is the name of a snapshot: that of the database, the step it was made before, and the moment, which sorts as a text.
var formerForm = regexp.MustCompile(`^(.+)\.before-[0-9]{4,}-([0-9]{8}T[0-9]{6}\.[0-9]{3}Z)$`)

// Option is a choice that is made when a database is opened.
type Option func(*DB)

// Snapshots names the folder for the snapshots that are made before a newer program changes the tables of an existing database. Without it
// SQLite's stand beside the database, and of PostgreSQL none is made. An empty name is no choice.
func Snapshots(folder string) Option { return func(db *DB) { db.snapshots = folder } }

// keepFormer makes a snapshot of the database before the missing steps change it, and says so in the log. The newest three are kept.
// PostgreSQL's is made only where a folder was named: its operator has backups of the server, and pg_dump may not be there.
func (db *DB) keepFormer(ctx context.Context, missing []step) error {
	folder, name := db.snapshots, "cityrights.dump"
	if db.file != "" {
		name = filepath.Base(db.file)
		if folder == "" {
			folder = filepath.Dir(db.file)
		}
	}
	if folder == "" {
		slog.WarnContext(ctx, "a newer cityrights changes the tables of this PostgreSQL database now, all in one transaction; "+
			"a backup from before is the only way back (cityrights backup, or name a folder by --snapshots)", "steps", len(missing))
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	began := time.Now()
	name += fmt.Sprintf(".before-%04d-", missing[len(missing)-1].version)
	target := filepath.Join(folder, name+began.UTC().Format("20060102T150405.000Z"))
	if err := db.dumpTo(ctx, target); err != nil {
		return err
	}
	slog.InfoContext(ctx, "kept a snapshot of the database before its tables are changed", "file", target,
		"steps", len(missing), "took", time.Since(began).Round(time.Millisecond).String())
	return dropFormer(folder, target)
}

// dropFormer removes all but the newest snapshots of the database that the newest one, target, belongs to.
func dropFormer(folder, target string) error {
	ours := formerForm.FindStringSubmatch(filepath.Base(target))
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	names := map[string]string{} // by the moment they were made
	for _, e := range entries {
		if f := formerForm.FindStringSubmatch(e.Name()); len(f) == len(ours) && f[1] == ours[1] && e.Type().IsRegular() {
			names[f[2]] = e.Name()
		}
	}
	moments := slices.Sorted(maps.Keys(names))
	for _, old := range moments[:max(0, len(moments)-formerKept)] {
		if err := os.Remove(filepath.Join(folder, names[old])); err != nil {
			return err
		}
	}
	return nil
}
