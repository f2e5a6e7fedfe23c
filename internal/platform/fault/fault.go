// Package fault has the few kinds of errors that the doors know how to answer, and the place an error was found in.
//
// A fault is made where the cause is known and mapped once to HTTP and once to an exit status. What a person may be shown carries a key of
// the message catalogue with arguments beside its English text (see Said), so that a page says it in the reader's language; Error gives
// it in English, as the command line and the log do.
package fault

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Kind is what went wrong, as far as a door has to know.
type Kind string

// The kinds. HTTP status and exit status follow from them.
const (
	NotFound    Kind = "not_found"
	Invalid     Kind = "invalid"
	Conflict    Kind = "conflict"
	Forbidden   Kind = "forbidden"
	TooMuch     Kind = "too_much"
	Unavailable Kind = "unavailable"
)

// Place is where in the input a fault was found. Empty and zero fields are unknown.
type Place struct {
	File   string
	Row    int // 1 is the first line of the file
	Column string
	Item   string `json:",omitempty"` // of a list that was handed in, by its id
	Field  string // of a form or a command line
}

// String gives "file:row: column: item: field", as far as known.
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Row > 0 {
		parts = append(parts, strconv.Itoa(p.Row))
	}
	at := strings.Join(parts, ":")
	for _, name := range []string{p.Column, p.Item, p.Field} {
		if name != "" && at != "" {
			at += ": "
		}
		at += name
	}
	return at
}

// Error is a fault of a kind with its place and its text.
type Error struct {
	Kind  Kind
	Place Place
	Text  string // plain English, what happened and what to do next
	Key   string // of the message catalogue; empty: there is the English text only
	Args  []any  // of the message, pairs of name and value
	Err   error  // the cause, if there is one
}

func (e *Error) Error() string {
	text := e.Text
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	if at := e.Place.String(); at != "" {
		return at + ": " + text
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// New makes a fault without a place.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// Field makes an Invalid fault of one field of a form or command line.
func Field(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Place: Place{Field: field}, Text: fmt.Sprintf(format, args...)}
}

// KindOf gives the kind of err, or "" where no fault is in its chain.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Wrap says what was being done when *err happened. Use: defer fault.Wrap(&err, "open %s", name).
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
