package cli

import (
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// resultTable is a table that a compute command writes. Rows are made one by one while it is written, so that a large table need not be held as
// text; a row is only good until the next one.
type resultTable struct {
	name   string // of the file in the results folder, as scores.csv or steps/treated.csv
	header []string
	rows   iter.Seq[[]string]
}

// writeTo writes the table as CSV.
func (t resultTable) writeTo(w io.Writer) error {
	out := sheet.NewWriter(w)
	if err := out.Row(t.header...); err != nil {
		return err
	}
	for row := range t.rows {
		if err := out.Row(row...); err != nil {
			return err
		}
	}
	return out.Flush()
}

// decimal prints a number so that it reads back to the same float64; empty where it is missing.
func decimal(v float64, present bool) string {
	if !present {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// whole prints a rank or a count; empty where it is missing.
func whole[N int | int32](n N, present bool) string {
	if !present {
		return ""
	}
	return strconv.FormatInt(int64(n), 10)
}

// optional is a number in JSON; null where it is missing.
func optional[N any](n N, present bool) *N {
	if !present {
		return nil
	}
	return &n
}

// printJSON prints a value for machines.
func (c *call) printJSON(v any) error {
	out := json.NewEncoder(c.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// warn prints warnings, one per line.
func (c *call) warn(texts ...string) {
	for _, text := range texts {
		_, _ = io.WriteString(c.Stderr, "warning: "+plain(strings.Join(strings.Fields(text), " "))+"\n")
	}
}
