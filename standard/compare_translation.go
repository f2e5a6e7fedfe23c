package standard

import (
	"fmt"
	"maps"
	"slices"
)

// translations compares the texts in other languages.
func (c *comparer) translations(old, new *Standard) {
	tags := map[string]bool{}
	for tag := range old.Translations {
		tags[tag] = true
	}
	for tag := range new.Translations {
		tags[tag] = true
	}
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		before, after := old.Translations[tag], new.Translations[tag]
		switch {
		case before == nil:
			c.whole(Added, PartTranslation, tag, after.Title)
		case after == nil:
			c.whole(Removed, PartTranslation, tag, before.Title)
		default:
			c.translation(tag, before, after)
		}
	}
}

func (c *comparer) translation(tag string, old, new *Translation) {
	c.field(PartTranslation, tag, "status", old.Status, new.Status)
	c.field(PartTranslation, tag, "reviewed_by", old.ReviewedBy, new.ReviewedBy)
	c.field(PartTranslation, tag, "title", old.Title, new.Title)
	for _, id := range ids(old.Dimensions, new.Dimensions) {
		c.field(PartTranslation, tag+" "+id, "title", old.Dimensions[id], new.Dimensions[id])
	}
	for _, id := range ids(old.Requirements, new.Requirements) {
		before, after := old.Requirements[id], new.Requirements[id]
		c.field(PartTranslation, tag+" "+id, "title", before.Title, after.Title)
		c.field(PartTranslation, tag+" "+id, "minimum", before.Minimum, after.Minimum)
		c.field(PartTranslation, tag+" "+id, "question", before.Question, after.Question)
	}
	for _, id := range ids(old.Indicators, new.Indicators) {
		c.field(PartTranslation, tag+" "+id, "title", old.Indicators[id], new.Indicators[id])
	}
	before, _ := old.Detail() // loaded standards are free of mistakes; what is broken in memory reads as missing
	after, _ := new.Detail()
	c.detail(tag, before, after)
}

// detail compares the longer texts of a translation.
func (c *comparer) detail(tag string, old, new *Detail) {
	for _, id := range ids(old.Abouts, new.Abouts) {
		c.field(PartTranslation, tag+" "+id, "about", old.Abouts[id], new.Abouts[id])
	}
	for _, id := range ids(old.Requirements, new.Requirements) {
		before, after := old.Requirements[id], new.Requirements[id]
		c.field(PartTranslation, tag+" "+id, "why", before.Why, after.Why)
		c.field(PartTranslation, tag+" "+id, "proof", before.Proof, after.Proof)
		for g := range after.Grades {
			c.field(PartTranslation, tag+" "+id, fmt.Sprint("grade ", g), before.Grades[g], after.Grades[g])
		}
	}
	for _, id := range ids(old.Indicators, new.Indicators) {
		before, after := old.Indicators[id], new.Indicators[id]
		c.field(PartTranslation, tag+" "+id, "question", before.Question, after.Question)
		c.field(PartTranslation, tag+" "+id, "unit", before.Unit, after.Unit)
		c.field(PartTranslation, tag+" "+id, "note", before.Note, after.Note)
	}
}

// ids gives the keys of both maps, sorted, each once.
func ids[T any](a, b map[string]T) []string {
	return slices.Compact(slices.Sorted(func(yield func(string) bool) {
		for _, m := range []map[string]T{a, b} {
			for id := range m {
				if !yield(id) {
					return
				}
			}
		}
	}))
}
