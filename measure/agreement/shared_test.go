package agreement_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/cityrights/cityrights/measure/agreement"
)

// shared finds a file of the reference material beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	path := filepath.Join(root, "reference", "measure", "ratings", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", path)
	}
	return path
}

// table reads a CSV of the reference material.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func object(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// ratingsOf reads a table of one row per rater and one column per unit, without a header; empty is missing.
func ratingsOf(t testing.TB, rows [][]string) (ratings []agreement.Rating) {
	t.Helper()
	for rater, row := range rows {
		for unit, text := range row {
			if text != "" {
				ratings = append(ratings, agreement.Rating{Rater: strconv.Itoa(rater), Unit: strconv.Itoa(unit), Value: number(t, text)})
			}
		}
	}
	return ratings
}

// simulated reads the 4,874 ratings of 200 units by 60 raters in three groups.
func simulated(t testing.TB) (ratings []agreement.Rating) {
	t.Helper()
	for i, row := range table(t, "in_sim_60x200_ratings.csv")[1:] {
		ratings = append(ratings, agreement.Rating{Rater: row[0], Group: row[1], Unit: row[2], Value: number(t, row[3]), Row: i + 2})
	}
	return ratings
}
