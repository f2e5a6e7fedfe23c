package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/statistics"
)

// typedForm is what a person has chosen and typed, as it was sent.
type typedForm struct {
	Indicator, By           string
	From, To                int
	Groups                  []string
	Cells                   map[string]string // by the names of their fields
	Digest                  string            // of what was stored when the grid was opened
	Read                    []string          // texts with two readings, of which the person has seen how they were read
	Title, Publisher        string
	URL, Licence            string
	Official, Rate          bool
	Fit, Note, Reason, Pile string // Pile is a block that was pasted
	Do                      string

	problems map[string]string // by the names of the cells' fields
	asked    []string          // texts with two readings that are new
}

func gridTypedIn(v url.Values) *typedForm {
	f := &typedForm{Indicator: v.Get("indicator"), By: v.Get("by"), Cells: map[string]string{}, Digest: v.Get("digest"), Read: v["read"],
		Title: strings.TrimSpace(v.Get("title")), Publisher: strings.TrimSpace(v.Get("publisher")), URL: strings.TrimSpace(v.Get("url")), Licence: strings.TrimSpace(v.Get("licence")),
		Official: v.Get("official") != "", Rate: v.Get("rate") != "", Fit: v.Get("fit"), Note: strings.TrimSpace(v.Get("note")), Reason: strings.TrimSpace(v.Get("reason")), Pile: v.Get("pile"),
		Do: v.Get("do"), problems: map[string]string{}}
	f.From, _ = strconv.Atoi(latin(v.Get("from")))
	f.To, _ = strconv.Atoi(latin(v.Get("to")))
	for _, name := range append(slices.Clone(v["group"]), strings.Split(v.Get("groups"), "\n")...) {
		if name = strings.Join(strings.Fields(name), " "); name != "" && f.By != "" && !slices.ContainsFunc(f.Groups, func(other string) bool { return strings.EqualFold(other, name) }) {
			f.Groups = append(f.Groups, name)
		}
	}
	for column := range f.columns() {
		for year := f.From; year <= f.To && year < f.From+gridYears; year++ {
			if name := cellName(column, year); v.Get(name) != "" {
				f.Cells[name] = strings.ToValidUTF8(v.Get(name), "")
			}
		}
	}
	return f
}

// columns counts the whole city and the groups.
func (f *typedForm) columns() int { return min(len(f.Groups), gridGroups) + 1 }

// latin writes a year in the digits that are read; other text stays no number.
func latin(text string) string {
	if read := statistics.ReadTyped(text, false); read.Number != nil && *read.Number == float64(int(*read.Number)) {
		return strconv.Itoa(int(*read.Number))
	}
	return ""
}

// shown writes a stored figure as its field holds it.
func (q *request) shown(f statistics.Figure) string {
	if f.Number == nil {
		return f.Mark
	}
	return q.locale.Typed(*f.Number)
}

// check reads all cells, and gives the table or all that is wrong.
func (g *grid) check(q *request) (typing statistics.Typing, wrong []link) {
	typing = statistics.Typing{Code: g.code(), Title: g.Title, Publisher: g.Publisher, Licence: g.Licence, Column: g.By, Cells: map[statistics.TypedCell]statistics.Figure{}}
	if g.Official {
		typing.URL = g.URL
	}
	g.asked = nil
	filled, changed := 0, 0
	for year := g.From; year <= g.To; year++ {
		for column := range g.columns() {
			cell := statistics.TypedCell{Year: year}
			if column > 0 {
				cell.Group = g.Groups[column-1]
			}
			figure, ok := g.read(q, cell, cellName(column, year))
			if !ok {
				wrong = append(wrong, link{Text: q.cellLabel(cell) + ": " + g.problems[cellName(column, year)], URL: "#" + cellName(column, year)})
				continue
			}
			stored, known := g.storedAt(cell)
			if !figure.Blank() {
				filled++
			}
			if known && !figure.Equal(stored) {
				changed++
			}
			typing.Cells[cell] = figure
		}
	}
	need := func(missing bool, key, field string) {
		if missing {
			wrong = append(wrong, link{Text: q.t(key), URL: "#" + field})
		}
	}
	need(filled == 0 && changed == 0, "grid.nothing", cellName(0, g.From))
	need(g.Title == "", "grid.title_missing", "title")
	need(g.Publisher == "", "grid.publisher_missing", "publisher")
	need(g.Official && !fullAddress(g.URL), "grid.url_missing", "url")
	need(g.own != nil && g.Fit != "exact" && g.Fit != "close", "grid.fit_missing", "fit")
	need(g.Fit == "close" && g.Note == "", "grid.note_missing", "note")
	need(changed > 0 && g.Reason == "", "grid.reason_missing", "reason")
	if g.Digest != g.digest {
		wrong = append(wrong, link{Text: q.t("grid.meanwhile"), URL: "#grid"})
		g.Digest = g.digest
	}
	if len(wrong) == 0 && len(g.asked) > 0 {
		wrong = append(wrong, link{Text: q.t("grid.two_readings", "Count", len(g.asked), "List", q.list(g.asked)), URL: "#grid"})
	}
	return typing, wrong
}

func fullAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(text, " <>\"")
}

// read reads one cell. Where it holds what is stored there, as it was shown, it is that.
func (g *grid) read(q *request, cell statistics.TypedCell, name string) (statistics.Figure, bool) {
	text := strings.TrimSpace(g.Cells[name])
	if stored, known := g.storedAt(cell); known && text == q.shown(stored) {
		return stored, true
	}
	typed := statistics.ReadTyped(text, q.locale.DecimalComma())
	if typed.Wrong {
		g.problems[name] = q.t("grid.wrong", "Text", text)
		return statistics.Figure{}, false
	}
	if typed.Ambiguous && !slices.Contains(g.Read, text) {
		g.Read = append(g.Read, text)
		g.asked = append(g.asked, q.t("grid.reading", "Cell", q.cellLabel(cell), "Text", text, "Number", q.locale.Exact(*typed.Number)))
	}
	return statistics.Figure{Number: typed.Number, Mark: typed.Mark}, true
}

func (g *grid) storedAt(cell statistics.TypedCell) (statistics.Figure, bool) {
	if figure, ok := g.stored[cell]; ok {
		return figure, true
	}
	for at, figure := range g.stored {
		if at.Year == cell.Year && strings.EqualFold(at.Group, cell.Group) {
			return figure, true
		}
	}
	return statistics.Figure{}, false
}

// cellLabel names a cell: "2024, Women".
func (q *request) cellLabel(cell statistics.TypedCell) string {
	group := cell.Group
	if group == "" {
		group = q.t("series.all")
	}
	return q.list([]string{q.locale.Code(strconv.Itoa(cell.Year)), group})
}

// fill puts a pasted block into the cells. Where its first row names groups and its first column years, each figure goes where it belongs;
// else the block is laid on the grid from its first cell on.
func (g *grid) fill(q *request) (wrong []link) {
	rows := blockRows(g.Pile)
	if len(rows) == 0 {
		return []link{{Text: q.t("grid.pile_empty"), URL: "#pile"}}
	}
	columns, years, left := g.heads(q, rows)
	outside := 0
	for r, row := range rows {
		for c, text := range row {
			if text == "" || years != nil && c == 0 || columns != nil && r == 0 {
				continue
			}
			column, year := c, g.From+r
			if columns != nil && c >= len(columns) { // a row that is longer than the first
				outside++
				continue
			}
			if columns != nil {
				column, year = columns[c], year-1
			} else if years != nil {
				column--
			}
			if years != nil {
				year = years[r]
			}
			if column < 0 || column >= g.columns() || year < g.From || year > g.To {
				outside++
				continue
			}
			g.Cells[cellName(column, year)] = text
		}
	}
	if outside > 0 || len(left) > 0 {
		return []link{{Text: q.t("grid.pile_outside", "Count", outside, "List", q.list(left)), URL: "#pile"}}
	}
	g.Pile = ""
	return nil
}

// blockRows takes a block of a spreadsheet apart: lines, and tabs between the cells.
func blockRows(text string) (rows [][]string) {
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// heads finds which column of the grid each column of a block is, by the names in its first row, and which year each row is, by its first cell.
// Both are nil where the block has none; left are names that the grid does not have.
func (g *grid) heads(q *request, rows [][]string) (columns, years []int, left []string) {
	places := make([]int, len(rows[0]))
	named := 0
	for c, name := range rows[0] {
		places[c] = -1
		switch at := slices.IndexFunc(g.Groups, func(group string) bool { return strings.EqualFold(group, name) }); {
		case at >= 0:
			places[c] = at + 1
			named++
		case strings.EqualFold(name, q.t("series.all")):
			places[c] = 0
			named++
		}
	}
	if named > 0 {
		columns = places
		for c, name := range rows[0] {
			if places[c] < 0 && c > 0 && name != "" {
				left = append(left, name)
			}
		}
	}
	for r, row := range rows {
		year, err := strconv.Atoi(latin(row[0]))
		switch {
		case r == 0 && columns != nil:
			years = append(years, 0)
		case err != nil || year < 1900 || year > 2100:
			return columns, nil, left
		default:
			years = append(years, year)
		}
	}
	if len(rows[0]) < 2 && len(rows) > 0 && columns == nil {
		return columns, nil, left // a single column of figures
	}
	return columns, years, left
}
