package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/measure"
	"github.com/cityrights/cityrights/standard"
)

// Figures gives what the series of one indicator say of it, of the points that end no later than the day end: the latest headline value,
// the latest figures of groups, the gaps, the trend, and whether a declared minimum is reached. Where there are several series, the one that Series says is taken.
// A yes-or-no indicator is answered, not measured.
func Figures(i *standard.Indicator, series []Series, end int) Indicator {
	figures := Indicator{ID: i.ID, Local: i.Local(), Title: i.Title, Unit: i.Unit, Groups: []Group{}, Trend: string(measure.TooLittleData)}
	if i.Minimum != nil {
		figures.Minimum = &Minimum{Value: i.Minimum.Value, Source: i.Minimum.Source}
	}
	n := Leading(series, end)
	if n < 0 || isBool(i) {
		return figures
	}
	s := &series[n]
	if s.Unit != "" {
		figures.Unit = s.Unit
	}
	figures.Source, figures.URL, figures.Licence, figures.Fit = s.Source, s.URL, s.Licence, s.Fit
	if p := latest(s.Headline, end); p != nil {
		figures.Value, figures.Interval, figures.Period = Numeric(p.Value), p.Interval, p.Period
	}
	figures.Groups, figures.Gaps = groupsAndGaps(s.Groups, end)
	if len(figures.Gaps) > 0 {
		figures.Gap = &figures.Gaps[0].Size
	}
	figures.trend(s.Headline, end, direction(i.Good))
	figures.reach(i)
	return figures
}

// reach notes whether the declared minimum is reached, as far as the figure can show it.
func (i *Indicator) reach(def *standard.Indicator) {
	if i.Minimum == nil || i.Value == nil || i.Fit == Close || !sameScale(i.Unit, def.Unit) {
		return
	}
	if v, ok := i.Value.Float(); ok {
		reached := def.Minimum.Reached(v, def.Good)
		i.Minimum.Reached = &reached
	}
}

func (i *Indicator) trend(headline []Point, end int, good measure.Direction) {
	points := make([]measure.Point, 0, len(headline))
	for _, p := range headline {
		if p.End <= end {
			points = append(points, measure.Point{Time: middle(p.Start, p.End), Value: p.Value})
		}
	}
	verdict, slope := measure.Trend(points, good)
	i.Trend = string(verdict)
	if slope != nil {
		i.Slope = &Slope{PerYear: slope.PerYear, Lower: slope.Lower, Upper: slope.Upper, N: slope.N}
	}
}

func direction(good standard.Good) measure.Direction {
	switch good {
	case standard.Up, standard.Yes:
		return measure.Up
	case standard.Down:
		return measure.Down
	case standard.Parity:
		return measure.Parity
	}
	return measure.None
}

// Leading gives the index of that one of an indicator's series that is shown, as Series says; -1 where none has a figure that ends no
// later than the day end.
func Leading(series []Series, end int) int {
	best := candidate{at: -1}
	for n := range series {
		c := candidate{Series: &series[n], at: n, newest: newest(series[n].Headline, end)}
		c.headline = min(c.newest, 1)
		for _, g := range c.Groups {
			c.newest = max(c.newest, newest(g.Points, end))
		}
		if c.newest > 0 && (best.at < 0 || c.compare(best) > 0) {
			best = c
		}
	}
	return best.at
}

type candidate struct {
	*Series
	at       int // index
	headline int // 1 where it has figures for the whole city
	newest   int // last day of its newest figure
}

func (a candidate) compare(b candidate) int {
	by := cmp.Or(
		cmp.Compare(a.Fit, b.Fit), // close is before exact in the alphabet too
		a.headline-b.headline,
		a.newest-b.newest,
		cmp.Compare(a.Unit, b.Unit), // from here on only so that the choice does not depend on the order
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.URL, b.URL),
		cmp.Compare(a.Licence, b.Licence),
	)
	if by != 0 {
		return by
	}
	return cmp.Compare(canonical(a.Series), canonical(b.Series))
}

// canonical writes a series out in one order, whatever the order of its points and groups.
func canonical(s *Series) string {
	lines := make([]string, 0, len(s.Headline)+len(s.Groups))
	add := func(dimension, group string, points []Point) {
		for _, p := range points {
			lines = append(lines, fmt.Sprintf("%q %q %q %d %d %v %s", dimension, group, p.Period, p.Start, p.End, p.Value, p.bounds()))
		}
	}
	add("", "", s.Headline)
	for _, g := range s.Groups {
		add(g.Dimension, g.Group, g.Points)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// newest gives the last day of the newest point that ends in time, 0 where there is none.
func newest(points []Point, end int) int {
	day := 0
	for i := range points {
		if e := points[i].End; e <= end && e > day {
			day = e
		}
	}
	return day
}

// latest gives the point that ends last and in time; among those the shortest period. Nil where there is none.
func latest(points []Point, end int) *Point {
	var last *Point
	for i := range points {
		if p := &points[i]; p.End <= end && (last == nil || byPeriod(p, last) > 0) {
			last = p
		}
	}
	return last
}

func byPeriod(a, b *Point) int {
	if a.End != b.End {
		return a.End - b.End
	}
	return cmp.Or(a.Start-b.Start, cmp.Compare(a.Period, b.Period), cmp.Compare(a.Value, b.Value), a.compare(b.Interval))
}
