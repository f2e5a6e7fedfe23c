package backup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// leftOut are names at the top of the node's folder that a backup leaves out: uploads that nobody has confirmed yet, which are gone within
// the hour, and what a file system or a restore keeps there.
var leftOut = []string{"uploads", "lost+found", restoring}

// drafts begin the names of files that are not whole yet, in the folder of files that people hand in.
const drafts = "files/.draft-"

// databaseForm are the files of a SQLite database at the top of the folder, which the snapshot stands for, and snapshots of former ones.
var databaseForm = regexp.MustCompile(`\.sqlite(-wal|-shm|-journal)?$|\.before-[0-9]{4,}-[0-9TZ.]+$`)

// left tells whether a backup leaves a file of the node's folder out. The name has slashes.
func left(name string) bool {
	top, _, deeper := strings.Cut(name, "/")
	return slices.Contains(leftOut, top) || strings.HasPrefix(top, ".cityrights") || strings.HasPrefix(name, drafts) || !deeper && databaseForm.MatchString(top)
}

// filesOf gives the names of the files in a node's folder that a backup keeps, with slashes, in their order. A folder that is not there has
// none. Links and what else is no file are left out, and so is the database itself, wherever it stands.
func filesOf(folder, databaseFile string) (names []string, err error) {
	if folder == "" {
		return nil, nil
	}
	itself := map[string]bool{}
	if databaseFile != "" {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			itself[filepath.Clean(databaseFile)+end] = true
		}
	}
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile, or never there
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name == "." {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case left(name) && d.IsDir():
			return filepath.SkipDir
		case !left(name) && d.Type().IsRegular() && !itself[path]:
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// occupied gives the name of something in a folder that a restored node would mix with; empty where there is nothing.
func occupied(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.Name() != "lost+found" && e.Name() != restoring {
			return e.Name(), nil
		}
	}
	return "", nil
}
