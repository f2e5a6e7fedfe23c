package web

import (
	"math"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/web/chart"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// unit says a unit in the reader's language where the catalogue knows it, else as the source writes it.
func (q *request) unit(unit string) string {
	if said, ok := q.locale.Say("unit." + unit); ok {
		return said
	}
	return unit
}

// unitOf says a unit of the standard: in the words of a translation, or as any other unit where there are none.
func (q *request) unitOf(unit standard.Text) string {
	if unit.Language == q.server.rooms.Standard.Language {
		return q.unit(unit.Text)
	}
	return unit.Text
}

// value writes a number with its unit.
func (q *request) value(v float64, unit string) string {
	switch unit {
	case "":
		return q.locale.Number(v)
	case "%":
		return q.t("value.pct", "Value", q.locale.Number(v))
	}
	return q.t("value.unit", "Value", q.locale.Number(v), "Unit", q.unit(unit))
}

// bare writes a number beside others of the same unit, which the page has named already.
func (q *request) bare(v float64, unit string) string {
	if unit == "%" {
		return q.value(v, unit)
	}
	return q.locale.Number(v)
}

// change writes a change with its sign and its unit: shares change by points, not by per cent.
func (q *request) change(v float64, unit string) string {
	if unit == "%" {
		unit = "percentage points"
	}
	if unit == "" {
		return q.locale.Signed(v)
	}
	return q.t("value.unit", "Value", q.locale.Signed(v), "Unit", q.unit(unit))
}

// number writes what an indicator says: yes, no, or a number with its unit.
func (q *request) number(n scorecard.Number, unit string) string {
	if yes, ok := n.Bool(); ok {
		if yes {
			return q.t("figure.yes")
		}
		return q.t("figure.no")
	}
	v, _ := n.Float()
	return q.value(v, unit)
}

// apart writes the size of a gap: shares differ by points, not by per cent.
func (q *request) apart(size float64, unit string) string {
	if unit == "%" {
		return q.t("figure.gap_pp", "Size", q.locale.Number(size))
	}
	return q.t("figure.gap", "Size", q.bare(size, unit))
}

// trend says in a sentence where a series goes.
func (q *request) trend(word string) string {
	if word == "" {
		word = "too_little_data"
	}
	return q.t("figure.trend." + word)
}

// minimum says whether a figure reaches its declared minimum; empty where none is declared.
func (q *request) minimum(m *scorecard.Minimum, unit string) string {
	switch {
	case m == nil:
		return ""
	case m.Reached == nil:
		return q.t("figure.minimum", "Value", q.value(m.Value, unit), "Source", m.Source)
	case *m.Reached:
		return q.t("figure.reached", "Value", q.value(m.Value, unit), "Source", m.Source)
	}
	return q.t("figure.not_reached", "Value", q.value(m.Value, unit), "Source", m.Source)
}

// place says where a city is.
func (q *request) country(code string) string {
	if name, ok := q.locale.Region(code); ok {
		return name
	}
	return q.t("country.fictional")
}

// dotsShown is how many groups a chart shows; of more, the lowest and the highest, and the rest in the table.
const dotsShown = 12

// dots draws the groups of one breakdown in one period, from the lowest to the highest, and tells how many are left to the table.
func (q *request) dots(groups []chart.Dot, city *float64, minimum *scorecard.Minimum, unit string) (chart.Dots, int) {
	left := 0
	if len(groups) > dotsShown {
		left = len(groups) - 10
		groups = append(append([]chart.Dot{}, groups[:5]...), groups[len(groups)-5:]...)
	}
	d := chart.Dots{Groups: groups, Number: q.locale.Number, Unit: unit}
	if len(groups) > 1 {
		if size := groups[len(groups)-1].Value - groups[0].Value; size > 0 {
			d.Gap = q.apart(size, unit)
		}
	}
	if city != nil {
		d.City = &chart.Rule{Value: *city, Name: q.t("figure.whole_city")}
	}
	if minimum != nil {
		d.Minimum = &chart.Rule{Value: minimum.Value}
	}
	return d, left
}

// headlineOf is the line of a figure's value: with its unit and period, or that only groups are known.
func (q *request) headlineOf(f publication.Figure) string {
	if f.Value == nil {
		return q.t("figure.groups_only")
	}
	return q.number(*f.Value, f.Unit)
}

// year is the middle of a period as a decimal year, for the axis of time.
func year(p publication.Point) float64 {
	at := func(day int) float64 {
		return float64(day/10000) + (float64(day/100%100)-1)/12 + (float64(day%100)-1)/365
	}
	return math.Round((at(p.Start)+at(p.End))/2*1000) / 1000
}
