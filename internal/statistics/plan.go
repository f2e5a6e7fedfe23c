package statistics

import (
	"maps"
	"reflect"
	"slices"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// state is what is stored of a city.
type state struct {
	sources map[string]stored
	mapping Mapping
	people  Population
	brought string             // the import that brought the mapping
	std     *standard.Standard // with the city's own indicators; nil: indicators are not checked
}

// stored is one source indicator as it is stored.
type stored struct {
	origin   Format
	digest   string
	document string
}

// base gives the denominators of a row that makes a rate, as they are after an import; nil where the row makes none or the city has none.
func (s *state) base(row MappingRow, imported map[string]*Raw, withdrawn []string) (*Raw, error) {
	of := row.Transform.Of
	if row.Transform.Kind != RateTransform {
		return nil, nil
	}
	if raw := imported[of]; raw != nil {
		return raw, nil
	}
	if one, known := s.sources[of]; known && !slices.Contains(withdrawn, of) {
		return decodeRaw(of, one.document)
	}
	if of == PopulationCode {
		return s.people.raw(), nil
	}
	return nil, nil
}

// same tells whether two states hold the same, so that a plan made for one fits the other.
func (s *state) same(other *state) bool {
	return reflect.DeepEqual(s.mapping, other.mapping) && maps.EqualFunc(s.sources, other.sources, func(a, b stored) bool { return a.digest == b.digest })
}

// plan is what an import will write.
type plan struct {
	save      []saved
	withdrawn []string // source indicators that are gone
	revisions []Revision
	mapping   Mapping // nil: stays
	former    Mapping // the one that it replaces
	brought   string  // the import that brought that
}

type saved struct {
	code, digest, document string
}

// plan compares the input with the state and fills the report.
func (r *Room) plan(req *Request, s *state, mapping Mapping, input *collected, report *Report) (*plan, error) {
	p := &plan{}
	f := findings{file: req.Name}
	input, err := input.on(s, &f)
	if err != nil {
		return nil, err
	}
	for _, code := range slices.SortedFunc(maps.Keys(input.raws), natural) {
		document, digest, err := input.raws[code].encode()
		if err != nil {
			return nil, err
		}
		before, known := s.sources[code]
		if known && before.digest == digest {
			report.Sources.Unchanged++
			report.Values.Unchanged += len(input.raws[code].Observations)
			continue
		}
		p.save = append(p.save, saved{code, digest, document})
		var old *Raw
		if known {
			report.Sources.Changed++
			if old, err = decodeRaw(code, before.document); err != nil {
				return nil, err
			}
		} else {
			report.Sources.New++
		}
		p.revisions = append(p.revisions, compare(old, input.raws[code], &report.Values)...)
	}
	refused := input.refused()
	for _, code := range slices.SortedFunc(maps.Keys(s.sources), natural) {
		gone := input.raws[code] == nil && s.sources[code].origin == OpenSDG && req.Format == OpenSDG && !refused[code]
		if before := s.sources[code]; gone || slices.Contains(input.emptied, code) {
			old, err := decodeRaw(code, before.document)
			if err != nil {
				return nil, err
			}
			p.withdrawn = append(p.withdrawn, code)
			p.revisions = append(p.revisions, compare(old, nil, &report.Values)...)
			report.Sources.Withdrawn++
			said := "source.withdrawn"
			if !gone {
				said = "source.emptied"
			}
			f.add(Warning, said, 0, "", "code", code, "title", old.About.Title, "count", itoa(len(old.Observations)))
		}
	}
	if req.Mapping != nil && !sameMapping(mapping, s.mapping) {
		p.mapping, p.former, p.brought, report.MappingChanged = mapping, s.mapping, s.brought, true
		if len(s.mapping) > 0 {
			report.MappingReplaced = compareMappings(s.mapping, mapping)
		}
		if p.mapping == nil {
			p.mapping = Mapping{}
		}
	}
	report.Findings = append(report.Findings, f.done()...)
	rates := findings{file: req.MappingName}
	revised, err := s.rateRevisions(mapping, input, p, &rates)
	if err != nil {
		return nil, err
	}
	p.revisions = append(p.revisions, revised...)
	report.Findings = append(report.Findings, rates.done()...)
	err = r.preview(req, s, mapping, input, p, report)
	sortFindings(report.Findings)
	return p, err
}

// sameMapping tells whether two mappings decide the same, wherever their rows stood.
func sameMapping(a, b Mapping) bool { return reflect.DeepEqual(plainMapping(a), plainMapping(b)) }

// plainMapping leaves out where the rows stood in their file.
func plainMapping(m Mapping) Mapping {
	out := slices.Clone(m)
	for i := range out {
		out[i].Row = 0
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// preview applies the mapping to what will be stored.
func (r *Room) preview(req *Request, s *state, mapping Mapping, input *collected, p *plan, report *Report) error {
	f := findings{file: req.MappingName}
	if len(mapping) == 0 {
		f.addAt(fault.Place{}, Warning, "mapping.none")
	}
	became := map[string]File{}
	for _, file := range input.files {
		became[file.Code] = file
	}
	var parts []part
	for _, row := range mapping {
		m := Mapped{Row: row.Row, Indicator: row.Indicator, Source: row.Source, Select: row.selectText(), Transform: row.Transform.String(), Unit: row.Unit, Fit: row.Fit, Note: row.Note,
			Dimensions: []string{}}
		if s.std != nil {
			if i, ok := s.std.Indicator(row.Indicator); ok {
				m.IndicatorTitle = i.Title
			} else if r.Own != nil && row.Fit != "no" && standard.IsLocal(row.Indicator) {
				f.add(Warning, "mapping.own", row.Row, "standard_indicator", "indicator", row.Indicator)
			}
		}
		raw := input.raws[row.Source]
		if before, known := s.sources[row.Source]; raw == nil && known && !slices.Contains(p.withdrawn, row.Source) {
			var err error
			if raw, err = decodeRaw(row.Source, before.document); err != nil {
				return err
			}
		}
		if raw != nil {
			m.SourceTitle = raw.About.Title
		}
		switch file, known := became[row.Source]; {
		case row.Fit == "no":
		case raw == nil && known && file.Status == Refused:
			f.add(Warning, "mapping.refused", row.Row, "source_indicator", "source", row.Source, "file", file.Name)
		case raw == nil && known && file.Status != Imported:
			f.add(Warning, "mapping.skipped", row.Row, "source_indicator", "source", row.Source, "file", file.Name, "why", file.Why())
		case raw == nil:
			f.add(Warning, "mapping.missing", row.Row, "source_indicator", "source", row.Source)
		default:
			base, err := s.base(row, input.raws, p.withdrawn)
			if err != nil {
				return err
			}
			part := view(row, raw, base, &f)
			parts = append(parts, part)
			m.describe(part)
			checkRange(s.std, part, &f)
		}
		report.Mapping = append(report.Mapping, m)
	}
	assemble(req.City, parts, &f)
	report.Findings = append(report.Findings, f.done()...)
	return nil
}

// describe says what a part gives.
func (m *Mapped) describe(p part) {
	m.Points, m.Groups = len(p.headline), len(p.groups)
	points := slices.Clone(p.headline)
	if sortPoints(points); len(points) > 0 {
		newest := points[len(points)-1]
		m.Latest = &Latest{Value: newest.Value, Period: newest.Period}
	}
	for _, g := range p.groups {
		m.GroupPoints += len(g.Points)
		points = append(points, g.Points...)
		if !slices.Contains(m.Dimensions, g.Dimension) {
			m.Dimensions = append(m.Dimensions, g.Dimension)
		}
	}
	if sortPoints(points); len(points) > 0 {
		m.First, m.Last = points[0].Period, points[len(points)-1].Period
	}
}

// checkRange warns of shares outside 0 to 100: then the unit or the transform is likely wrong.
func checkRange(std *standard.Standard, p part, f *findings) {
	if std == nil {
		return
	}
	i, ok := std.Indicator(p.row.Indicator)
	if !ok || i.Value != "pct" {
		return
	}
	points := slices.Clone(p.headline)
	for _, g := range p.groups {
		points = append(points, g.Points...)
	}
	for _, point := range points {
		if point.Value < 0 || point.Value > 100 {
			f.add(Warning, "view.range", p.row.Row, "", "source", p.raw.Code, "period", point.Period, "value", formatNumber(point.Value))
			return
		}
	}
}

// reset empties what plan fills, so that it can be filled again.
func (r *Report) reset() {
	r.Values, r.Sources, r.MappingChanged, r.MappingReplaced, r.Mapping = Totals{}, Totals{}, false, nil, nil
	r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool { return planned[f.Code] })
}

// planned are the codes that a plan gives.
var planned = invertWords("source.withdrawn|mapping.none|mapping.own|mapping.refused|mapping.skipped|mapping.missing|view.range|view.only|view.constant|view.multiplier|view.crossed|" +
	"view.nothing|view.headless|view.clash|series.clash|select.column|select.value|select.together|select.choose")
