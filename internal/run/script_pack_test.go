package run

import (
	"archive/zip"
	"io/fs"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

func packFolder(ts *testscript.TestScript, _ bool, args []string) {
	folder := os.DirFS(ts.MkAbs(args[0]))
	file, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	w := zip.NewWriter(file)
	ts.Check(fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		entry, err := w.Create(args[2] + name)
		if err != nil {
			return err
		}
		_, err = entry.Write(content)
		return err
	}))
	ts.Check(w.Close())
	ts.Check(file.Close())
}
