package run

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/cityrights/cityrights/test/material"
)

// From the raw figures to the ranks, as COINr's example goes, by the command line alone.
func TestIndexOfTheReferenceFromItsRawFigures(t *testing.T) {
	folder, out := material.Path(t, "measure/coinr"), t.TempDir()
	file := func(name string) string { return filepath.Join(folder, name) }
	build := []string{
		"--data", file("in_iData.csv"), "--meta", file("in_iMeta.csv"), "--weights", file("in_weights.csv"), "--denominate", "--impute", "group-mean:EurAsia_group",
		"--treat", "winsorise:5", "--normalise", "minmax:0:100", "--aggregate", "amean",
	}
	must(t, append([]string{"compute", "index", "--out", filepath.Join(out, "index")}, build...)...)
	sameTable(t, filepath.Join(out, "index/scores.csv"), file("ref_pipeline_Aggregated.csv"))
	sameTable(t, filepath.Join(out, "index/steps/imputed.csv"), file("ref_pipeline_Imputed.csv"))
	sameTable(t, filepath.Join(out, "index/steps/treated.csv"), file("ref_pipeline_Treated.csv"))
	sameTable(t, filepath.Join(out, "index/steps/normalised.csv"), file("ref_pipeline_Normalised.csv"))

	must(t, append([]string{"compute", "uncertainty", "--draws", file("ua1000_draws.csv"), "--out", filepath.Join(out, "spread")}, build...)...)
	for _, name := range []string{"scores", "ranks", "rankstats"} {
		sameTable(t, filepath.Join(out, "spread", name+".csv"), file("ua1000_"+name+".csv"))
	}

	must(t, "compute", "index", "--data", file("ref_pipeline_Treated.csv"), "--meta", file("in_iMeta.csv"), "--normalise", "goalposts:"+file("in_goalposts.csv"),
		"--out", filepath.Join(out, "posts"))
	sameTable(t, filepath.Join(out, "posts/steps/normalised.csv"), file("ref_norm_Treated_goalposts.csv"))
	must(t, "compute", "index", "--data", file("ref_agg_N1_gmean_Original.csv"), "--meta", file("in_iMeta.csv"), "--normalise", "none", "--aggregate", "gmean",
		"--out", filepath.Join(out, "means"))
	sameTable(t, filepath.Join(out, "means/scores.csv"), file("ref_agg_N1_gmean_Original.csv"))
}

// sameTable compares the numbers of a table with those of another, which may have more columns, by unit and column, to 1e-10.
func sameTable(t *testing.T, got, want string) {
	t.Helper()
	have, header := cellsOf(t, got)
	wanted, _ := cellsOf(t, want)
	if len(have) == 0 || len(have) != len(wanted) {
		t.Fatalf("%s has %d units and %s %d", got, len(have), want, len(wanted))
	}
	for unit, cells := range have {
		for _, column := range header[1:] {
			if a, b := cells[column], wanted[unit][column]; math.Abs(a-b) > 1e-10*max(1, math.Abs(b)) {
				t.Errorf("%s: %s of %s is %v, not %v", filepath.Base(want), column, unit, a, b)
			}
		}
	}
}

func cellsOf(t *testing.T, path string) (cells map[string]map[string]float64, header []string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cells, header = map[string]map[string]float64{}, rows[0]
	for _, row := range rows[1:] {
		cells[row[0]] = map[string]float64{}
		for j, cell := range row[1:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatalf("%s: %q", path, cell)
			}
			cells[row[0]][header[j+1]] = v
		}
	}
	return cells, header
}
