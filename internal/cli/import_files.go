package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
)

// files opens the folder, a ZIP file as the folder that it holds, or a folder in which the one file stands alone. The caller closes.
func (i importStatistics) files() (fs.FS, io.Closer, error) {
	info, err := os.Stat(i.Path)
	switch {
	case err != nil:
		return nil, nil, unreadable(i.Path, err)
	case info.IsDir():
		return os.DirFS(i.Path), io.NopCloser(nil), nil
	case info.Mode().IsRegular() && strings.EqualFold(filepath.Ext(i.Path), ".zip"):
		return openArchive(i.Path, info.Size(), statistics.Format(i.From))
	case i.From == "opensdg":
		return nil, nil, placed(i.Path, fmt.Sprintf("this is a file, and --from %s takes a folder or a .zip of it", i.From))
	case !info.Mode().IsRegular():
		return nil, nil, placed(i.Path, "this is neither a file nor a folder")
	}
	return oneFile(i.Path), io.NopCloser(nil), nil
}

// openArchive opens a ZIP file where the data of a form begin in it.
func openArchive(path string, size int64, form statistics.Format) (fs.FS, io.Closer, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, nil, err
	}
	_, files, err := statistics.OpenArchive(file, size, path, form)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return files, file, nil
}

// openFile opens a file that was named on the command line. A pipe is refused: reading it could wait forever.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return nil, placed(path, "this is a folder where a file is expected")
	case !info.Mode().IsRegular():
		return nil, placed(path, "this is not a file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return file, nil
}

func placed(path, text string) error {
	return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: path}, Text: text}
}

// unreadable names the path once, which an error of the system names as well.
func unreadable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return placed(path, "this cannot be read: "+err.Error())
}

// oneFile is a folder in which the file at this path is all there is. Whoever names a link means what it leads to.
type oneFile string

// Open opens the file under its own name.
func (o oneFile) Open(name string) (fs.File, error) {
	if name != filepath.Base(string(o)) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(string(o))
}

// ReadDir lists the file.
func (o oneFile) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	info, err := os.Stat(string(o))
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
