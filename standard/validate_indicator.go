package standard

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Keys of the vocabulary of values. The program gives them their meaning.
const (
	valueBool     = "bool"     // yes or no
	valuePct      = "pct"      // share in per cent
	valueRate     = "rate"     // cases for a given number of people
	valueCount    = "count"    // number
	valueDays     = "days"     // days
	valueGap      = "gap"      // difference between two groups
	valueRatio    = "ratio"    // ratio between two shares
	valueCurrency = "currency" // money per inhabitant
	valueLevel    = "level"    // measured level
)

// indicator checks one ground of a requirement.
func (c *checker) indicator(in *Indicator, at spot) {
	c.filled(in.ID, "title", in.Title, at)
	if c.filled(in.ID, "question", in.Question, at) && !asks(in.Question) {
		c.say(at.within("question"), "%s: the question must end with a question mark", in.ID)
	}
	if kind := kindOf(in.ID); kind != "" && kind != in.Kind {
		c.say(at.within("id"), "%s: the id says kind %s and the indicator has kind %s", in.ID, kind, in.Kind)
	}
	c.keys(in.ID, "value", nonEmpty(in.Value), c.s.Terms.Values, true, at)
	c.unit(in, at.within("unit"))
	c.direction(in, at.within("good"))
	if in.Minimum != nil {
		c.threshold(in, at.within("minimum"))
	}
	c.keys(in.ID, "by", in.By, c.s.Terms.Grounds, false, at)
	c.keys(in.ID, "evidence", in.Evidence, c.s.Terms.Evidence, true, at)
	c.keys(in.ID, "answered_by", in.AnsweredBy, c.s.Terms.Parties, true, at)
	if in.SDG != nil {
		if !sdgIndicator.MatchString(in.SDG.Indicator) {
			c.say(at.within("sdg.indicator"), "%s: %q has not the form of an SDG indicator, 11.1.1", in.ID, in.SDG.Indicator)
		}
		c.oneOf(in.ID, "sdg fit", in.SDG.Fit, at.within("sdg.fit"), "exact", "close")
	}
}

// asks tells whether a text ends with a question mark: that of Latin scripts, of Arabic, or the wide one of Chinese and Japanese.
func asks(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("?؟？", last) && text != ""
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// unit checks that a figure has the unit that is printed behind it.
func (c *checker) unit(in *Indicator, at spot) {
	switch {
	case in.Value == "":
	case in.Value == valueBool && in.Unit != "":
		c.say(at, "%s: an answer of yes or no has no unit", in.ID)
	case in.Value != valueBool && in.Unit == "":
		c.say(at, "%s: a figure needs the unit that is printed behind it", in.ID)
	case in.Value == valuePct && !strings.HasPrefix(in.Unit, "%"):
		c.say(at, `%s: the unit of a share in per cent begins with "%%", not %q`, in.ID, in.Unit)
	}
}

// direction checks that the good direction fits the kind of value.
func (c *checker) direction(in *Indicator, at spot) {
	if in.Good == "" && c.where != nil {
		return // said by the loader
	}
	allowed := []string{string(Up), string(Down), string(None)}
	switch in.Value {
	case valueBool:
		allowed = []string{string(Yes)}
	case valueRatio:
		allowed = append(allowed, string(Parity))
	}
	if !slices.Contains(allowed, string(in.Good)) {
		c.say(at, "%s: the good direction %q does not fit the value %s; %s would", in.ID, in.Good, in.Value, strings.Join(allowed, ", "))
	}
}

// threshold checks a declared minimum: it judges cities, so it must be a figure that can be reached and have a source.
func (c *checker) threshold(in *Indicator, at spot) {
	m := in.Minimum
	value := at.within("minimum.value")
	switch in.Good {
	case Up, Down, Parity:
	default:
		c.say(at, "%s: a minimum needs a good direction: up (at least), down (at most) or parity", in.ID)
	}
	c.filled(in.ID, "minimum.source", m.Source, at)
	c.confirmed(in.ID+": minimum", m.Check, at.within("minimum.check"))
	switch {
	case math.IsNaN(m.Value) || math.IsInf(m.Value, 0):
		c.say(value, "%s: the minimum must be a finite number", in.ID)
	case in.Value == valueBool:
		c.say(at, "%s: an answer of yes or no has no minimum; yes is its minimum", in.ID)
	case in.Value == valuePct && (m.Value < 0 || m.Value > 100):
		c.say(value, "%s: a minimum in per cent lies between 0 and 100, not at %v", in.ID, m.Value)
	case in.Good == Parity && (m.Value <= 0 || m.Value > 1):
		c.say(value, "%s: a minimum of parity lies above 0 and at most at 1, not at %v", in.ID, m.Value)
	case in.Value != valueGap && in.Value != valueLevel && m.Value < 0:
		c.say(value, "%s: a minimum of a %s cannot be negative", in.ID, in.Value)
	}
}
