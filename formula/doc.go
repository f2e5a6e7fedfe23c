// Package formula keeps spreadsheets from running the text of a CSV file as a formula (OWASP, CSV Injection).
//
// Whatever opens a file of ours as a spreadsheet may take a cell that begins with an equals sign, or a sign like it, for a formula, and what
// people write about their city could so act on another person's computer. Guard leads such a cell by an apostrophe; Unguard takes it away
// again where one of our files is read back. The package knows no word of the domain and imports nothing but the standard library, so that
// the methods and the platform share the one guard.
package formula
