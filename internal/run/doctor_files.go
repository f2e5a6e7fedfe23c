package run

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
)

// filesIn gives the files that people have handed in, in the folder of a node.
func filesIn(data string) *files.Store { return files.New(filepath.Join(data, "files"), files.Default) }

// evidenceFiles reads every file that evidence names, and tells which are not there or not what they were.
func evidenceFiles(ctx context.Context, rooms *cli.Rooms, data string) (checkup.Finding, error) {
	const subject = "files of evidence"
	var named map[string]bool
	err := rooms.DB.Read(ctx, func(tx database.Tx) (err error) {
		named, err = rooms.Assessment.NamedFiles(ctx, tx)
		return err
	})
	if err != nil {
		return checkup.Finding{}, err
	}
	store := filesIn(data)
	var missing, changed []string
	for _, hash := range slices.Sorted(maps.Keys(named)) {
		switch err := store.Check(hash); fault.KindOf(err) {
		case fault.NotFound:
			missing = append(missing, hash)
		case fault.Invalid:
			changed = append(changed, hash)
		default:
			if err != nil {
				return checkup.Finding{}, err
			}
		}
	}
	wrong := slices.Concat(missing, changed)
	if len(wrong) == 0 {
		return checkup.Fine(subject, fmt.Sprintf("All %d are there, as they were kept.", len(named))), nil
	}
	first := wrong[0]
	return checkup.Failed(subject, fmt.Sprintf("Of %d, %d are missing and %d are damaged.", len(named), len(missing), len(changed)),
		fmt.Sprintf("Take them out of a backup, where they stand under files/files/, and put them into %s; the first is %s.", filepath.Join(data, "files"), filepath.Join(first[:2], first))), nil
}
