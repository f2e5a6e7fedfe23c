package mail

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Folder keeps letters as files that a mail program opens, one each: TIME-ID.eml. It is for looking at what a node would send. A letter that is
// sent twice is one file.
type Folder struct{ Path string }

// Send writes the letter; the file is whole or not there.
func (f Folder) Send(_ context.Context, m Message) error {
	out, err := m.composed()
	if err != nil {
		return err
	}
	if strings.ContainsAny(m.ID, `/\`) {
		return fault.New(fault.Invalid, "%q cannot be the name of a file", m.ID)
	}
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return err
	}
	draft, err := disk.NewDraft(filepath.Join(f.Path, m.At.UTC().Format("20060102T150405Z")+"-"+m.ID+".eml"))
	if err != nil {
		return err
	}
	defer draft.Discard()
	if _, err := out.WriteTo(draft); err != nil {
		return err
	}
	return draft.Keep(true)
}
