package notice

import "time"

// Task is something that waits for a person.
type Task struct {
	Key      string    // the same as long as it is the same task
	City     string    // its name
	Period   string    // of the assessment
	Code     string    // of the requirement
	Title    string    // in the reader's language, where the standard has one
	Due      time.Time // the last day: its first moment in UTC; zero: no day was set
	Returned bool      // an answer that came back with a note
	Path     []string  // of the page on which it is done, below the language
}

// group is why a person is told of a task. Each task is in one.
type group string

const (
	overdue  group = "overdue"
	returned group = "returned"
	soon     group = "soon"
	fresh    group = "fresh"
	known    group = "known" // not told of again before it is due
)

// groups that are told of, in the order in which they stand in a letter.
var groups = []group{overdue, returned, soon, fresh}

// soonDays is how many days ahead a person is told that a task is due.
const soonDays = 7

// groupOf gives why a person is told of a task at a moment, in whose time zone days begin. said is what they were last told: what they have never
// heard of is new to them.
func groupOf(t Task, now time.Time, said map[string]group) group {
	due := day(t.Due.UTC())
	_, heard := said[t.Key]
	switch {
	case !t.Due.IsZero() && due < day(now):
		return overdue
	case t.Returned:
		return returned
	case !t.Due.IsZero() && due <= day(now.AddDate(0, 0, soonDays)):
		return soon
	case !heard:
		return fresh
	}
	return known
}

// day gives the day of a moment, in its own time zone, so that days compare as texts.
func day(t time.Time) string { return t.Format(time.DateOnly) }
