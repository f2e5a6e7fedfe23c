package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Limits bound what is taken.
type Limits struct {
	Bytes    int64  // of a file as it is sent
	Pixels   int64  // of a picture, in all its frames
	Unpacked int64  // bytes of a document that is a ZIP file
	Room     uint64 // bytes that stay free on the disk
}

// Default are the limits of a node. A picture of 40 million pixels takes up to 240 MB of memory while it is drawn anew, and only one is at a time.
var Default = Limits{Bytes: 50 << 20, Pixels: 40_000_000, Unpacked: 400 << 20, Room: 200 << 20}

// File is a file that is kept.
type File struct {
	Hash  string // SHA-256 of what is kept, hexadecimal
	Name  string // as the person calls it, cleaned, with an ending of its kind
	Media string // its media type, of text with its charset
	Size  int64  // bytes of what is kept
}

// Store keeps files in a folder. It is safe for concurrent use by one process. Make it with New.
type Store struct {
	folder string
	limits Limits
	turn   chan struct{} // who examines a file: one at a time, so that large ones do not fill the memory together
	names  sync.Mutex    // held while a file gets its name or loses it
}

// New makes a store over a folder, which is made when the first file is kept.
func New(folder string, limits Limits) *Store {
	return &Store{folder: folder, limits: limits, turn: make(chan struct{}, 1)}
}

// Limits gives the limits of the store.
func (s *Store) Limits() Limits { return s.limits }

// draftPrefix begins the names of files that are not whole yet. Backups leave them out.
const draftPrefix = ".draft-"

// Keep reads a file to its end, examines it, cleans it where it is a picture, and keeps it: when Keep returns, it is on the disk. name is how the person calls it. The
// file stays for at least KeptUnnamed, within which the caller names it in the database.
//
// Returns Invalid where the file is of no kind that is kept, damaged, harmful, or another than its name says; TooMuch beyond the limits, as
// soon as that is known; Unavailable where the disk has no room. An error of from comes back as it is.
func (s *Store) Keep(ctx context.Context, name string, from io.Reader) (File, error) {
	name = LastName(name)
	if err := s.prepare(); err != nil {
		return File{}, err
	}
	draft, err := s.draft()
	if err != nil {
		return File{}, err
	}
	defer draft.discard()
	if err := draft.take(ctx, from, name, s.limits.Bytes); err != nil {
		return File{}, err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return File{}, ctx.Err()
	}
	is, err := recognise(draft, draft.size, name, s.limits)
	if err != nil {
		return File{}, err
	}
	if err := agrees(name, is.Kind); err != nil {
		return File{}, err
	}
	whole := draft
	if is.Picture {
		if whole, err = s.draft(); err != nil {
			return File{}, err
		}
		defer whole.discard()
		if err := redraw(draft, draft.size, is.Kind, name, s.limits, whole); err != nil {
			return File{}, err
		}
	}
	if err := s.place(whole); err != nil {
		return File{}, err
	}
	return File{Hash: whole.hash(), Name: cleanName(name, is.Kind), Media: is.media(), Size: whole.size}, nil
}

// prepare makes the folder and returns Unavailable where the disk has no room for another file.
func (s *Store) prepare() error {
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return err
	}
	if free, _, known := disk.Free(s.folder); known && free < s.limits.Room+uint64(s.limits.Bytes) {
		return fault.Said(fault.Unavailable, "error.file.room", "the disk of the node is nearly full, so no file is taken; tell who runs it")
	}
	return nil
}

// place puts a draft on the disk and gives it its name. Where the same file is there already, it takes its place: its age begins anew, and
// damage to it is mended.
func (s *Store) place(d *draft) error {
	if err := d.Sync(); err != nil {
		return err
	}
	target := s.path(d.hash())
	s.names.Lock()
	defer s.names.Unlock()
	if err := os.Mkdir(filepath.Dir(target), 0o700); err == nil {
		if err := disk.SyncFolder(s.folder); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Rename(d.Name(), target); err != nil {
		return err
	}
	return disk.SyncFolder(filepath.Dir(target))
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// path is where a file stands: in one of 256 folders, named by the first byte.
func (s *Store) path(hash string) string { return filepath.Join(s.folder, hash[:2], hash) }

// Open opens a file for reading; the caller closes it. Returns NotFound where it is not kept.
func (s *Store) Open(hash string) (*os.File, error) {
	missing := fault.Said(fault.NotFound, "error.file.none", "the node does not have this file (any more)")
	if !hashForm.MatchString(hash) {
		return nil, missing
	}
	f, err := os.Open(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing
	}
	return f, err
}

// Check reads a file and returns NotFound where it is not there, Invalid where it is not what it was.
func (s *Store) Check(hash string) error {
	f, err := s.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if want, err := hex.DecodeString(hash); err != nil || !bytes.Equal(want, sum.Sum(nil)) {
		return fault.Said(fault.Invalid, "error.file.changed", "this file is not what it was when it was kept")
	}
	return nil
}
