package opinion

import (
	"slices"
)

// Conversation holds the votes and statements of one conversation, 4 bytes a vote. The zero value is an empty one. Votes and statements can be
// added at any time; Map then gives what all of them together give, to the last bit.
//
// Whole numbers are kept up to date with each vote: the counts of each statement, and, once a map was computed, those of its groups (see grouping) and
// of every pair of statements (see moments), in time proportional to the votes of its participant. It must not be used from several goroutines at once.
type Conversation struct {
	participants, statements register
	rows                     [][]cell // by slot of the participant; each sorted by slot of the statement
	status                   []Status // by slot of the statement
	votes                    int
	tally                    []int    // how often each cell occurs
	moments                  *moments // nil: not needed so far
	covariances              *dense   // of the last map: its memory is used again
	groups                   grouping // of the last map
}

// cell is a vote within its participant's row: the number of the statement, and in the lowest two bits 0 disagree, 1 pass, 2 agree. So a cell
// is also an index into tables with four entries for each statement.
type cell uint32

func newCell(statement uint32, v Value) cell { return cell(statement<<2 | uint32(v+1)) }

func (c cell) statement() uint32 { return uint32(c) >> 2 }
func (c cell) value() Value      { return Value(c&3) - 1 }

// Votes gives the number of votes that count: the last of each participant on each statement.
func (c *Conversation) Votes() int { return c.votes }

// Add adds votes; the last one of a participant on a statement counts. Where one of them cannot be, none is added, and the *Error has its place
// in the list as Row.
func (c *Conversation) Add(votes ...Vote) error {
	for i, v := range votes {
		switch {
		case v.Participant == "":
			return wrong(i+1, "participant", "the id is empty")
		case v.Statement == "":
			return wrong(i+1, "statement", "the id is empty")
		case v.Value < Disagree || v.Value > Agree:
			return wrong(i+1, "vote", "%d is none of 1 (agree), 0 (pass) and -1 (disagree)", v.Value)
		}
	}
	b := batch{}
	for _, v := range votes {
		b.add(c.participants.of(v.Participant), newCell(c.statements.of(v.Statement), v.Value), 0)
	}
	c.merge(&b)
	return nil
}

// SetStatements makes statements known and sets their status; those not named stay as they are. Where an id is empty or named twice or a
// status is unknown, nothing changes, and the *Error has its place in the list as Row.
func (c *Conversation) SetStatements(list ...Statement) error {
	seen := make(map[string]bool, len(list))
	for i, s := range list {
		switch {
		case s.ID == "":
			return wrong(i+1, "statement", "the id is empty")
		case seen[s.ID]:
			return wrong(i+1, "statement", "%q is named twice", s.ID)
		case s.Status != Open && s.Status != Out && s.Status != Meta:
			return wrong(i+1, "status", "there is no status %q", s.Status)
		}
		seen[s.ID] = true
	}
	for _, s := range list {
		slot := c.statements.of(s.ID)
		c.grow()
		c.status[slot] = s.Status
	}
	return nil
}

// grow makes room for participants and statements that are new.
func (c *Conversation) grow() {
	c.rows = slices.Grow(c.rows, len(c.participants.ids)-len(c.rows))[:len(c.participants.ids)]
	c.status = slices.Grow(c.status, len(c.statements.ids)-len(c.status))[:len(c.statements.ids)]
	c.tally = slices.Grow(c.tally, 4*len(c.statements.ids)-len(c.tally))[:4*len(c.statements.ids)]
}
