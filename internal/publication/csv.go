package publication

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/formula"
)

// CitiesColumns are explained in docs/data.md.
var CitiesColumns = []string{"code", "name", "country", "population", "latitude", "longitude", "fictional", "newest_period", "state"}

// WriteCitiesCSV writes cities as a table (RFC 4180, UTF-8) with a header, a row for each. A text that a spreadsheet would take for a
// formula is led by an apostrophe, here and in WriteSeriesCSV.
func WriteCitiesCSV(w io.Writer, cities []Entry) error {
	table := csv.NewWriter(w)
	_ = table.Write(CitiesColumns) // the error stays and is given by Error
	for _, c := range cities {
		population, period, state := "", "", ""
		if c.Population != nil {
			population = strconv.FormatInt(*c.Population, 10)
		}
		if c.Newest != nil {
			period, state = c.Newest.Period.Period, c.Newest.State
		}
		_ = table.Write([]string{c.ID, formula.Guard(c.Name), c.Country, population, exact(c.Latitude), exact(c.Longitude),
			strconv.FormatBool(c.Fictional), period, state})
	}
	table.Flush()
	return table.Error()
}

// SeriesColumns are explained in docs/data.md. New ones come last: who reads a column by its place keeps reading the same.
var SeriesColumns = []string{"city", "indicator", "period", "ground", "dimension", "group", "group_code", "value", "unit", "count", "status", "fit",
	"source", "url", "licence", "lower", "upper", "local", "city_name", "country", "fictional", "title", "method", "transform",
	"cases", "base", "base_period", "base_source"}

// WriteSeriesCSV writes a series as a table with a header: a row for each value, first those of the whole city, then those of each group,
// numbers as they are stored. Title is the indicator's, in the reader's language.
func WriteSeriesCSV(w io.Writer, s Series, title string) error {
	table := csv.NewWriter(w)
	_ = table.Write(SeriesColumns)
	var source Source
	if len(s.Sources) > 0 {
		source = s.Sources[0]
	}
	add := func(g Group) {
		for _, p := range g.Points {
			count, cases, base, basePeriod, baseSource := "", "", "", "", ""
			if b := p.Base; b != nil {
				cases, base, basePeriod, baseSource = exact(&b.Cases), exact(&b.Value), formula.Guard(b.Period), formula.Guard(s.BaseSource())
			}
			if p.Count != nil {
				count = strconv.FormatInt(*p.Count, 10)
			}
			_ = table.Write([]string{s.Head.ID, s.Indicator, formula.Guard(p.Period), g.Ground, formula.Guard(g.Dimension), formula.Guard(g.Name),
				formula.Guard(g.Code), exact(&p.Value), formula.Guard(s.Unit), count, formula.Guard(p.Status), s.Fit, formula.Guard(source.Publisher),
				formula.Guard(source.URL), formula.Guard(source.Licence), exact(p.Lower), exact(p.Upper), strconv.FormatBool(s.Own != nil),
				formula.Guard(s.Head.Name), s.Head.Country, strconv.FormatBool(s.Head.Fictional), formula.Guard(title), formula.Guard(source.Method), formula.Guard(s.Transform),
				cases, base, basePeriod, baseSource})
		}
	}
	add(Group{Points: s.Headline})
	for _, g := range s.Groups {
		add(g)
	}
	table.Flush()
	return table.Error()
}

// BaseSource names who published the denominators of a series of rates, else what they are; empty where it has none.
func (s Series) BaseSource() string {
	var names []string
	for _, base := range s.Bases {
		if name := cmp.Or(base.Publisher, base.Title); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "; ")
}

// exact gives a number so that it reads back to the same float64; empty where there is none.
func exact(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
