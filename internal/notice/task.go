package notice

import "time"

// Task is something that waits for a person.
type Task struct {
	Key      string    // the same as long as it is the same task
	City     string    // its name
	Period   string    // of the assessment
	Code     string    // of the requirement
	Title    string    // in the language of the standard
	Due      time.Time // the day until which it is asked; zero: no day was set
	Assigned time.Time // since when it waits for this person; zero: not known
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
)

// groups in the order in which they stand in a letter.
var groups = []group{overdue, returned, soon, fresh}

// soonDays is how many days ahead a person is told that a task is due.
const soonDays = 7

// groupOf gives why a person is told of a task at a moment, in the time zone of that moment; false: not at all. since is when they were last told.
func groupOf(t Task, now, since time.Time) (group, bool) {
	today := day(now)
	due := day(t.Due.In(now.Location()))
	switch {
	case !t.Due.IsZero() && due < today:
		return overdue, true
	case t.Returned:
		return returned, true
	case !t.Due.IsZero() && due <= day(now.AddDate(0, 0, soonDays)):
		return soon, true
	case t.Assigned.After(since):
		return fresh, true
	}
	return "", false
}

// day gives the day of a moment, in its own time zone, so that days compare as texts.
func day(t time.Time) string { return t.Format(time.DateOnly) }
