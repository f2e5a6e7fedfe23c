package statistics

import (
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// workbookSeries takes the sheet of a workbook that holds a table apart, by the rules of tidy CSV. The place of what it finds names the sheet.
func workbookSeries(res result, data []byte, mapping Mapping, req *Request) []result {
	book, err := sheet.OpenWorkbook(data, res.file.Name, sheet.Limits{Columns: maxColumns})
	if err != nil {
		res.found.unreadable(err)
		return []result{res.refused()}
	}
	defer func() { _ = book.Close() }() // nothing of it is on the disk
	table := chooseSheet(book, req.Sheet, &res.found)
	if table == nil {
		return []result{res.refused()}
	}
	res.found.file = res.file.Name + " [" + table.Sheet + "]"
	if checkMerged(table, &res.found); res.found.failed() {
		return []result{res.refused()}
	}
	return tidySeries(res, table, mapping, req)
}

// chooseSheet reads the sheet that is named, else the only one with a header of figures.
func chooseSheet(book *sheet.Workbook, named string, f *findings) *sheet.Table {
	names := book.Sheets()
	if named != "" {
		i := slices.IndexFunc(names, func(name string) bool { return fold(name) == fold(named) })
		if i < 0 {
			f.add(Error, "sheet.named", 0, "", "sheet", named, "sheets", choices(names))
			return nil
		}
		return readSheet(book, names[i], f)
	}
	if len(names) == 0 {
		f.add(Error, "file.empty", 0, "")
		return nil
	}
	if len(names) == 1 {
		return readSheet(book, names[0], f)
	}
	var found []*sheet.Table
	var with, without []string
	for _, name := range names {
		table := readSheet(book, name, f)
		if table == nil {
			return nil // it may be the one that is meant
		}
		if headerRow(table, []map[string]Role{tidyNames, roleNames}) >= 0 {
			found, with = append(found, table), append(with, name)
		} else {
			without = append(without, name)
		}
	}
	switch len(found) {
	case 0:
		f.add(Error, "sheet.none", 0, "", "sheets", choices(names))
		return nil
	case 1:
		f.add(Note, "sheet.taken", 0, "", "sheet", with[0], "others", choices(without))
		return found[0]
	}
	f.add(Error, "sheet.choose", 0, "", "sheets", choices(with))
	return nil
}

func readSheet(book *sheet.Workbook, name string, f *findings) *sheet.Table {
	table, err := book.Table(name)
	if err != nil {
		f.unreadable(err)
		return nil
	}
	return table
}

// checkMerged refuses merged cells in the header or below it: which of the rows a value is meant for is the author's knowledge. Above the header
// they are titles.
func checkMerged(table *sheet.Table, f *findings) {
	top := headerRow(table, []map[string]Role{tidyNames, roleNames})
	if top < 0 {
		return // the table as a whole is refused for it
	}
	last := 0
	if n := len(table.Rows); n > 0 {
		last = table.Rows[n-1].Line
	}
	for _, m := range table.Merged {
		if m.To.Row >= table.Rows[top].Line && m.From.Row <= last {
			f.addAt(fault.Place{File: f.file, Row: m.From.Row, Column: m.ColumnName()}, Error, "sheet.merged", "cells", m.String())
		}
	}
}

// FormatOf tells tidy CSV from SDMX-CSV by the first cell of a text.
func FormatOf(head []byte) Format {
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \"\r\n\t")
	for _, first := range []string{"DATAFLOW", "STRUCTURE"} {
		if rest, ok := strings.CutPrefix(text, first); ok && rest != "" && strings.ContainsAny(rest[:1], "\"[,;\t|:") {
			return SDMXCSV
		}
	}
	return TidyCSV
}
