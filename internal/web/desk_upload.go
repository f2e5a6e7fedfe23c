package web

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/internal/statistics"
)

const (
	maxUpload = statistics.MaxArchive // bytes of a file as it is sent
	uploadAge = time.Hour             // for how long a previewed upload waits to be confirmed
)

// upload is a file that was looked at and may be confirmed. It waits in a folder of its own under a name that nobody can guess.
type upload struct {
	Person, City string
	Name         string // of the file, as the person calls it
	Mapping      string // name of the mapping's file; empty: the city's last one
	Sheet        string // of a workbook; empty: the one that holds a table
	Periods      string
	Reason       string
	Defaults     statistics.Defaults
	Replace      bool       `json:",omitempty"` // the mappings also of cities that have another; of a file of many places
	Typed        url.Values `json:",omitempty"` // the form, where the file was made of what a person typed
	Before       string     `json:",omitempty"` // the city's mapping on which that was done
}

var uploadName = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// keepUpload writes an upload and its settings; the name is given back to the browser.
func (s *Server) keepUpload(u upload, file, mapping io.Reader) (name string, err error) {
	name = rand.Text()
	folder := filepath.Join(s.rooms.Uploads, name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(folder)
		}
	}()
	settings, err := json.Marshal(u)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, "settings.json"), settings, 0o600); err != nil {
		return "", err
	}
	for part, from := range map[string]io.Reader{"file": file, "mapping": mapping} {
		if from == nil {
			continue
		}
		if err := copyTo(filepath.Join(folder, part), from); err != nil {
			return "", err
		}
	}
	return name, nil
}

func copyTo(name string, from io.Reader) error {
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// openUpload gives back the import that an upload asks for, to the person who sent it and for the city it was sent to. The caller closes.
func (s *Server) openUpload(name, person, city string) (statistics.Request, io.Closer, error) {
	gone := fault.New(fault.NotFound, "this upload is no longer kept")
	if !uploadName.MatchString(name) {
		return statistics.Request{}, nil, gone
	}
	folder := filepath.Join(s.rooms.Uploads, name)
	if info, err := os.Stat(folder); err != nil || s.clock.Now().Sub(info.ModTime()) > uploadAge {
		return statistics.Request{}, nil, gone
	}
	settings, err := os.ReadFile(filepath.Join(folder, "settings.json"))
	if err != nil {
		return statistics.Request{}, nil, gone
	}
	var u upload
	if err := json.Unmarshal(settings, &u); err != nil || u.Person != person || u.City != city {
		return statistics.Request{}, nil, gone
	}
	request := statistics.Request{City: u.City, Name: u.Name, Sheet: u.Sheet, Periods: statistics.PeriodRule(u.Periods), Reason: u.Reason, Defaults: u.Defaults, ReplaceMapping: u.Replace}
	var opened closers
	file, err := os.Open(filepath.Join(folder, "file"))
	if err != nil {
		return statistics.Request{}, nil, gone
	}
	opened = append(opened, file)
	if u.Mapping != "" {
		mapping, err := os.Open(filepath.Join(folder, "mapping"))
		if err != nil {
			return statistics.Request{}, nil, errors.Join(gone, opened.Close())
		}
		opened = append(opened, mapping)
		request.Mapping, request.MappingName = mapping, u.Mapping
	}
	request.Format, request.Files, err = unpacked(file, u.Name)
	if err != nil {
		return statistics.Request{}, nil, errors.Join(err, opened.Close())
	}
	return request, opened, nil
}

type closers []io.Closer

// Close closes all, and says what went wrong with any.
func (c closers) Close() error {
	var all []error
	for _, one := range c {
		all = append(all, one.Close())
	}
	return errors.Join(all...)
}

func (s *Server) dropUpload(name string) {
	if uploadName.MatchString(name) {
		_ = os.RemoveAll(filepath.Join(s.rooms.Uploads, name)) // what stays is swept an hour later
	}
}

// unpacked looks at what a file really is: a ZIP of an Open SDG folder, a ZIP of tables, a workbook, SDMX-CSV, or one table.
func unpacked(file *os.File, name string) (statistics.Format, fs.FS, error) {
	head := make([]byte, 4096)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, err
	}
	head = head[:n]
	if !isArchive(head) {
		if !looksLikeText(head) {
			return "", nil, fault.SaidOf("file", "import.not_a_table", "this is neither a table nor a ZIP file")
		}
		return statistics.FormatOf(head), single{file, tableName(name, ".csv", ".tsv", ".txt")}, nil
	}
	info, err := file.Stat()
	if err != nil {
		return "", nil, err
	}
	if sheet.IsWorkbook(file, info.Size()) {
		return statistics.XLSX, single{file, tableName(name, ".xlsx", ".xlsm")}, nil
	}
	return statistics.OpenArchive(file, info.Size(), name, "")
}

func isArchive(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// tooLarge tells whether a file is beyond the limit of its kind: a ZIP file may have more bytes than a table.
func tooLarge(file io.ReaderAt, size int64) bool {
	head := make([]byte, 4)
	n, _ := file.ReadAt(head, 0) // what cannot be read is no ZIP file
	if isArchive(head[:n]) {
		return size > maxUpload
	}
	return size > statistics.MaxTable
}

// lastName is what comes last in the path of a file or folder, of whatever system.
func lastName(path string) string {
	path = strings.TrimRight(path, `/\`)
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// looksLikeText tells a table from a picture or a program: text has no control characters but line ends and tabs. UTF-16 begins with its mark.
func looksLikeText(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return true
	}
	if len(head) == 0 {
		return false
	}
	for _, b := range head {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' {
			return false
		}
	}
	return true
}

// tableName is a plain file name that ends as a table's does; endings are the ways in which it may, the usual one first.
func tableName(name string, endings ...string) string {
	name = filepath.Base(filepath.Clean("/" + name))
	if !slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		name += endings[0]
	}
	return name
}
