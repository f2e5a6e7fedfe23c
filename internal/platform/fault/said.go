package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Said makes a fault that a person may be shown. Key is its message in the catalogue; english is its text for the command line and the
// log. Both take arguments by name, "{Code}" here and "{{.Code}}" there; args are pairs of name and value. A number that is counted is an
// int, which a page writes as the reader's language does; a year is a string.
func Said(kind Kind, key, english string, args ...any) *Error {
	return &Error{Kind: kind, Text: fill(english, args), Key: key, Args: args}
}

// SaidOf makes an Invalid fault of one field of a form or command line, as Said does.
func SaidOf(field, key, english string, args ...any) *Error {
	return Said(Invalid, key, english, args...).At(Place{Field: field})
}

// At gives the fault with the place it was found in.
func (e *Error) At(place Place) *Error {
	e.Place = place
	return e
}

// Because gives the fault with its cause, which Error says in English behind the text.
func (e *Error) Because(cause error) *Error {
	e.Err = cause
	return e
}

// fill puts the arguments into an English text.
func fill(english string, args []any) string {
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(english)
}

// Reason gives the text of a fault without its cause, for readers who are to know what is wrong and not how the machine says it. Of an
// error that is no fault it gives nothing away.
func Reason(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return "an internal error"
	}
	return e.Text
}
