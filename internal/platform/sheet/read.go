package sheet

import (
	"errors"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Limits bound what is read from one file. A zero field takes the value of Default.
type Limits struct {
	Bytes   int64 // of the file
	Rows    int   // that hold something
	Columns int
	Cell    int // bytes of one cell
}

// Default are the limits of a file that a city may send.
var Default = Limits{Bytes: 32 << 20, Rows: 500_000, Columns: 300, Cell: 32 << 10}

func (l Limits) orDefault() Limits {
	if l.Bytes == 0 {
		l.Bytes = Default.Bytes
	}
	if l.Rows == 0 {
		l.Rows = Default.Rows
	}
	if l.Columns == 0 {
		l.Columns = Default.Columns
	}
	if l.Cell == 0 {
		l.Cell = Default.Cell
	}
	return l
}

// Row is one row that holds at least one cell with content.
type Row struct {
	Line  int // of its first character; 1 is the first line of the file
	Cells []string
}

// Table is a file of delimited text or a sheet of a workbook, with what had to be decided to read it.
type Table struct {
	Name      string
	Encoding  Encoding
	Sample    string // where the encoding was concluded, a word that shows how it was read
	Delimiter byte
	Endings   []string // kinds of line endings, sorted: CR, CR CR LF, CRLF, LF
	Open      bool     // the last line has no ending
	Blank     int      // rows left out because they hold nothing
	Rows      []Row

	Sheet  string  // of a workbook, the sheet
	Merged []Merge // cells of it that are shown as one
}

// Read reads a file of delimited text. Its errors are faults with their place: Invalid for content that cannot be read, TooMuch beyond
// the limits.
func Read(r io.Reader, name string, limits Limits) (*Table, error) {
	limits = limits.orDefault()
	data, err := ReadAll(r, name, limits.Bytes)
	if err != nil {
		return nil, err
	}
	return Parse(data, name, limits)
}

// ReadAll reads at most limit bytes; a longer file is a fault.
func ReadAll(r io.Reader, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: name}, Text: "the file cannot be read", Err: err}
	}
	if int64(len(data)) > limit {
		return nil, at(fault.TooMuch, name, 0, "the file is larger than %d MB; split it", max(limit>>20, 1))
	}
	return data, nil
}

// Parse reads a file that is already in memory.
func Parse(data []byte, name string, limits Limits) (*Table, error) {
	limits = limits.orDefault()
	text, encoding, sample, err := Decode(data, name)
	if err != nil {
		return nil, err
	}
	text = strings.TrimRight(text, "\x1a") // the end-of-file mark of old DOS programs
	t := &Table{Name: name, Encoding: encoding, Sample: sample}
	if first, rest, ok := strings.Cut(text, "\n"); ok && len(first) > 4 && len(first) < 8 && strings.HasPrefix(strings.ToLower(first), "sep=") {
		return t, t.parse(rest, first[4], 2, limits) // Excel's own hint
	}
	return t, t.parse(text, delimiter(text), 1, limits)
}

func (t *Table) parse(text string, delimiter byte, line int, limits Limits) error {
	t.Delimiter = delimiter
	s := scanner{text: text, delimiter: delimiter, line: line, limits: limits}
	for {
		row, ok, err := s.next()
		if err != nil {
			var f *fault.Error
			if errors.As(err, &f) {
				f.Place.File = t.Name
			}
			return err
		}
		if !ok {
			break
		}
		if row.Blank() {
			t.Blank++
			continue
		}
		if len(t.Rows) == limits.Rows {
			return at(fault.TooMuch, t.Name, row.Line, "the file has more than %d rows; split it", limits.Rows)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Endings, t.Open = s.kinds(), s.open
	return nil
}

// Blank tells whether the row holds nothing but white space.
func (r Row) Blank() bool {
	for _, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

func at(kind fault.Kind, name string, line int, format string, args ...any) *fault.Error {
	err := fault.New(kind, format, args...)
	err.Place = fault.Place{File: name, Row: line}
	return err
}
