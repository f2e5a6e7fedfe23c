// Package standards carries the standards that the program ships, as the files that a reader of the repository sees.
//
// It owns the data under standards/ and nothing else: reading, checking and comparing are the work of package standard.
package standards

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/cityrights/cityrights/standard"
)

// Files holds the shipped standards as ID/VERSION, the catalogue instruments.csv and the JSON Schemas as schema/NAME.json.
//
//go:embed instruments.csv schema hrc-ms
var Files embed.FS

// Shipped gives the references of all shipped standards, "hrc-ms@0.2", by id and then from the oldest version to the newest.
func Shipped() []string {
	heads, err := fs.Glob(Files, "*/*/standard.yaml")
	if err != nil {
		panic(err) // the pattern is well formed
	}
	type shipped struct {
		id      string
		version standard.Version
		folder  string
	}
	var all []shipped
	for _, head := range heads {
		folder := path.Dir(head)
		version, err := standard.ParseVersion(path.Base(folder))
		if err != nil {
			continue // not a version: schema and the like
		}
		all = append(all, shipped{path.Dir(folder), version, path.Base(folder)})
	}
	slices.SortFunc(all, func(a, b shipped) int {
		if a.id != b.id {
			if a.id < b.id {
				return -1
			}
			return 1
		}
		return a.version.Compare(b.version)
	})
	refs := make([]string, len(all))
	for i, s := range all {
		refs[i] = s.id + "@" + s.folder
	}
	return refs
}

// Load reads a shipped standard by its reference; one without a version means the newest. The longer texts of each translation are read when
// they are first asked for. The error wraps fs.ErrNotExist where there is no
// such standard, and is of type standard.Problems where its files are broken.
func Load(ref string) (*standard.Standard, error) {
	id, version, err := standard.ParseRef(ref)
	if err != nil {
		return nil, err
	}
	for _, known := range slices.Backward(Shipped()) {
		knownID, knownVersion, _ := standard.ParseRef(known)
		if knownID != id || (version != "" && knownVersion != version) {
			continue
		}
		s, err := standard.LoadOnDemand(Files, path.Join(id, knownVersion))
		if err != nil {
			return nil, err
		}
		if s.Ref() != known {
			return nil, fmt.Errorf("the folder of %s holds %s", known, s.Ref())
		}
		return s, nil
	}
	return nil, fmt.Errorf("standard %s: %w", ref, fs.ErrNotExist)
}
