package web

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
)

// seriesColumns are explained in docs/data.md. New ones come last: who reads a column by its place keeps reading the same.
var seriesColumns = []string{"city", "indicator", "period", "ground", "dimension", "group", "group_code", "value", "unit", "count", "status", "fit",
	"source", "url", "licence", "lower", "upper", "local", "city_name", "country", "fictional", "title", "method", "transform"}

// seriesCSV has a row for each value, numbers as they are stored.
func (q *request) seriesCSV(doc publication.Series) (answer, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(seriesColumns)
	var source publication.Source
	if len(doc.Sources) > 0 {
		source = doc.Sources[0]
	}
	title := q.titleWith(doc.Indicator, doc.Own).S
	add := func(g publication.Group) {
		for _, p := range g.Points {
			count := ""
			if p.Count != nil {
				count = strconv.FormatInt(*p.Count, 10)
			}
			_ = w.Write([]string{doc.Head.ID, doc.Indicator, cell(p.Period), g.Ground, cell(g.Dimension), cell(g.Name), cell(g.Code), exact(&p.Value),
				cell(doc.Unit), count, cell(p.Status), doc.Fit, cell(source.Publisher), cell(source.URL), cell(source.Licence), exact(p.Lower), exact(p.Upper),
				strconv.FormatBool(doc.Own != nil), cell(doc.Head.Name), doc.Head.Country, strconv.FormatBool(doc.Head.Fictional), cell(title), cell(source.Method), cell(doc.Transform)})
		}
	}
	add(publication.Group{Points: doc.Headline})
	for _, g := range doc.Groups {
		add(g)
	}
	w.Flush()
	return csvFile(b.String(), doc.Head.ID, doc.Indicator, "series"), w.Error()
}
