package disk

import (
	"errors"
	"os"
	"path/filepath"
)

// Draft is a file under another name beside the one it will have. Nobody finds half of it under that name, whatever happens meanwhile.
type Draft struct {
	*os.File
	target string
}

// NewDraft begins the file target, which its owner only may read. The caller calls Keep in the end, and Discard in any case.
func NewDraft(target string) (*Draft, error) {
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*") // CreateTemp gives mode 0600
	if err != nil {
		return nil, err
	}
	return &Draft{File: f, target: target}, nil
}

// Keep gives the file its name, after all of it is on the disk. A file that has the name is replaced only where replace says so; else Keep
// returns an error that is os.ErrExist.
func (d *Draft) Keep(replace bool) error {
	if err := d.Sync(); err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	if replace {
		if err := os.Rename(d.Name(), d.target); err != nil {
			return err
		}
	} else {
		// A link, unlike a rename, fails where the name is taken in the meantime.
		if err := os.Link(d.Name(), d.target); errors.Is(err, os.ErrExist) {
			return err
		} else if err != nil { // a file system without links
			if err := os.Rename(d.Name(), d.target); err != nil {
				return err
			}
		} else if err := os.Remove(d.Name()); err != nil {
			return err
		}
	}
	return SyncFolder(filepath.Dir(d.target))
}

// Discard removes the draft; after Keep it does nothing to the file.
func (d *Draft) Discard() {
	_ = d.Close()
	_ = os.Remove(d.Name())
}

// SyncFolder puts the names in a folder on the disk.
func SyncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
