package standard

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Names of the files in a standard's folder.
const (
	headFile         = "standard.yaml"
	catalogueFile    = "instruments.csv"
	dimensionsFolder = "dimensions"
	languagesFolder  = "translations"
)

// Load reads the standard in the folder dir of fsys, laid out as standards/README.md says, and checks it. The catalogue is the folder's own
// instruments.csv or, where it has none, that of the folder two levels up (standards/ID/VERSION). The error is of type Problems and holds
// every mistake with file and line; there is no standard then.
func Load(fsys fs.FS, dir string) (*Standard, error) { return load(fsys, dir, false) }

// LoadOnDemand is Load for files that cannot change, as those of the program: it leaves the longer texts of a translation, nine tenths of
// all that there is to read, until they are first asked for. A mistake in them is found by Translation.Detail and Validate alone; readers
// get the original instead.
func LoadOnDemand(fsys fs.FS, dir string) (*Standard, error) { return load(fsys, dir, true) }

func load(fsys fs.FS, dir string, onDemand bool) (*Standard, error) {
	head := newDocument(headFile)
	s := &Standard{}
	order := head.head(s, fsys, dir)
	if len(order) == 0 {
		return nil, head.problems.orNil()
	}
	s.Dimensions = make([]Dimension, len(order))
	documents := []*document{head}
	var catalogueProblems Problems
	var wait sync.WaitGroup

	wait.Go(func() { s.Catalogue, catalogueProblems = findCatalogue(fsys, dir) })
	for i, id := range order {
		d := newDocument(dimensionsFolder + "/" + id + ".yaml")
		documents = append(documents, d)
		wait.Go(func() { s.Dimensions[i] = d.dimension(fsys, dir, i, id) })
	}
	head.strangers(fsys, path.Join(dir, dimensionsFolder), order)
	s.Translations = head.translations(fsys, dir)
	for language, t := range s.Translations {
		d := newDocument(languagesFolder + "/" + language + ".yaml")
		documents = append(documents, d)
		wait.Go(func() { d.translation(fsys, dir, t) })
	}
	wait.Wait()

	problems := catalogueProblems
	where := places{}
	for _, d := range documents {
		problems = append(problems, d.problems...)
		maps.Copy(where, d.places)
	}
	whole := len(problems) == 0
	problems = append(problems, check(s, where, whole)...)
	problems = append(problems, attachDetails(s, fsys, dir, onDemand, whole)...)
	if err := problems.orNil(); err != nil {
		return nil, err
	}
	return s, nil
}

// read opens the document's file below dir; nil where it cannot be used.
func (d *document) read(fsys fs.FS, dir string) *yaml.Node {
	data, err := readFile(fsys, path.Join(dir, d.file), maxYAML)
	if err != nil {
		d.problem(0, "the file cannot be read: %v", cause(err))
		return nil
	}
	return d.parse(data)
}

// cause takes the path out of a file error, since a problem names its file already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// strangers reports the files of the dimensions' folder that the standard does not list.
func (d *document) strangers(fsys fs.FS, folder string, order []string) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return // each missing file is reported by its own document
	}
	known := map[string]bool{}
	for _, id := range order {
		known[id+".yaml"] = true
	}
	for _, e := range entries {
		if !known[e.Name()] && !strings.HasPrefix(e.Name(), ".") {
			d.problems = append(d.problems, Problem{File: dimensionsFolder + "/" + e.Name(),
				Text: "the file is not one of the dimensions that standard.yaml lists"})
		}
	}
}

// translations finds the translation files, each still empty.
func (d *document) translations(fsys fs.FS, dir string) map[string]*Translation {
	found := map[string]*Translation{}
	entries, err := fs.ReadDir(fsys, path.Join(dir, languagesFolder))
	if err != nil {
		return found // a standard may have none
	}
	for _, e := range entries {
		language, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir() && listed(entries, e.Name()+".yaml"): // its longer texts
		case e.IsDir():
			d.problems = append(d.problems, Problem{File: languagesFolder + "/" + e.Name(), Text: fmt.Sprintf("the folder has no %s.yaml beside it, which says the status of its texts", e.Name())})
		case !isYAML:
			d.problems = append(d.problems, Problem{File: languagesFolder + "/" + e.Name(), Text: "the file is not a translation; name it LANG.yaml"})
		case len(found) == maxFiles:
			d.problem(0, "there are more than %d translations", maxFiles)
			return found
		default:
			found[language] = &Translation{Language: language}
		}
	}
	return found
}

// listed tells whether a folder holds the name.
func listed(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && !e.IsDir() })
}

// findCatalogue reads the catalogue that belongs to the standard in dir.
func findCatalogue(fsys fs.FS, dir string) (*Catalogue, Problems) {
	name := path.Join(dir, catalogueFile)
	if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
		name = path.Join(dir, "..", "..", catalogueFile)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, Problems{{File: catalogueFile, Text: "the catalogue cannot be read: " + cause(err).Error()}}
	}
	defer f.Close()
	c, err := LoadCatalogue(f, catalogueFile)
	var problems Problems
	errors.As(err, &problems)
	return c, problems
}
