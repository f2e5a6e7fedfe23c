package ballot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The chambers: a quarter of the weight each, whatever their number of seats.
const (
	Cities       = "cities"
	CivilSociety = "civil_society" // and organisations of rights holders
	Residents    = "residents"     // part of them drawn by lot
	Experts      = "experts"       // and national human rights institutions
)

var chamberNames = []string{Cities, CivilSociety, Residents, Experts}

// ChamberNames lists the chambers in the order in which decisions name them.
func ChamberNames() []string { return slices.Clone(chamberNames) }

// Class is how deep a change goes.
type Class string

const (
	Editorial   Class = "editorial"   // no requirement, indicator or threshold is altered
	Substantive Class = "substantive" // a requirement, indicator or threshold is altered
	Major       Class = "major"       // a new dimension or a major version
	Urgent      Class = "urgent"      // after a short consultation; lapses unless ratified
)

// Classes lists the classes from the lightest on.
func Classes() []Class { return []Class{Editorial, Substantive, Major, Urgent} }

// Chamber is the tally of one chamber. One seat has one vote.
type Chamber struct {
	Name             string
	Seats            int64 // at least 1
	Yes, No, Abstain int64 // at least 0, together at most Seats
}

// Repeat says that a ballot repeats one that failed for want of a quorum.
type Repeat struct {
	DaysAfter int64 // whole days between the close of the failed ballot and the opening of this one
}

// Ballot is a closed ballot.
type Ballot struct {
	Class           Class
	Chambers        []Chamber // each of the four once, in any order
	LowersMinimum   bool      // a minimum of the standard gets lower
	ImpactStatement bool      // it is published what lowering it does to whom
	OpenObjections  int64     // sustained or unanswered, when the ballot closes
	Repeat          *Repeat   // nil: the first ballot on this text
}

// Error is one mistake in a ballot.
type Error struct {
	Place string // as "chambers[2] residents: yes"; empty: the ballot as a whole
	Text  string
}

// Error gives the place and what is wrong there.
func (e *Error) Error() string {
	if e.Place == "" {
		return e.Text
	}
	return e.Place + ": " + e.Text
}

func wrong(place, format string, args ...any) *Error {
	return &Error{Place: place, Text: fmt.Sprintf(format, args...)}
}

// Check gives every mistake of the ballot as an *Error, joined; nil where Decide can decide.
func (b *Ballot) Check() error {
	var found []error
	if !slices.Contains(Classes(), b.Class) {
		found = append(found, wrong("class", "there is no class %q; write one of %s", b.Class, inWords(Classes())))
	}
	if b.OpenObjections < 0 {
		found = append(found, wrong("open_objections", "%d is negative", b.OpenObjections))
	}
	if b.Repeat != nil && b.Repeat.DaysAfter < daysBeforeRepeat {
		found = append(found, wrong("repeat: days_after", "a failed ballot may be repeated after %d days, not after %d", daysBeforeRepeat, b.Repeat.DaysAfter))
	}
	at := map[string]int{}
	for i := range b.Chambers {
		c := &b.Chambers[i]
		place := fmt.Sprintf("chambers[%d] %s", i, c.Name)
		first, twice := at[c.Name]
		switch {
		case !slices.Contains(chamberNames, c.Name):
			found = append(found, wrong(fmt.Sprintf("chambers[%d]: name", i), "there is no chamber %q; write one of %s", c.Name, inWords(chamberNames)))
		case twice:
			found = append(found, wrong(place, "the chamber stands twice, first at chambers[%d]", first))
		default:
			at[c.Name] = i
		}
		found = append(found, c.check(place)...)
	}
	for _, name := range chamberNames {
		if _, ok := at[name]; !ok {
			found = append(found, wrong("chambers", "the chamber %s is missing", name))
		}
	}
	return errors.Join(found...)
}

// check looks at the numbers of one chamber.
func (c *Chamber) check(place string) (found []error) {
	if c.Seats < 1 {
		return []error{wrong(place+": seats", "a chamber has at least one seat, not %d", c.Seats)}
	}
	left := c.Seats // never negative, so that no sum can overflow
	for _, votes := range []struct {
		kind string
		n    int64
	}{{"yes", c.Yes}, {"no", c.No}, {"abstain", c.Abstain}} {
		switch {
		case votes.n < 0:
			found = append(found, wrong(place+": "+votes.kind, "%d is negative", votes.n))
		case votes.n > left:
			return append(found, wrong(place+": "+votes.kind, "%d yes, %d no and %d abstentions are more votes than the %d seats", c.Yes, c.No, c.Abstain, c.Seats))
		default:
			left -= votes.n
		}
	}
	return found
}

// inWords lists the values as a, b, c.
func inWords[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}
