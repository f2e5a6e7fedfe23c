package statistics

import (
	"io"
	"io/fs"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Format is a form of input.
type Format string

const (
	OpenSDG Format = "opensdg" // a folder with data/indicator_….csv and metadata (open-sdg.org)
	TidyCSV Format = "csv"     // one file or a folder of files with the columns of docs/import.md
	XLSX    Format = "xlsx"    // the same in a sheet of an Excel workbook
	SDMXCSV Format = "sdmx-csv"
)

// Defaults stand where the input says nothing of its source.
type Defaults struct{ Publisher, URL, Licence string }

// Request is an import that someone asks for.
type Request struct {
	City        string // empty: every known city that the file speaks of (SDMX-CSV)
	Format      Format
	Files       fs.FS     // the folder, or a folder that holds the one file
	Sheet       string    // of a workbook; empty: the one that holds a table
	Name        string    // what the person calls it: the path, or the name of the upload
	Mapping     io.Reader // nil: the mapping that the city has stays
	MappingName string
	// ReplaceMapping gives Mapping to every city of a file of many, also to those that have another; without it these keep theirs. An import into
	// one city always takes the mapping that is given.
	ReplaceMapping bool
	Periods        PeriodRule // for files whose mapping says nothing
	Defaults       Defaults
	Reason         string        // of the import; kept with every revision that it causes
	Actor          string        // who imports, by name
	By             account.Actor // the same, for the trail; zero: the command line
	DryRun         bool          // report only, write nothing
	Progress       func(done, total int, name string)
}

func (r *Request) progress(done, total int, name string) {
	if r.Progress != nil {
		r.Progress(done, total, name)
	}
}

// Report is what an import did, or what a dry run would do. Its order depends on the input alone.
type Report struct {
	City    string `json:"city"`
	Format  Format `json:"format"`
	Name    string `json:"name"`
	DryRun  bool   `json:"dry_run"`
	Blocked bool   `json:"blocked"` // the input as a whole is at fault: nothing is written, whatever else stands here
	Import  string `json:"import"`  // id under which the changes are kept; empty where nothing was written

	Files    []File    `json:"files"`
	Mapping  []Mapped  `json:"mapping"`
	Findings []Finding `json:"findings"`

	Values         Totals `json:"values"`  // single figures
	Sources        Totals `json:"sources"` // source indicators; Changed counts those whose metadata alone changed as well
	MappingChanged bool   `json:"mapping_changed"`

	MappingReplaced *MappingChange `json:"mapping_replaced,omitempty"` // nil: the city had no other mapping
	MappingKept     bool           `json:"mapping_kept,omitempty"`     // of a file of many places: the city has another mapping than the one given, and keeps it

	Cities    []Report    `json:"cities,omitempty"`    // of a file of many places: what it gives each known city; Values and Sources are their sums
	Elsewhere []Elsewhere `json:"elsewhere,omitempty"` // places of the file that are none of these cities
	Postponed bool        `json:"postponed,omitempty"` // the cities' public documents follow after the import
}

// Totals counts what an import changes.
type Totals struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Withdrawn int `json:"withdrawn"` // no longer in the source
}

func (t *Totals) add(more Totals) {
	t.New, t.Changed, t.Unchanged, t.Withdrawn = t.New+more.New, t.Changed+more.Changed, t.Unchanged+more.Unchanged, t.Withdrawn+more.Withdrawn
}

// Changes tells whether there is anything to write.
func (r *Report) Changes() bool {
	return r.MappingChanged || r.Sources.New+r.Sources.Changed+r.Sources.Withdrawn > 0
}

// Errors counts the findings that kept something from being imported.
func (r *Report) Errors() int { return r.count(Error) }

// Warnings counts the findings that someone should look at.
func (r *Report) Warnings() int { return r.count(Warning) }

func (r *Report) count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	for i := range r.Cities {
		n += r.Cities[i].count(s)
	}
	return n
}

// FileStatus is what became of a file.
type FileStatus string

const (
	Imported FileStatus = "imported"
	Skipped  FileStatus = "skipped" // by a rule; the reason says which
	Refused  FileStatus = "refused" // it has errors; what was known of its indicator stays as it was
)

// File is one file of the input; of tidy CSV, one source indicator of a file.
type File struct {
	Name   string            `json:"name"`
	Code   string            `json:"code"` // of the source indicator
	Title  string            `json:"title"`
	Status FileStatus        `json:"status"`
	Reason string            `json:"reason,omitempty"` // why it was skipped: a code of the catalogue, as in Finding
	Args   map[string]string `json:"args,omitempty"`
	Rows   int               `json:"rows"` // that it has
	Kept   int               `json:"kept"` // values that were imported
}

// Why says in English why a file was skipped.
func (f File) Why() string {
	if f.Reason == "" {
		return ""
	}
	return Finding{Code: f.Reason, Args: f.Args}.Text()
}

// Mapped is what one row of the mapping gives. The titles of both sides stand side by side, because a source's code says nothing sure of
// what it measures.
type Mapped struct {
	Row            int      `json:"row"`
	Indicator      string   `json:"indicator"`
	IndicatorTitle string   `json:"indicator_title"`
	Source         string   `json:"source"`
	SourceTitle    string   `json:"source_title"`
	Select         string   `json:"select"`
	Transform      string   `json:"transform"`
	Unit           string   `json:"unit"`
	Fit            string   `json:"fit"`
	Note           string   `json:"note"`
	Points         int      `json:"points"` // of the headline
	Groups         int      `json:"groups"`
	GroupPoints    int      `json:"group_points"`
	Dimensions     []string `json:"dimensions"`
	First          string   `json:"first"` // period
	Last           string   `json:"last"`
	Latest         *Latest  `json:"latest,omitempty"` // nil: there is no headline
}

// Latest is the newest value of a headline after the transform: what shows a wrong scale at a glance.
type Latest struct {
	Value  float64 `json:"value"`
	Period string  `json:"period"`
}

// blocked gives the error of an import that must not be written.
func blocked(name string, findings []Finding) error {
	n := 0
	var first Finding
	for _, f := range findings {
		if f.Severity == Error {
			if n++; n == 1 {
				first = f
			}
		}
	}
	err := &fault.Error{Kind: fault.Invalid, Place: first.Place, Text: first.Text(), Key: "finding." + first.Code, Args: first.Pairs()}
	if n > 1 {
		err.Text += " (and " + itoa(n-1) + " more errors)"
	}
	if err.Place.File == "" {
		err.Place.File = name
	}
	return err
}

func tooMany(name string, n int) error {
	return fault.Said(fault.TooMuch, "error.folder.many", "the folder holds {Files} files; at most {Most} can be read", "Files", n, "Most", maxFiles).
		At(fault.Place{File: name})
}

func unreadable(name string, cause error) error {
	return fault.Said(fault.Invalid, "error.folder.unread", "the folder cannot be read").At(fault.Place{File: name}).Because(cause)
}
