package web

import (
	"encoding/csv"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

func TestADownloadHasATellingNameAndColumnsThatAreExplained(t *testing.T) {
	s := newSite(t)
	manual, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(manual), "\n## ")
	for heading, file := range map[string]struct{ path, name string }{
		"An assessment":        {"/en/cities/example/2024.csv", "example-2024-assessment.csv"},
		"A data series":        {"/en/cities/example/data/LIV.5.O1.csv", "example-LIV.5.O1-series.csv"},
		"The cities of a node": {"/ar/cities.csv", "cities.csv"},
		"The standard":         {"/fr/standard.csv", s.rooms.Standard.ID + "-" + s.rooms.Standard.Version + "-fr.csv"},
		"The law":              {"/en/rights.csv", "rights.csv"},
	} {
		for range 2 { // made, and as the cache keeps it
			answer, body := s.get(t, visitor(), file.path)
			if got, want := answer.Header.Get("Content-Disposition"), `attachment; filename="`+file.name+`"`; answer.StatusCode != http.StatusOK || got != want {
				t.Errorf("%s: status %d, saved as %s, want %s", file.path, answer.StatusCode, got, want)
			}
			table, marked := strings.CutPrefix(body, byteOrderMark)
			rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
			if err != nil || !marked || len(rows) < 2 {
				t.Fatalf("%s: %d rows, marked %v, %v", file.path, len(rows), marked, err)
			}
			if explained := columnsOf(sections, heading); !slices.Equal(sorted(rows[0]), sorted(explained)) {
				t.Errorf("%s has the columns %v; docs/data.md explains %v", file.path, rows[0], explained)
			}
		}
	}
}

var inCode = regexp.MustCompile("`([a-z0-9_]+)`")

// columnsOf gives the columns that a section of the manual explains: what stands in the first cell of its table.
func columnsOf(sections []string, heading string) (columns []string) {
	for _, section := range sections {
		if !strings.HasPrefix(section, heading+"\n") {
			continue
		}
		for line := range strings.Lines(section) {
			if cells := strings.Split(line, "|"); len(cells) > 2 {
				for _, name := range inCode.FindAllStringSubmatch(cells[1], -1) {
					columns = append(columns, name[1])
				}
			}
		}
	}
	return columns
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

func TestADataSeriesSaysWhatItIsAbout(t *testing.T) {
	s := newSite(t)
	_, body := s.get(t, visitor(), "/en/cities/example/data/LIV.5.O1.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	indicator, _ := s.rooms.Standard.Indicator("LIV.5.O1")
	for _, row := range rows[1:] {
		for name, want := range map[string]string{"city": "example", "city_name": "Example", "country": "XA", "fictional": "true", "title": indicator.Title, "source": "Statistics Office"} {
			if got := row[slices.Index(rows[0], name)]; got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
	}
}

func TestANameOfAFileNeedsNoQuoting(t *testing.T) {
	if got := fileName("são-joão", "2019/20", `a"b`); got != "s-o-jo-o-2019-20-a-b" {
		t.Errorf("got %s", got)
	}
}

func TestEveryTableIsThereAsAWorkbookToo(t *testing.T) {
	s := newSite(t)
	for path, name := range map[string]string{
		"/en/cities": "cities", "/fr/standard": s.rooms.Standard.ID + "-" + s.rooms.Standard.Version + "-fr", "/en/rights": "rights", "/en/cities/example/2024": "example-2024-assessment",
		"/en/cities/example/2024/LIV.5": "example-2024-LIV.5", "/en/cities/example/data/LIV.5.O1": "example-LIV.5.O1-series",
	} {
		_, page := s.get(t, visitor(), path)
		for _, ending := range []string{".csv", ".xlsx"} {
			if !strings.Contains(page, `href="`+path+ending+`"`) {
				t.Errorf("%s does not offer %s", path, ending)
			}
		}
		_, table := s.get(t, visitor(), path+".csv")
		want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, byteOrderMark))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		answer, body := s.get(t, visitor(), path+".xlsx")
		if got := answer.Header.Get("Content-Disposition"); answer.StatusCode != http.StatusOK || got != `attachment; filename="`+name+`.xlsx"` || answer.Header.Get("Content-Type") != sheet.WorkbookType {
			t.Fatalf("%s: status %d, %s", path, answer.StatusCode, got)
		}
		book, err := excelize.OpenReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows("table")
		_ = book.Close()
		if err != nil || len(rows) != len(want) || !slices.Equal(rows[0], want[0]) {
			t.Errorf("%s: %d rows and not %d, %v", path, len(rows), len(want), err)
		}
	}
	if answer, _ := s.get(t, visitor(), "/en/cities/example/2024/NONE.1.xlsx"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a requirement that is not there: status %d", answer.StatusCode)
	}
}
