package statistics

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/database"
)

// TypedCode is the code of the source indicator that holds what people type for an indicator of the standard. It is one of its own, so that
// nobody types over what was imported.
func TypedCode(indicator string) string { return "typed-" + sourceCode(indicator) }

// Typing is a table that a person fills in: one source indicator, by years, for the whole city and for the groups of one column.
type Typing struct {
	Code, Title             string
	Publisher, URL, Licence string
	Column                  string // what the groups are of; empty: the whole city alone
	Cells                   map[TypedCell]Figure
}

// TypedCell is a place in the table. The group is empty for the whole city.
type TypedCell struct {
	Group string
	Year  int
}

// Figure is what stands in a place: a number, or a mark that stands for one.
type Figure struct {
	Number *float64
	Mark   string
}

// Blank tells whether nothing stands there.
func (f Figure) Blank() bool { return f.Number == nil && f.Mark == "" }

// Equal tells whether two figures are the same.
func (f Figure) Equal(other Figure) bool {
	return f.Mark == other.Mark && equal(f.Number, other.Number)
}

// Stored gives a source indicator of a city with the digest of its content; nil where there is none.
func (r *Room) Stored(ctx context.Context, tx database.Tx, cityID, code string) (raw *Raw, digest string, err error) {
	var document string
	err = tx.QueryRow(ctx, "SELECT document, digest FROM statistics_source WHERE city_id = $1 AND code = $2", cityID, code).Scan(&document, &digest)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	raw, err = decodeRaw(code, document)
	return raw, digest, err
}

// Breakdowns gives the groups of each column, in their order, of figures that are broken down by that column alone.
func (r *Raw) Breakdowns() map[string][]string {
	all := map[string][]string{}
	if r == nil {
		return all
	}
	for _, key := range r.Keys {
		if column, group, ok := r.only(key); ok && column != "" && !slices.Contains(all[column], group) {
			all[column] = append(all[column], group)
		}
	}
	return all
}

// Table gives the figures of whole years, of the city and of the groups of a column.
func (r *Raw) Table(column string) map[TypedCell]Figure {
	cells := map[TypedCell]Figure{}
	if r == nil {
		return cells
	}
	for _, o := range r.Observations {
		if cell, ok := r.cellOf(o, column); ok {
			cells[cell] = figureOf(o)
		}
	}
	return cells
}

func figureOf(o Observation) Figure {
	if o.Mark != "" {
		return Figure{Mark: o.Mark}
	}
	return Figure{Number: &o.Value}
}

// only gives the one filled column of a key; the column is empty where none is, ok false where several are.
func (r *Raw) only(key Key) (column, group string, ok bool) {
	for c, cell := range key.Cells {
		if cell == "" {
			continue
		}
		if column != "" {
			return "", "", false
		}
		column, group = r.Columns[c].Name, cell
	}
	return column, group, true
}

func (r *Raw) cellOf(o Observation, column string) (cell TypedCell, ok bool) {
	name, group, ok := r.only(r.Keys[o.Key])
	year := o.Period.Start / 10000
	if !ok || name != "" && foldName(name) != foldName(column) || o.Period.Start != year*10000+101 || o.Period.End != year*10000+1231 {
		return TypedCell{}, false
	}
	return TypedCell{group, year}, true
}

// Write writes the table as tidy CSV, with all that the source indicator holds besides: of an import it is the whole. A cell of the table that is
// blank takes its figure away; a figure that stays keeps its count, interval and status.
func (t Typing) Write(w io.Writer, before *Raw) error {
	columns := []string{}
	if before != nil {
		for _, c := range before.Columns {
			columns = append(columns, c.Name)
		}
	}
	own := slices.IndexFunc(columns, func(name string) bool { return foldName(name) == foldName(t.Column) })
	if own < 0 && t.Column != "" {
		own = len(columns)
		columns = append(columns, t.Column)
	}
	out := csv.NewWriter(w)
	_ = out.Write(slices.Concat([]string{"indicator", "title", "source", "url", "licence", "year"}, columns, []string{"value", "status", "count", "lower", "upper"})) // Error gives the error
	row := func(period string, cells []string, value string, o Observation) {
		count := ""
		if o.Count != nil {
			count = strconv.FormatInt(*o.Count, 10)
		}
		_ = out.Write(slices.Concat([]string{t.Code, t.Title, t.Publisher, t.URL, t.Licence, period}, cells, []string{value, o.Status, count, optional(o.Lower), optional(o.Upper)}))
	}
	done := map[TypedCell]bool{}
	if before != nil {
		for _, o := range before.Observations {
			cells := make([]string, len(columns))
			copy(cells, before.Keys[o.Key].Cells)
			if cell, ok := before.cellOf(o, t.Column); ok {
				if figure, typed := t.cell(cell); typed {
					done[cell.folded()] = true
					if figure.Equal(figureOf(o)) {
						row(o.Period.Text, cells, figure.text(), o)
					} else if !figure.Blank() {
						row(o.Period.Text, cells, figure.text(), Observation{})
					}
					continue
				}
			}
			row(o.Period.Text, cells, figureOf(o).text(), o)
		}
	}
	for _, cell := range t.order() {
		figure := t.Cells[cell]
		if figure.Blank() || done[cell.folded()] {
			continue
		}
		cells := make([]string, len(columns))
		if cell.Group != "" {
			cells[own] = cell.Group
		}
		row(strconv.Itoa(cell.Year), cells, figure.text(), Observation{})
	}
	out.Flush()
	return out.Error()
}

// cell finds what was typed at a place; a group's name counts without case.
func (t Typing) cell(at TypedCell) (figure Figure, ok bool) {
	if figure, ok = t.Cells[at]; ok {
		return figure, true
	}
	for cell, figure := range t.Cells {
		if cell.folded() == at.folded() {
			return figure, true
		}
	}
	return Figure{}, false
}

// folded is the place in the form in which places are compared.
func (c TypedCell) folded() TypedCell { return TypedCell{fold(c.Group), c.Year} }

func (t Typing) order() []TypedCell {
	return slices.SortedFunc(maps.Keys(t.Cells), func(a, b TypedCell) int { return cmp.Or(natural(a.Group, b.Group), cmp.Compare(a.Year, b.Year)) })
}

func (f Figure) text() string {
	if f.Number == nil {
		return f.Mark
	}
	return formatNumber(*f.Number)
}

func optional(v *float64) string {
	if v == nil {
		return ""
	}
	return formatNumber(*v)
}

// With gives a mapping with a row in it, in the place of the one that joins the same two indicators without a selection.
func (m Mapping) With(row MappingRow) Mapping {
	out := slices.Clone(m)
	at := slices.IndexFunc(out, func(other MappingRow) bool {
		return other.Indicator == row.Indicator && other.Source == row.Source && len(other.Select) == 0
	})
	if at < 0 {
		return append(out, row)
	}
	out[at] = row
	return out
}

// Grounds are those of the keys that the name of a column says, so that figures typed under it are told by that ground.
func Grounds(keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return byName(strings.ReplaceAll(key, "_", " ")) != key })
}
