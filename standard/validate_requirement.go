package standard

import (
	"fmt"
	"strings"
	"unicode"
)

// dimension checks a dimension and all that hangs on it.
func (c *checker) dimension(d *Dimension, at spot) {
	if !dimensionID.MatchString(d.ID) {
		c.say(at.within("id"), "dimension id %q must be three capital letters", d.ID)
	}
	c.filled(d.ID, "title", d.Title, at)
	c.filled(d.ID, "about", d.About, at)
	if len(d.Requirements) == 0 && c.where == nil {
		c.say(at, "%s: the dimension has no requirement", d.ID)
	}
	seen := map[string]bool{}
	for r := range d.Requirements {
		q := &d.Requirements[r]
		at.requirement = r + 1
		c.unique(seen, q.ID, at.within("id"))
		c.child(q.ID, requirementID.MatchString(q.ID), d.ID, "DIM.n", at)
		c.requirement(q, at)
	}
}

// child checks an id's form and that it hangs on its parent.
func (c *checker) child(id string, formed bool, parent, form string, at spot) {
	switch {
	case id == "" && c.where != nil:
	case !formed:
		c.say(at.within("id"), "the id %q must have the form %s", id, form)
	case parentOf(id) != parent:
		c.say(at.within("id"), "%s: the id does not belong under %s", id, parent)
	}
}

// requirement checks one minimum standard and its indicators.
func (c *checker) requirement(q *Requirement, at spot) {
	for _, t := range []struct{ key, text string }{
		{"title", q.Title}, {"minimum", q.Minimum}, {"why", q.Why}, {"question", q.Question}, {"proof", q.Proof},
	} {
		c.filled(q.ID, t.key, t.text, at)
	}
	if q.Minimum != "" && !isOneSentence(q.Minimum) {
		c.say(at.within("minimum"), "%s: the minimum must be one sentence that ends with a full stop", q.ID)
	}
	if q.Question != "" && !asks(q.Question) {
		c.say(at.within("question"), "%s: the residents' question must end with a question mark", q.ID)
	}
	c.links(q, at)
	c.confirmed(q.ID, q.Check, at.within("check"))
	c.keys(q.ID, "services", q.Services, c.s.Terms.Services, true, at)
	c.keys(q.ID, "groups", q.Groups, c.s.Terms.Groups, true, at)
	c.descriptors(q, at)

	seen := map[string]bool{}
	decisive := 0
	for i := range q.Indicators {
		in := &q.Indicators[i]
		if in.Local() && c.where == nil {
			continue // added by WithLocal; LoadLocal has checked it
		}
		at.indicator = i + 1
		c.unique(seen, in.ID, at.within("id"))
		c.child(in.ID, indicatorID.MatchString(in.ID), q.ID, "DIM.n.Kn with K one of S, P, O", at)
		c.indicator(in, at)
		if in.Decisive {
			decisive++
		}
	}
	at.indicator = 0
	if decisive < 1 || decisive > 3 {
		c.say(at.within("indicators"), "%s: one to three indicators must be decisive, not %d", q.ID, decisive)
	}
}

// links checks that the law behind a requirement is in the catalogue.
func (c *checker) links(q *Requirement, at spot) {
	if len(q.Links) == 0 && c.where == nil {
		c.say(at, "%s: no law is linked", q.ID)
	}
	at = at.within("links")
	seen := map[Link]bool{}
	for i, l := range q.Links {
		if l == (Link{}) && c.where != nil {
			continue // the loader has said that it has not the form
		}
		if seen[l] {
			c.say(at.nth(i), "%s: the link %s stands twice", q.ID, l)
		}
		seen[l] = true
		if c.s.Catalogue == nil {
			continue // the catalogue's own problem is reported
		}
		if _, ok := c.s.Catalogue.Instrument(l.Instrument); !ok {
			c.say(at.nth(i), "%s: the link %s names an instrument that is not in the catalogue", q.ID, l)
		} else if _, ok := c.s.Catalogue.Article(l); !ok {
			c.say(at.nth(i), "%s: the link %s names an article that is not in the catalogue", q.ID, l)
		}
	}
}

// confirmed checks how well a fact is said to have been confirmed.
func (c *checker) confirmed(id string, check Check, at spot) {
	c.oneOf(id, "check", string(check), at, string(Seen), string(Known), string(Unsure))
}

// descriptors checks that the five grades were written for this requirement alone: a sentence that fits another one is a template, by
// which two colleagues would not give the same grade.
func (c *checker) descriptors(q *Requirement, at spot) {
	for g, text := range q.Grades {
		key := fmt.Sprint("grades.", g)
		if !c.filled(q.ID, key, text, at) {
			continue
		}
		plain := bare(text)
		if other, taken := c.grades[plain]; taken {
			c.say(at.within(key), "%s: grade %d has the text of %s; each grade needs its own", q.ID, g, other)
			continue
		}
		c.grades[plain] = fmt.Sprintf("%s grade %d", q.ID, g)
	}
}

// bare gives the words of a text alone, so that two spellings of one sentence are the same.
func bare(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// isOneSentence tells whether the text ends with a full stop and has no other end of a sentence: a mark followed by a space and a capital
// letter. Abbreviations before a small letter ("e.g. rent") do not end a sentence.
func isOneSentence(text string) bool {
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, ".") {
		return false
	}
	runes := []rune(text)
	for i := 0; i+2 < len(runes); i++ {
		if strings.ContainsRune(".!?", runes[i]) && unicode.IsSpace(runes[i+1]) && unicode.IsUpper(runes[i+2]) {
			return false
		}
	}
	return true
}
