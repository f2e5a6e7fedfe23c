package disclosure

import "fmt"

// TableError is what is wrong with a table, with its place: which table of several, which row and which column, each from 1 and 0 where the
// mistake has none.
type TableError struct {
	Table, Row, Column int
	Text               string
}

func (e *TableError) Error() string {
	text := e.Text
	switch {
	case e.Row > 0 && e.Column > 0:
		text = fmt.Sprintf("row %d, column %d: %s", e.Row, e.Column, text)
	case e.Row > 0:
		text = fmt.Sprintf("row %d: %s", e.Row, text)
	case e.Column > 0:
		text = fmt.Sprintf("column %d: %s", e.Column, text)
	}
	if e.Table > 0 {
		text = fmt.Sprintf("table %d: %s", e.Table, text)
	}
	return text
}
