package standard

import (
	"strconv"
	"unicode"
)

// Untranslated lists the texts that the translation into a language lacks, as "LIV.1 why" or "LIV.1.O1 unit" in the order of the standard,
// and says how many it should have. Of a language without a translation all are missing.
func (s *Standard) Untranslated(tag string) (missing []string, of int) {
	have := s.Translations[tag]
	if have == nil {
		have = &Translation{}
	}
	detail, _ := have.Detail() // what cannot be read is missing
	want := func(part, translated string) {
		of++
		if translated == "" {
			missing = append(missing, part)
		}
	}
	want("title", have.Title)
	for d := range s.Dimensions {
		dimension := &s.Dimensions[d]
		want(dimension.ID+" title", have.Dimensions[dimension.ID])
		want(dimension.ID+" about", detail.Abouts[dimension.ID])
		for r := range dimension.Requirements {
			q := &dimension.Requirements[r]
			short, long := have.Requirements[q.ID], detail.Requirements[q.ID]
			want(q.ID+" title", short.Title)
			want(q.ID+" minimum", short.Minimum)
			want(q.ID+" question", short.Question)
			want(q.ID+" why", long.Why)
			want(q.ID+" proof", long.Proof)
			for g, text := range long.Grades {
				want(q.ID+" grade "+strconv.Itoa(g), text)
			}
			for i := range q.Indicators {
				in := &q.Indicators[i]
				if in.Local() {
					continue // in the city's own language
				}
				own := detail.Indicators[in.ID]
				want(in.ID+" title", have.Indicators[in.ID])
				want(in.ID+" question", own.Question)
				if worded(in.Unit) {
					want(in.ID+" unit", own.Unit)
				}
				if in.Note != "" {
					want(in.ID+" note", own.Note)
				}
			}
		}
	}
	return missing, of
}

// worded tells whether a unit is words, and not a sign or a symbol as "%" and "µg/m³".
func worded(unit string) bool {
	run := 0
	for _, r := range unit {
		if !unicode.IsLetter(r) {
			run = 0
			continue
		}
		if run++; run == 3 {
			return true
		}
	}
	return false
}
