package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/statistics"
)

// printFindings puts each error and warning on a line of its own, behind the city where a report has several.
func printFindings(w io.Writer, report *statistics.Report, city string) {
	for _, f := range report.Findings {
		if f.Severity == statistics.Note {
			continue
		}
		text := string(f.Severity) + ": " + city
		if at := f.Place.String(); at != "" {
			text += at + ": "
		}
		text += f.Text()
		if f.Code == "period.ambiguous" {
			text += "; or give --periods span, or --periods month, for all files"
		}
		fmt.Fprintln(w, plain(text))
	}
	for i := range report.Cities {
		printFindings(w, &report.Cities[i], report.Cities[i].City+": ")
	}
}

// printReport says what an import did; verbose lists every file that was left out.
func printReport(w io.Writer, report *statistics.Report, verbose bool) {
	if report.City == "" {
		printCities(w, report)
	} else {
		printCity(w, report, verbose)
	}
	printElsewhere(w, report.Elsewhere)
	verb := "Saved"
	switch {
	case report.Blocked:
		verb = "Nothing was saved. Without the errors above there would be"
	case report.DryRun:
		verb = "Nothing was saved; an import would give"
	case report.Errors() > 0:
		verb = "Saved, without what the errors name"
	}
	v := report.Values
	fmt.Fprintf(w, "%s: %s, %d changed, %d withdrawn, %d unchanged. %s, %s.\n", verb, counting(v.New, "new value"), v.Changed, v.Withdrawn, v.Unchanged,
		counting(report.Errors(), "error"), counting(report.Warnings(), "warning"))
}

// printCities says what a file of many places gives each known city.
func printCities(w io.Writer, report *statistics.Report) {
	fmt.Fprintf(w, "%s: %d known cities, %d other places.\n", plain(report.Name), len(report.Cities), len(report.Elsewhere))
	for i := range report.Cities {
		c := &report.Cities[i]
		v := c.Values
		fmt.Fprintf(w, "%s: %d new values, %d changed, %d withdrawn, %d unchanged.\n", c.City, v.New, v.Changed, v.Withdrawn, v.Unchanged)
		printMapped(w, c)
		printReplaced(w, c)
		if c.MappingKept {
			fmt.Fprintln(w, "  It has another mapping than the one given, and keeps it; --replace-mapping replaces it.")
		}
	}
	if report.Postponed {
		fmt.Fprintln(w, "The public pages of these cities are made anew after this: by the running node within seconds, else when somebody asks for them.")
	}
}

// printElsewhere lists the places that no figure was taken of.
func printElsewhere(w io.Writer, places []statistics.Elsewhere) {
	if len(places) == 0 {
		return
	}
	fmt.Fprintln(w, "Places that no figure was taken of:")
	for _, p := range places {
		kind := ""
		if p.Country {
			kind = ", a country or a group of countries"
		}
		fmt.Fprintf(w, "  %s, %d rows%s\n", plain(strings.TrimSpace(p.Code+" "+p.Name)), p.Rows, kind)
	}
}

func printCity(w io.Writer, report *statistics.Report, verbose bool) {
	counts := map[statistics.FileStatus]int{}
	rows := 0
	for _, f := range report.Files {
		counts[f.Status]++
		rows += f.Rows
	}
	what := "file"
	if report.Format == statistics.TidyCSV {
		what = "source indicator" // of which one file may hold several
	}
	fmt.Fprintf(w, "%s: %s, %s: %d imported, %d left out, %d refused.\n", plain(report.Name), counting(len(report.Files), what), counting(rows, "row"),
		counts[statistics.Imported], counts[statistics.Skipped], counts[statistics.Refused])
	printLeftOut(w, report.Files, verbose)
	if len(report.Mapping) > 0 {
		fmt.Fprintln(w, "The mapping gives:")
	}
	printMapped(w, report)
	printReplaced(w, report)
}

func printMapped(w io.Writer, report *statistics.Report) {
	for _, m := range report.Mapping {
		fmt.Fprintf(w, "  %-10s %-12s %-6s %4d %s", m.Indicator, plain(m.Source), m.Fit, m.Points+m.GroupPoints, noun(m.Points+m.GroupPoints, "value"))
		if len(m.Dimensions) > 0 {
			fmt.Fprintf(w, ", %s by %s", counting(m.Groups, "group"), plain(strings.Join(m.Dimensions, ", ")))
		}
		if m.First != "" {
			fmt.Fprintf(w, ", %s to %s", m.First, m.Last)
		}
		fmt.Fprintf(w, "\n%13sasks:     %s\n%13smeasures: %s\n", "", m.IndicatorTitle, "", plain(m.SourceTitle))
	}
}

// namedFiles is how many of the files that were left out for one reason are named.
const namedFiles = 3

// printLeftOut says why files were left out. Where many were for one reason they share a line, so that they do not bury what was taken.
func printLeftOut(w io.Writer, files []statistics.File, verbose bool) {
	var reasons []string
	left := map[string][]statistics.File{}
	for _, f := range files {
		if f.Status != statistics.Skipped {
			continue
		}
		if left[f.Reason] == nil {
			reasons = append(reasons, f.Reason)
		}
		left[f.Reason] = append(left[f.Reason], f)
	}
	for _, reason := range reasons {
		same := left[reason]
		if verbose || len(same) <= namedFiles {
			for _, f := range same {
				fmt.Fprintf(w, "  left out  %s: %s\n", plain(f.Name), plain(f.Why()))
			}
			continue
		}
		names := make([]string, namedFiles)
		like := ""
		for i, f := range same {
			if i < namedFiles {
				names[i] = plain(f.Name)
			}
			if f.Why() != same[0].Why() {
				like = ", or the like"
			}
		}
		fmt.Fprintf(w, "  left out  %d files: %s%s: %s and %d more (--verbose lists all)\n", len(same), plain(same[0].Why()), like, strings.Join(names, ", "), len(same)-namedFiles)
	}
}

// printReplaced says what becomes of the mapping that the city has.
func printReplaced(w io.Writer, report *statistics.Report) {
	c := report.MappingReplaced
	if c == nil {
		return
	}
	verb := "replaces"
	if report.DryRun || report.Blocked {
		verb = "would replace"
	}
	fmt.Fprintf(w, "This mapping %s the one that the city has. Lines: %d new, %d changed, %d removed, %d unchanged. The former one is kept; the desk has it.\n",
		verb, c.New, c.Changed, c.Removed, c.Unchanged)
	first, more := c.First()
	for _, line := range first {
		fmt.Fprintf(w, "  %-8s %s from %s\n", line.Change, plain(line.Indicator), plain(strings.TrimSpace(line.Source+" "+line.Select)))
	}
	if more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
}
