package web

import (
	"cmp"

	"github.com/cityrights/cityrights/internal/publication"
)

// bound writes a bound of an interval with the source's decimals; empty where it is not known.
func (q *request) bound(v *float64) string {
	if v == nil {
		return ""
	}
	return q.locale.Exact(*v)
}

// bounded counts the values of which a bound is known.
func bounded(doc publication.Series) (n int) {
	count := func(points []publication.Point) {
		for _, p := range points {
			if p.Lower != nil || p.Upper != nil {
				n++
			}
		}
	}
	count(doc.Headline)
	for _, g := range doc.Groups {
		count(g.Points)
	}
	return n
}

// intervalNote says of how many values an interval is known.
func (q *request) intervalNote(doc publication.Series) string {
	all := len(doc.Headline)
	for _, g := range doc.Groups {
		all += len(g.Points)
	}
	switch n := bounded(doc); n {
	case 0:
		return q.t("series.quality.interval")
	case all:
		return q.t("series.quality.intervals")
	default:
		return q.t("series.quality.some_intervals", "Count", n, "All", q.locale.Integer(int64(all)))
	}
}

// revised writes a value before or after a revision, with its interval where one is known: that may be all that changed.
func (q *request) revised(v, lower, upper *float64) string {
	switch {
	case v == nil:
		return q.t("series.revision_none")
	case lower == nil && upper == nil:
		return q.locale.Number(*v)
	}
	return q.t("series.revision_interval", "Value", q.locale.Exact(*v), "Lower", cmp.Or(q.bound(lower), "…"), "Upper", cmp.Or(q.bound(upper), "…"))
}
