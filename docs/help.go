// Package docs carries the help that the program shows, as the files that a reader of the repository sees.
//
// It owns docs/help: guides in Markdown, one folder for each language. It knows no page; package web shows them.
package docs

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Help holds the guides as help/LANG/NAME.md and their pictures as images/NAME.png.
//
//go:embed help images
var Help embed.FS

// Guide gives a guide in a language, or in English where there is no translation; false where there is no such guide. Language is the
// text's own.
func Guide(language, name string) (text []byte, in string, ok bool) {
	if strings.Contains(name, "/") {
		return nil, "", false
	}
	for _, in := range []string{language, "en"} {
		if text, err := fs.ReadFile(Help, path.Join("help", in, name+".md")); err == nil {
			return text, in, true
		}
	}
	return nil, "", false
}

// Guides lists the names of all guides in the order of the alphabet.
func Guides() []string {
	files, err := fs.Glob(Help, "help/en/*.md")
	if err != nil {
		panic(err) // the pattern is well formed
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(path.Base(file), ".md")
	}
	slices.Sort(names)
	return names
}
