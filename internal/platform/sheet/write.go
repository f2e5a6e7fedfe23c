package sheet

import (
	"bufio"
	"io"
	"strings"

	"github.com/cityrights/cityrights/formula"
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
		cell = formula.Guard(cell)
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
