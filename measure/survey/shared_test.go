package survey_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// table is a reference file: its columns by name.
type table map[string][]string

// shared reads a file of the reference material beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, name string) table {
	t.Helper()
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(root, "reference", "measure", "survey", name)
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", path)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := table{}
	for _, row := range rows[1:] {
		for k, cell := range row {
			columns[rows[0][k]] = append(columns[rows[0][k]], cell)
		}
	}
	return columns
}

// numbers reads a column; an empty cell or NA is missing.
func (c table) numbers(t testing.TB, name string) []float64 {
	t.Helper()
	out := make([]float64, len(c[name]))
	for i, cell := range c[name] {
		if cell == "" || cell == "NA" {
			out[i] = math.NaN()
			continue
		}
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = v
	}
	if len(out) == 0 {
		t.Fatalf("no column %s", name)
	}
	return out
}
