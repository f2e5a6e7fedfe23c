package opinion

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

type tableColumn struct {
	names  []string
	needed bool
}

// readTable reads a table with a header and hands over, for each row, the cells of the named columns, empty where a column is not there. Rows with a
// mistake are gone over, and their mistakes joined at the end, with the name of the file.
func readTable(r io.Reader, file string, columns []tableColumn, do func(row int, cells []string) error) error {
	var wrong mistakes
	return wrong.joined(readRows(r, columns, do, wrong.add), file)
}

// readRows hands the mistakes of rows to tell, and ends where that gives one back.
func readRows(r io.Reader, columns []tableColumn, do func(row int, cells []string) error, tell func(error) error) error {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return wrong(0, "", "the file is empty")
	}
	if err != nil {
		return unreadable(err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i], err = columnOf(header, c.names, c.needed, 1); err != nil {
			return err
		}
	}
	cells := make([]string, len(columns))
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, csv.ErrFieldCount) {
			if err := tell(unreadable(err)); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return unreadable(err)
		}
		for i, column := range at {
			if cells[i] = ""; column >= 0 {
				cells[i] = strings.TrimSpace(record[column])
			}
		}
		row, _ := in.FieldPos(0)
		if err := tell(do(row, cells)); err != nil {
			return err
		}
	}
}

// unreadable gives the row of what is no CSV.
func unreadable(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return wrong(parse.Line, "", "%s", parse.Err)
	}
	return err
}
