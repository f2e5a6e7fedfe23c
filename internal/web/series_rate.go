package web

import (
	"time"

	"github.com/cityrights/cityrights/internal/publication"
)

// base says what a rate was made of: "1,234 of 463,400 (2024)"; nothing where there is no rate.
func (q *request) base(b *publication.Base) string {
	if b == nil {
		return ""
	}
	return q.t("series.rate.made", "Cases", q.locale.Exact(b.Cases), "Base", q.locale.Exact(b.Value), "Period", b.Period)
}

// rated says in a sentence how the newest rate came about, and which rates rest on an older denominator.
func (q *request) rated(doc publication.Series) (said []string) {
	var newest *publication.Point
	older := 0
	note := func(points []publication.Point) {
		for i := range points {
			if b := points[i].Base; b != nil && b.Older > 0 {
				older++
			}
		}
	}
	note(doc.Headline)
	for _, g := range doc.Groups {
		note(g.Points)
	}
	if n := len(doc.Headline); n > 0 {
		newest = &doc.Headline[n-1]
	}
	if newest != nil && newest.Base != nil {
		b := newest.Base
		said = append(said, q.t("series.rate.sentence", "Value", q.value(newest.Value, doc.Unit), "Cases", q.locale.Exact(b.Cases), "Period", newest.Period,
			"Base", q.locale.Exact(b.Value), "BasePeriod", b.Period, "Source", q.baseName(doc)))
	}
	if older > 0 {
		said = append(said, q.t("series.rate.older", "Count", older))
	}
	return said
}

func (q *request) baseName(doc publication.Series) string {
	if name := doc.BaseSource(); name != "" && name != ownRecord {
		return name
	}
	return q.t("series.rate.city")
}

// ownRecord is the title of the number of inhabitants that a city itself gives.
const ownRecord = "Population"

// baseSource is the source of denominators, led by what it is.
func (q *request) baseSource(source publication.Source) []fact {
	if source.Code == "" && source.Publisher == "" {
		source.Publisher = q.t("series.rate.city")
	}
	if source.Code == "" {
		source.Title = q.t("series.rate.population")
	}
	what := source.Title
	source.Title = ""
	return append([]fact{{Name: q.t("series.rate.base"), Text: what}}, q.source(source)...)
}

// retrieved says when figures were taken over; nothing where they never were.
func (q *request) retrieved(source publication.Source) string {
	if source.Retrieved == 0 {
		return ""
	}
	return q.locale.Date(time.UnixMilli(source.Retrieved).UTC())
}
