package standard

import (
	"slices"
	"strconv"
	"strings"
)

// Compare gives all that changed from old to new, each change with its class, its effect on comparability, and whether it lowers a minimum.
func Compare(old, new *Standard) Diff {
	c := &comparer{changes: []Change{}}
	c.standard(old, new)
	each(old.Dimensions, new.Dimensions, func(d *Dimension) string { return d.ID }, c.dimension)
	c.translations(old, new)
	return Diff{From: old.Ref(), To: new.Ref(), Changes: c.changes}
}

type comparer struct{ changes []Change }

// each pairs the parts of two versions by their ids: all of new in its order, then those that only old has. The missing one is nil.
func each[T any](old, new []T, id func(*T) string, visit func(old, new *T)) {
	before := make(map[string]*T, len(old))
	for i := range old {
		before[id(&old[i])] = &old[i]
	}
	for i := range new {
		visit(before[id(&new[i])], &new[i])
		delete(before, id(&new[i]))
	}
	for i := range old {
		if _, gone := before[id(&old[i])]; gone {
			visit(&old[i], nil)
		}
	}
}

// whole records that a part came or went, and gives the change so that the caller can refine it.
func (c *comparer) whole(op Operation, part Part, id, text string) *Change {
	w := weigh(ofPart[part], op)
	change := Change{Operation: op, Part: part, ID: id, Class: w.class, Effect: w.effect, Lowers: w.lowers}
	if op == Added {
		change.New = text
	} else {
		change.Old = text
	}
	c.changes = append(c.changes, change)
	return &c.changes[len(c.changes)-1]
}

// field records that a field differs, and gives the change; nil where it does not. A difference of spaces, quotation marks or the last full
// stop is editorial, whatever the field.
func (c *comparer) field(part Part, id, field, old, new string) *Change {
	if old == new {
		return nil
	}
	w, ok := ofField[part][field]
	if !ok || sameWords(old, new) {
		w = weight{Editorial, Comparable, NotLowered}
	}
	c.changes = append(c.changes, Change{Operation: Changed, Part: part, ID: id, Field: field, Old: old, New: new,
		Class: w.class, Effect: w.effect, Lowers: w.lowers})
	return &c.changes[len(c.changes)-1]
}

var typography = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "\u00a0", " ")

// sameWords tells whether two texts differ in their typography alone.
func sameWords(a, b string) bool {
	plain := func(text string) string {
		return strings.TrimSuffix(strings.Join(strings.Fields(typography.Replace(text)), " "), ".")
	}
	return plain(a) == plain(b)
}

// list records that a list of keys differs as a set.
func (c *comparer) list(part Part, id, field string, old, new []string) {
	c.field(part, id, field, asSet(old), asSet(new))
}

func asSet(keys []string) string {
	return strings.Join(slices.Sorted(slices.Values(keys)), ", ")
}

// standard compares what standard.yaml says.
func (c *comparer) standard(old, new *Standard) {
	for _, f := range []struct{ name, old, new string }{
		{"id", old.ID, new.ID}, {"title", old.Title, new.Title}, {"about", old.About, new.About},
		{"language", old.Language, new.Language}, {"licence", old.Licence, new.Licence},
	} {
		c.field(PartStandard, new.ID, f.name, f.old, f.new)
	}
	for _, v := range []struct {
		name     string
		old, new []Term
	}{
		{"kinds", old.Terms.Kinds, new.Terms.Kinds}, {"values", old.Terms.Values, new.Terms.Values},
		{"evidence", old.Terms.Evidence, new.Terms.Evidence}, {"services", old.Terms.Services, new.Terms.Services},
		{"groups", old.Terms.Groups, new.Terms.Groups}, {"grounds", old.Terms.Grounds, new.Terms.Grounds},
		{"parties", old.Terms.Parties, new.Terms.Parties},
	} {
		each(v.old, v.new, func(t *Term) string { return t.Key }, func(old, new *Term) {
			switch {
			case old == nil:
				c.whole(Added, PartTerm, v.name+"."+new.Key, new.Text)
			case new == nil:
				c.whole(Removed, PartTerm, v.name+"."+old.Key, old.Text)
			default:
				c.field(PartTerm, v.name+"."+new.Key, "text", old.Text, new.Text)
			}
		})
	}
	for g := range old.Terms.Grades {
		c.field(PartGrade, strconv.Itoa(g), "text", old.Terms.Grades[g], new.Terms.Grades[g])
	}
	each(old.Rules, new.Rules, func(r *Rule) string { return r.ID }, func(old, new *Rule) {
		switch {
		case old == nil:
			c.whole(Added, PartRule, new.ID, new.Text)
		case new == nil:
			c.whole(Removed, PartRule, old.ID, old.Text)
		default:
			c.field(PartRule, new.ID, "text", old.Text, new.Text)
		}
	})
	each(old.Profiles, new.Profiles, func(p *Profile) string { return p.Key }, c.profile)
}

func (c *comparer) profile(old, new *Profile) {
	switch {
	case old == nil:
		c.whole(Added, PartProfile, new.Key, new.Title)
	case new == nil:
		c.whole(Removed, PartProfile, old.Key, old.Title)
	default:
		c.field(PartProfile, new.Key, "title", old.Title, new.Title)
		c.field(PartProfile, new.Key, "about", old.About, new.About)
		c.field(PartProfile, new.Key, "requirements", old.selection(), new.selection())
		c.field(PartProfile, new.Key, "indicators", old.depth(), new.depth())
	}
}

// selection gives the profile's requirements as its file would.
func (p *Profile) selection() string {
	if p.Requirements == nil {
		return "all"
	}
	return asSet(p.Requirements)
}

// depth gives the profile's indicators as its file would.
func (p *Profile) depth() string {
	if p.DecisiveOnly {
		return "decisive"
	}
	return "all"
}
