package standard

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Validate checks a standard by the rules that docs/standard.md lists. The error is of type Problems; nil where every rule holds. Load has
// done this already, with the places in the files; a standard made or changed in memory needs it.
func Validate(s *Standard) error {
	return append(Problems(nil), check(s, nil, true)...).orNil()
}

// checker walks a standard by the rules and collects what breaks them.
type checker struct {
	s        *Standard
	added    []Indicator // a city's own, where they are checked
	where    places
	problems Problems
	grades   map[string]string // normalised descriptor to the requirement that has it
}

// check runs the rules. Where is nil for a standard in memory; then empty texts are reported too, which the loader has done otherwise. Rules
// that look across files run only if the standard is whole, that is, if every file could be read.
func check(s *Standard, where places, whole bool) Problems {
	c := &checker{s: s, where: where, grades: map[string]string{}}
	c.head()
	c.terms()
	dimensions := map[string]bool{}
	for d := range s.Dimensions {
		dim := &s.Dimensions[d]
		c.unique(dimensions, dim.ID, spot{dimension: d + 1}.within("id"))
		c.dimension(dim, spot{dimension: d + 1})
	}
	if whole {
		c.profiles()
		c.translations()
	}
	return c.problems
}

// say reports a broken rule at a spot.
func (c *checker) say(at spot, format string, args ...any) {
	p := c.where.find(at)
	c.problems = append(c.problems, Problem{File: p.file, Line: p.line, Indicator: c.indicatorAt(at), Key: at.key, Text: fmt.Sprintf(format, args...)})
}

// indicatorAt gives the id of the indicator that a spot lies in; empty outside of one.
func (c *checker) indicatorAt(at spot) string {
	switch {
	case at.indicator == 0:
		return ""
	case at.requirement == 0:
		return c.added[at.indicator-1].ID
	}
	return c.s.Dimensions[at.dimension-1].Requirements[at.requirement-1].Indicators[at.indicator-1].ID
}

// filled tells whether the text is there, and reports an empty one of a standard in memory.
func (c *checker) filled(id, key, text string, at spot) bool {
	if strings.TrimSpace(text) != "" {
		return true
	}
	if c.where == nil {
		c.say(at.within(key), "%s: %q is empty", id, key)
	}
	return false
}

// unique reports an id that was met before.
func (c *checker) unique(seen map[string]bool, id string, at spot) {
	if id != "" && seen[id] {
		c.say(at, "%s: the id is taken already", id)
	}
	seen[id] = true
}

// oneOf reports a value that is not among the allowed ones.
func (c *checker) oneOf(id, key, value string, at spot, allowed ...string) {
	if value != "" && !slices.Contains(allowed, value) {
		c.say(at, "%s: %s %q is not known; known are %s", id, key, value, strings.Join(allowed, ", "))
	} else if value == "" && c.where == nil {
		c.say(at, "%s: %q is empty", id, key)
	}
}

// keys checks a list of keys of a vocabulary: known, and each once.
func (c *checker) keys(id, key string, list []string, terms []Term, needed bool, at spot) {
	at = at.within(key)
	if len(list) == 0 && needed && c.where == nil {
		c.say(at, "%s: %q is empty", id, key)
	}
	for i, k := range list {
		if !slices.ContainsFunc(terms, func(t Term) bool { return t.Key == k }) {
			known := make([]string, len(terms))
			for t := range terms {
				known[t] = terms[t].Key
			}
			c.oneOf(id, key, k, at.nth(i), known...)
		}
		if slices.Contains(list[:i], k) {
			c.say(at.nth(i), "%s: %s %q stands twice", id, key, k)
		}
	}
}

// head checks what standard.yaml says of the standard as a whole.
func (c *checker) head() {
	s, at := c.s, spot{}
	name := "the standard"
	if c.filled(name, "id", s.ID, at) && !standardID.MatchString(s.ID) {
		c.say(at.within("id"), "the id %q must be lower-case letters, digits and hyphens", s.ID)
	}
	if c.filled(name, "version", s.Version, at) {
		if _, err := ParseVersion(s.Version); err != nil {
			c.say(at.within("version"), "%v", err)
		}
	}
	c.filled(name, "title", s.Title, at)
	c.filled(name, "about", s.About, at)
	c.filled(name, "licence", s.Licence, at)
	if c.filled(name, "date", s.Date, at) {
		if _, err := time.Parse(time.DateOnly, s.Date); err != nil {
			c.say(at.within("date"), "the date %q must be a day as 2026-11-23", s.Date)
		}
	}
	c.oneOf(name, "status", s.Status, at.within("status"), "draft", "released")
	if c.filled(name, "language", s.Language, at) {
		c.tag(s.Language, at.within("language"))
	}
	rules := map[string]bool{}
	for i, r := range s.Rules {
		c.unique(rules, r.ID, at.within("rules").nth(i))
		c.filled("rule "+r.ID, "text", r.Text, at.within("rules").nth(i))
	}
	if len(s.Dimensions) == 0 {
		c.say(at, "the standard has no dimension")
	}
}

// tag reports a language tag that is not BCP 47 in its usual spelling.
func (c *checker) tag(tag string, at spot) {
	parsed, err := language.Parse(tag)
	switch {
	case err != nil:
		c.say(at, "%q is not a language tag (BCP 47)", tag)
	case parsed.String() != tag:
		c.say(at, "the language tag %q is written %q", tag, parsed)
	}
}

// Vocabularies whose keys the program gives a meaning to; a standard words them and may leave some out, but cannot add to them.
var (
	kinds   = []string{string(Structure), string(Process), string(Outcome)}
	values  = []string{valueBool, valuePct, valueRate, valueCount, valueDays, valueGap, valueRatio, valueCurrency, valueLevel}
	parties = []string{"authority", "civil_society", "residents"}
)

// terms checks the vocabularies.
func (c *checker) terms() {
	t, at := &c.s.Terms, spot{}
	for _, v := range []struct {
		name   string
		terms  []Term
		closed []string
	}{
		{"kinds", t.Kinds, kinds}, {"values", t.Values, values}, {"parties", t.Parties, parties},
		{"evidence", t.Evidence, nil}, {"services", t.Services, nil}, {"groups", t.Groups, nil}, {"grounds", t.Grounds, nil},
	} {
		seen := map[string]bool{}
		for _, term := range v.terms {
			spot := at.within(v.name + "." + term.Key)
			c.unique(seen, term.Key, spot)
			c.filled(v.name, term.Key, term.Text, at)
			switch {
			case v.closed != nil:
				c.oneOf(v.name, "key", term.Key, spot, v.closed...)
			case !termKey.MatchString(term.Key):
				c.say(spot, "%s: key %q must be lower-case letters, digits and underscores", v.name, term.Key)
			}
		}
		if len(v.terms) == 0 && c.where == nil {
			c.say(at.within(v.name), "%s: the vocabulary is empty", v.name)
		}
	}
	for g, text := range t.Grades {
		if c.filled("grades", fmt.Sprint("grades.", g), text, at) && slices.Contains(t.Grades[:g], text) {
			c.say(at.within(fmt.Sprint("grades.", g)), "grades: %d has the text of a lower grade", g)
		}
	}
}
