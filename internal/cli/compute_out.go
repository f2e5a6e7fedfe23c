package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// writeResults writes files into a folder all at once: either every one of them is there afterwards, or the folder is as it was. Other files in
// it stay. A new folder appears with everything in it. What may be written over says rule.
func writeResults(folder string, files []resultFile, rule overwrite) (err error) {
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
	return replaceFiles(folder, fresh, filepath.Join(stage, "old"), files, rule)
}

// replaceFiles moves new files to their places and the old ones aside, and all back where one cannot be moved.
func replaceFiles(folder, fresh, old string, files []resultFile, rule overwrite) (err error) {
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
			if err := rule.check(place, filepath.Join(fresh, name), f); err != nil {
				return err
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

// writeResult writes results where out says: into the folder that it names; or, where it has the ending of a file and no folder is there, into that
// file, which is the result with the same ending or else the first. What goes with it stands beside it under its usual name. More than two results
// need a folder.
func writeResult(out string, rule overwrite, files ...resultFile) error {
	end := filepath.Ext(out)
	if end == "" || len(files) > 2 || isFolder(out) {
		return writeResults(out, files, rule)
	}
	folder, name := filepath.Split(out)
	named := max(0, slices.IndexFunc(files, func(f resultFile) bool { return filepath.Ext(f.path()) == end }))
	files = slices.Clone(files)
	files[named] = renamed{files[named], name}
	return writeResults(cmp.Or(folder, "."), files, rule)
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

// deliver writes results where out says (writeResult), or prints the first of them. Value says the same for machines: it is printed where that is
// asked, and written where out ends with .json and no result does.
func (c *call) deliver(out string, asJSON bool, value any, files ...resultFile) error {
	if out != "" {
		results := files
		if end := filepath.Ext(out); end == ".json" && !slices.ContainsFunc(files, func(f resultFile) bool { return filepath.Ext(f.path()) == end }) {
			results = []resultFile{resultJSON{value: value}}
		}
		if err := writeResult(out, c.results, results...); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return c.printJSON(value)
	case out == "":
		return files[0].writeTo(c.Stdout)
	}
	return nil
}
