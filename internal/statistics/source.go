package statistics

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// OpenPath opens what a path names: a folder, or the folder of a file with that file alone in it. Links that leave the folder cannot be
// followed. The caller closes it.
func OpenPath(path string) (files fs.FS, closer func() error, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: path}, Text: reason(err)}
	}
	dir := path
	if !info.IsDir() {
		dir = filepath.Dir(path)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: path}, Text: reason(err)}
	}
	if info.IsDir() {
		return root.FS(), root.Close, nil
	}
	return onlyFile{root.FS(), filepath.Base(path)}, root.Close, nil
}

// onlyFile shows one file of a folder.
type onlyFile struct {
	fs.FS
	name string
}

func (o onlyFile) Open(name string) (fs.File, error) {
	if name != o.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

func (o onlyFile) ReadDir(name string) ([]fs.DirEntry, error) {
	info, err := fs.Stat(o.FS, o.name)
	if err != nil || name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}

// maxUnpacked bounds what an archive may hold, unpacked.
const maxUnpacked = 256 << 20

// Upload tells by its content what a person has sent, whatever its name: a ZIP archive of an Open SDG folder, a ZIP archive of CSV files,
// or one CSV file. Anything else is a fault.
func Upload(name string, data []byte) (fs.FS, Format, error) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		base := filepath.Base(filepath.ToSlash(name))
		if ext := strings.ToLower(filepath.Ext(base)); ext != ".csv" && ext != ".tsv" && ext != ".txt" {
			base += ".csv"
		}
		return upload{base, data}, TidyCSV, nil // what is not text is refused when it is read
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, "", &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: name}, Text: "the archive is damaged or cut off", Err: err}
	}
	var total uint64
	format := TidyCSV
	for _, f := range archive.File {
		if total += f.UncompressedSize64; total > maxUnpacked || len(archive.File) > maxFiles {
			return nil, "", &fault.Error{Kind: fault.TooMuch, Place: fault.Place{File: name}, Text: "the archive holds more than can be read"}
		}
		switch dir, file := filepath.Split(f.Name); {
		case strings.HasSuffix("/"+dir, "/xl/") || file == "[Content_Types].xml":
			return nil, "", &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: name}, Text: "this is an Excel workbook: save the sheet as “CSV UTF-8” and send that"}
		case strings.HasSuffix("/"+dir, "/data/") && dataName.MatchString(file):
			format = OpenSDG
		}
	}
	return archive, format, nil
}

// upload is a folder with one file, in memory; it is the file's own information too.
type upload struct {
	name string
	data []byte
}

func (u upload) Open(name string) (fs.File, error) {
	if name != u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return uploadFile{bytes.NewReader(u.data), u}, nil
}

func (u upload) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(u)}, nil
}

func (u upload) Name() string       { return u.name }
func (u upload) Size() int64        { return int64(len(u.data)) }
func (u upload) Mode() fs.FileMode  { return 0o444 }
func (u upload) ModTime() time.Time { return time.Time{} }
func (u upload) IsDir() bool        { return false }
func (u upload) Sys() any           { return nil }

type uploadFile struct {
	*bytes.Reader
	of upload
}

func (f uploadFile) Stat() (fs.FileInfo, error) { return f.of, nil }
func (f uploadFile) Close() error               { return nil }
