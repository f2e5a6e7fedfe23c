package files

import (
	"bytes"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// tableHead is how much of a text is read to tell a table from prose.
const tableHead = 64 << 10

// text tells plain text from a table, with its characters; Invalid where it is neither.
func text(file io.ReaderAt, size int64, name string) (found, error) {
	data, err := io.ReadAll(io.NewSectionReader(file, 0, size))
	if err != nil {
		return found{}, err
	}
	charset := charsetOf(data)
	if charset == "" {
		return found{}, fault.SaidOf("file", "error.file.unknown",
			`"{Name}" is of no form that is kept; send a PDF, an office document, a table, a text or a picture`, "Name", name)
	}
	if len(data) > tableHead {
		data = data[:bytes.LastIndexByte(data[:tableHead], '\n')+1]
	}
	if isTable(data) {
		return found{CSV, charset}, nil
	}
	return found{Text, charset}, nil
}

// isTable tells whether each line of a text has as many cells as the first, and more than one.
func isTable(head []byte) bool {
	table, err := sheet.Parse(head, "", sheet.Limits{})
	if err != nil || len(table.Rows) < 2 {
		return false
	}
	for _, row := range table.Rows {
		if len(row.Cells) < 2 || len(row.Cells) != len(table.Rows[0].Cells) {
			return false
		}
	}
	return true
}

// charsetOf tells how the bytes of a text stand for characters: UTF-16 by its mark, UTF-8, or else Windows-1252 where every byte stands for
// something in it. It is empty where the bytes are no text.
func charsetOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		if !utf16Text(data, 1, 0) {
			return ""
		}
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		if !utf16Text(data, 0, 1) {
			return ""
		}
		return "utf-16be"
	case !plainText(data):
		return ""
	case utf8.Valid(data):
		return "utf-8"
	}
	for _, b := range data {
		switch b {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d: // stand for nothing in Windows-1252
			return ""
		}
	}
	return "windows-1252"
}

// plainText tells whether bytes hold no control characters but line ends, tabs, form feeds and the end mark of old DOS programs.
func plainText(data []byte) bool {
	for _, b := range data {
		switch {
		case b >= 0x20 && b != 0x7f:
		case b == '\n', b == '\r', b == '\t', b == '\f', b == 0x1a:
		default:
			return false
		}
	}
	return true
}

// utf16Text tells whether bytes are text in UTF-16; high and low say which byte of two is which.
func utf16Text(data []byte, high, low int) bool {
	if len(data)%2 != 0 {
		return false
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i < len(data); i += 2 {
		units = append(units, uint16(data[i+high])<<8|uint16(data[i+low]))
	}
	for _, r := range utf16.Decode(units) {
		if r == utf8.RuneError || r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			return false
		}
	}
	return true
}
