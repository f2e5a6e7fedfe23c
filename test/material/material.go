// Package material reads, for tests, the results of other programs and the published examples that lie beside the repository, in
// ../shared/reference or below $CITYRIGHTS_SHARED. A test is skipped where they are absent. They are never copied into the repository.
package material

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// root is the folder of the material; it is found before a test can change the working directory, which is that of its package.
var root = cmp.Or(os.Getenv("CITYRIGHTS_SHARED"), beside())

func beside() string {
	folder, err := os.Getwd()
	for err == nil && folder != filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
		folder = filepath.Dir(folder)
	}
	return filepath.Join(filepath.Dir(folder), "shared")
}

// Path finds a file or folder, such as measure/coinr, and skips the test where it is absent.
func Path(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(root, "reference", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", path)
	}
	return path
}

// Read gives what a file holds.
func Read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// JSON reads a file into a value.
func JSON(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(Read(t, name), into); err != nil {
		t.Fatal(err)
	}
}

// Rows gives the rows of a CSV, the header first.
func Rows(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.Open(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Records gives the rows of a CSV by the names of its columns.
func Records(t testing.TB, name string) (records []map[string]string) {
	t.Helper()
	rows := Rows(t, name)
	for _, cells := range rows[1:] {
		record := map[string]string{}
		for i, cell := range cells {
			record[rows[0][i]] = cell
		}
		records = append(records, record)
	}
	return records
}

// Number reads a cell.
func Number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
