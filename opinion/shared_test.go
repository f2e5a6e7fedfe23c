package opinion

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// shared finds a file or folder of the reference material beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("CITYRIGHTS_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(root, "reference", "deliberation", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", path)
	}
	return path
}

// conversation reads votes, and statements where a file is named.
func conversation(t testing.TB, votes, statements string) *Conversation {
	t.Helper()
	file, err := os.Open(votes)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c, err := Read(file, votes)
	if err != nil {
		t.Fatal(err)
	}
	if statements == "" {
		return c
	}
	file, err = os.Open(statements)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := ReadStatements(file, statements)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetStatements(list...); err != nil {
		t.Fatal(err)
	}
	return c
}

// table reads a CSV file as maps from column to cell.
func table(t testing.TB, path string) (rows []map[string]string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
