package assessment_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/standards"
)

// BenchmarkSave is what one save costs while somebody types, with the disk's part in it.
func BenchmarkSave(b *testing.B) {
	db := dbtest.SQLite(b)
	std, err := standards.Load("hrc-ms@0.2")
	if err != nil {
		b.Fatal(err)
	}
	cities := city.New(db)
	room := assessment.New(db, cities, figures{}, std)
	for _, err := range []error{
		cities.Add(b.Context(), "", city.City{ID: "aldea", Name: "Aldea", Country: "ES"}),
		cities.AddOrganisation(b.Context(), "", city.Organisation{ID: "aldea-hall", City: "aldea", Kind: city.Authority, Name: "City hall"}),
		room.Begin(b.Context(), ana, assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "core"}),
		db.Write(b.Context(), func(tx database.Tx) error {
			return room.Advance(b.Context(), tx, "aldea", "2025", assessment.Open)
		}),
	} {
		if err != nil {
			b.Fatal(err)
		}
	}
	text := strings.Repeat("The council has decided, and the plan is in force. ", 12)
	version := int64(0)
	for n := 0; b.Loop(); n++ {
		e, err := room.Save(b.Context(), ana, hall(version, fmt.Sprint(text, n)))
		if err != nil {
			b.Fatal(err)
		}
		version = e.Version
	}
}
