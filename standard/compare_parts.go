package standard

import (
	"fmt"
	"strconv"
)

func (c *comparer) dimension(old, new *Dimension) {
	switch {
	case old == nil:
		c.whole(Added, PartDimension, new.ID, new.Title)
		old = &Dimension{}
	case new == nil:
		c.whole(Removed, PartDimension, old.ID, old.Title)
		new = &Dimension{}
	default:
		c.field(PartDimension, new.ID, "title", old.Title, new.Title)
		c.field(PartDimension, new.ID, "about", old.About, new.About)
	}
	each(old.Requirements, new.Requirements, func(q *Requirement) string { return q.ID }, c.requirement)
}

func (c *comparer) requirement(old, new *Requirement) {
	switch {
	case old == nil:
		c.whole(Added, PartRequirement, new.ID, new.Title)
		old = &Requirement{}
	case new == nil:
		c.whole(Removed, PartRequirement, old.ID, old.Title)
		new = &Requirement{}
	default:
		c.requirementFields(old, new)
	}
	each(ownIndicators(old), ownIndicators(new), func(i *Indicator) string { return i.ID }, c.indicator)
}

// ownIndicators gives the indicators of the standard itself, without a city's own.
func ownIndicators(q *Requirement) []Indicator {
	var own []Indicator
	for i := range q.Indicators {
		if !q.Indicators[i].Local() {
			own = append(own, q.Indicators[i])
		}
	}
	return own
}

func (c *comparer) requirementFields(old, new *Requirement) {
	id := new.ID
	for _, f := range []struct{ name, old, new string }{
		{"title", old.Title, new.Title}, {"minimum", old.Minimum, new.Minimum}, {"why", old.Why, new.Why},
		{"question", old.Question, new.Question}, {"proof", old.Proof, new.Proof}, {"check", string(old.Check), string(new.Check)},
	} {
		c.field(PartRequirement, id, f.name, f.old, f.new)
	}
	for g := range new.Grades {
		c.field(PartRequirement, id, fmt.Sprint("grade ", g), old.Grades[g], new.Grades[g])
	}
	c.list(PartRequirement, id, "services", old.Services, new.Services)
	c.list(PartRequirement, id, "groups", old.Groups, new.Groups)
	each(old.Links, new.Links, func(l *Link) string { return l.String() }, func(old, new *Link) {
		switch {
		case old == nil:
			c.whole(Added, PartLink, id, new.String())
		case new == nil:
			c.whole(Removed, PartLink, id, old.String())
		}
	})
}

func (c *comparer) indicator(old, new *Indicator) {
	switch {
	case old == nil:
		change := c.whole(Added, PartIndicator, new.ID, new.Title)
		if judges(new) {
			change.Effect = JudgementChanges
		}
	case new == nil:
		change := c.whole(Removed, PartIndicator, old.ID, old.Title)
		if judges(old) {
			change.Effect, change.Lowers = JudgementChanges, Lowered
		}
	default:
		c.indicatorFields(old, new)
	}
}

func (c *comparer) indicatorFields(old, new *Indicator) {
	id := new.ID
	for _, f := range []struct{ name, old, new string }{
		{"title", old.Title, new.Title}, {"question", old.Question, new.Question}, {"note", old.Note, new.Note},
		{"decisive", strconv.FormatBool(old.Decisive), strconv.FormatBool(new.Decisive)}, {"sdg", old.SDG.String(), new.SDG.String()},
	} {
		c.field(PartIndicator, id, f.name, f.old, f.new)
	}
	c.list(PartIndicator, id, "by", old.By, new.By)
	c.list(PartIndicator, id, "evidence", old.Evidence, new.Evidence)
	c.list(PartIndicator, id, "answered_by", old.AnsweredBy, new.AnsweredBy)

	// What is measured. Where a ground or a minimum hangs on it, the judgement may ask less with it.
	for _, f := range []struct{ name, old, new string }{
		{"value", old.Value, new.Value}, {"unit", old.Unit, new.Unit}, {"good", string(old.Good), string(new.Good)},
	} {
		switch change := c.field(PartIndicator, id, f.name, f.old, f.new); {
		case change == nil:
		case isGround(old) && !isGround(new):
			change.Lowers = Lowered
		case old.Minimum != nil && new.Minimum != nil:
			change.Lowers = MayLower
		}
	}
	c.threshold(old, new)
}

// threshold compares declared minima.
func (c *comparer) threshold(old, new *Indicator) {
	if change := c.field(PartIndicator, new.ID, "minimum", old.Minimum.text(), new.Minimum.text()); change != nil {
		change.Lowers = thresholdLowered(old, new)
	}
	if old.Minimum != nil && new.Minimum != nil {
		c.field(PartIndicator, new.ID, "minimum source", old.Minimum.Source, new.Minimum.Source)
		c.field(PartIndicator, new.ID, "minimum check", string(old.Minimum.Check), string(new.Minimum.Check))
	}
}

// text gives the figure, empty for no minimum.
func (m *Minimum) text() string {
	if m == nil {
		return ""
	}
	return strconv.FormatFloat(m.Value, 'g', -1, 64)
}

// String gives "11.1.1 (close)", empty for none.
func (g *SDG) String() string {
	if g == nil {
		return ""
	}
	return g.Indicator + " (" + g.Fit + ")"
}
