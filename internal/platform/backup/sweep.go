package backup

import (
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// remnantAge is how long what a backup has left in its folder is taken for one that is still being made.
const remnantAge = 24 * time.Hour

// remnantForm are the names of a backup's draft and of the snapshot that it is made from. They stay where the machine stops meanwhile, and
// each is as large as the node.
var remnantForm = regexp.MustCompile(`^\.cityrights-snapshot-[0-9]+$|^\..+\.zip\.[0-9]+$`)

// sweep removes what backups that were interrupted long ago have left in a folder.
func sweep(folder string, now time.Time) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !remnantForm.MatchString(e.Name()) || now.Sub(info.ModTime()) < remnantAge {
			continue // one that is gone is none
		}
		if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
