package cli

import (
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// resultFile is a file that a compute command writes.
type resultFile interface {
	path() string // in the results folder, as scores.csv or steps/treated.csv
	writeTo(io.Writer) error
}

// resultJSON is a value that is written for machines.
type resultJSON struct {
	name  string
	value any
}

func (r resultJSON) path() string { return r.name }

func (r resultJSON) writeTo(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false) // it is read by programs and people, not put into a page
	out.SetIndent("", "  ")
	return out.Encode(r.value)
}

// resultTable is a table that a compute command writes. Rows are made one by one while it is written, so that a large table need not be held as
// text; a row is only good until the next one.
type resultTable struct {
	name   string
	header []string // nil: none is written
	rows   iter.Seq[[]string]
}

func (t resultTable) path() string { return t.name }

// writeTo writes the table as CSV.
func (t resultTable) writeTo(w io.Writer) error {
	out := sheet.NewWriter(w)
	if t.header != nil {
		if err := out.Row(t.header...); err != nil {
			return err
		}
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

// decimalOf is decimal for a number that may be absent.
func decimalOf(v *float64) string {
	if v == nil {
		return ""
	}
	return decimal(*v, true)
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
	return resultJSON{value: v}.writeTo(c.Stdout)
}

// warn prints warnings, one per line.
func (c *call) warn(texts ...string) {
	for _, text := range texts {
		_, _ = io.WriteString(c.Stderr, "warning: "+plain(strings.Join(strings.Fields(text), " "))+"\n")
	}
}
