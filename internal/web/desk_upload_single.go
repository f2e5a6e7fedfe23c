package web

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// single is a folder that holds one file.
type single struct {
	file *os.File
	name string
}

// Open finds the file, or the folder.
func (s single) Open(name string) (fs.File, error) {
	info, err := s.file.Stat()
	if err != nil {
		return nil, err
	}
	switch name {
	case ".":
		return &singleFolder{single: s, entry: fs.FileInfoToDirEntry(named{info, s.name})}, nil
	case s.name:
		return singleFile{io.NewSectionReader(s.file, 0, info.Size()), named{info, s.name}}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// named is a file's information under the name that the person knows.
type named struct {
	fs.FileInfo
	name string
}

func (n named) Name() string { return n.name }

type singleFile struct {
	*io.SectionReader
	info fs.FileInfo
}

func (f singleFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f singleFile) Close() error               { return nil }

type singleFolder struct {
	single
	entry fs.DirEntry
	read  bool
}

func (f *singleFolder) Stat() (fs.FileInfo, error) { return folderInfo{}, nil }
func (f *singleFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: ".", Err: fs.ErrInvalid}
}
func (f *singleFolder) Close() error { return nil }

// ReadDir lists the one file.
func (f *singleFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if f.read {
		if n > 0 {
			return nil, io.EOF
		}
		return nil, nil
	}
	f.read = true
	return []fs.DirEntry{f.entry}, nil
}

type folderInfo struct{}

func (folderInfo) Name() string       { return "." }
func (folderInfo) Size() int64        { return 0 }
func (folderInfo) Mode() fs.FileMode  { return fs.ModeDir | 0o500 }
func (folderInfo) ModTime() time.Time { return time.Time{} }
func (folderInfo) IsDir() bool        { return true }
func (folderInfo) Sys() any           { return nil }
