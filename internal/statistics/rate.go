package statistics

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// PopulationCode is the code of the source indicator that holds a city's population; where no such one was imported, the number that is
// kept with the city stands for it.
const PopulationCode = "population"

// BaseAge is by how many years the denominator of a rate may be older than the figure where none of its own year is known.
const BaseAge = 2

// Base is the denominator of a rate: the value is Cases / Value × factor of the transform.
type Base struct {
	Cases  float64 // the figure of the source
	Value  float64 // people, households or births that it is divided by
	Period string  // of Value, as its source writes it
	Older  int     // years by which Value is older than the figure; 0: of the same year
}

// rater finds the denominators of the keys of one source indicator. It never gives a group the denominator of the whole city: a key that names a
// group has one only where the denominators have that very group.
type rater struct {
	v     *viewer
	raw   *Raw // the denominators; nil: the city has none
	byKey [][]Observation
	// lacking are names of groups without a denominator, the empty one of the whole; late counts figures without one of their
	// year, older those with one of an earlier year
	lacking []string
	late    int
	older   int
}

// rates gives the points of a key as rates.
func (r *rater) rates(s slot) []Point {
	t := r.v.row.Transform
	key, ok := r.find(s)
	if !ok {
		if !slices.Contains(r.lacking, s.name) {
			r.lacking = append(r.lacking, s.name)
		}
		return nil
	}
	points := make([]Point, 0, len(r.v.byKey[s.key]))
	for _, o := range r.v.byKey[s.key] {
		if o.Mark != "" {
			continue
		}
		base, older, ok := r.of(key, o.Period)
		if !ok {
			r.late++
			continue
		}
		rate := ratio(o.Value, base.Value, t.By)
		if !finite(rate) {
			continue
		}
		if older > 0 {
			r.older++
		}
		p := Point{Period: o.Period.Text, Start: o.Period.Start, End: o.Period.End, Value: rate, Status: o.Status, Count: fewest(o.Count, o.Value, base.Value),
			Base: &Base{Cases: o.Value, Value: base.Value, Period: base.Period.Text, Older: older}}
		p.Lower, p.Upper = scaled(o.Lower, base.Value, t.By), scaled(o.Upper, base.Value, t.By)
		if t.By < 0 {
			p.Lower, p.Upper = p.Upper, p.Lower
		}
		points = append(points, p)
	}
	return points
}

// ratio divides and keeps six significant digits: no count of people is more exact.
func ratio(cases, base, by float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(cases/base*by, 'g', 6, 64), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func scaled(bound *float64, base, by float64) *float64 {
	if bound == nil {
		return nil
	}
	if v := ratio(*bound, base, by); finite(v) {
		return &v
	}
	return nil
}

// fewest gives the smallest number of persons or cases that stands behind a rate: what its source counts, the cases, or those that they are of.
func fewest(count *int64, cases, base float64) *int64 {
	few := min(math.Abs(cases), base)
	if few >= math.MaxInt64 {
		return count
	}
	n := int64(few)
	if count != nil && *count < n {
		n = *count
	}
	return &n
}

// of gives the denominator of a period: of the same period, else the latest of the year in which the period begins, else the latest of the
// years before, BaseAge at most.
func (r *rater) of(key int, period Period) (base Observation, older int, ok bool) {
	year := period.Start / 10000
	best := -1
	for i, o := range r.byKey[key] {
		if o.Mark != "" || o.Value <= 0 {
			continue
		}
		if o.Period.Start == period.Start && o.Period.End == period.End {
			return o, 0, true
		}
		its := o.Period.End / 10000
		if its <= year && its >= year-BaseAge && (best < 0 || o.Period.End >= r.byKey[key][best].Period.End) {
			best = i
		}
	}
	if best < 0 {
		return Observation{}, 0, false
	}
	base = r.byKey[key][best]
	return base, year - base.Period.End/10000, true
}

// find gives the key of the denominators that stands for the same people as a slot.
func (r *rater) find(s slot) (key int, ok bool) {
	if r.raw == nil {
		return 0, false
	}
	want, ok := r.wanted(s)
	if !ok {
		return 0, false
	}
	found, fewest := -1, 0
keys:
	for k, candidate := range r.raw.Keys {
		totals := 0
		for c, column := range r.raw.Columns {
			cell := candidate.Cells[c]
			switch asked, named := want[c]; {
			case named && column.holds(cell, asked):
			case named:
				continue keys
			case cell == "" || column.Role == Measure:
			case isTotal(cell) || isTotal(column.Codes[cell]):
				totals++
			default:
				continue keys
			}
		}
		if found < 0 || totals < fewest {
			found, fewest = k, totals
		}
	}
	return found, found >= 0
}

// wanted says which cell each column of the denominators must have, by its index; false where a group of the figure is none of theirs.
func (r *rater) wanted(s slot) (want map[int]string, ok bool) {
	want = map[int]string{}
	for _, c := range r.v.row.Transform.Where {
		at := slices.IndexFunc(r.raw.Columns, func(column Column) bool { return foldName(column.Name) == foldName(c.Column) })
		if at < 0 {
			return nil, false
		}
		want[at] = c.Value
	}
	cells := r.v.raw.Keys[s.key].Cells
	for i, column := range r.v.raw.Columns {
		cell := cells[i]
		if cell == "" || column.Role == Measure || r.v.isWhole(cell, i) {
			continue
		}
		at := r.sameColumn(column.Name)
		switch {
		case at >= 0 && r.raw.Columns[at].Role != Measure:
			if _, named := want[at]; !named {
				want[at] = cell
			}
		case i == s.column || r.people(i):
			return nil, false
		}
	}
	return want, true
}

// sameColumn finds the column of the denominators that breaks down by the same: of the same name, else of the same ground. A column without a
// cell breaks nothing down: it stands there for the sake of other source indicators of the same file.
func (r *rater) sameColumn(name string) int {
	find := func(same func(Column) bool) int {
		for at, column := range r.raw.Columns {
			if same(column) && slices.ContainsFunc(r.raw.Keys, func(key Key) bool { return key.Cells[at] != "" }) {
				return at
			}
		}
		return -1
	}
	if at := find(func(c Column) bool { return foldName(c.Name) == foldName(name) }); at >= 0 {
		return at
	}
	ground := byName(name)
	return find(func(c Column) bool { return ground != "" && byName(c.Name) == ground })
}

// people tells whether a column that the row selects, or that says the same in every row, says of which people the figures are rather than what was counted.
// Areas do so only where several stand in it: else they name the city itself.
func (r *rater) people(column int) bool {
	var cells []string
	for _, key := range r.v.raw.Keys {
		cells = append(cells, key.Cells[column])
	}
	ground := GroundOf(r.v.raw.Columns[column].Name, cells)
	if ground == "area" {
		return slices.ContainsFunc(cells, func(cell string) bool { return !alikeText(cell, cells[0]) })
	}
	return ground != "" && ground != "sector"
}

// report says which figures have no rate, and why.
func (r *rater) report() {
	row, source, of := r.v.row.Row, r.v.raw.Code, r.v.row.Transform.Of
	switch {
	case r.raw == nil:
		r.v.found.add(Warning, "rate.none", row, "transform", "source", source, "base", of)
		return
	case slices.Contains(r.lacking, ""):
		r.v.found.add(Warning, "rate.whole", row, "transform", "source", source, "base", of)
	}
	if groups := slices.DeleteFunc(slices.Clone(r.lacking), func(name string) bool { return name == "" }); len(groups) > 0 {
		r.v.found.add(Warning, "rate.group", row, "transform", "source", source, "base", of, "count", itoa(len(groups)), "groups", choices(groups))
	}
	if r.late > 0 {
		r.v.found.add(Warning, "rate.year", row, "transform", "source", source, "base", of, "count", itoa(r.late), "years", itoa(BaseAge))
	}
	if r.older > 0 {
		r.v.found.add(Note, "rate.older", row, "transform", "source", source, "base", of, "count", itoa(r.older))
	}
}

// byKeys puts observations by their keys.
func byKeys(raw *Raw) [][]Observation {
	by := make([][]Observation, len(raw.Keys))
	for i := 0; i < len(raw.Observations); {
		j := i
		for j < len(raw.Observations) && raw.Observations[j].Key == raw.Observations[i].Key {
			j++
		}
		by[raw.Observations[i].Key] = raw.Observations[i:j]
		i = j
	}
	return by
}

// Population is the number of inhabitants that is kept with a city.
type Population struct {
	Number int64
	Year   int // 0: not known; then it is no denominator
	Source string
}

// raw gives it as a source indicator without a code; nil where it is not known.
func (p Population) raw() *Raw {
	if p.Number <= 0 || p.Year == 0 {
		return nil
	}
	year := Period{Text: itoa(p.Year), Start: p.Year*10000 + 101, End: p.Year*10000 + 1231}
	return &Raw{Keys: []Key{{}}, Observations: []Observation{{Period: year, Value: float64(p.Number)}},
		About: About{Source: Source{Title: "Population", Publisher: p.Source}}}
}

// parsePer reads FACTOR:SOURCE and FACTOR:SOURCE:Column=value;Column=value.
func parsePer(rest string) (Transform, error) {
	parts := strings.SplitN(rest, ":", 3)
	by, ok := plainNumber(strings.TrimSpace(parts[0]))
	if !ok || by <= 0 || len(parts) < 2 || sourceCode(parts[1]) == "" {
		return Transform{}, problem("mapping.transform_per")
	}
	t := Transform{Kind: RateTransform, By: by, Of: sourceCode(parts[1])}
	if len(parts) == 3 {
		where, err := parseSelect(parts[2])
		if err != nil {
			return Transform{}, err
		}
		t.Where = where
	}
	return t, nil
}
