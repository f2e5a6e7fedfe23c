package statistics

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// BenchmarkImportOfManyPlaces imports one file of 6,500 rows for the 500 known cities that it speaks of, opening and closing left out.
func BenchmarkImportOfManyPlaces(b *testing.B) {
	const places, years = 500, 13
	var text strings.Builder
	var known []Known
	text.WriteString("DATAFLOW,freq,indic_ur,cities,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n")
	for place := range places {
		known = append(known, Known{City: fmt.Sprintf("city-%d", place), Source: "OFFICE", Code: fmt.Sprintf("XA%03dC", place)})
		for year := range years {
			fmt.Fprintf(&text, "OFFICE:CITIES(1.0),A: Annual,SH1: Share of people,XA%03dC: City %d,%d,%d.%d,e,\n", place, place, 2010+year, 10+place%80, year%10)
		}
	}
	files := fstest.MapFS{"places.csv": {Data: []byte(text.String())}}
	for b.Loop() {
		b.StopTimer()
		db, err := database.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "node.db"))
		if err != nil {
			b.Fatal(err)
		}
		room := New(db, nil)
		room.Places = func(context.Context, database.Tx) ([]Known, error) { return known, nil }
		b.StartTimer()
		report, err := room.Import(b.Context(), Request{Format: SDMXCSV, Files: files, Name: "places.csv", MappingName: "m",
			Mapping: strings.NewReader("standard_indicator,source_indicator,fit\nLIV.2.O1,SH1,exact\n")})
		b.StopTimer()
		if err != nil || report.Values.New != places*years {
			b.Fatal(err, report.Values)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
