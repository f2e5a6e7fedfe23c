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
		fmt.Fprintln(w, plain(fmt.Sprintf("%s: %s%s: %s", f.Severity, city, f.Place, f.Text())))
	}
	for i := range report.Cities {
		printFindings(w, &report.Cities[i], report.Cities[i].City+": ")
	}
}

func printReport(w io.Writer, report *statistics.Report) {
	if report.City == "" {
		printCities(w, report)
	} else {
		printCity(w, report)
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
	fmt.Fprintf(w, "%s: %d new values, %d changed, %d withdrawn, %d unchanged. %d errors, %d warnings.\n", verb, v.New, v.Changed, v.Withdrawn, v.Unchanged, report.Errors(), report.Warnings())
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

func printCity(w io.Writer, report *statistics.Report) {
	counts := map[statistics.FileStatus]int{}
	rows := 0
	for _, f := range report.Files {
		counts[f.Status]++
		rows += f.Rows
	}
	fmt.Fprintf(w, "%s: %d files, %d rows: %d imported, %d left out, %d refused.\n", plain(report.Name), len(report.Files), rows,
		counts[statistics.Imported], counts[statistics.Skipped], counts[statistics.Refused])
	for _, f := range report.Files {
		if f.Status == statistics.Skipped {
			fmt.Fprintf(w, "  left out  %s: %s\n", plain(f.Name), plain(f.Why()))
		}
	}
	if len(report.Mapping) > 0 {
		fmt.Fprintln(w, "The mapping gives:")
	}
	printMapped(w, report)
	printReplaced(w, report)
}

func printMapped(w io.Writer, report *statistics.Report) {
	for _, m := range report.Mapping {
		fmt.Fprintf(w, "  %-10s %-12s %-6s %4d values", m.Indicator, plain(m.Source), m.Fit, m.Points+m.GroupPoints)
		if len(m.Dimensions) > 0 {
			fmt.Fprintf(w, ", %d groups by %s", m.Groups, plain(strings.Join(m.Dimensions, ", ")))
		}
		if m.First != "" {
			fmt.Fprintf(w, ", %s to %s", m.First, m.Last)
		}
		fmt.Fprintf(w, "\n%13sasks:     %s\n%13smeasures: %s\n", "", m.IndicatorTitle, "", plain(m.SourceTitle))
	}
}

// linesShown is how many lines of a mapping are named.
const linesShown = 10

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
	for i, line := range c.Lines {
		if i == linesShown {
			fmt.Fprintf(w, "  and %d more\n", len(c.Lines)-i)
			break
		}
		fmt.Fprintf(w, "  %-8s %s from %s\n", line.Change, plain(line.Indicator), plain(strings.TrimSpace(line.Source+" "+line.Select)))
	}
}
