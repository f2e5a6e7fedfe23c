// Package sheet reads delimited text and Excel workbooks as people really save them, and writes text so that no spreadsheet runs what it
// holds.
//
// Reading decides the encoding (UTF-8, UTF-16, Windows-1252), the delimiter (comma, semicolon, tab, bar) and the line endings (LF, CRLF,
// CR, and CR CR LF as left behind by a double conversion) by the content alone, keeps the line number of every row, and refuses what it
// cannot decide: binary files, mixed encodings, a quotation mark that is never closed, files beyond the limits. It never guesses a value.
// A workbook is unpacked and counted before it is opened, so that one made to fill the memory is refused; see Workbook and seen.
// Writing follows RFC 4180 with LF, and defuses cells that a spreadsheet would run as a formula (OWASP, CSV injection).
//
// The package knows no word of the domain: rows of cells with their places, nothing else.
package sheet
