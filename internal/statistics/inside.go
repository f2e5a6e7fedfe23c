package statistics

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

var errLeaves = errors.New("the link leaves the folder")

// contained returns an error where a path leads out of the folder by a symbolic link, whatever the file system itself allows.
func contained(fsys fs.FS, name string) error {
	links, ok := fsys.(fs.ReadLinkFS)
	if !ok {
		return nil // an archive with links is refused as it is opened
	}
	for range 40 {
		link, target, err := firstLink(links, name)
		if err != nil || link == "" {
			return err
		}
		rest := strings.TrimPrefix(name, link)
		name = path.Join(path.Dir(link), target) + rest
		if path.IsAbs(target) || !fs.ValidPath(name) {
			return errLeaves
		}
	}
	return errors.New("the link leads to itself")
}

// firstLink gives the first part of a path that is a symbolic link, and where it leads.
func firstLink(fsys fs.ReadLinkFS, name string) (link, target string, err error) {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		info, err := fsys.Lstat(name[:i])
		if err != nil {
			return "", "", err
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			target, err := fsys.ReadLink(name[:i])
			return name[:i], target, err
		}
	}
	return "", "", nil
}

// readDir lists a folder that does not lie outside.
func readDir(fsys fs.FS, name string) ([]fs.DirEntry, error) {
	if err := contained(fsys, name); err != nil {
		return nil, err
	}
	return fs.ReadDir(fsys, name)
}

// readLimited reads a regular file of at most limit bytes that does not lie outside the folder.
func readLimited(fsys fs.FS, name string, limit int64) (_ []byte, err error) {
	if err := contained(fsys, name); err != nil {
		return nil, err
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fault.Said(fault.Invalid, "error.file.special", "it is not a file")
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return sheet.ReadAll(file, name, limit)
}
