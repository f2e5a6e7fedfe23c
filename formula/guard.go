package formula

import (
	"strings"
	"unicode/utf8"
)

// starts are the characters at which a spreadsheet takes a cell for a formula or hides it, full-width forms included.
const starts = "=+-@\t\r\n\x00＝＋－＠"

// Guard puts an apostrophe before a cell that a spreadsheet would run as a formula or hide: one that begins with = + - @ or their
// full-width forms, or with TAB, CR, LF or NUL. Plain numbers stay as they are.
func Guard(cell string) string {
	if !runs(cell) || number(cell) {
		return cell
	}
	return "'" + cell
}

// Unguard takes off the apostrophe that Guard puts before a cell; every other cell stays as it is. It gives back what Guard was handed, save
// one kind of cell: Guard leaves “'=1” alone, which has such an apostrophe from the start, and Unguard makes it “=1”.
func Unguard(cell string) string {
	if inner, led := strings.CutPrefix(cell, "'"); led && Guard(inner) != inner {
		return inner
	}
	return cell
}

func runs(cell string) bool {
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(cell, "\ufeff")) // a byte order mark hides what follows from us, not from a spreadsheet
	return size > 0 && strings.ContainsRune(starts, first)
}

// number tells whether s is a plain number: sign, digits, a decimal point, an exponent.
func number(s string) bool {
	mantissa, exponent, has := strings.Cut(strings.ToLower(unsigned(s)), "e")
	if has && !digits(unsigned(exponent)) {
		return false
	}
	whole, part, point := strings.Cut(mantissa, ".")
	return digits(whole) && (!point || digits(part)) || whole == "" && digits(part)
}

func unsigned(s string) string {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		return s[1:]
	}
	return s
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
