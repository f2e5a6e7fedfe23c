package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// writeWithJSON is writeResults with a JSON file beside the tables, or with it alone.
func writeWithJSON(folder string, tables []resultTable, name string, value any) (err error) {
	folder = filepath.Clean(folder)
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return placed(folder, "this is a file where a folder for the results is expected")
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return unreadable(folder, err)
	}
	stage, err := os.MkdirTemp(folder, ".cityrights-") // beside the results, so that they can be moved there
	if err != nil {
		return unreadable(folder, err)
	}
	defer func() { _ = os.RemoveAll(stage) }()
	fresh := filepath.Join(stage, "new")
	for _, t := range tables {
		if err := writeTable(filepath.Join(fresh, filepath.FromSlash(t.name)), t); err != nil {
			return err
		}
	}
	if err := writeJSON(filepath.Join(fresh, name), value); err != nil {
		return err
	}
	return replaceFiles(folder, fresh, filepath.Join(stage, "old"), append(tables[:len(tables):len(tables)], resultTable{name: name}))
}

// writeJSON writes a value as a new file and makes sure that it is on the disk.
func writeJSON(path string, value any) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return unreadable(filepath.Dir(path), err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640) //nolint:gosec // results are for others to read
	if err != nil {
		return unreadable(path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := encode(file, value); err != nil {
		return err
	}
	return file.Sync()
}

func encode(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// writeOneJSON writes a value into the file that out names, or into a file of this name in the folder, where out is one.
func writeOneJSON(out, name string, value any) error {
	if isFolder(out) {
		return writeWithJSON(out, nil, name, value)
	}
	folder, name := filepath.Split(out)
	return writeWithJSON(cmp.Or(folder, "."), nil, name, value)
}
