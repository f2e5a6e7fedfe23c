package assessment

import (
	"slices"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// AnswerState is how far an answer has come.
type AnswerState string

const (
	AnswerDraft    AnswerState = "draft"    // being written; its organisation's own affair
	AnswerGiven    AnswerState = "given"    // handed in
	AnswerReturned AnswerState = "returned" // sent back to its organisation with a note
	AnswerAccepted AnswerState = "accepted"
	AnswerDisputed AnswerState = "disputed" // not accepted, with a note
)

// AnswerStates lists all states of answers.
var AnswerStates = []AnswerState{AnswerDraft, AnswerGiven, AnswerReturned, AnswerAccepted, AnswerDisputed}

// Judges tells whether an answer in this state counts in the scorecard.
func (s AnswerState) Judges() bool {
	return s == AnswerGiven || s == AnswerAccepted || s == AnswerDisputed
}

// judging is Judges for a statement.
const judging = "state IN ('given', 'accepted', 'disputed')"

// How is the way in which an answer came to a version.
type How string

const (
	Typed     How = "typed"
	Kept      How = "kept" // taken over from an earlier cycle
	HandedIn  How = "given"
	TakenBack How = "taken_back" // by its own organisation, to change it
	Returned  How = "returned"
	Accepted  How = "accepted"
	Contested How = "disputed"
	Aside     How = "aside" // a text that did not become the answer and is kept beside it
	Imported  How = "imported"
)

// Hows lists all ways.
var Hows = []How{Typed, Kept, HandedIn, TakenBack, Returned, Accepted, Contested, Aside, Imported}

// move is what may be done with an answer that has been handed in.
type move struct {
	from []AnswerState
	to   AnswerState
	in   []State // of the cycle
	note bool    // somebody has to say why
}

var moves = map[How]move{
	TakenBack: {from: []AnswerState{AnswerGiven}, to: AnswerDraft, in: []State{Open}},
	Returned:  {from: []AnswerState{AnswerGiven, AnswerAccepted, AnswerDisputed}, to: AnswerReturned, in: []State{Open, Review}, note: true},
	Accepted:  {from: []AnswerState{AnswerGiven, AnswerDisputed}, to: AnswerAccepted, in: []State{Open, Review, Reply}},
	Contested: {from: []AnswerState{AnswerGiven, AnswerAccepted}, to: AnswerDisputed, in: []State{Review, Reply}, note: true},
}

// Allows tells whether an answer in state s can go this way while its cycle is in state c.
func (h How) Allows(c State, s AnswerState) bool {
	m, ok := moves[h]
	return ok && slices.Contains(m.in, c) && slices.Contains(m.from, s)
}

// Writable tells whether the text of an answer can be changed: while the cycle is open and it is not handed in, and during the review where it
// was returned. An answer that nobody has begun has the empty state.
func Writable(c State, s AnswerState) bool {
	switch c {
	case Open:
		return s == "" || s == AnswerDraft || s == AnswerReturned
	case Review:
		return s == AnswerReturned
	}
	return false
}

// checkWritable says in words why a text cannot be changed.
func checkWritable(c Cycle, s AnswerState) error {
	switch {
	case Writable(c.State, s):
		return nil
	case c.State == Open:
		return fault.Said(fault.Conflict, "error.answer.handed_in", "this answer is handed in; take it back to change it")
	case c.State == Review:
		return fault.Said(fault.Conflict, "error.answer.in_review", "answers are being checked; only one that was returned can be changed")
	}
	return notOpen(c)
}

func notOpen(c Cycle) error {
	return fault.Said(fault.Conflict, "error.assessment.closed",
		"the assessment of {City} for {Period} takes answers while it is open; it is in the state {State}", "City", c.City, "Period", c.Period, "State", string(c.State))
}
