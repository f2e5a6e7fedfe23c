package sheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// part is a sheet as its part of the workbook has it.
type part struct {
	name   string
	place  int
	cells  int    // that hold something
	bare   []Cell // formulas without a stored value, at most one is kept
	merged []Merge
}

// Cell is the place of a cell in a sheet; both count from 1.
type Cell struct{ Row, Column int }

// Merge is a rectangle of cells that are shown as one.
type Merge struct{ From, To Cell }

func (c Cell) name() string { return columnName(c.Column) + strconv.Itoa(c.Row) }

// String gives the cells as a spreadsheet names them: "A1:B2".
func (m Merge) String() string { return m.From.name() + ":" + m.To.name() }

// ColumnName gives the letters of the rectangle's first column.
func (m Merge) ColumnName() string { return columnName(m.From.Column) }

func order(sheets map[string]*part) []*part {
	list := make([]*part, 0, len(sheets))
	for _, s := range sheets {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *part) int { return cmp.Compare(a.place, b.place) })
	return list
}

const (
	sheetRows    = 1 << 20 // of a worksheet (ECMA-376)
	sheetColumns = 1 << 14
	maxMerged    = 100_000
)

// scan reads a sheet from its beginning to its end. What is not well-formed XML is an error, and so are rows and cells out of their order,
// which the library would put in a wrong place without a word.
func (s *part) scan(r io.Reader) error {
	decoder := xml.NewDecoder(r)
	row, column := 0, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			next, err := number(start, "r", row+1)
			if err != nil || next <= row || next > sheetRows {
				return fmt.Errorf("the sheet “%s” has row %d behind row %d", s.name, next, row)
			}
			row, column = next, 0
		case "c":
			next := Cell{max(row, 1), column + 1}
			if text := attribute(start, "r"); text != "" {
				if next, err = cellAt(text); err != nil {
					return err
				}
			}
			if next.Row != max(row, 1) || next.Column <= column {
				return fmt.Errorf("the sheet “%s” has the cell %s in a wrong place", s.name, next.name())
			}
			column = next.Column
			if err := s.cell(decoder, start, next); err != nil {
				return err
			}
		case "mergeCell":
			if err := s.merge(attribute(start, "ref")); err != nil {
				return err
			}
		}
	}
}

// cell looks into a cell for a formula without a stored value. An empty text that a formula gave is stored as such (t="str").
func (s *part) cell(decoder *xml.Decoder, start xml.StartElement, at Cell) error {
	formula, value := false, false
	inside := ""
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			inside = t.Name.Local
			formula = formula || inside == "f"
		case xml.EndElement:
			depth--
			inside = ""
		case xml.CharData:
			value = value || (inside == "v" || inside == "t") && len(t) > 0
		}
	}
	if value || formula {
		s.cells++
	}
	if formula && !value && attribute(start, "t") != "str" && s.bare == nil {
		s.bare = []Cell{at}
	}
	return nil
}

func (s *part) merge(ref string) error {
	a, b, ok := strings.Cut(ref, ":")
	if !ok {
		b = a
	}
	from, err := cellAt(a)
	if err != nil {
		return err
	}
	to, err := cellAt(b)
	if err != nil {
		return err
	}
	if len(s.merged) == maxMerged {
		return fmt.Errorf("the sheet “%s” has more than %d merged cells", s.name, maxMerged)
	}
	if s.merged = append(s.merged, Merge{from, to}); from == to {
		s.merged = s.merged[:len(s.merged)-1]
	}
	return nil
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func number(start xml.StartElement, name string, missing int) (int, error) {
	text := attribute(start, name)
	if text == "" {
		return missing, nil
	}
	return strconv.Atoi(text)
}

// cellAt reads "BC12".
func cellAt(text string) (Cell, error) {
	var c Cell
	i := 0
	for ; i < len(text) && i < 4; i++ {
		letter := text[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			break
		}
		c.Column = c.Column*26 + int(letter-'A') + 1
	}
	row, err := strconv.Atoi(text[i:])
	if c.Row = row; err != nil || row < 1 || row > sheetRows || c.Column < 1 || c.Column > sheetColumns {
		return c, fmt.Errorf("%q is not the name of a cell", text)
	}
	return c, nil
}

// columnName gives the letters of a column: 1 is A, 27 is AA.
func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
