package run

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// halveFile writes the first half of a file into another one: an upload that stopped.
func halveFile(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data[:len(data)/2], 0o600))
}

// flipBytes writes a file with one byte changed, and fifteen behind it: a disk or a line that lies. A single bit can say nothing, as the distance
// of a repetition within a row of zeros.
func flipBytes(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i := range 16 {
		data[at+i] ^= 0xff
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data, 0o600))
}

// spoilFile writes nonsense over every page of a SQLite database but the first.
func spoilFile(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	for i := 4096; i < len(data); i += 64 {
		data[i] ^= 0xff
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// makeNewer writes a backup as a newer program would have made it, with a migration that this one does not know.
func makeNewer(ts *testscript.TestScript, _ bool, args []string) {
	old, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { _ = old.Close() }()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range old.File {
		r, err := f.Open()
		ts.Check(err)
		text, err := io.ReadAll(r)
		ts.Check(err)
		if f.Name == "manifest.json" {
			text = bytes.Replace(text, []byte("\"schema\": ["), []byte("\"schema\": [1,2,9999],\"before\": ["), 1)
		}
		entry, err := w.Create(f.Name)
		ts.Check(err)
		_, err = entry.Write(text)
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out.Bytes(), 0o600))
}
