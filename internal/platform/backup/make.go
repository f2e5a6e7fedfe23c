package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Source is the node of which a backup is made.
type Source struct {
	DB      *database.DB
	Folder  string // of everything else that the node keeps
	Program string // version of this program
	Now     time.Time
}

// Options of making a backup.
type Options struct {
	Replace bool // a file that has the name already is replaced
	// Progress, unless nil, is told what is being done and how much of it is done, from 0 to 1.
	Progress func(doing string, done float64)
}

func (o Options) progress(doing string, done, all int64) {
	if o.Progress != nil {
		o.Progress(doing, min(1, float64(done)/float64(max(all, 1))))
	}
}

// Make makes a backup of a node that may be running, and gives what it holds. The file is whole and on the disk, or not there.
//
// Returns Conflict where the name is taken, Invalid where the file would stand in the node's own folder, Unavailable where the database
// cannot be read as a whole.
func Make(ctx context.Context, s Source, file string, o Options) (*Manifest, error) {
	if err := mayStand(file, s.Folder, o.Replace); err != nil {
		return nil, err
	}
	if err := sweep(filepath.Dir(file), s.Now); err != nil {
		return nil, err
	}
	draft, err := disk.NewDraft(file)
	if err != nil {
		return nil, err
	}
	defer draft.Discard()
	defer disk.Trickle(draft.Name())()
	w := newWriter(ctx, draft, o)
	m := &Manifest{Form: form, Program: s.Program, Made: s.Now.UTC().Truncate(time.Second)}
	copying := func(done, all int64) { o.progress("reading the database", done, all) }
	err = s.DB.Dump(ctx, filepath.Dir(file), copying, func(d database.Dump) error {
		m.Engine, m.Namespace, m.Schema, m.Tables = d.Engine, d.Namespace, d.Schema, d.Tables
		method := zip.Deflate
		if d.Engine == database.PostgreSQL {
			method = zip.Store // pg_dump has compressed it
		}
		return w.add(databaseNames[d.Engine], method, s.Now, d.Content, d.Size)
	})
	if err != nil {
		return nil, err
	}
	if err := w.addFolder(s.Folder, s.DB.File()); err != nil {
		return nil, err
	}
	m.Parts = w.parts
	if err := w.finish(m); err != nil {
		return nil, err
	}
	if err := draft.Keep(o.Replace); errors.Is(err, fs.ErrExist) {
		return nil, taken(file)
	} else if err != nil {
		return nil, err
	}
	return m, nil
}

// mayStand tells whether a backup may be written to file.
func mayStand(file, folder string, replace bool) error {
	info, err := os.Stat(file)
	switch {
	case err == nil && info.IsDir():
		return fault.New(fault.Invalid, "%s is a folder; name a file, as %s", file, filepath.Join(file, "cityrights.zip"))
	case err == nil && !info.Mode().IsRegular():
		return fault.New(fault.Invalid, "%s is no file; a backup is one file", file)
	case err == nil && !replace:
		return taken(file)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if folder == "" {
		return nil
	}
	inside, err := within(filepath.Dir(file), folder)
	if err != nil {
		return err
	}
	if inside {
		return fault.New(fault.Invalid, "%s stands in the folder of the node; a backup must not be lost with what it is a backup of: name a file elsewhere, "+
			"best on another disk", file)
	}
	return nil
}

func taken(file string) error {
	return fault.New(fault.Conflict, "%s is there already; name another file, or replace it by --force", file)
}

// within tells whether a folder is, or stands in, another one. Links are followed.
func within(inner, outer string) (bool, error) {
	outer, err := filepath.EvalSymlinks(outer)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if inner, err = filepath.EvalSymlinks(inner); err != nil {
		return false, err
	}
	if inner, err = filepath.Abs(inner); err != nil {
		return false, err
	}
	if outer, err = filepath.Abs(outer); err != nil {
		return false, err
	}
	relative, err := filepath.Rel(outer, inner)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator)), nil
}

// writer adds parts to an archive.
type writer struct {
	ctx   context.Context //nolint:containedctx // lives for one call of Make
	zip   *zip.Writer
	o     Options
	parts []Part
}

func newWriter(ctx context.Context, to io.Writer, o Options) *writer {
	w := &writer{ctx: ctx, zip: zip.NewWriter(to), o: o}
	// The quickest level: three quarters of what the best one saves, at a fraction of the processor's time, which the node needs.
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	return w
}

// add adds a part of about size bytes.
func (w *writer) add(name string, method uint16, changed time.Time, content io.Reader, size int64) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: changed.UTC()})
	if err != nil {
		return err
	}
	sum := sha256.New()
	told := &counted{ctx: w.ctx, from: content, told: func(n int64) { w.o.progress("writing "+name, n, size) }}
	n, err := io.Copy(io.MultiWriter(entry, sum), told)
	if err != nil {
		return err
	}
	w.parts = append(w.parts, Part{Name: name, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// addFolder adds the files of the node's folder. One that is removed meanwhile belongs to no row of the snapshot that will be read again.
func (w *writer) addFolder(folder, databaseFile string) error {
	names, err := filesOf(folder, databaseFile)
	if err != nil {
		return err
	}
	for _, name := range names {
		f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		info, err := f.Stat()
		if err == nil {
			err = w.add(folderPrefix+name, zip.Deflate, info.ModTime(), f, info.Size())
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// finish adds the manifest and ends the archive.
func (w *writer) finish(m *Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: m.Made})
	if err != nil {
		return err
	}
	if _, err := entry.Write(append(text, '\n')); err != nil {
		return err
	}
	return w.zip.Close()
}

// counted tells how much was read, and stops when the context ends.
type counted struct {
	ctx  context.Context //nolint:containedctx // lives for one copy
	from io.Reader
	n    int64
	told func(n int64)
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.from.Read(p)
	c.n += int64(n)
	c.told(c.n)
	return n, err
}
