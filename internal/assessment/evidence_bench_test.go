package assessment_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/standards"
)

// What the desk of a city with all requirements and 500 files asks for: how much evidence each answer has, all of it, and that of one answer.
func BenchmarkEvidenceOfACycle(b *testing.B) {
	ctx := context.Background()
	std, err := standards.Load("hrc-ms@0.2")
	if err != nil {
		b.Fatal(err)
	}
	db := dbtest.SQLite(b)
	cities := city.New(db)
	room := assessment.New(db, cities, figures(nil), std)
	check := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	check(cities.Add(ctx, "", city.City{ID: "aldea", Name: "Aldea", Country: "ES", Fictional: true}))
	check(cities.AddOrganisation(ctx, "", city.Organisation{ID: "hall", City: "aldea", Kind: city.Authority, Name: "City hall"}))
	cycle := assessment.Cycle{City: "aldea", Period: "2025", Standard: "hrc-ms@0.2", Profile: "full"}
	check(room.Begin(ctx, account.Operator(), cycle))
	check(room.Step(ctx, account.Operator(), assessment.Move{City: "aldea", Period: "2025", To: assessment.Open}))
	ids, err := room.Requirements(cycle)
	check(err)
	for n := range 500 {
		e := assessment.Evidence{Key: assessment.Key{City: "aldea", Period: "2025", Requirement: ids[n%len(ids)], Organisation: "hall"}, File: kept(n)}
		e.Title = fmt.Sprintf("Decision %d", n)
		_, err := room.AddEvidence(ctx, account.Operator(), e)
		check(err)
	}
	for name, read := range map[string]func(database.Tx) (int, error){
		"counts": func(tx database.Tx) (int, error) {
			counts, err := room.EvidenceCounts(ctx, tx, "aldea", "2025")
			return len(counts), err
		},
		"library": func(tx database.Tx) (int, error) {
			all, err := room.EvidenceLibrary(ctx, tx, "aldea", "2025")
			return len(all), err
		},
		"one": func(tx database.Tx) (int, error) {
			all, err := room.EvidenceFor(ctx, tx, assessment.Key{City: "aldea", Period: "2025", Requirement: ids[0], Organisation: "hall"})
			return len(all), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				check(db.Read(ctx, func(tx database.Tx) error {
					n, err := read(tx)
					if err == nil && n == 0 {
						err = fmt.Errorf("nothing was read")
					}
					return err
				}))
			}
		})
	}
}
