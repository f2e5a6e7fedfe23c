package statistics

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"go.yaml.in/yaml/v3"
)

// folder is an Open SDG data repository: where its data and metadata lie.
type folder struct {
	fs         fs.FS
	data       string // folder of the data files
	metas      []metaPlace
	labels     map[string]string
	translated map[string]string
	aside      map[string]bool // columns that the configuration takes out of the dimensions, by foldName
	files      map[string][]metaFile
}

// metaPlace is one folder of metadata files.
type metaPlace struct {
	dir, pattern string
	csv          bool
	labels       string // file that translates labels into fields
}

type metaFile struct {
	path string
	csv  bool
}

// openFolder finds the parts of an Open SDG folder: by its config_data.yml, else by the usual names. A folder that lies alone inside
// another, as in an archive, is taken for it.
func openFolder(fsys fs.FS, name string, f *findings) (*folder, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, unreadable(name, err)
	}
	d := &folder{fs: fsys, aside: map[string]bool{}}
	d.configure(f)
	switch {
	case isDir(fsys, d.data):
	case slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && dataName.MatchString(e.Name()) }):
		d.data = "."
	case len(folders(entries)) == 1 && isDir(fsys, path.Join(folders(entries)[0], "data")):
		inner, err := fs.Sub(fsys, folders(entries)[0])
		if err != nil {
			return nil, err
		}
		return openFolder(inner, name, f)
	default:
		if _, err := fs.Stat(fsys, d.data); err == nil {
			return nil, fault.Said(fault.Invalid, "error.folder.file", `"{Folder}" is a file where the folder of the data files is expected`, "Folder", d.data).
				At(fault.Place{File: name})
		}
		return nil, fault.Said(fault.Invalid, "error.folder.data",
			`there is no folder "{Folder}" with data files (indicator_1-2-3.csv) in it: is this an Open SDG folder?`, "Folder", d.data).At(fault.Place{File: name})
	}
	d.index(f)
	d.translations()
	return d, nil
}

func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir() && contained(fsys, name) == nil
}

func folders(entries []fs.DirEntry) []string {
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != "__MACOSX" {
			names = append(names, e.Name())
		}
	}
	return names
}

// config is what is read of config_data.yml (open-sdg.readthedocs.io, data configuration).
type config struct {
	SrcDir string `yaml:"src_dir"`
	Inputs []struct {
		Class           string `yaml:"class"`
		PathPattern     string `yaml:"path_pattern"`
		MetadataMapping string `yaml:"metadata_mapping"`
		ColumnMap       string `yaml:"column_map"`
		CodeMap         string `yaml:"code_map"`
	} `yaml:"inputs"`
	Options struct {
		NonDisaggregation []string `yaml:"non_disaggregation_columns"`
		Attributes        []string `yaml:"observation_attributes"`
	} `yaml:"indicator_options"`
}

// configure sets the places of data and metadata.
func (d *folder) configure(f *findings) {
	d.data = "data"
	for _, name := range []string{"config_data.yml", "config_data.yaml", "data_config.yml"} {
		data, err := readLimited(d.fs, name, metaLimit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var c config
		if err == nil {
			err = yaml.Unmarshal(data, &c)
		}
		if err != nil {
			f.addAt(fault.Place{File: name}, Warning, "config.unread", "why", reason(err))
			break
		}
		d.configured(c, name, f)
		break
	}
	if d.metas == nil {
		for _, place := range []metaPlace{{dir: "indicator-config"}, {dir: "global-meta"}, {dir: "meta"}, {dir: "csv-meta", csv: true}} {
			place.pattern, place.labels = "*", "metadata-mapping.csv"
			d.metas = append(d.metas, place)
		}
	}
}

func (d *folder) configured(c config, name string, f *findings) {
	for _, column := range append(c.Options.NonDisaggregation, c.Options.Attributes...) {
		d.aside[foldName(column)] = true
	}
	for _, in := range c.Inputs {
		dir, pattern := path.Split(path.Join(c.SrcDir, in.PathPattern))
		dir = path.Clean(dir)
		if !fs.ValidPath(dir) || strings.ContainsAny(dir, "*?[") {
			f.addAt(fault.Place{File: name}, Warning, "config.path", "path", in.PathPattern)
			continue
		}
		if in.ColumnMap != "" || in.CodeMap != "" {
			f.addAt(fault.Place{File: name}, Warning, "config.map", "class", in.Class)
		}
		switch in.Class {
		case "InputCsvData":
			d.data = dir
		case "InputYamlMdMeta", "InputYamlMeta":
			d.metas = append(d.metas, metaPlace{dir: dir, pattern: pattern})
		case "InputCsvMeta":
			d.metas = append(d.metas, metaPlace{dir: dir, pattern: pattern, csv: true, labels: path.Join(c.SrcDir, in.MetadataMapping)})
		default:
			f.addAt(fault.Place{File: name}, Note, "config.class", "class", in.Class)
		}
	}
}

// index finds the metadata files of each indicator, in the order of their places.
func (d *folder) index(f *findings) {
	d.files = map[string][]metaFile{}
	found := false
	for _, place := range d.metas {
		if place.labels != "" && d.labels == nil {
			if data, err := readLimited(d.fs, place.labels, metaLimit); err == nil {
				if d.labels, err = readLabels(data, place.labels); err != nil {
					f.addAt(fault.Place{File: place.labels}, Warning, "meta.unread", "why", reason(err))
				}
			}
		}
		entries, err := readDir(d.fs, place.dir)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				f.addAt(fault.Place{File: place.dir}, Warning, "meta.unread", "why", reason(err))
			}
			continue
		}
		for _, e := range entries {
			ext := strings.ToLower(path.Ext(e.Name()))
			if ok, err := path.Match(place.pattern, e.Name()); err != nil || !ok || e.IsDir() {
				continue
			}
			isYAML, isCSV := ext == ".md" || ext == ".yml" || ext == ".yaml", ext == ".csv"
			if place.csv && !isCSV || !isYAML && !isCSV {
				continue
			}
			code := sourceCode(strings.TrimSuffix(e.Name(), path.Ext(e.Name())))
			d.files[code] = append(d.files[code], metaFile{path: path.Join(place.dir, e.Name()), csv: isCSV})
			found = true
		}
	}
	if !found {
		f.add(Warning, "meta.folder", 0, "")
	}
}

// translations reads the folder's own texts for "group.key" references, in English where there are several languages.
func (d *folder) translations() {
	d.translated = map[string]string{}
	langs, err := readDir(d.fs, "translations")
	if err != nil {
		return
	}
	dirs := folders(langs)
	if len(dirs) == 0 {
		return
	}
	dir := dirs[0]
	if slices.Contains(dirs, "en") {
		dir = "en"
	}
	files, _ := fs.Glob(d.fs, "translations/"+dir+"/*.yml")
	for _, name := range files {
		data, err := readLimited(d.fs, name, metaLimit)
		if err != nil {
			continue
		}
		var m metadata
		if readYAMLMeta(data, name, &m) != nil {
			continue
		}
		group := strings.TrimSuffix(path.Base(name), ".yml")
		for key, list := range m.fields {
			d.translated[group+"."+key] = list[len(list)-1].value
		}
	}
}

// meta reads the metadata of one indicator. Files that cannot be read are reported and left out.
func (d *folder) meta(code string, f *findings) *metadata {
	m := &metadata{translated: d.translated}
	for _, file := range d.files[code] {
		data, err := readLimited(d.fs, file.path, metaLimit)
		if err == nil {
			if file.csv {
				err = readCSVMeta(data, file.path, d.labels, m)
			} else {
				err = readYAMLMeta(data, file.path, m)
			}
		}
		if err != nil {
			f.addAt(fault.Place{File: file.path}, Warning, "meta.unread", "why", reason(err))
		}
	}
	return m
}

// reason gives the text of an error without the path, which stands before it already.
func reason(err error) string {
	var fl *fault.Error
	if errors.As(err, &fl) {
		text := fl.Text
		if fl.Place.Row > 0 {
			text = "line " + itoa(fl.Place.Row) + ": " + text
		}
		return text
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// dataName is the name of a data file: indicator_1-2-3.csv, also with points, also (as sdg-build accepts) a bare code that begins with a digit.
var dataName = regexp.MustCompile(`^(?i:indicator_([0-9a-z]+(?:[-.][0-9a-z]+)*[-.]?)|([0-9]+(?:[-.][0-9a-z]+)+))\.(?i:csv)$`)

// notData are parts of a code that say that the file is not the one in use.
var notData = []string{"old", "copy", "backup", "bak", "draft", "archive", "archived", "tmp", "temp", "template", "example", "sample", "demo", "test", "orig", "original"}
