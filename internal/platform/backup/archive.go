package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Archive is a backup that is open for reading.
type Archive struct {
	Manifest
	file  string
	zip   *zip.ReadCloser
	parts map[string]*zip.File
}

// Open opens a backup and reads what it says of itself; Verify tells whether that is true. The caller closes it.
//
// Returns NotFound where there is no such file, Invalid where it is no backup or not all of one, Unavailable where a newer program made it.
func Open(file string) (*Archive, error) {
	opened, err := zip.OpenReader(file)
	var outside *fs.PathError // the file itself cannot be read
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NotFound, "there is no file %s", file)
	case errors.As(err, &outside):
		return nil, err
	case err != nil:
		return nil, fault.New(fault.Invalid, "%s is no backup of cityrights, or only a part of one: its end is missing or damaged", file)
	}
	a := &Archive{file: file, zip: opened}
	if err := a.read(); err != nil {
		_ = opened.Close()
		var f *fault.Error
		if errors.As(err, &f) {
			return nil, fault.New(f.Kind, "%s cannot be restored: %s", file, f.Text)
		}
		return nil, fault.New(fault.Invalid, "%s is no backup of cityrights, or it is damaged: %v", file, err)
	}
	return a, nil
}

// Close closes the file.
func (a *Archive) Close() error { return a.zip.Close() }

// read reads the manifest, and that the archive has the parts it names and no other.
func (a *Archive) read() error {
	a.parts = map[string]*zip.File{}
	for _, f := range a.zip.File {
		if a.parts[f.Name] != nil {
			return errors.New("it has a part twice")
		}
		a.parts[f.Name] = f
	}
	last := a.parts[manifestName]
	if last == nil {
		return errors.New("it has no manifest")
	}
	r, err := last.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // what it says, reading has said
	m, err := readManifest(r)
	if err != nil {
		return err
	}
	a.Manifest = *m
	if len(m.Parts)+1 != len(a.parts) {
		return errors.New("it has other parts than its manifest says")
	}
	for _, p := range m.Parts {
		if f := a.parts[p.Name]; f == nil || f.UncompressedSize64 != uint64(p.Size) {
			return errors.New("it has other parts than its manifest says")
		}
	}
	return nil
}

// Verify reads all of the backup, and returns Invalid where a part is not what was written.
func (a *Archive) Verify(ctx context.Context, progress func(doing string, done float64)) error {
	o, before := Options{Progress: progress}, int64(0)
	for _, p := range a.Parts {
		r, err := a.open(p)
		if err != nil {
			return err
		}
		told := &counted{ctx: ctx, from: r, told: func(n int64) { o.progress("checking the backup", before+n, a.Size()) }}
		_, err = io.Copy(io.Discard, told)
		_ = r.Close() // what it says, reading has said
		if err != nil {
			return err
		}
		before += p.Size
	}
	return nil
}

// open reads a part; its last byte is an error where the part is not what was written.
func (a *Archive) open(p Part) (io.ReadCloser, error) {
	r, err := a.parts[p.Name].Open()
	if err != nil {
		return nil, a.damaged(p)
	}
	return &checked{from: r, most: p.Size, want: p.SHA256, sum: sha256.New(), wrong: a.damaged(p)}, nil
}

func (a *Archive) damaged(p Part) error {
	return fault.New(fault.Invalid, "%s is damaged: its part %s is not what was written; take another backup", a.file, p.Name)
}

// checked reads a part and checks its size and its digest at its end.
type checked struct {
	from  io.ReadCloser
	n     int64
	most  int64
	want  string
	sum   hash.Hash
	wrong error
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	c.sum.Write(p[:n])
	switch {
	case c.n > c.most:
		return 0, c.wrong
	case errors.Is(err, io.EOF):
		if c.n != c.most || hex.EncodeToString(c.sum.Sum(nil)) != c.want {
			return 0, c.wrong
		}
	case err != nil && !errors.Is(err, fs.ErrClosed): // of the compression, or ZIP's own checksum
		return 0, c.wrong
	}
	return n, err
}

func (c *checked) Close() error { return c.from.Close() }
