package run

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/backup"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Acts of the trail.
const (
	actBackup  = "node.backup"
	actRestore = "node.restore"
)

// Backup makes a backup of a node in a file and notes it in the node's trail. The tables stay as they are, also those of an older program:
// a backup is what comes before an upgrade.
//
// Where the backup was made and could not be noted, both are returned.
func Backup(ctx context.Context, n cli.Node, file string, o backup.Options) (m *backup.Manifest, err error) {
	db, err := found(n, func(url string) (*database.DB, error) { return database.AsIs(ctx, url) })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	m, err = backup.Make(ctx, backup.Source{DB: db, Folder: n.Data, Program: version(), Now: clock.System{}.Now()}, file, o)
	if err != nil {
		return nil, err
	}
	if err := note(ctx, db, actBackup, file, m); err != nil {
		return m, fmt.Errorf("the backup is complete, but the node's trail could not be told of it: %w", err)
	}
	return m, nil
}

// Restore makes a node from a backup, brings it up to date, and notes it in the node's trail.
func Restore(ctx context.Context, n cli.Node, file string, progress func(doing string, done float64)) (m *backup.Manifest, err error) {
	archive, err := backup.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	url, _ := address(n)
	if err := archive.Restore(ctx, backup.Target{Folder: n.Data, Database: url}, progress); err != nil {
		return nil, err
	}
	n.Existing = true
	rooms, err := Open(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("the backup was restored, but the node does not open: %w", err)
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	return &archive.Manifest, note(ctx, rooms.DB, actRestore, file, &archive.Manifest)
}

// note adds an entry about a backup to the trail: the file's name without its folder, which may tell of people.
func note(ctx context.Context, db *database.DB, act, file string, m *backup.Manifest) error {
	people := account.New(db, account.Options{})
	details := map[string]string{"made": m.Made.Format("2006-01-02T15:04:05Z07:00"), "program": m.Program, "sha256": m.Parts[0].SHA256}
	return db.Write(ctx, func(tx database.Tx) error {
		return people.Note(ctx, tx, account.Operator(), act, filepath.Base(file), details)
	})
}

// found opens the database of a node that must be there.
func found(n cli.Node, open func(url string) (*database.DB, error)) (*database.DB, error) {
	url, place := address(n)
	db, err := open(url)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "there is no node in %s; name the right one by --data or --database, or make one by %s city add or %[2]s serve", place, program())
	}
	return db, err
}
