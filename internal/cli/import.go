package cli

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/cityrights/cityrights/internal/statistics"
)

type importCommand struct {
	nodeFlags

	Statistics importStatistics `cmd:"" help:"Import statistics with their sources."`
}

// Help shows an example.
func (importCommand) Help() string {
	return example("cityrights import statistics --city bristol --from csv --dry-run statistics.csv")
}

type importStatistics struct {
	City           string `help:"Code of the city; without it, sdmx-csv is imported for every known city in it." placeholder:"CODE"`
	From           string `help:"Form of the files: ${enum}." enum:"opensdg,csv,sdmx-csv,xlsx" required:"" placeholder:"FORM"`
	Sheet          string `help:"Sheet of a workbook, where several hold a table." placeholder:"NAME"`
	Mapping        string `help:"CSV that says which figure of the source answers which indicator; without it, the city's last one." type:"path" placeholder:"FILE"`
	ReplaceMapping bool   `help:"Without --city: replace the mapping also of cities that have another; else these keep theirs."`
	DryRun         bool   `help:"Say what would be imported and write nothing."`
	Periods        string `help:"What 2011-12 means where nothing else tells: ${enum}; ${default} if not given." enum:"ask,span,month" default:"ask" placeholder:"RULE"`
	Reason         string `help:"Why the figures change; kept with every revision." placeholder:"TEXT"`
	Publisher      string `help:"Publisher, where a file names none." placeholder:"NAME"`
	URL            string `help:"Address of publication, where a file names none." placeholder:"URL"`
	Licence        string `help:"Licence, where a file names none." placeholder:"NAME"`
	JSON           bool   `help:"Print the report as JSON."`
	Verbose        bool   `help:"List every file that was left out."`
	Path           string `arg:"" help:"Folder, or a .zip of it, or a file for csv, sdmx-csv and xlsx." type:"path"`
}

// Help shows an example.
func (importStatistics) Help() string {
	return example("cityrights import statistics --city bristol --from opensdg --mapping mapping.csv --dry-run ./sdg-data",
		"cityrights import statistics --from sdmx-csv --mapping mapping.csv --dry-run urb_clivcon.csv",
		"Where a file has an error, what it is about stays as it was, the rest is imported, and the exit status is 1.",
		"docs/import.md explains the files, the mapping, and every message.")
}

// manyGarbage is how much the heap may grow before it is collected while a file of many places is imported, in per cent: it takes a fifth off the
// processor's time, and 15 MB more.
const manyGarbage = 400

// Run imports, or says what an import would do. Each error goes to stderr with its place.
func (i importStatistics) Run(c *call) error {
	if i.City == "" && i.From != string(statistics.SDMXCSV) {
		return usageError{"--city: files of the form " + i.From + " are about one city; name it"}
	}
	if i.ReplaceMapping && (i.City != "" || i.Mapping == "") {
		return usageError{"--replace-mapping: it goes with --mapping and without --city, where every mapping that is given replaces the city's"}
	}
	files, opened, err := i.files()
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	request := statistics.Request{
		City: i.City, Format: statistics.Format(i.From), Files: files, Sheet: i.Sheet, Name: i.Path, Periods: statistics.PeriodRule(i.Periods),
		Defaults: statistics.Defaults{Publisher: i.Publisher, URL: i.URL, Licence: i.Licence}, Reason: i.Reason, Actor: operator, DryRun: i.DryRun,
		ReplaceMapping: i.ReplaceMapping,
	}
	if i.Mapping != "" {
		file, err := openFile(i.Mapping)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		request.Mapping, request.MappingName = file, i.Mapping
	}
	if c.Terminal {
		request.Progress = func(done, total int, name string) {
			fmt.Fprintf(c.Stderr, "\r\x1b[K%d of %d %s", done, total, plain(name))
		}
	}
	if i.City == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(manyGarbage))
	}
	return c.together(func(r *Rooms) error {
		report, err := r.Statistics.Import(c, request)
		if c.Terminal {
			fmt.Fprint(c.Stderr, "\r\x1b[K") // what stands there of the progress
		}
		if len(report.Files)+len(report.Findings)+len(report.Cities) == 0 {
			return err // the city or the place is at fault: there is nothing to report of
		}
		if err != nil && !report.Blocked {
			return err // it could be read and not be saved
		}
		if report.Errors() > 1 { // that nothing was left follows from the others
			report.Findings = slices.DeleteFunc(report.Findings, func(f statistics.Finding) bool { return f.Code == "input.nothing" })
		}
		printFindings(c.Stderr, &report, "")
		if i.JSON {
			if report.Findings == nil {
				report.Findings = []statistics.Finding{}
			}
			out := json.NewEncoder(c.Stdout)
			out.SetIndent("", "  ")
			if err := out.Encode(report); err != nil {
				return err
			}
		} else {
			printReport(c.Stdout, &report, i.Verbose)
		}
		if report.Errors() > 0 {
			return errFailed // its errors have been printed
		}
		return err
	})
}
