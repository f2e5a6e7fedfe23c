package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Size of the invented file of many places; that of Eurostat's income of cities is alike.
const (
	placeCount = 500
	placeYears = 13
)

// places compares the import of one SDMX-CSV file of many places with sqlite3 .import of the same file: for five known cities, as a national
// node would have them, and for all of its places.
func (b *bench) places(ctx context.Context) error {
	b.report.part("Import of SDMX-CSV of many places")
	b.report.say("One invented file of %d rows and %d places; seconds from starting the process to its end. sqlite3 takes every row into one table, durably (WAL, "+
		"synchronous=FULL).\n", placeCount*placeYears, placeCount)
	b.report.header("known cities", "published", "values that ours keeps", "ours", "sqlite3", "ratio", "over the turns", "our peak memory")
	file, mapping, err := b.inventPlaces()
	if err != nil {
		return err
	}
	for _, known := range []int{5, placeCount} {
		template, err := b.knownCities(ctx, known)
		if err != nil {
			return err
		}
		for _, published := range []bool{false, true} {
			if err := b.comparePlaces(ctx, template, file, mapping, known, published); err != nil {
				return err
			}
		}
	}
	return nil
}

// knownCities makes a node with cities that have the codes of the first places.
func (b *bench) knownCities(ctx context.Context, known int) (string, error) {
	template := filepath.Join(b.work, fmt.Sprintf("known-%d", known))
	for i := range known {
		_, err := finish(ctx, "", b.program, "city", "add", fmt.Sprintf("city-%d", i), "--name", fmt.Sprintf("City %d", i), "--country", "XA", "--fictional",
			"--place", fmt.Sprintf("OFFICE=XA%03dC", i), "--data", template)
		if err != nil {
			return "", err
		}
	}
	return template, nil
}

// comparePlaces imports the file once as figures that stay private and once as published ones, of which public documents are to be made.
func (b *bench) comparePlaces(ctx context.Context, template, file, mapping string, known int, published bool) error {
	args := []string{"import", "statistics", "--from", "sdmx-csv", "--mapping", mapping}
	public := "no"
	if published {
		args, public = append(args, "--publisher", "Office", "--url", "https://office.example/"), "yes"
	}
	kept, peak := 0, 0.0
	ours := func() (float64, error) {
		data := filepath.Join(b.work, "many")
		if err := os.RemoveAll(data); err != nil {
			return 0, err
		}
		if err := os.CopyFS(data, os.DirFS(template)); err != nil {
			return 0, err
		}
		used, err := finish(ctx, "", b.program, append(args, "--data", data, file)...)
		if err != nil {
			return 0, err
		}
		peak = max(peak, used.peakMB)
		kept, err = newValues(used.said)
		return used.seconds, err
	}
	plain := func() (float64, error) {
		database := filepath.Join(b.work, "places.db")
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(database + end); err != nil && !os.IsNotExist(err) {
				return 0, err
			}
		}
		used, err := finish(ctx, durable+fmt.Sprintf(".import %q t\n", file), "sqlite3", database)
		return used.seconds, err
	}
	took, err := alternate(b.rounds, ours, plain)
	if err != nil {
		return err
	}
	if kept != known*placeYears {
		return fmt.Errorf("%d of %d values were saved", kept, known*placeYears)
	}
	cell := fmt.Sprintf("%.3g ×", ratio(took[0], took[1]))
	if known < placeCount {
		cell = b.report.promise("import of SDMX-CSV to sqlite3 .import", ratio(took[0], took[1]), 5, " ×", false)
	}
	b.report.line(fmt.Sprint(known), public, fmt.Sprint(kept), seconds(took[0]), seconds(took[1]), cell, spread(ratios(took[0], took[1])), fmt.Sprintf("%.0f MB", peak))
	return nil
}

// inventPlaces writes the file and a mapping of it.
func (b *bench) inventPlaces() (file, mapping string, err error) {
	var text strings.Builder
	text.WriteString("DATAFLOW,LAST UPDATE,freq,indic_ur,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n")
	for place := range placeCount {
		for year := range placeYears {
			fmt.Fprintf(&text, "OFFICE:CITIES(1.0),01/02/26 23:00:00,A: Annual,SH1: Invented share of people,XA%03dC: City %d,%d,%d.%d,e,\n", place, place, 2010+year, 10+place%80, year%10)
		}
	}
	file, mapping = filepath.Join(b.work, "places.csv"), filepath.Join(b.work, "places-mapping.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		return "", "", err
	}
	return file, mapping, os.WriteFile(mapping, []byte("standard_indicator,source_indicator,fit\nLIV.2.O1,SH1,exact\n"), 0o600)
}
