package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// overwrite says which files results may be written over: one that is empty, or begins as its result does, and so is an earlier one; with force any but
// those that the command reads.
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
func (o overwrite) check(place, fresh string) error {
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
	if !sameKind(old, next, filepath.Ext(place)) {
		return placed(place, "this file is there already and does not begin as the result does: add --force to write over it")
	}
	return nil
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

// sameKind tells whether two tables have the same header, or two values in JSON the same first name.
func sameKind(a, b []byte, end string) bool {
	if end == ".json" {
		return bytes.Equal(jsonName.Find(a), jsonName.Find(b))
	}
	first := func(text []byte) []byte {
		line, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n"))
		return bytes.TrimSuffix(line, []byte("\r"))
	}
	return bytes.Equal(first(a), first(b))
}
