package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// KeptUnnamed is for how long a file stays that nothing names: so that whoever has sent it can name it, and that a backup which was begun
// before the last name went finds it.
const KeptUnnamed = 24 * time.Hour

// Sweep removes files that nothing names and that were kept longer than KeptUnnamed ago, and drafts that were left behind. named gives the
// hashes that something names; it is asked after the files were listed, so that none that was kept meanwhile can be missing from it.
func (s *Store) Sweep(now time.Time, named func() (map[string]bool, error)) (removed int, err error) {
	old, err := s.unnamedSince(now.Add(-KeptUnnamed))
	if err != nil || len(old) == 0 {
		return 0, err
	}
	keep, err := named()
	if err != nil {
		return 0, err
	}
	for _, path := range old {
		if keep[filepath.Base(path)] {
			continue
		}
		gone, err := s.remove(path, now.Add(-KeptUnnamed))
		if err != nil {
			return removed, err
		}
		if gone {
			removed++
		}
	}
	return removed, nil
}

// unnamedSince lists what was kept, or begun, before a moment.
func (s *Store) unnamedSince(before time.Time) (old []string, err error) {
	err = filepath.WalkDir(s.folder, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // no file was ever kept, or it has gone meanwhile
		}
		if err != nil || d.IsDir() || !hashForm.MatchString(d.Name()) && !strings.HasPrefix(d.Name(), draftPrefix) {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && info.ModTime().Before(before) {
			old = append(old, path)
		}
		return err
	})
	return old, err
}

// remove removes a file unless it was kept once more in the meantime.
func (s *Store) remove(path string, before time.Time) (bool, error) {
	s.names.Lock()
	defer s.names.Unlock()
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.ModTime().Before(before):
		return false, nil
	}
	return true, os.Remove(path)
}
