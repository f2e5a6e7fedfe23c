package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// overwrite says which files results may be written over: one that is empty, or looks like an earlier result; with force any but those that the
// command reads.
type overwrite struct {
	inputs []string
	force  bool
}

// forceFlag is what every command with --out has.
type forceFlag struct {
	Force bool `help:"Write over files that are no earlier results of the same kind."`
}

// AfterApply notes it for when results are written.
func (f *forceFlag) AfterApply(o *overwrite) error {
	o.force = f.Force
	return nil
}

// check refuses to put a result, which stands at fresh for now, in the place of a file that is there.
func (o overwrite) check(place, fresh string, result resultFile) error {
	there, err := os.Stat(place)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil // a link that leads nowhere
		}
		return unreadable(place, err)
	}
	for _, input := range o.inputs {
		if info, err := os.Stat(input); err == nil && os.SameFile(there, info) {
			return placed(place, "the command reads this file, so it does not write over it: name another place")
		}
	}
	if o.force || there.Size() == 0 {
		return nil
	}
	old, err := beginning(place)
	if err != nil {
		return unreadable(place, err)
	}
	next, err := beginning(fresh)
	if err != nil {
		return unreadable(fresh, err)
	}
	if !earlier(result, filepath.Ext(place), old, next) {
		return placed(place, "this file is there already and does not look like an earlier result: add --force to write over it")
	}
	return nil
}

// earlier tells whether a file that begins with old looks like an earlier result of the kind that begins with next: a value in JSON with the same first
// name, a table with the same header, or one under the usual name of the result with the same first column.
func earlier(result resultFile, end string, old, next []byte) bool {
	if end == ".json" {
		name := jsonName.Find(next)
		return bytes.Equal(old, next) || name != nil && bytes.Equal(jsonName.Find(old), name)
	}
	usual := true
	if named, ok := result.(renamed); ok {
		result, usual = named.resultFile, false
	}
	if _, ok := result.(blankedTable); ok { // its header is that of a table with nothing hidden
		return bytes.Equal(old, next) || bytes.Equal(line(old), line(next)) && hasBlank(old)
	}
	first := func(text []byte) []byte {
		cell, _, _ := bytes.Cut(line(text), []byte(","))
		return cell
	}
	return bytes.Equal(line(old), line(next)) || usual && bytes.Equal(first(old), first(next))
}

// line gives the first one.
func line(text []byte) []byte {
	first, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n"))
	return bytes.TrimSuffix(first, []byte("\r"))
}

// hasBlank tells whether a row below the header has an empty cell.
func hasBlank(text []byte) bool {
	_, rows, _ := bytes.Cut(text, []byte("\n"))
	for row := range bytes.Lines(rows) {
		row = bytes.TrimRight(row, "\r\n")
		if bytes.Contains(row, []byte(",,")) || bytes.HasSuffix(row, []byte(",")) || bytes.HasPrefix(row, []byte(",")) {
			return true
		}
	}
	return false
}

// beginning gives the first bytes of a file.
func beginning(path string) (text []byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	const most = 1 << 16
	return io.ReadAll(io.LimitReader(file, most))
}

// jsonName is a name in JSON.
var jsonName = regexp.MustCompile(`"[^"]*"\s*:`)
