package opinion

import (
	"math"
	"math/rand/v2"
)

// metaPriority is that of statements about the conversation itself.
const metaPriority = 49

// priority tells how much a statement deserves to be shown next: new ones first, then those that are agreed with, seldom passed, and tell
// participants apart. n counts the votes of all groups.
func priority(n Counts, extremity float64) float64 {
	pass, agree := probability(n.Seen-n.Agree-n.Disagree, n.Seen), probability(n.Agree, n.Seen)
	root := (1 - pass) * (extremity + 1) * agree * (1 + 8*math.Exp2(-float64(n.Seen)/5))
	return root * root
}

// Next draws the statement to show next, each with a probability in proportion to its priority; statements that are moderated out, and those
// for which seen is true, are left out. It is false where none is left.
func (m *Map) Next(random *rand.Rand, seen func(statement string) bool) (statement string, ok bool) {
	total := 0.0
	for i := range m.Statements {
		if s := &m.Statements[i]; s.Status != Out && !seen(s.ID) {
			total += s.Priority
		}
	}
	target := random.Float64() * total
	for i := range m.Statements {
		if s := &m.Statements[i]; s.Status != Out && !seen(s.ID) && s.Priority > 0 {
			statement, ok = s.ID, true // the last one, should rounding leave a little
			if target -= s.Priority; target < 0 {
				break
			}
		}
	}
	return statement, ok
}
