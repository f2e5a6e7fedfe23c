package publication_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
)

// The figure of three people passes where its own source has published it, and stays private where only who imported says so.
func TestFigureOfThreePeopleStaysPrivateWhoeverIsTypedAsItsPublisher(t *testing.T) {
	const address = "https://office.example/table"
	std := load(t)
	for _, c := range []struct {
		name, file string
		named      statistics.Defaults
		held       []publication.Held
	}{
		{"typed", "indicator,year,value,count\na,2020,1.5,3\n", statistics.Defaults{Publisher: "Office", URL: address},
			[]publication.Held{{Indicator: "LIV.3.O1", Reason: publication.SmallCount, Figures: 1}}},
		{"published", "indicator,year,value,count,source,url\na,2020,1.5,3,Office," + address + "\n", statistics.Defaults{}, nil},
	} {
		n := newNode(t, dbtest.SQLite(t), std)
		room := statistics.New(n.db, std)
		mapping := "standard_indicator,source_indicator,select,transform,unit,fit,note\nLIV.3.O1,a,,value,\"per 100,000 inhabitants\",exact,\n"
		report, err := room.Import(t.Context(), statistics.Request{City: "aldea", Format: statistics.TidyCSV, Name: "a.csv", Defaults: c.named,
			Files: fstest.MapFS{"a.csv": {Data: []byte(c.file)}}, Mapping: strings.NewReader(mapping), MappingName: "mapping.csv"})
		if err != nil || report.Errors() > 0 {
			t.Fatal(err, report.Findings)
		}
		must(t, n.db.Read(t.Context(), func(tx database.Tx) error {
			n.figures["aldea"], err = room.Series(t.Context(), tx, "aldea")
			return err
		}))
		n.refresh(t, "aldea")
		held, err := n.Held(t.Context(), "aldea")
		must(t, err)
		if !slices.Equal(held, c.held) {
			t.Errorf("%s: held %+v", c.name, held)
		}
		if _, err := n.Series(t.Context(), "aldea", "LIV.3.O1"); (err == nil) != (c.held == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
