package statistics

import (
	"cmp"
	"slices"
	"strings"
)

// assemble joins the parts of each indicator into its series. Rows of the mapping with the same unit and fit make one series: their
// headlines and groups stand together, an earlier row before a later one where both give the same figure. Rows that differ in unit or fit
// make several series of one indicator, the better fit first, then by the order of the mapping.
func assemble(city string, parts []part, f *findings) []Series {
	type id struct{ indicator, unit, fit string }
	by := map[id]*Series{}
	var order []id
	for _, p := range parts {
		if len(p.headline) == 0 && len(p.groups) == 0 {
			continue
		}
		key := id{p.row.Indicator, fold(p.row.Unit), p.row.Fit}
		s := by[key]
		if s == nil {
			s = &Series{City: city, Indicator: p.row.Indicator, Unit: cmp.Or(p.row.Unit, p.raw.About.Unit), Fit: p.row.Fit}
			by[key] = s
			order = append(order, key)
		}
		s.add(p, f)
	}
	slices.SortStableFunc(order, func(a, b id) int {
		return cmp.Or(natural(a.indicator, b.indicator), cmp.Compare(fitRank(a.fit), fitRank(b.fit)))
	})
	list := make([]Series, len(order))
	for i, key := range order {
		list[i] = *by[key]
	}
	return list
}

func fitRank(fit string) int {
	if fit == "exact" {
		return 0
	}
	return 1
}

// add joins a part to the series.
func (s *Series) add(p part, f *findings) {
	s.Note, s.Transform = joinText(s.Note, p.row.Note), joinText(s.Transform, p.row.Transform.String())
	if !slices.ContainsFunc(s.Sources, func(other Source) bool { return other.Code == p.raw.About.Code }) {
		s.Sources = append(s.Sources, p.raw.About.Source)
	}
	if p.base != nil && !slices.ContainsFunc(s.Bases, func(other Source) bool { return other.Code == p.base.About.Code }) {
		s.Bases = append(s.Bases, p.base.About.Source)
	}
	s.Headline = s.addPoints(s.Headline, p.headline, p, "headline", f)
	known := map[string]int{}
	for i, g := range s.Groups {
		known[fold(g.Dimension)+"\x00"+fold(g.Name)] = i
	}
	for _, g := range p.groups {
		i, twice := known[fold(g.Dimension)+"\x00"+fold(g.Name)]
		if !twice {
			s.Groups = append(s.Groups, g)
			continue
		}
		s.Groups[i].Points = s.addPoints(s.Groups[i].Points, g.Points, p, g.Name, f)
	}
}

func (s *Series) addPoints(to, more []Point, p part, group string, f *findings) []Point {
	if len(to) == 0 {
		return more
	}
	known := map[[2]int]float64{}
	for _, point := range to {
		known[[2]int{point.Start, point.End}] = point.Value
	}
	for _, point := range more {
		value, twice := known[[2]int{point.Start, point.End}]
		if !twice {
			to = append(to, point)
		} else if value != point.Value {
			f.add(Warning, "series.clash", p.row.Row, "", "indicator", s.Indicator, "group", group, "period", point.Period,
				"taken", formatNumber(value), "left", formatNumber(point.Value))
		}
	}
	sortPoints(to)
	return to
}

// joinText adds a text to others, parted by semicolons, unless it stands there already.
func joinText(all, text string) string {
	switch {
	case all == "" || text == "":
		return all + text
	case slices.Contains(strings.Split(all, "; "), text):
		return all
	}
	return all + "; " + text
}
