// Package mistakes collects what is wrong with a table, so that whoever made it can mend all of it at once. It owns how many mistakes are told one by
// one. It never decides what a mistake is.
package mistakes

import (
	"errors"
	"fmt"
)

// Told is how many are told one by one; more would be noise.
const Told = 20

// List is what is wrong. The zero value is nothing.
type List []error

// Add takes a mistake; several that are joined are taken one by one.
func (l *List) Add(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		*l = append(*l, joined.Unwrap()...)
		return
	}
	*l = append(*l, err)
}

// Joined gives one mistake as it is, and several joined, of which those beyond Told are only counted; nil where there is none.
func (l List) Joined() error {
	switch more := len(l) - Told; {
	case len(l) == 1:
		return l[0]
	case more > 0:
		return errors.Join(append(l[:Told:Told], fmt.Errorf("and %d more mistakes", more))...)
	}
	return errors.Join(l...)
}
