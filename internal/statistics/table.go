package statistics

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// OneTable is a folder that holds one table, which is in memory already.
func OneTable(name string, data []byte) fs.FS { return oneTable{name, data} }

type oneTable struct {
	name string
	data []byte
}

// Open finds the table, or the folder.
func (t oneTable) Open(name string) (fs.File, error) {
	switch name {
	case ".":
		return &tableFolder{oneTable: t}, nil
	case t.name:
		return tableFile{bytes.NewReader(t.data), t}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// tableFile is the table as it is read.
type tableFile struct {
	*bytes.Reader
	of oneTable
}

func (f tableFile) Stat() (fs.FileInfo, error) {
	return tableInfo{f.of.name, int64(len(f.of.data)), 0o400}, nil
}
func (f tableFile) Close() error { return nil }

type tableFolder struct {
	oneTable
	read bool
}

func (f *tableFolder) Stat() (fs.FileInfo, error) { return tableInfo{".", 0, fs.ModeDir | 0o500}, nil }
func (f *tableFolder) Close() error               { return nil }
func (f *tableFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: ".", Err: fs.ErrInvalid}
}

// ReadDir lists the one table.
func (f *tableFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if f.read {
		if n > 0 {
			return nil, io.EOF
		}
		return nil, nil
	}
	f.read = true
	return []fs.DirEntry{fs.FileInfoToDirEntry(tableInfo{f.name, int64(len(f.data)), 0o400})}, nil
}

type tableInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i tableInfo) Name() string       { return i.name }
func (i tableInfo) Size() int64        { return i.size }
func (i tableInfo) Mode() fs.FileMode  { return i.mode }
func (i tableInfo) ModTime() time.Time { return time.Time{} }
func (i tableInfo) IsDir() bool        { return i.mode.IsDir() }
func (i tableInfo) Sys() any           { return nil }
