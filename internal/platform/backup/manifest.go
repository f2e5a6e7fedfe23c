package backup

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// form is the version of the archive's form. A program reads the forms up to its own.
const form = 1

const (
	manifestName = "manifest.json"
	folderPrefix = "files/" // before the name of a file in the node's folder
	manifestMost = 64 << 20 // bytes: a million files
)

// databaseNames are the names of the database's part.
var databaseNames = map[database.Dialect]string{database.SQLite: "database.sqlite", database.PostgreSQL: "database.pgdump"}

// Manifest says what a backup holds.
type Manifest struct {
	Form      int              `json:"form"`
	Program   string           `json:"program"` // version of the program that made it
	Made      time.Time        `json:"made"`    // when it was begun: what was written later is not in it
	Engine    database.Dialect `json:"engine"`
	Namespace string           `json:"namespace,omitempty"` // of PostgreSQL: the schema of the tables
	Schema    []int64          `json:"schema"`              // migrations that have made the tables
	Tables    map[string]int64 `json:"tables"`              // rows of each
	Parts     []Part           `json:"parts"`
}

// Part is a file of the archive.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes, not compressed
	SHA256 string `json:"sha256"` // hexadecimal
}

// Rows gives the number of rows in all tables.
func (m *Manifest) Rows() (n int64) {
	for _, rows := range m.Tables {
		n += rows
	}
	return n
}

// Size gives the bytes of all parts, not compressed.
func (m *Manifest) Size() (n int64) {
	for _, p := range m.Parts {
		n += p.Size
	}
	return n
}

// errForm is what is said of all that is not as this program writes it.
var errForm = errors.New("its manifest is not one of cityrights")

// readManifest reads and checks a manifest. It returns Unavailable where a newer program has made it.
func readManifest(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(r, manifestMost+1))
	if err != nil {
		return nil, err
	}
	if len(data) > manifestMost {
		return nil, errForm
	}
	var m Manifest
	var version struct {
		Form int `json:"form"`
	}
	if err := json.Unmarshal(data, &version); err != nil || version.Form < 1 {
		return nil, errForm
	}
	if version.Form > form {
		return nil, fault.New(fault.Unavailable, "a newer cityrights has made it (form %d, this program knows %d); restore it by that version", version.Form, form)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, errForm
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	if err := database.KnowsSchema(m.Schema); err != nil {
		return nil, fault.New(fault.Unavailable, "a newer cityrights has made it (%s); restore it by that version", m.Program)
	}
	return &m, nil
}

// check holds a manifest to what this package relies on: the database is the first part, names lead nowhere else, sizes are sizes.
func (m *Manifest) check() error {
	if len(m.Parts) == 0 || databaseNames[m.Engine] == "" || m.Parts[0].Name != databaseNames[m.Engine] || m.Tables == nil || len(m.Schema) == 0 {
		return errForm
	}
	if !slices.IsSorted(m.Schema) || m.Schema[0] < 1 {
		return errForm
	}
	names, total := map[string]bool{}, int64(0)
	for i, p := range m.Parts {
		sum, err := hex.DecodeString(p.SHA256)
		total += p.Size
		if err != nil || len(sum) != 32 || p.Size < 0 || total < 0 || names[p.Name] {
			return fmt.Errorf("%w: part %d", errForm, i+1)
		}
		names[p.Name] = true
		if i == 0 {
			continue
		}
		name, ok := strings.CutPrefix(p.Name, folderPrefix)
		if !ok || !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || left(name) {
			return fmt.Errorf("%w: part %d has a name that leads elsewhere", errForm, i+1)
		}
	}
	return nil
}
