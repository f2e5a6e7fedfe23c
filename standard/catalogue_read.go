package standard

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// catalogueColumns is the header of instruments.csv; the order is free, none may be missing.
var catalogueColumns = []string{"instrument", "instrument_name", "year", "issuer", "article", "short_title", "part", "title_kind", "check", "check_source"}

// LoadCatalogue reads instruments.csv: one row per article, UTF-8, with a header, at most 4 MiB. Instruments and articles keep the order of
// the file. The error is of type Problems and holds every mistake with row and column under the given name; there is no catalogue then.
func LoadCatalogue(r io.Reader, name string) (*Catalogue, error) {
	t := &catalogueReader{name: name, catalogue: &Catalogue{}, instruments: map[string]seenAt{}, articles: map[Link]int{}}
	data, err := io.ReadAll(io.LimitReader(r, maxCatalogue+1))
	switch {
	case err != nil:
		t.problem(0, "", "the file cannot be read: %v", cause(err))
	case len(data) > maxCatalogue:
		t.problem(0, "", "the file is larger than %d MiB", maxCatalogue>>20)
	default:
		if line, why := unreadable(data); line > 0 {
			t.problem(line, "", "%s", why)
			break
		}
		t.read(bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	if err := t.problems.orNil(); err != nil {
		return nil, err
	}
	return t.catalogue, nil
}

type catalogueReader struct {
	name        string
	catalogue   *Catalogue
	problems    Problems
	columns     map[string]int // position by name
	record      []string
	line        int // of the current row
	instruments map[string]seenAt
	articles    map[Link]int // to its line
}

// seenAt says where an instrument stands in the catalogue, and in which line it was first met.
type seenAt struct{ index, line int }

func (t *catalogueReader) problem(line int, column, format string, args ...any) {
	t.problems = append(t.problems, Problem{File: t.name, Line: line, Column: column, Text: fmt.Sprintf(format, args...)})
}

func (t *catalogueReader) read(data []byte) {
	rows := csv.NewReader(bytes.NewReader(data))
	rows.ReuseRecord = true
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		t.problem(0, "", "the file is empty")
		return
	}
	if err != nil || !t.header(header) {
		t.csvProblem(err)
		return
	}
	for {
		record, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.csvProblem(err)
			if errors.Is(err, csv.ErrFieldCount) {
				continue
			}
			return // after a broken quote the rest cannot be told apart
		}
		t.record = record
		t.line, _ = rows.FieldPos(0)
		t.row()
	}
}

func (t *catalogueReader) csvProblem(err error) {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse) && errors.Is(err, csv.ErrFieldCount):
		t.problem(parse.StartLine, "", "the row has not the %d fields of the header", len(t.columns))
	case errors.As(err, &parse):
		t.problem(parse.Line, "", "not readable as CSV: %v", parse.Err)
	case err != nil:
		t.problem(0, "", "not readable as CSV: %v", err)
	}
}

// header tells whether the header can be used.
func (t *catalogueReader) header(names []string) bool {
	t.columns = map[string]int{}
	for i, name := range names {
		name = strings.TrimSpace(name)
		if !slices.Contains(catalogueColumns, name) {
			t.problem(1, name, "unknown column; known are %s", strings.Join(catalogueColumns, ", "))
		}
		if _, twice := t.columns[name]; twice {
			t.problem(1, name, "the column stands twice")
		}
		t.columns[name] = i
	}
	for _, name := range catalogueColumns {
		if _, ok := t.columns[name]; !ok {
			t.problem(1, name, "the column is missing")
		}
	}
	return len(t.problems) == 0
}

func (t *catalogueReader) cell(column string) string {
	return strings.Clone(strings.TrimSpace(t.record[t.columns[column]]))
}

// need is cell for a column that must not be empty.
func (t *catalogueReader) need(column string) string {
	text := t.cell(column)
	if text == "" {
		t.problem(t.line, column, "is empty")
	}
	return text
}

// word is need for a column with few allowed words.
func (t *catalogueReader) word(column string, allowed ...string) string {
	text := t.need(column)
	if text != "" && !slices.Contains(allowed, text) {
		t.problem(t.line, column, "%q must be one of %s", text, strings.Join(allowed, ", "))
	}
	return text
}

func (t *catalogueReader) row() {
	in := Instrument{Key: t.need("instrument"), Name: t.need("instrument_name"), Issuer: t.need("issuer")}
	if year := t.need("year"); year != "" {
		n, err := strconv.Atoi(year)
		if err != nil || n < 1000 || n > 9999 {
			t.problem(t.line, "year", "%q must be a year of four digits", year)
		}
		in.Year = n
	}
	article := Article{
		Instrument: in.Key,
		Number:     t.need("article"),
		// Titles that run over lines were broken by the editor of the table, not by the treaty.
		Title:       strings.Join(strings.Fields(t.need("short_title")), " "),
		Part:        t.cell("part"),
		TitleKind:   t.word("title_kind", "own", "official", "official-short"),
		Check:       Check(t.word("check", string(Seen), string(Known), string(Unsure))),
		CheckSource: t.cell("check_source"),
	}
	if strings.Contains(in.Key, ":") {
		t.problem(t.line, "instrument", "%q must not hold a colon, since links are written INSTRUMENT:ARTICLE", in.Key)
	}
	link := Link{in.Key, article.Number}
	if first, twice := t.articles[link]; twice {
		t.problem(t.line, "article", "%s stands in line %d already", link, first)
		return
	}
	t.articles[link] = t.line
	seen, ok := t.instruments[in.Key]
	if !ok {
		seen = seenAt{len(t.catalogue.Instruments), t.line}
		t.instruments[in.Key] = seen
		t.catalogue.Instruments = append(t.catalogue.Instruments, in)
	}
	known := &t.catalogue.Instruments[seen.index]
	if known.Name != in.Name || known.Year != in.Year || known.Issuer != in.Issuer {
		t.problem(t.line, "instrument", "%s has another name, year or issuer than in line %d", in.Key, seen.line)
	}
	known.Articles = append(known.Articles, article)
}
