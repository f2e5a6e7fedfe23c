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
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestAFileIsKeptUnderItsHashAndReadableByItsOwnerOnly(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data", "files")
	s := New(folder, small)
	data := portable("/Title (Plan)")
	sum := sha256.Sum256(data)
	got, err := keep(t, s, `C:\Users\ana\Plan 2025.PDF`, data)
	if err != nil {
		t.Fatal(err)
	}
	want := File{Hash: hex.EncodeToString(sum[:]), Name: "Plan 2025.pdf", Media: "application/pdf", Size: int64(len(data))}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := s.Check(got.Hash); err != nil || !bytes.Equal(content(t, s, got.Hash), data) {
		t.Errorf("what is kept is not what was sent: %v", err)
	}
	for path, mode := range map[string]fs.FileMode{folder: 0o700, filepath.Join(folder, got.Hash[:2]): 0o700, filepath.Join(folder, got.Hash[:2], got.Hash): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has the mode %v (%v)", path, info.Mode(), err)
		}
	}
}

// names gives the files in a store's folder.
func names(t testing.TB, s *Store) (all []string) {
	t.Helper()
	err := filepath.WalkDir(s.folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, d.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	s := New(t.TempDir(), small)
	for name, data := range map[string][]byte{"a.png": pngOf(t, scene(900, 900), nil), "b.pdf": bytes.Repeat([]byte("%PDF-"), 300_000), "c.exe": []byte("MZ\x90\x00")} {
		if _, err := keep(t, s, name, data); err == nil {
			t.Errorf("%s was kept", name)
		}
	}
	if left := names(t, s); len(left) != 0 {
		t.Errorf("there is left %v", left)
	}
}

// endless sends bytes for ever and counts them.
type endless struct{ sent int64 }

func (e *endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte("%PDF-"), len(p)/5+1))
	e.sent += int64(len(p))
	return len(p), nil
}

func TestAnUploadIsCutOffAtTheLimit(t *testing.T) {
	s := New(t.TempDir(), small)
	from := &endless{}
	_, err := s.Keep(t.Context(), "film.pdf", from)
	wantFault(t, "an endless file", err, fault.TooMuch, `"film.pdf" is larger than 1 MB`)
	if from.sent > small.Bytes+1<<20 {
		t.Errorf("%d bytes were read of a file beyond the limit of %d", from.sent, small.Bytes)
	}
	if left := names(t, s); len(left) != 0 {
		t.Errorf("there is left %v", left)
	}
}

func TestNoFileIsTakenWhereTheDiskHasNoRoom(t *testing.T) {
	full := small
	full.Room = 1 << 62
	_, err := keep(t, New(t.TempDir(), full), "a.txt", []byte("text"))
	wantFault(t, "a full disk", err, fault.Unavailable, "nearly full")
}

func TestAnUploadThatBreaksOffIsNotKept(t *testing.T) {
	s := New(t.TempDir(), small)
	broken := errors.New("the line is gone")
	_, err := s.Keep(t.Context(), "a.txt", io.MultiReader(strings.NewReader("half a te"), iotestErr{broken}))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Keep(ctx, "a.txt", strings.NewReader("text")); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits: %v", err)
	}
	if left := names(t, s); len(left) != 0 {
		t.Errorf("there is left %v", left)
	}
}

type iotestErr struct{ err error }

func (r iotestErr) Read([]byte) (int, error) { return 0, r.err }

func TestAFileThatIsNotKeptIsNotFoundAndNoPathIsFollowed(t *testing.T) {
	s := New(t.TempDir(), small)
	for _, hash := range []string{"", "../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64), strings.Repeat("0", 63) + "/"} {
		if _, err := s.Open(hash); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestDamageIsFoundAndMendedByTheSameFile(t *testing.T) {
	s := New(t.TempDir(), small)
	kept, err := keep(t, s, "a.txt", []byte("as it was"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path(kept.Hash), []byte("as it is!"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "a changed file", s.Check(kept.Hash), fault.Invalid, "not what it was")
	if again, err := keep(t, s, "b.txt", []byte("as it was")); err != nil || again.Hash != kept.Hash {
		t.Fatalf("%+v: %v", again, err)
	}
	if err := s.Check(kept.Hash); err != nil {
		t.Error(err)
	}
}

// Whatever is kept, named, forgotten and swept, in whatever order: what is named is there and whole, and what nobody names goes a day later.
func TestASweepNeverRemovesWhatIsNamed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		folder, err := os.MkdirTemp(t.TempDir(), "store")
		if err != nil {
			rt.Fatal(err)
		}
		s := New(folder, small)
		now := time.Now()
		named, kept := map[string]bool{}, map[string]time.Time{}
		rt.Repeat(map[string]func(*rapid.T){
			"keep": func(rt *rapid.T) {
				text := rapid.StringMatching(`[a-e]{1,2}`).Draw(rt, "text")
				f, err := keep(t, s, "a.txt", []byte(text))
				if err != nil {
					rt.Fatal(err)
				}
				if err := os.Chtimes(s.path(f.Hash), now, now); err != nil { // the test's own time
					rt.Fatal(err)
				}
				kept[f.Hash] = now
				if rapid.Bool().Draw(rt, "named") {
					named[f.Hash] = true
				}
			},
			"forget": func(rt *rapid.T) {
				for hash := range named {
					delete(named, hash)
					return
				}
			},
			"sweep": func(rt *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "hours")) * time.Hour)
				removed, err := s.Sweep(now, func() (map[string]bool, error) { return named, nil })
				if err != nil {
					rt.Fatal(err)
				}
				for hash, at := range kept {
					if !named[hash] && at.Before(now.Add(-KeptUnnamed)) {
						delete(kept, hash)
						removed--
					}
				}
				if removed != 0 {
					rt.Fatalf("%d files too many or too few were removed", removed)
				}
			},
			"": func(rt *rapid.T) {
				for hash := range kept {
					if err := s.Check(hash); err != nil {
						rt.Fatalf("a file that must be there: %v", err)
					}
				}
				if there := names(t, s); len(there) != len(kept) {
					rt.Fatalf("there are %d files, want %d", len(there), len(kept))
				}
			},
		})
	})
}

func TestDraftsThatWereLeftBehindAreSwept(t *testing.T) {
	s := New(t.TempDir(), small)
	begun, err := s.draft()
	if err != nil {
		t.Fatal(err)
	}
	defer begun.discard()
	none := func() (map[string]bool, error) { return nil, nil }
	if n, err := s.Sweep(time.Now(), none); n != 0 || err != nil {
		t.Errorf("%d drafts that are being written were removed (%v)", n, err)
	}
	if n, err := s.Sweep(time.Now().Add(KeptUnnamed+time.Minute), none); n != 1 || err != nil {
		t.Errorf("%d drafts were removed, want 1 (%v)", n, err)
	}
	if n, err := New(filepath.Join(t.TempDir(), "nowhere"), small).Sweep(time.Now(), none); n != 0 || err != nil {
		t.Errorf("a folder that is not there: %d, %v", n, err)
	}
	failed := errors.New("no database")
	if err := os.WriteFile(filepath.Join(s.folder, strings.Repeat("0", 64)), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sweep(time.Now().Add(48*time.Hour), func() (map[string]bool, error) { return nil, failed }); !errors.Is(err, failed) || len(names(t, s)) != 1 {
		t.Errorf("without knowing what is named: %v", err)
	}
}
