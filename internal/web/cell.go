package web

import "github.com/cityrights/cityrights/formula"

// cell makes a text safe for a spreadsheet, where it must not be taken for a formula.
func cell(s string) string { return formula.Guard(s) }
