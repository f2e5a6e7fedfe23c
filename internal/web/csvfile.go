package web

import (
	"bytes"
	"io"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/internal/publication"
)

// byteOrderMark begins a file in UTF-8 for programs that take it for another encoding without: Excel shows Arabic and accented letters
// wrongly in a CSV file that has none. docs/data.md says how to read past it.
const byteOrderMark = "\uFEFF"

// csvFile answers with a table that a browser saves under a name that tells what it is about: its parts with hyphens between.
func csvFile(body string, nameParts ...string) answer {
	return answer{kind: "text/csv; charset=utf-8", name: fileName(nameParts...) + ".csv", body: []byte(byteOrderMark + body)}
}

// fileName joins parts by hyphens and leaves only characters that need no quoting in a header or on any disk.
func fileName(parts ...string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-') {
			return r
		}
		return '-'
	}, strings.Join(parts, "-"))
}

// tableFile answers with a table as CSV or, where the address asks for it, as an Excel workbook with the same columns.
func tableFile(kind string, write func(io.Writer) error, nameParts ...string) (answer, error) {
	var table bytes.Buffer
	if err := write(&table); err != nil {
		return answer{}, err
	}
	if kind != asWorkbook {
		return csvFile(table.String(), nameParts...), nil
	}
	var book bytes.Buffer
	if err := sheet.WriteWorkbook(&book, "table", &table, publication.NumberColumn); err != nil {
		return answer{}, err
	}
	return answer{kind: sheet.WorkbookType, name: fileName(nameParts...) + asWorkbook, body: book.Bytes()}, nil
}

// Endings of addresses under which a page's table stands.
const (
	asCSV      = ".csv"
	asWorkbook = ".xlsx"
)

// tableEnding takes the ending of a table off a part of an address; kind is empty where there is none.
func tableEnding(part string) (name, kind string) {
	for _, kind := range []string{asCSV, asWorkbook} {
		if name, ok := strings.CutSuffix(part, kind); ok {
			return name, kind
		}
	}
	return part, ""
}

// tables are the links to the files of a page's table; said is the message of the first.
func (q *request) tables(said, address string) []link {
	return []link{{Text: q.t(said), URL: address + asCSV}, {Text: q.t("download.xlsx"), URL: address + asWorkbook}}
}
