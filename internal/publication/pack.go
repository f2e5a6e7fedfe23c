package publication

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// packedSeries is the stored form of a Series: each period is written once, and values stand in lists of numbers, because a page reads
// all of them at once. Its outer fields take the place of the inner ones of the same name.
type packedSeries struct {
	Series
	Periods  []packedPeriod `json:"periods"`
	Headline packedPoints   `json:"headline"`
	Groups   []packedGroup  `json:"groups"`
}

type packedPeriod struct {
	Period string `json:"p"`
	Start  int    `json:"s"`
	End    int    `json:"e"`
}

type packedGroup struct {
	Ground    string       `json:"ground,omitempty"`
	Dimension string       `json:"dimension"`
	Name      string       `json:"name"`
	Code      string       `json:"code,omitempty"`
	Points    packedPoints `json:"points"`
}

// packedPoints holds values at periods. Where these follow one another without a gap, only the first is written.
type packedPoints struct {
	First   int            `json:"f,omitempty"` // index into the periods
	Periods []int          `json:"p,omitempty"` // the same for each value, where there are gaps
	Values  []float64      `json:"v"`
	Counts  map[int]int64  `json:"n,omitempty"` // by position
	Status  map[int]string `json:"t,omitempty"`
	Lower   []*float64     `json:"l,omitempty"` // of each value; left out where none is known
	Upper   []*float64     `json:"u,omitempty"`
	Bases   map[int]Base   `json:"b,omitempty"` // of rates, by position
}

func packSeries(s Series) ([]byte, error) {
	packed := packedSeries{Series: s, Periods: periodsOf(s)}
	at := make(map[packedPeriod]int, len(packed.Periods))
	for i, p := range packed.Periods {
		at[p] = i
	}
	pack := func(points []Point) packedPoints {
		out := packedPoints{Values: make([]float64, len(points))}
		periods := make([]int, len(points))
		gaps := false
		for i, p := range points {
			periods[i], out.Values[i] = at[packedPeriod{p.Period, p.Start, p.End}], p.Value
			gaps = gaps || periods[i] != periods[0]+i
			if p.Count != nil {
				out.Counts = with(out.Counts, i, *p.Count)
			}
			if p.Status != "" {
				out.Status = with(out.Status, i, p.Status)
			}
			if p.Base != nil {
				out.Bases = with(out.Bases, i, *p.Base)
			}
			out.Lower, out.Upper = append(out.Lower, p.Lower), append(out.Upper, p.Upper)
		}
		if !slices.ContainsFunc(points, func(p Point) bool { return p.Lower != nil || p.Upper != nil }) {
			out.Lower, out.Upper = nil, nil
		}
		switch {
		case gaps:
			out.Periods = periods
		case len(points) > 0:
			out.First = periods[0]
		}
		return out
	}
	packed.Headline = pack(s.Headline)
	for _, g := range s.Groups {
		packed.Groups = append(packed.Groups, packedGroup{g.Ground, g.Dimension, g.Name, g.Code, pack(g.Points)})
	}
	return json.Marshal(packed)
}

// periodsOf lists the periods of a series in the order of time.
func periodsOf(s Series) []packedPeriod {
	var all []packedPeriod
	add := func(points []Point) {
		for _, p := range points {
			all = append(all, packedPeriod{p.Period, p.Start, p.End})
		}
	}
	add(s.Headline)
	for _, g := range s.Groups {
		add(g.Points)
	}
	slices.SortFunc(all, func(a, b packedPeriod) int {
		return cmp.Or(a.Start-b.Start, a.End-b.End, strings.Compare(a.Period, b.Period))
	})
	return slices.Compact(all)
}

func with[V any](m map[int]V, key int, value V) map[int]V {
	if m == nil {
		m = map[int]V{}
	}
	m[key] = value
	return m
}

// unpack gives the series as it was packed.
func (packed *packedSeries) unpack() Series {
	unpack := func(from packedPoints) []Point {
		points := make([]Point, len(from.Values))
		for i := range points {
			at := from.First + i
			if from.Periods != nil {
				at = from.Periods[i]
			}
			period := packed.Periods[at]
			points[i] = Point{Period: period.Period, Start: period.Start, End: period.End, Value: from.Values[i], Status: from.Status[i]}
			if n, ok := from.Counts[i]; ok {
				points[i].Count = &n
			}
			if base, ok := from.Bases[i]; ok {
				points[i].Base = &base
			}
			if from.Lower != nil {
				points[i].Lower, points[i].Upper = from.Lower[i], from.Upper[i]
			}
		}
		return points
	}
	s := packed.Series
	s.Headline = unpack(packed.Headline)
	s.Groups = make([]Group, len(packed.Groups))
	for i, g := range packed.Groups {
		s.Groups[i] = Group{g.Ground, g.Dimension, g.Name, g.Code, unpack(g.Points)}
	}
	return s
}
