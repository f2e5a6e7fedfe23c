package backup

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// restoring is a folder within the node's, where files stand until all of them and the database are restored. What an interrupted restore
// has left in it is thrown away by the next.
const restoring = ".cityrights-restoring"

// Target is the empty place that a node is restored into.
type Target struct {
	Folder   string // of everything besides the database; it is made where it is not there
	Database string // sqlite:FILE or postgres://…
}

// Restore makes a node from the backup. Every part is checked before anything is written, the rows are counted afterwards; where something
// fails, the place is as empty as it was, except that the folder may be there.
//
// Returns Conflict where the place is not empty, Invalid where the backup is damaged or of the other engine, TooMuch where the disk has no room.
func (a *Archive) Restore(ctx context.Context, to Target, progress func(doing string, done float64)) (err error) {
	engine, err := database.EngineOf(to.Database)
	if err != nil {
		return err
	}
	if engine != a.Engine {
		return fault.New(fault.Invalid, "%s is a backup of a node on %s, and --database names one on %s; a backup is restored on its own engine", a.file, a.Engine, engine)
	}
	if err := a.vacant(ctx, to); err != nil {
		return err
	}
	if err := a.Verify(ctx, progress); err != nil {
		return err
	}
	if err := os.MkdirAll(to.Folder, 0o700); err != nil {
		return err
	}
	if err := a.fits(to); err != nil {
		return err
	}
	drafts := filepath.Join(to.Folder, restoring)
	if err := os.RemoveAll(drafts); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(drafts)) }()
	for _, p := range a.Parts[1:] {
		if err := a.extract(ctx, p, drafts); err != nil {
			return err
		}
	}
	moved, err := moveAll(drafts, to.Folder)
	if err == nil { // the database comes last: without it, nobody takes the folder for a node
		err = a.restoreDatabase(ctx, to.Database, progress)
	}
	if err != nil {
		for _, name := range moved {
			err = errors.Join(err, os.RemoveAll(name))
		}
	}
	return err
}

// vacant returns Conflict where the target is not empty, and says how to make room.
func (a *Archive) vacant(ctx context.Context, to Target) error {
	name, err := occupied(to.Folder)
	if err != nil {
		return err
	}
	if name != "" {
		return fault.New(fault.Conflict, "%s is not empty (%s); a backup is restored into an empty folder only: stop the node, move the folder away "+
			"(mv %s %s.former), or name another by --data", to.Folder, name, to.Folder, strings.TrimRight(to.Folder, "/"))
	}
	return database.Vacant(ctx, to.Database)
}

// fits returns TooMuch where the disk has no room for what is restored. Where PostgreSQL keeps its files is its own concern.
func (a *Archive) fits(to Target) error {
	need := a.Size()
	if a.Engine == database.PostgreSQL {
		need -= a.Parts[0].Size
	}
	if free, _, known := disk.Free(to.Folder); known && free < uint64(need) {
		return fault.New(fault.TooMuch, "%s has room for %d MB, and the backup needs %d MB; make room or name another folder by --data", to.Folder, free>>20, need>>20+1)
	}
	return nil
}

// extract writes a file of the node's folder into another folder.
func (a *Archive) extract(ctx context.Context, p Part, folder string) error {
	name := filepath.Join(folder, filepath.FromSlash(strings.TrimPrefix(p.Name, folderPrefix)))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	r, err := a.open(p)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // what it says, reading has said
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, &counted{ctx: ctx, from: r, told: func(int64) {}})
	return errors.Join(err, f.Sync(), f.Close())
}

func (a *Archive) restoreDatabase(ctx context.Context, address string, progress func(doing string, done float64)) error {
	p, o := a.Parts[0], Options{Progress: progress}
	r, err := a.open(p)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // what it says, reading has said
	told := &counted{ctx: ctx, from: r, told: func(n int64) { o.progress("restoring the database", n, p.Size) }}
	return database.Restore(ctx, address, database.Dump{
		Engine: a.Engine, Namespace: a.Namespace, Schema: a.Schema, Tables: a.Tables, Size: p.Size, Content: told,
	})
}

// moveAll moves what stands in one folder into another, puts the names on the disk, and gives those that were moved.
func moveAll(from, to string) (moved []string, err error) {
	entries, err := os.ReadDir(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil // a node without files
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := filepath.Join(to, e.Name())
		if err := os.Rename(filepath.Join(from, e.Name()), name); err != nil {
			return moved, err
		}
		moved = append(moved, name)
	}
	return moved, disk.SyncFolder(to)
}
