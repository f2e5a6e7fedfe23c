package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/cityrights/cityrights/standards"
)

// breakdowns are the columns of invented files, in turn, with their years; more rows are more groups.
var breakdowns = []struct {
	column string
	years  int
}{{"Sex", 24}, {"Age", 12}, {"Deprivation", 6}, {"Ward", 3}}

// invent writes an Open SDG folder of so many files with so many rows each, and a mapping; the same numbers give the same bytes. Nothing
// in it comes from a real city.
func (b *bench) invent(name string, files, rows int) (folder, mapping string, err error) {
	folder, mapping = filepath.Join(b.work, name), filepath.Join(b.work, name+".csv")
	for _, sub := range []string{"data", "meta"} {
		if err := os.MkdirAll(filepath.Join(folder, sub), 0o700); err != nil {
			return "", "", err
		}
	}
	std, err := standards.Load("hrc-ms")
	if err != nil {
		return "", "", err
	}
	var shares []string
	for _, d := range std.Dimensions {
		for _, q := range d.Requirements {
			for _, i := range q.Indicators {
				if i.Value == "pct" {
					shares = append(shares, i.ID)
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(uint64(files), uint64(rows)))
	plan := "standard_indicator,source_indicator,select,transform,unit,fit,note\n"
	for n := range files {
		code := fmt.Sprintf("%d-%d-%d", n/100+1, n/10%10+1, n%10+1)
		if err := inventFile(filepath.Join(folder, "data", "indicator_"+code+".csv"), n, rows, random); err != nil {
			return "", "", err
		}
		about := fmt.Sprintf("---\nindicator_name: Invented share number %d\nreporting_status: complete\nsource_organisation_1: Office of Figures\n"+
			"source_url_1: https://figures.example/%s\nsource_url_text_1: Yearbook\ncomputation_units: Percent\n---\n", n, code)
		if err := os.WriteFile(filepath.Join(folder, "meta", code+".md"), []byte(about), 0o600); err != nil {
			return "", "", err
		}
		if n%10 == 0 && n/10 < len(shares) {
			plan += fmt.Sprintf("%s,%s,,value,%%,exact,\n", shares[n/10], code)
		}
	}
	return folder, mapping, os.WriteFile(mapping, []byte(plan), 0o600)
}

func inventFile(path string, n, rows int, random *rand.Rand) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	by := breakdowns[n%len(breakdowns)]
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "Year,%s,Units,Value\n", by.column)
	for row := range rows {
		group := "" // the whole city
		if g := row / by.years; g > 0 {
			group = fmt.Sprintf("%s %d", by.column, g)
		}
		fmt.Fprintf(out, "%d,%s,Percent,%.1f\n", 2001+row%by.years, group, 100*random.Float64())
	}
	return out.Flush()
}
