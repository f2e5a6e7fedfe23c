package publication

import "encoding/json"

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

type packedPoints struct {
	Periods []int          `json:"p"` // index into the periods
	Values  []float64      `json:"v"`
	Counts  map[int]int64  `json:"n,omitempty"` // by position
	Status  map[int]string `json:"t,omitempty"`
}

func packSeries(s Series) ([]byte, error) {
	packed := packedSeries{Series: s}
	at := map[packedPeriod]int{}
	pack := func(points []Point) packedPoints {
		out := packedPoints{Periods: make([]int, len(points)), Values: make([]float64, len(points))}
		for i, p := range points {
			period := packedPeriod{p.Period, p.Start, p.End}
			n, known := at[period]
			if !known {
				n = len(packed.Periods)
				at[period] = n
				packed.Periods = append(packed.Periods, period)
			}
			out.Periods[i], out.Values[i] = n, p.Value
			if p.Count != nil {
				out.Counts = with(out.Counts, i, *p.Count)
			}
			if p.Status != "" {
				out.Status = with(out.Status, i, p.Status)
			}
		}
		return out
	}
	packed.Headline = pack(s.Headline)
	for _, g := range s.Groups {
		packed.Groups = append(packed.Groups, packedGroup{g.Ground, g.Dimension, g.Name, g.Code, pack(g.Points)})
	}
	return json.Marshal(packed)
}

func with[V any](m map[int]V, key int, value V) map[int]V {
	if m == nil {
		m = map[int]V{}
	}
	m[key] = value
	return m
}

func unpackSeries(text []byte) (Series, error) {
	var packed packedSeries
	if err := json.Unmarshal(text, &packed); err != nil {
		return Series{}, err
	}
	unpack := func(from packedPoints) []Point {
		points := make([]Point, min(len(from.Periods), len(from.Values)))
		for i := range points {
			period := packed.Periods[from.Periods[i]]
			points[i] = Point{Period: period.Period, Start: period.Start, End: period.End, Value: from.Values[i], Status: from.Status[i]}
			if n, ok := from.Counts[i]; ok {
				points[i].Count = &n
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
	return s, nil
}
