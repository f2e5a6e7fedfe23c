package standard

import (
	"bytes"
	"encoding/csv"
	"errors"
	"testing"
)

func TestWriteCSVHasARowPerRequirementAndIndicator(t *testing.T) {
	s := loadMini(t)
	air, _ := s.Requirement("AIR.1")
	air.Proof = "=HYPERLINK(\"http://x\")"
	dust(s).Note = "＝1+1"
	var out bytes.Buffer
	if err := WriteCSV(&out, s, "fr"); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+3+6 {
		t.Fatalf("%d rows", len(rows))
	}
	byID := map[string]map[string]string{}
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, column := range rows[0] {
			cells[column] = row[i]
		}
		byID[cells["id"]] = cells
	}
	for _, c := range []struct{ id, column, want string }{
		{"HOM.1", "row", "requirement"}, {"HOM.1", "title", "Chacun a un logement"}, {"HOM.1", "language", "fr"}, {"HOM.1", "draft", "true"},
		{"HOM.1", "links", "ICESCR:11 RESC:31"}, {"HOM.1", "groups", "tenants children"}, {"HOM.1", "grade_0", "Personne ne compte les personnes sans logement."},
		{"HOM.1", "why", "Une vie commence par une porte à soi."}, {"HOM.1.O1", "unit", "pour 100 000 habitants"}, {"HOM.2", "grade_0", "Homes are let without a list."},
		{"AIR.1", "proof", "'=HYPERLINK(\"http://x\")"}, {"HOM.1", "dimension_title", "Logement"},
		{"HOM.2", "title", "Homes are shared fairly"}, {"HOM.2", "language", "en"}, {"HOM.2", "draft", "false"}, {"HOM.2", "check", "unsure"},
		{"HOM.1.P1", "row", "indicator"}, {"HOM.1.P1", "requirement", "HOM.1"}, {"HOM.1.P1", "minimum_value", "95"}, {"HOM.1.P1", "unit", "%"},
		{"HOM.1.P1", "decisive", "false"}, {"HOM.1.S1", "title", "Plan du logement en vigueur"}, {"HOM.1.S1", "good", "yes"},
		{"HOM.1.O1", "sdg", "11.1.1"}, {"HOM.1.O1", "sdg_fit", "close"}, {"HOM.1.O1", "kind", "O"}, {"AIR.1.O1", "note", "'＝1+1"},
	} {
		if got := byID[c.id][c.column]; got != c.want {
			t.Errorf("%s %s = %q, want %q", c.id, c.column, got, c.want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteCSVGivesTheWritersError(t *testing.T) {
	if err := WriteCSV(fullDisk{}, loadMini(t), "en"); err == nil {
		t.Error("the error was lost")
	}
}
