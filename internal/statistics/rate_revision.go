package statistics

import "slices"

// rateRevisions gives what an import changes in the rates that the mapping makes, be it by a new figure or by a new denominator. They stand under
// the indicator's own id, which is never the code of a source indicator (those are in lower case), with values as pages show them.
func (s *state) rateRevisions(mapping Mapping, input *collected, p *plan, f *findings) (list []Revision, err error) {
	touched := func(code string) bool {
		return slices.Contains(p.withdrawn, code) || slices.ContainsFunc(p.save, func(one saved) bool { return one.code == code })
	}
	for _, row := range mapping {
		known, stored := s.sources[row.Source]
		if !row.rates() || !stored || !touched(row.Source) && !touched(row.Transform.Of) ||
			!slices.ContainsFunc(s.mapping, func(before MappingRow) bool { before.Row = row.Row; return before.form() == row.form() }) {
			continue
		}
		old, err := decodeRaw(row.Source, known.document)
		if err != nil {
			return nil, err
		}
		oldBase, err := s.base(row, nil, nil)
		if err != nil {
			return nil, err
		}
		now := old
		if slices.Contains(p.withdrawn, row.Source) {
			now = nil
		} else if raw := input.raws[row.Source]; raw != nil {
			now = raw
		}
		base, err := s.base(row, input.raws, p.withdrawn)
		if err != nil {
			return nil, err
		}
		before, after := view(row, old, oldBase, &findings{}), part{}
		if now != nil {
			after = view(row, now, base, &findings{})
		}
		changed := before.revisions(after)
		if len(changed) > 0 {
			f.add(Note, "rate.revised", row.Row, "", "count", itoa(len(changed)), "indicator", row.Indicator)
		}
		list = append(list, changed...)
	}
	return list, nil
}

// revisions gives the points of a part that another part, made of the same row later, has otherwise or not at all.
func (p part) revisions(after part) (list []Revision) {
	compare := func(before, now []Point, dimensions map[string]string) {
		later := map[[2]int]Point{}
		for _, point := range now {
			later[[2]int{point.Start, point.End}] = point
		}
		for _, was := range before {
			rev := Revision{Source: p.row.Indicator, Dimensions: dimensions, Period: Period{Text: was.Period, Start: was.Start, End: was.End},
				Old: &was.Value, OldLower: was.Lower, OldUpper: was.Upper}
			is, kept := later[[2]int{was.Start, was.End}]
			switch {
			case !kept:
				rev.Withdrawn = true
			case is.Value == was.Value && equal(is.Lower, was.Lower) && equal(is.Upper, was.Upper):
				continue
			default:
				rev.New, rev.NewLower, rev.NewUpper = &is.Value, is.Lower, is.Upper
			}
			list = append(list, rev)
		}
	}
	compare(p.headline, after.headline, map[string]string{})
	for _, group := range p.groups {
		var now []Point
		if at := slices.IndexFunc(after.groups, func(g Group) bool { return g.Dimension == group.Dimension && fold(g.Name) == fold(group.Name) }); at >= 0 {
			now = after.groups[at].Points
		}
		compare(group.Points, now, map[string]string{group.Dimension: group.Name})
	}
	return list
}
