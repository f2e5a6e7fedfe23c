package standard

import (
	"errors"
	"maps"
	"slices"
)

// Profiles with a fixed meaning in every standard.
const (
	Starter = "starter" // StarterSize requirements for a city that begins, with their decisive indicators
	Core    = "core"    // every requirement with its decisive indicators
	Full    = "full"    // every requirement with every indicator
)

// StarterSize is the number of requirements in the starter profile.
const StarterSize = 12

// profiles checks that the selections name what exists and are what their key promises.
func (c *checker) profiles() {
	seen := map[string]bool{}
	for i := range c.s.Profiles {
		p := &c.s.Profiles[i]
		at := spot{}.within("profiles." + p.Key)
		c.unique(seen, p.Key, at)
		if !termKey.MatchString(p.Key) {
			c.say(at, "profile %q: the key must be lower-case letters, digits and underscores", p.Key)
		}
		c.filled("profile "+p.Key, "title", p.Title, at)
		c.filled("profile "+p.Key, "about", p.About, at)
		list := at.within(at.key + ".requirements")
		for j, id := range p.Requirements {
			if _, ok := c.s.Requirement(id); !ok {
				c.say(list.nth(j), "profile %s: there is no requirement %s", p.Key, id)
			}
			if slices.Contains(p.Requirements[:j], id) {
				c.say(list.nth(j), "profile %s: requirement %s stands twice", p.Key, id)
			}
		}
		switch p.Key {
		case Starter:
			if len(p.Requirements) != StarterSize || !p.DecisiveOnly {
				c.say(list, "profile starter: must name %d requirements and take their decisive indicators; it names %d", StarterSize, len(p.Requirements))
			}
		case Core:
			if p.Requirements != nil || !p.DecisiveOnly {
				c.say(at, "profile core: must take all requirements with their decisive indicators")
			}
		case Full:
			if p.Requirements != nil || p.DecisiveOnly {
				c.say(at, "profile full: must take all requirements with all indicators")
			}
		}
	}
	for _, key := range []string{Core, Full} {
		if !seen[key] {
			c.say(spot{}.within("profiles"), "there is no profile %s", key)
		}
	}
}

// translations checks their status and that they translate what exists.
func (c *checker) translations() {
	for _, tag := range slices.Sorted(maps.Keys(c.s.Translations)) {
		t := c.s.Translations[tag]
		at := spot{language: tag}
		c.tag(tag, at.within("language"))
		if tag == c.s.Language || t.Language != tag {
			c.say(at.within("language"), "translation %s: %s is the original's language or another file's", tag, t.Language)
		}
		c.oneOf("translation "+tag, "status", t.Status, at.within("status"), "draft", "reviewed")
		if t.Status == "reviewed" && t.ReviewedBy == "" {
			c.say(at.within("status"), "translation %s: a reviewed translation says by whom (reviewed_by)", tag)
		}
		if c.where == nil { // else the loader has read them, or leaves them until they are asked for
			var problems Problems
			if _, err := t.Detail(); errors.As(err, &problems) {
				c.problems = append(c.problems, problems...)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(t.Dimensions)) {
			if !slices.ContainsFunc(c.s.Dimensions, func(d Dimension) bool { return d.ID == id }) {
				c.say(at.within("dimensions."+id), "translation %s: there is no dimension %s", tag, id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(t.Requirements)) {
			if _, ok := c.s.Requirement(id); !ok {
				c.say(at.within("requirements."+id), "translation %s: there is no requirement %s", tag, id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(t.Indicators)) {
			if _, ok := c.s.Indicator(id); !ok {
				c.say(at.within("indicators."+id), "translation %s: there is no indicator %s", tag, id)
			}
		}
	}
}
