package publication

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/statistics"
)

func TestRevisionsOfASeries(t *testing.T) {
	series := statistics.Series{Indicator: "LIV.5.O2", Unit: "%", Fit: "close", Sources: []statistics.Source{office}}
	row := statistics.MappingRow{Indicator: "LIV.5.O2", Source: "8-6-1", Unit: "%", Fit: "close", Select: []statistics.Condition{{Column: "Age", Value: "Age 17"}, {Column: "Sex"}}}
	complement := row
	complement.Transform = statistics.Transform{Kind: statistics.ComplementTransform, By: 100}
	scale := row
	scale.Transform = statistics.Transform{Kind: statistics.ScaleTransform, By: 10}
	difference := row
	difference.Transform = statistics.Transform{Kind: statistics.DifferenceTransform, Column: "Sex", A: "Male", B: "Female"}
	every := row
	every.Select = []statistics.Condition{{Column: "Age", Value: "*"}, {Column: "sex", Value: "*"}}
	private := series
	private.Sources = []statistics.Source{office, survey}

	old, now := 94.0, 95.5
	revised := func(cells map[string]string) []statistics.Revision {
		return []statistics.Revision{{Source: "8-6-1", Dimensions: cells, Period: statistics.Period{Text: "2020"}, Old: &old, New: &now, Reason: "final", At: 9, Actor: "a person"}}
	}
	public := func(group string, old, now float64) []Revision {
		return []Revision{{Period: "2020", Group: group, Old: &old, New: &now, Reason: "final", At: 9}}
	}
	ward := map[string]string{"age": "age 17 ", "Ward": "North", "Zone": "East"}
	for _, c := range []struct {
		name   string
		series statistics.Series
		row    statistics.MappingRow
		cells  map[string]string
		want   []Revision
	}{
		{"of the whole city", series, row, map[string]string{"Age": "Age 17"}, public("", 94, 95.5)},
		{"of a group", series, row, ward, public("North, East", 94, 95.5)},
		{"in the unit of the series", series, complement, ward, public("North, East", 6, 4.5)},
		{"in another scale", series, scale, ward, public("North, East", 940, 955)},
		{"of one figure of a difference", series, difference, ward, public("North, East", 94, 95.5)},
		{"of cells that the mapping does not take", series, row, map[string]string{"Age": "Age 18"}, nil},
		{"of a column that must be empty", series, row, map[string]string{"Age": "Age 17", "Sex": "Female"}, nil},
		{"of any cells", series, every, map[string]string{"Age": "Age 18", "Sex": "Female"}, public("", 94, 95.5)},
		{"of what no official source has published", private, row, ward, nil},
	} {
		if diff := cmp.Diff(c.want, revisionsOf(c.series, statistics.Mapping{c.row}, revised(c.cells))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	bounded := revised(ward)
	bounded[0].OldLower, bounded[0].OldUpper, bounded[0].NewUpper = new(90.0), new(96.0), new(97.0)
	want := public("North, East", 6, 4.5)
	want[0].OldLower, want[0].OldUpper, want[0].NewLower = new(4.0), new(10.0), new(3.0)
	if diff := cmp.Diff(want, revisionsOf(series, statistics.Mapping{complement}, bounded)); diff != "" {
		t.Errorf("with intervals: %s", diff)
	}
	exact := revised(ward)
	exact[0].Old, exact[0].OldLower, exact[0].OldUpper = new(77.6), new(77.6), new(77.6)
	if got := revisionsOf(series, statistics.Mapping{complement}, exact)[0]; *got.Old != 22.4 || *got.OldLower != 22.4 || *got.OldUpper != 22.4 {
		t.Errorf("a value that is both bounds of its interval is %v (%v to %v)", *got.Old, *got.OldLower, *got.OldUpper)
	}
	many := make([]statistics.Revision, 0, 80)
	for range 80 {
		many = append(many, revised(ward)...)
	}
	if got := len(revisionsOf(series, statistics.Mapping{row}, many)); got != revisionsShown {
		t.Errorf("%d revisions are told", got)
	}
}
