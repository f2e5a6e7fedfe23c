package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// errFailed ends a command whose errors have been printed already.
var errFailed = errors.New("failed")

// usageError is wrong use: exit status 2.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// report prints an error on one line, and each of several joined ones on a line of its own.
func report(w io.Writer, err error) {
	if errors.Is(err, errFailed) {
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		parts := joined.Unwrap()
		texts := make([]string, len(parts))
		for i, part := range parts {
			texts[i] = part.Error()
		}
		if err.Error() == strings.Join(texts, "\n") {
			for _, part := range parts {
				report(w, part)
			}
			return
		}
	}
	fmt.Fprintln(w, "cityrights:", plain(strings.Join(strings.Fields(err.Error()), " ")))
}

// eachOf changes an error, and of several joined ones each.
func eachOf(err error, change func(error) error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return change(err)
	}
	var parts []error
	for _, part := range joined.Unwrap() {
		parts = append(parts, eachOf(part, change))
	}
	return errors.Join(parts...)
}

// inFile gives an error with the file in the place of every Invalid fault that names none: what is wrong is in the file, and not an argument.
// Joined errors stay several. Without a file it gives the error as it is.
func inFile(file string, err error) error {
	return eachOf(err, func(err error) error { return oneInFile(file, err) })
}

func oneInFile(file string, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Place.File != "" {
		return err
	}
	placed := *f
	if err.Error() != f.Error() { // around it stands what was being done, which is said as well
		placed = fault.Error{Kind: f.Kind, Text: err.Error()}
	}
	placed.Place.File = file
	return &placed
}

// status maps an error to the exit status, as the web maps it to HTTP.
func status(err error) int {
	var wrong usageError
	if errors.As(err, &wrong) {
		return 2
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && f.Place.Field != "" && f.Place.File == "" {
		return 2 // an argument that cannot be what it says
	}
	return 1
}

// plain takes out what would break a line or steer a terminal: names of files and cells come from strangers.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
