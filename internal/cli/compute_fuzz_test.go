package cli

import (
	"math"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/measure/agreement"
	"github.com/cityrights/cityrights/measure/inequality"
)

func known(t *testing.T, values ...*float64) {
	t.Helper()
	for _, v := range values {
		if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
			t.Fatalf("got %v", *v)
		}
	}
}

// Whatever a table of ratings holds, it is refused with a reason or gives finite results.
func FuzzRatings(f *testing.F) {
	f.Add([]byte("rater,unit,rating\na,x,1\nb,x,2\na,y,3\nb,y,3\n"))
	f.Add([]byte("rater,group,unit,rating,vignette\na,g,x,1,1\nb,h,x,NA,yes\na,g,y,1e308,0\nb,h,y,-1e308,\n"))
	f.Add([]byte("rater;unit;rating\n\"a\";x;0\n b;x;0.0\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := tableOf(string(text), "rater", "unit", "rating")
		if err != nil {
			return
		}
		read, err := ratingsOf(table)
		if err != nil {
			return
		}
		for _, level := range agreement.Levels {
			found, err := agreement.KrippendorffAlpha(read.ratings, level, agreement.AlphaOptions{Replications: 3})
			if err != nil {
				continue
			}
			for _, a := range append(found.Groups, found.All) {
				known(t, a.Value)
				if (a.Value == nil) != (a.Missing != "") {
					t.Fatalf("%+v", a)
				}
			}
		}
		if len(read.ratings) > 200 {
			return
		}
		if m, err := agreement.Fit(read.ratings, agreement.FitOptions{Units: read.units}); err == nil {
			for _, u := range m.Units {
				if u.Position != nil {
					known(t, &u.Position.Value, &u.Position.Lower, &u.Position.Upper)
				}
			}
			reportOf(m, read.units, 0.9)
		}
	})
}

// Whatever a table of breakdowns holds, it is refused with a reason or gives finite results.
func FuzzBreakdowns(f *testing.F) {
	f.Add([]byte("indicator,dimension,subgroup,order,estimate,se,population,favourable,ordered,reference\ni,d,a,1,10,1,5,1,1,\ni,d,b,2,20,1,5,1,1,\ni,d,c,3,0,0,5,1,1,\n"))
	f.Add([]byte("indicator,dimension,subgroup,estimate,se,population,favourable,ordered,reference,scale\ni,d,a,1e300,1e300,1,0,0,1,1000\ni,d,b,-5,NA,0,0,0,0,1000\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := tableOf(string(text), "indicator", "dimension", "subgroup", "estimate", "favourable", "ordered")
		if err != nil {
			return
		}
		list, err := breakdownsOf(table)
		if err != nil {
			return
		}
		for _, b := range list {
			summary, err := inequality.Summarise(*b, inequality.Options{Replications: 5})
			if err != nil {
				continue
			}
			for _, m := range summary.Measures {
				known(t, m.Estimate)
				if m.Interval != nil {
					known(t, &m.Interval.Lower, &m.Interval.Upper)
				}
				if (m.Estimate == nil) != (m.Missing != "") {
					t.Fatalf("%+v", m)
				}
			}
		}
	})
}

// Whatever a table of counts holds, it is refused with a reason, or nothing that is hidden can be found.
func FuzzCrossTable(f *testing.F) {
	f.Add([]byte("area,women,men,all\nport,3,20,23\nhill,30,40,70\nall,33,60,93\n"))
	f.Add([]byte("3,20,23\n30,40,70\n33,60,93\n"))
	f.Add([]byte("a;b;c\nx;1099511627776;-1\n\n;;\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := sheet.Parse(text, "t.csv", sheet.Limits{Bytes: 1 << 10})
		if err != nil {
			return
		}
		counts, err := crossTableOf(read)
		if err != nil {
			return
		}
		table, err := disclosure.TwoWay(counts.counts, nil)
		if err != nil {
			if placed := counts.placed("t.csv", err); !strings.HasPrefix(placed.Error(), "t.csv") {
				t.Fatal(placed)
			}
			return
		}
		pattern, err := table.Suppress(table.Below(5))
		if err != nil {
			return
		}
		for _, found := range pattern.Intervals {
			if v := table.Cells[found.Cell].Value; found.Lower > v || !found.Open && found.Upper < v {
				t.Fatalf("cell %d is %d, and the interval goes from %d to %d", found.Cell, v, found.Lower, found.Upper)
			}
		}
		for _, need := range table.Below(5) {
			if !pattern.Hidden[need.Cell] {
				t.Fatalf("cell %d is shown", need.Cell)
			}
		}
	})
}
