package statistics

import (
	"cmp"
	"math"
	"slices"
)

// headlinePoints gives the points of the city as a whole.
func (v *viewer) headlinePoints() []Point {
	var slots []slot
	for _, s := range v.slots {
		if s.column < 0 {
			slots = append(slots, s)
		}
	}
	return v.points(slots, "")
}

// groupSeries gives the groups, by column, then by name.
func (v *viewer) groupSeries() []Group {
	type id struct {
		column int
		name   string
	}
	by := map[id][]slot{}
	var order []id
	for _, s := range v.slots {
		if s.column < 0 {
			continue
		}
		key := id{s.column, fold(s.name)}
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], s)
	}
	slices.SortFunc(order, func(a, b id) int {
		return cmp.Or(cmp.Compare(a.column, b.column), natural(by[a][0].name, by[b][0].name))
	})
	var groups []Group
	grounds := map[int]string{}
	for _, key := range order {
		slots := by[key]
		ground, known := grounds[key.column]
		if !known {
			ground = v.ground(key.column)
			grounds[key.column] = ground
		}
		column := v.raw.Columns[key.column]
		g := Group{Ground: ground, Dimension: column.Name, Name: slots[0].name, Points: v.points(slots, slots[0].name)}
		switch {
		case ground == "area":
			for _, s := range slots {
				g.Code = max(g.Code, v.raw.Keys[s.key].Place)
			}
		case ground == "" && column.Role == Generic:
			g.Ground = groundOfValue(g.Name)
		}
		if len(g.Points) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// ground is that of a column by its name and values, or area where its values have codes of areas of their own.
func (v *viewer) ground(column int) string {
	if ground := GroundOf(v.raw.Columns[column].Name, v.cells(column)); ground != "" {
		return ground
	}
	places := map[string]string{}
	for _, k := range v.picked {
		if key := v.raw.Keys[k]; key.Cells[column] != "" {
			if other, twice := places[key.Place]; key.Place == "" || twice && !alikeText(other, key.Cells[column]) {
				return ""
			}
			places[key.Place] = key.Cells[column]
		}
	}
	if len(places) > 1 {
		return "area"
	}
	return ""
}

// points makes the observations of keys that stand for the same group into one series.
func (v *viewer) points(slots []slot, name string) []Point {
	series := v.paired(slots)
	if len(series) == 1 { // nothing can clash: a key has one observation for each period
		sortPoints(series[0].points)
		return series[0].points
	}
	type found struct {
		point  Point
		totals int
	}
	by := map[[2]int]found{}
	clash := map[[2]int]bool{}
	for _, s := range series {
		for _, p := range s.points {
			id := [2]int{p.Start, p.End}
			other, twice := by[id]
			switch {
			case !twice || s.totals < other.totals && other.point.Value != p.Value:
				by[id] = found{p, s.totals}
			case s.totals == other.totals && other.point.Value != p.Value:
				clash[id] = true
			}
		}
	}
	points := make([]Point, 0, len(by))
	for id, f := range by {
		if clash[id] {
			v.found.add(Error, "view.clash", v.row.Row, "select", "period", f.point.Period, "group", cmp.Or(name, "headline"), "source", v.raw.Code)
			continue
		}
		points = append(points, f.point)
	}
	sortPoints(points)
	return points
}

func sortPoints(points []Point) {
	slices.SortFunc(points, func(a, b Point) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
}

// series is what a key gives after the transform.
type series struct {
	points []Point
	totals int
}

// paired applies the transform; for a difference it pairs the keys that differ in its column alone.
func (v *viewer) paired(slots []slot) []series {
	t := v.row.Transform
	var list []series
	if t.Kind != DifferenceTransform {
		for _, s := range slots {
			if v.rater != nil {
				list = append(list, series{points: v.rater.rates(s), totals: s.totals})
				continue
			}
			out := series{totals: s.totals, points: make([]Point, 0, len(v.byKey[s.key]))}
			for _, o := range v.byKey[s.key] {
				if value := t.apply(o.Value); o.Mark == "" && finite(value) {
					out.points = append(out.points, point(o, value, t))
				}
			}
			list = append(list, out)
		}
		return list
	}
	minus := v.raw.Columns[v.minus]
	for _, a := range slots {
		if !minus.holds(v.raw.Keys[a.key].Cells[v.minus], t.A) {
			continue
		}
		for _, b := range slots {
			if minus.holds(v.raw.Keys[b.key].Cells[v.minus], t.B) && v.alikeBut(a.key, b.key) {
				list = append(list, series{points: v.difference(a.key, b.key), totals: a.totals})
			}
		}
	}
	return list
}

// alikeBut tells whether two keys have the same cells except in the column of the difference.
func (v *viewer) alikeBut(a, b int) bool {
	for c := range v.raw.Columns {
		if c != v.minus && !alikeText(v.raw.Keys[a].Cells[c], v.raw.Keys[b].Cells[c]) {
			return false
		}
	}
	return true
}

func (v *viewer) difference(a, b int) []Point {
	other := map[[2]int]Observation{}
	for _, o := range v.byKey[b] {
		other[[2]int{o.Period.Start, o.Period.End}] = o
	}
	var points []Point
	for _, o := range v.byKey[a] {
		less, ok := other[[2]int{o.Period.Start, o.Period.End}]
		if !ok || o.Mark != "" || less.Mark != "" {
			continue
		}
		p := point(o, subtract(o.Value, less.Value), v.row.Transform)
		if p.Status == "" {
			p.Status = less.Status
		}
		if p.Count != nil && (less.Count == nil || *less.Count < *p.Count) {
			p.Count = less.Count // the smaller of the two is what could be worked out; unknown if one is
		}
		points = append(points, p)
	}
	return points
}

func finite(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }

func point(o Observation, value float64, t Transform) Point {
	p := Point{Period: o.Period.Text, Start: o.Period.Start, End: o.Period.End, Value: value, Count: o.Count, Status: o.Status}
	p.Lower, p.Upper = t.Bounds(o.Lower, o.Upper)
	return p
}

// notes reports what the result lacks or leaves out.
func (v *viewer) notes(p part) {
	row, code := v.row.Row, v.raw.Code
	if v.crossed > 0 {
		v.found.add(Note, "view.crossed", row, "", "count", itoa(v.crossed), "source", code)
	}
	switch {
	case len(p.headline) == 0 && len(p.groups) == 0:
		v.found.add(Warning, "view.nothing", row, "", "source", code)
	case len(p.headline) == 0:
		v.found.add(Note, "view.headless", row, "", "source", code)
	}
}
