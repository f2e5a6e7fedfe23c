package statistics

import (
	"cmp"
	"slices"
	"strings"
)

// raw makes the lines into a Raw whose order does not depend on theirs.
func (r *reader) raw() *Raw {
	keyed := r.frame.keyed()
	raw := &Raw{}
	for _, at := range keyed {
		raw.Columns = append(raw.Columns, Column{Name: r.frame.header[at], Role: r.frame.roles[at]})
	}
	if r.placeTells() {
		// Without the code, rows of different areas would be one: then it is what the rows are broken down by.
		at := r.frame.at(placeRole)
		raw.Columns = append(raw.Columns, Column{Name: r.frame.header[at], Role: Dimension})
		for i := range r.keys {
			r.keys[i].Cells = append(r.keys[i].Cells, r.keys[i].Place)
		}
		r.found.add(Note, "column.place", 0, r.frame.header[at])
	} else {
		r.forgetPlaces()
	}
	order := r.display()
	raw.Keys = make([]Key, len(r.keys))
	for i, k := range r.keys {
		raw.Keys[order[i]] = k
	}
	for _, l := range r.unique() {
		o := Observation{Key: order[l.key], Period: l.period, Value: l.value.number, Status: l.status, Count: l.count, Lower: l.lower, Upper: l.upper}
		if l.value.kind == marked {
			o.Mark, o.Status = l.value.mark, ""
		}
		raw.Observations = append(raw.Observations, o)
	}
	slices.SortFunc(raw.Observations, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(a.Period.End, b.Period.End))
	})
	raw.namePeriods()
	raw.dropUnused()
	return raw
}

// placeTells tells whether two keys differ in their place alone.
func (r *reader) placeTells() bool {
	places := map[string]string{}
	for i, k := range r.keys {
		cells := strings.TrimSuffix(r.ids[i], k.Place)
		if other, ok := places[cells]; ok && other != k.Place && other != "" && k.Place != "" {
			return true
		}
		places[cells] = max(k.Place, places[cells])
	}
	return false
}

// forgetPlaces makes keys that differ only in that one has a place and the other none into one.
func (r *reader) forgetPlaces() {
	first := map[string]int{}
	to := make([]int, len(r.keys))
	for i, k := range r.keys {
		cells := strings.TrimSuffix(r.ids[i], k.Place)
		at, ok := first[cells]
		if !ok {
			at = i
			first[cells] = i
		}
		to[i] = at
		r.keys[at].Place = max(r.keys[at].Place, k.Place)
	}
	for i := range r.lines {
		r.lines[i].key = to[r.lines[i].key]
	}
}

// display gives every cell its most frequent spelling, reports where there were several, and gives the place of each key in the order of
// names.
func (r *reader) display() []int {
	for c := range r.spelt {
		several := false
		best := map[string]string{}
		var example []string
		for folded, spellings := range r.spelt[c] {
			names := make([]string, 0, len(spellings))
			for name := range spellings {
				names = append(names, name)
			}
			slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(spellings[b], spellings[a]), cmp.Compare(a, b)) })
			best[folded] = names[0]
			if len(names) > 1 && (!several || names[0] < example[0]) {
				several, example = true, names
			}
		}
		for i := range r.keys {
			if cell := r.keys[i].Cells[c]; cell != "" {
				r.keys[i].Cells[c] = best[cell]
			}
		}
		if several {
			name := r.frame.header[r.frame.keyed()[c]]
			r.found.add(Warning, "column.spellings", 0, name, "spellings", choices(example), "taken", example[0])
		}
	}
	by := make([]int, len(r.keys))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int {
		return cmp.Or(slices.CompareFunc(r.keys[a].Cells, r.keys[b].Cells, natural), cmp.Compare(r.keys[a].Place, r.keys[b].Place), cmp.Compare(r.ids[a], r.ids[b]))
	})
	order := make([]int, len(r.keys))
	for place, i := range by {
		order[i] = place
	}
	return order
}

// unique leaves one line for each key and period. A line without a value says nothing; two with the same value are one; two with
// different values are an error.
func (r *reader) unique() []line {
	type at struct{ key, start, end int }
	first := map[at]int{}
	kept := make([]line, 0, len(r.lines))
	for _, l := range r.lines {
		if l.value.kind == blank {
			continue
		}
		id := at{l.key, l.period.Start, l.period.End}
		i, twice := first[id]
		if !twice {
			first[id] = len(kept)
			kept = append(kept, l)
			continue
		}
		other := kept[i]
		if l.row < other.row {
			l, other = other, l
		}
		if l.value.kind == other.value.kind && l.value.number == other.value.number && (l.value.kind == number || fold(l.value.mark) == fold(other.value.mark)) &&
			l.agrees(other.interval) {
			r.found.add(Warning, "row.twice", l.row, "", "row", itoa(other.row), "key", r.describe(l))
			kept[i].status = max(l.status, other.status)
			if kept[i].count = l.count; l.count == nil || other.count != nil && *other.count > *l.count {
				kept[i].count = other.count
			}
			kept[i].interval = l.or(other.interval)
			continue
		}
		r.found.add(Error, "row.conflict", l.row, "", "row", itoa(other.row), "key", r.describe(l), "values", r.valueText(other)+" and "+r.valueText(l))
	}
	return kept
}

// describe names a line's period and cells.
func (r *reader) describe(l line) string {
	parts := []string{l.period.Text}
	for i, cell := range r.keys[l.key].Cells {
		if cell != "" {
			name := ""
			if keyed := r.frame.keyed(); i < len(keyed) {
				name = r.frame.header[keyed[i]] + "="
			}
			parts = append(parts, name+cell)
		}
	}
	return strings.Join(parts, ", ")
}

func (r *reader) valueText(l line) string {
	if l.value.kind == marked {
		return l.value.mark
	}
	return formatNumber(l.value.number) + l.interval.String()
}

// namePeriods gives periods that are the same the same text: the most frequent spelling in the file.
func (raw *Raw) namePeriods() {
	spelt := map[[2]int]map[string]int{}
	for _, o := range raw.Observations {
		id := [2]int{o.Period.Start, o.Period.End}
		if spelt[id] == nil {
			spelt[id] = map[string]int{}
		}
		spelt[id][o.Period.Text]++
	}
	best := map[[2]int]string{}
	for id, texts := range spelt {
		for text, n := range texts {
			if taken := best[id]; taken == "" || n > texts[taken] || n == texts[taken] && text < taken {
				best[id] = text
			}
		}
	}
	for i := range raw.Observations {
		p := &raw.Observations[i].Period
		p.Text = best[[2]int{p.Start, p.End}]
	}
}

// dropUnused leaves out keys without an observation.
func (raw *Raw) dropUnused() {
	used := make([]bool, len(raw.Keys))
	for _, o := range raw.Observations {
		used[o.Key] = true
	}
	renumber := make([]int, len(raw.Keys))
	kept := raw.Keys[:0]
	for i, k := range raw.Keys {
		if renumber[i] = len(kept); used[i] {
			kept = append(kept, k)
		}
	}
	raw.Keys = kept
	for i := range raw.Observations {
		raw.Observations[i].Key = renumber[raw.Observations[i].Key]
	}
}
