package sheet

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// Writer writes rows as CSV: UTF-8, comma, LF, every cell safe to open in a spreadsheet.
type Writer struct{ w *bufio.Writer }

// NewWriter makes a Writer; call Flush at the end.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Row writes one row. Errors of the writer below are kept and given by Flush as well.
func (w *Writer) Row(cells ...string) error {
	for i, cell := range cells {
		if i > 0 {
			w.w.WriteByte(',')
		}
		cell = Safe(cell)
		if cell != "" && !strings.ContainsAny(cell, ",;\t|\"\r\n ") {
			w.w.WriteString(cell)
			continue
		}
		if cell == "" && len(cells) > 1 {
			continue
		}
		w.w.WriteByte('"')
		w.w.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		w.w.WriteByte('"')
	}
	return w.w.WriteByte('\n')
}

// Flush hands everything to the writer below and gives its first error.
func (w *Writer) Flush() error { return w.w.Flush() }

// Safe puts an apostrophe before a cell that a spreadsheet would run as a formula or hide: one that begins with = + - @ or their
// full-width forms, or with TAB, CR, LF or NUL. Plain numbers stay as they are.
func Safe(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, "\ufeff"))
	if !strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", first) || cell == "" || number(cell) {
		return cell
	}
	return "'" + cell
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
