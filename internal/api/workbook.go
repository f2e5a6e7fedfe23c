package api

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/internal/publication"
)

// formatWorkbook behind an address that has a table asks for it as an Excel workbook.
const formatWorkbook = "format=xlsx"

func asksForWorkbook(query string) bool { return query == formatWorkbook }

// forTable gives the request for the table of an address, with or without its ending.
func forTable(r *http.Request) *http.Request {
	to := *r
	address := *r.URL
	address.RawQuery, address.RawPath = "", ""
	address.Path = strings.TrimSuffix(address.Path, table) + table
	if r.URL.RawPath != "" {
		address.RawPath = strings.TrimSuffix(r.URL.RawPath, table) + url.PathEscape(table)
	}
	to.URL = &address
	return &to
}

// toWorkbook makes a workbook of a table that was written.
func toWorkbook(made *answer) (*answer, error) {
	book := &answer{header: http.Header{}, status: made.status}
	book.header.Set("Content-Type", sheet.WorkbookType)
	return book, sheet.WriteWorkbook(&book.body, "table", &made.body, publication.NumberColumn)
}
