package statistics

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/standard"
)

func TestAMappingNamesTheCitysOwnIndicators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db)
		own := standard.Local{}
		w.room.Own = func(_ context.Context, _ database.Tx, cityID string, std *standard.Standard) (*standard.Standard, error) {
			if cityID != "x" {
				return std, nil
			}
			return standard.WithLocal(std, own), nil
		}
		files := folderOf(map[string]string{"indicator_1-2-1.csv": "Year,Value\n2019,120\n2020,40\n"})
		row := rowsOf("L.LIV.1.O1,1-2-1,,value,%,exact,")

		report, lines, err := w.take(files, row, to())
		if err != nil || report.Errors() != 0 || report.Import == "" || !strings.Contains(strings.Join(lines, "\n"), "mapping.own") {
			t.Fatalf("an indicator that is not added yet: %v\n%s", err, strings.Join(lines, "\n"))
		}
		if len(w.series("x")) != 1 {
			t.Error("its figures are not kept")
		}

		own.Indicators = []standard.Indicator{{ID: "L.LIV.1.O1", Requirement: "LIV.1", Title: "Own share", Value: "pct", Unit: "%"}}
		report, lines, err = w.take(files, row, to())
		if err != nil || strings.Contains(strings.Join(lines, "\n"), "mapping.own") {
			t.Fatalf("an indicator that is added: %v\n%s", err, strings.Join(lines, "\n"))
		}
		if report.Mapping[0].IndicatorTitle != "Own share" {
			t.Errorf("the report asks %q", report.Mapping[0].IndicatorTitle)
		}
		if !slices.ContainsFunc(report.Findings, func(f Finding) bool { return f.Code == "view.range" }) {
			t.Error("a share of 120 per cent goes without a warning")
		}
		if report, lines, _ = w.take(files, rowsOf("L.LIV.99.O1,1-2-1,,value,%,exact,"), to()); !report.Blocked {
			t.Errorf("a requirement that does not exist is taken:\n%s", strings.Join(lines, "\n"))
		}
	})
}
