package publication

import (
	"fmt"
	"testing"

	"github.com/goccy/go-json"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestPackedSeriesReadsBack(t *testing.T) {
	points := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Point {
		year := rapid.IntRange(1990, 2030).Draw(t, "year")
		p := Point{Period: fmt.Sprint(year), Start: year*10000 + 101, End: year*10000 + 1231, Value: rapid.Float64Range(-1e9, 1e9).Draw(t, "value"),
			Status: rapid.SampledFrom([]string{"", "", "provisional"}).Draw(t, "status")}
		if rapid.Bool().Draw(t, "counted") {
			p.Count = new(rapid.Int64().Draw(t, "count"))
		}
		if rapid.Bool().Draw(t, "has a lower bound") {
			p.Lower = new(rapid.Float64Range(-1e9, p.Value).Draw(t, "lower"))
		}
		if rapid.Bool().Draw(t, "has an upper bound") {
			p.Upper = new(rapid.Float64Range(p.Value, 1e9).Draw(t, "upper"))
		}
		return p
	}), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		s := Series{Head: Head{ID: "aldea", Name: "Aldea"}, Indicator: "LIV.1.O1", Unit: "%", Sources: []Source{{Title: "Survey"}}, Hidden: 3,
			Headline: points.Draw(t, "headline"), Groups: []Group{}}
		for i := range rapid.IntRange(0, 4).Draw(t, "groups") {
			s.Groups = append(s.Groups, Group{Ground: "sex", Dimension: "Sex", Name: fmt.Sprint(i), Code: "c", Points: points.Draw(t, "points")})
		}
		packed, err := packSeries(s)
		if err != nil {
			t.Fatal(err)
		}
		var back packedSeries
		if err := json.Unmarshal(packed, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, back.unpack(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPackedSeriesIsSmall(t *testing.T) {
	s := Series{Indicator: "LIV.1.O1", Unit: "%"}
	for g := range 34 {
		group := Group{Dimension: "Ward", Name: fmt.Sprint("Ward ", g)}
		for year := 2005; year < 2021; year++ {
			group.Points = append(group.Points, Point{Period: fmt.Sprint(year), Start: year*10000 + 101, End: year*10000 + 1231, Value: float64(year%17) + 0.5})
		}
		s.Groups = append(s.Groups, group)
	}
	packed, err := packSeries(s)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if 4*len(packed) > len(plain) {
		t.Errorf("packed it takes %d bytes, plain %d", len(packed), len(plain))
	}
}
