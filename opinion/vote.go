package opinion

import (
	"fmt"
	"strings"
)

// Value is what a participant says of a statement.
type Value int8

const (
	Disagree Value = -1
	Pass     Value = 0
	Agree    Value = 1
)

// Vote is what one participant says of one statement. A later vote replaces an earlier one.
type Vote struct {
	Participant, Statement string
	Value                  Value
}

// Status says how a statement takes part in the map.
type Status string

const (
	Open Status = ""
	Out  Status = "moderated_out" // not shown; its votes count as votes given and nothing else
	Meta Status = "meta"          // about the conversation itself: shown, but no part of the map
)

// Statement is a statement with its status. Statements that nobody has voted on are part of the routing only.
type Statement struct {
	ID     string
	Status Status
}

// Error is one mistake in what was handed in.
type Error struct {
	File   string // as given to the reader; empty for values handed in by a caller
	Row    int    // of a file, 1 is its first line; of a list, 1 is its first element; 0: the whole
	Column string
	Text   string
}

// Error gives "votes.csv:7: vote: …", as far as known.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Row > 0 {
		if e.File == "" {
			b.WriteString("row ")
		} else {
			b.WriteByte(':')
		}
		fmt.Fprint(&b, e.Row)
	}
	for _, part := range []string{e.Column, e.Text} {
		if part != "" && b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	return b.String()
}

func wrong(row int, column, format string, args ...any) *Error {
	return &Error{Row: row, Column: column, Text: fmt.Sprintf(format, args...)}
}
