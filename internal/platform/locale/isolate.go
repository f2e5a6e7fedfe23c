package locale

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The isolates of the Unicode Bidirectional Algorithm (Unicode Standard Annex 9, section 2.4).
const (
	leftToRight = "\u2066"
	rightToLeft = "\u2067"
	firstStrong = "\u2068"
	endIsolate  = "\u2069"
)

// Isolate puts a text between isolates, so that neither it nor the sentence around it turns the other's direction. It runs as its first
// letter does; a text that has none (2011-12, 45%) runs from left to right. The algorithm itself passes over letters inside inner isolates
// (rule P2): a date whose month is a name put into it would then be turned.
func Isolate(s string) string {
	if s == "" {
		return ""
	}
	if first(s) == bidi.R {
		return rightToLeft + s + endIsolate
	}
	return firstStrong + s + endIsolate
}

// Turns tells whether a text has a letter of a script that runs from right to left.
func Turns(s string) bool {
	for s != "" {
		class, size := classOf(s)
		if class == bidi.R {
			return true
		}
		s = s[size:]
	}
	return false
}

// first is the direction of the first letter of a text: L, R, or ON where there is none.
func first(s string) bidi.Class {
	for s != "" {
		class, size := classOf(s)
		if class != bidi.ON {
			return class
		}
		s = s[size:]
	}
	return bidi.ON
}

// classOf is L or R for the letter with which s begins, ON for what is none, and its bytes.
func classOf(s string) (bidi.Class, int) {
	if s[0] < utf8.RuneSelf {
		if c := s[0] | 0x20; 'a' <= c && c <= 'z' {
			return bidi.L, 1
		}
		return bidi.ON, 1
	}
	at, size := bidi.LookupString(s)
	switch at.Class() {
	case bidi.L:
		return bidi.L, max(size, 1)
	case bidi.R, bidi.AL:
		return bidi.R, max(size, 1)
	}
	return bidi.ON, max(size, 1)
}

// Code writes what is read from left to right in every language, such as a period or the code of an indicator, for a place among words.
func (l *Locale) Code(s string) string {
	if l.Dir != "rtl" || s == "" || strings.HasPrefix(s, leftToRight) {
		return s
	}
	return leftToRight + s + endIsolate
}
