package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/xuri/excelize/v2"
)

// Workbook is an Excel workbook (Office Open XML, ECMA-376) of which tables are read. Macros are never looked at, formulas never computed:
// what counts is the value that the spreadsheet program stored beside them.
type Workbook struct {
	name   string
	file   *excelize.File
	sheets []*part
	limits Limits
	days   bool // counted from 1904, as old Macintoshes did
}

// Bounds of a workbook, beside Limits. Rows are fewer than in a text, because each keeps as many cells as the widest.
const (
	workbookParts    = 2_000
	workbookUnpacked = 128 << 20
	workbookRows     = 100_000
)

// IsWorkbook tells whether a file is an Excel workbook, by what it holds.
func IsWorkbook(file io.ReaderAt, size int64) bool {
	if size > Default.Bytes || checkEnd(file, size, "") != nil {
		return false
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return false
	}
	for _, f := range archive.File {
		if strings.EqualFold(f.Name, workbookPart) {
			return true
		}
	}
	return false
}

// OpenWorkbook opens a workbook that is in memory. All of it is unpacked once, counted and thrown away, before anything is kept. Its errors
// are faults with their place: Invalid for what is no workbook, is cut off or damaged, TooMuch beyond the limits.
func OpenWorkbook(data []byte, name string, limits Limits) (w *Workbook, err error) {
	defer caught(&err, name)
	limits = limits.orDefault()
	limits.Rows = min(limits.Rows, workbookRows)
	if int64(len(data)) > limits.Bytes {
		return nil, at(fault.TooMuch, name, 0, "the file is larger than %d MB; split it", max(limits.Bytes>>20, 1))
	}
	sheets, err := inspect(data, name)
	if err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: workbookUnpacked, UnzipXMLSizeLimit: workbookUnpacked, ShortDatePattern: "yyyy-mm-dd", // no part goes through a file on the disk
	})
	if err != nil {
		return nil, damaged(name, err)
	}
	w = &Workbook{name: name, file: file, limits: limits}
	for _, s := range sheets {
		if s.cells > 0 {
			w.sheets = append(w.sheets, s)
		}
	}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.days = *props.Date1904
	}
	return w, nil
}

// Close frees what the workbook holds.
func (w *Workbook) Close() error { return w.file.Close() }

// Sheets names the sheets that hold something, in their order.
func (w *Workbook) Sheets() []string {
	names := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		names[i] = s.name
	}
	return names
}

// Table gives the rows of a sheet that hold something, each with as many cells as the widest; Row.Line is the number of the row in the
// sheet. See seen for what a cell is given as. Returns Invalid where a formula has no stored value, because then nobody knows what it shows.
func (w *Workbook) Table(sheet string) (t *Table, err error) {
	defer caught(&err, w.name)
	var from *part
	for _, s := range w.sheets {
		if s.name == sheet {
			from = s
		}
	}
	if from == nil {
		return nil, at(fault.NotFound, w.name, 0, "the workbook has no sheet “%s” that holds something", sheet)
	}
	if len(from.bare) > 0 {
		first := from.bare[0]
		err := at(fault.Invalid, w.name, first.Row, "the formula in %s of the sheet “%s” has no stored value: open the workbook in a spreadsheet program and save it", first.name(), sheet)
		err.Place.Column = columnName(first.Column)
		return nil, err
	}
	t = &Table{Name: w.name, Sheet: sheet, Delimiter: '\t', Merged: from.merged}
	if err := w.rows(t, sheet); err != nil {
		return nil, err
	}
	width := 0
	for _, row := range t.Rows {
		width = max(width, len(row.Cells))
	}
	for i, row := range t.Rows {
		cells := make([]string, width)
		copy(cells, row.Cells)
		t.Rows[i].Cells = cells
	}
	return t, nil
}

// rows reads each row twice: as it is stored, and as it is shown.
func (w *Workbook) rows(t *Table, sheet string) (err error) {
	stored, err := w.file.Rows(sheet)
	if err != nil {
		return damaged(w.name, err)
	}
	shown, err := w.file.Rows(sheet)
	if err != nil {
		return damaged(w.name, err)
	}
	for line := 1; stored.Next() && shown.Next(); line++ {
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return damaged(w.name, err)
		}
		formatted, err := shown.Columns()
		if err != nil {
			return damaged(w.name, err)
		}
		row := Row{Line: line, Cells: make([]string, len(raw))}
		for i, cell := range raw {
			if row.Cells[i] = cell; i < len(formatted) {
				row.Cells[i] = seen(cell, formatted[i], w.days)
			}
			if len(row.Cells[i]) > w.limits.Cell {
				return at(fault.TooMuch, w.name, line, "a cell is longer than %d kB", w.limits.Cell>>10)
			}
		}
		for len(row.Cells) > 0 && strings.TrimSpace(row.Cells[len(row.Cells)-1]) == "" {
			row.Cells = row.Cells[:len(row.Cells)-1]
		}
		switch {
		case len(row.Cells) == 0:
			t.Blank++
			continue
		case len(row.Cells) > w.limits.Columns:
			return at(fault.TooMuch, w.name, line, "the row has more than %d cells", w.limits.Columns)
		case len(t.Rows) == w.limits.Rows:
			return at(fault.TooMuch, w.name, line, "the sheet has more than %d rows; split it", w.limits.Rows)
		}
		t.Rows = append(t.Rows, row)
	}
	if err := stored.Error(); err != nil {
		return damaged(w.name, err)
	}
	return nil
}

func damaged(name string, cause error) error {
	err := at(fault.Invalid, name, 0, "the workbook cannot be read: it is damaged or cut off; save it again")
	err.Err = cause
	return err
}

// caught turns a panic of the library over a hostile file into a fault: one bad upload must not end the program.
func caught(err *error, name string) {
	if what := recover(); what != nil {
		*err = at(fault.Invalid, name, 0, "the workbook cannot be read: it is damaged (%v)", what)
	}
}
