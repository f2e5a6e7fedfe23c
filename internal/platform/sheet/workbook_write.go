package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/cityrights/cityrights/formula"
)

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// WriteWorkbook writes a CSV table with a header as an Excel workbook of one sheet, row by row: the same columns and the same cells. Cells of
// the columns that number accepts become numbers, or true and false; all others are texts, also those that look like numbers or formulas, so
// that nothing is run and 2020-21 is no date. The apostrophe by which CSV guards a formula is taken off: a text needs none here.
//
// The same table gives the same bytes.
func WriteWorkbook(w io.Writer, name string, table io.Reader, number func(column string) bool) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	rows := csv.NewReader(table)
	rows.ReuseRecord = true
	var numbers []bool
	for line := 1; ; line++ {
		record, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("the table to write as a workbook: %w", err)
		}
		cells := make([]any, len(record))
		for i, text := range record {
			switch {
			case line == 1:
				numbers = append(numbers, number(text))
				cells[i] = excelize.Cell{StyleID: bold, Value: strings.TrimPrefix(text, "\ufeff")}
			case text == "":
			default:
				cells[i] = cellValue(text, numbers[i])
			}
		}
		if err := out.SetRow("A"+strconv.Itoa(line), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

func cellValue(text string, number bool) any {
	if number {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return v
		}
		if text == "true" || text == "false" {
			return text == "true"
		}
	}
	return formula.Unguard(text)
}
