package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeResults writes files into a folder all at once: either every one of them is there afterwards, or the folder is as it was. Other files in
// it stay. A new folder appears with everything in it.
func writeResults(folder string, files []resultFile) (err error) {
	folder = filepath.Clean(folder)
	info, statErr := os.Stat(folder)
	switch {
	case statErr == nil && !info.IsDir():
		return placed(folder, "this is a file where a folder for the results is expected")
	case statErr != nil && !errors.Is(statErr, os.ErrNotExist):
		return unreadable(folder, statErr)
	}
	// Files can only be moved within one file system: a folder that is there may be a mount, and is then filled from inside.
	beside := folder
	if statErr != nil {
		beside = filepath.Dir(folder)
		if err := os.MkdirAll(beside, 0o750); err != nil {
			return unreadable(beside, err)
		}
	}
	stage, err := os.MkdirTemp(beside, ".cityrights-")
	if err != nil {
		return unreadable(beside, err)
	}
	defer func() { _ = os.RemoveAll(stage) }()
	fresh := filepath.Join(stage, "new")
	for _, f := range files {
		if err := writeFile(filepath.Join(fresh, filepath.FromSlash(f.path())), f); err != nil {
			return err
		}
	}
	if statErr != nil { // the folder is not there yet
		if err := os.Chmod(fresh, 0o750); err != nil { //nolint:gosec // a folder must be entered to be read
			return unreadable(folder, err)
		}
		if err := os.Rename(fresh, folder); err != nil {
			return unreadable(folder, err)
		}
		return nil
	}
	return replaceFiles(folder, fresh, filepath.Join(stage, "old"), files)
}

// replaceFiles moves new files to their places and the old ones aside, and all back where one cannot be moved.
func replaceFiles(folder, fresh, old string, files []resultFile) (err error) {
	var undo []func() error
	defer func() {
		if err == nil {
			return
		}
		for i := range undo {
			err = errors.Join(err, undo[len(undo)-1-i]())
		}
	}()
	move := func(from, to string) error {
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			return unreadable(filepath.Dir(to), err)
		}
		if err := os.Rename(from, to); err != nil {
			var link *os.LinkError
			if errors.As(err, &link) {
				err = link.Err
			}
			return placed(to, "this cannot be written: "+err.Error())
		}
		undo = append(undo, func() error { return os.Rename(to, from) })
		return nil
	}
	for _, f := range files {
		name := filepath.FromSlash(f.path())
		place := filepath.Join(folder, name)
		if info, statErr := os.Lstat(place); statErr == nil {
			if info.IsDir() {
				return placed(place, "this is a folder where a file would be written")
			}
			if err := move(place, filepath.Join(old, name)); err != nil {
				return err
			}
		}
		if err := move(filepath.Join(fresh, name), place); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a result as a new file and makes sure that it is on the disk.
func writeFile(path string, r resultFile) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return unreadable(filepath.Dir(path), err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640) //nolint:gosec // results are for others to read
	if err != nil {
		return unreadable(path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buffered := bufio.NewWriterSize(file, 1<<16)
	if err := r.writeTo(buffered); err != nil {
		return fmt.Errorf("%s: %w", r.path(), err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("%s: %w", r.path(), err)
	}
	return file.Sync()
}

// writeNamed writes one result into a folder, or into the file that out names if it ends as the result does.
func writeNamed(out string, f resultFile) error {
	if filepath.Ext(out) == filepath.Ext(f.path()) {
		return writeResult(out, f)
	}
	return writeResults(out, []resultFile{f})
}

// writeResult writes one result into the file that out names, or into the folder, where out is one.
func writeResult(out string, f resultFile) error {
	if isFolder(out) {
		return writeResults(out, []resultFile{f})
	}
	folder, name := filepath.Split(out)
	return writeResults(cmp.Or(folder, "."), []resultFile{renamed{f, name}})
}

// renamed is a result under the name that a person gave it.
type renamed struct {
	resultFile
	name string
}

func (r renamed) path() string { return r.name }

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
