package web

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func TestADownloadedAssessmentSaysWhatItIsAbout(t *testing.T) {
	s := newSite(t)
	_, body := s.get(t, visitor(), "/en/cities/example/2024.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, byteOrderMark))).ReadAll()
	if err != nil || len(rows) < 100 {
		t.Fatal(err, len(rows))
	}
	cell := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	kinds := map[string]int{}
	for _, row := range rows[1:] {
		for name, want := range map[string]string{"city": "example", "city_name": "Example", "country": "XA", "fictional": "true", "assessment": "2024",
			"assessment_state": "published", "standard": s.rooms.Standard.Ref(), "profile": "full"} {
			if got := cell(row, name); got != want {
				t.Fatalf("%s is %q, want %q", name, got, want)
			}
		}
		kind := cell(row, "row")
		if kind == "requirement" && (cell(row, "state") == "" || cell(row, "reason") == "") {
			t.Errorf("%s has no state or reason", cell(row, "requirement"))
		}
		if figure := cell(row, "fit") != ""; figure != (cell(row, "url") == "https://statistics.example/u") || figure != (cell(row, "licence") == "CC0-1.0") || figure != (cell(row, "source") != "") && kind != "indicator" {
			t.Errorf("a figure without its source, or a source without a figure: %v", row)
		} else if figure {
			kinds[kind]++
		}
		if kind == "answer" && cell(row, "comment") == "We pay fairly." && cell(row, "evidence") != "Pay scale https://city.example/pay" {
			t.Errorf("an answer without its evidence: %v", row)
		}
	}
	if kinds["indicator"] != 1 || kinds["group"] != 2 || kinds["gap"] != 1 {
		t.Errorf("the figures are %v", kinds)
	}
}
