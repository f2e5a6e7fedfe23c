package files

import (
	"bytes"
	"encoding/hex"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// pdfString reads the string that a piece of a PDF begins with, in parentheses or as hexadecimal digits (ISO 32000-2, 7.3.4 and 7.9.2.2).
// One that does not end is read as far as it goes.
func pdfString(data []byte) string {
	if data[0] == '<' {
		end := bytes.IndexByte(data, '>')
		if end < 0 {
			return ""
		}
		digits := bytes.Join(bytes.Fields(data[1:end]), nil)
		if len(digits)%2 != 0 {
			digits = append(digits, '0')
		}
		decoded := make([]byte, len(digits)/2)
		if _, err := hex.Decode(decoded, digits); err != nil {
			return ""
		}
		return pdfText(decoded)
	}
	var out []byte
	depth := 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; c {
		case '(':
			if depth++; depth > 1 {
				out = append(out, c)
			}
		case ')':
			if depth--; depth == 0 {
				return pdfText(out)
			}
			out = append(out, c)
		case '\\':
			var said []byte
			said, i = escape(data, i+1)
			out = append(out, said...)
		default:
			out = append(out, c)
		}
	}
	return pdfText(out)
}

// escape reads what follows a backslash, and gives the place of its last byte.
func escape(data []byte, at int) (said []byte, last int) {
	if at >= len(data) {
		return nil, at
	}
	switch c := data[at]; c {
	case 'n', 'r', 't', 'b', 'f':
		return []byte{' '}, at
	case '\r':
		if at+1 < len(data) && data[at+1] == '\n' {
			return nil, at + 1
		}
		return nil, at
	case '\n':
		return nil, at
	case '0', '1', '2', '3', '4', '5', '6', '7':
		value := 0
		end := at
		for ; end < len(data) && end < at+3 && data[end] >= '0' && data[end] <= '7'; end++ {
			value = value*8 + int(data[end]-'0')
		}
		return []byte{byte(value)}, end - 1
	default:
		return []byte{c}, at
	}
}

// pdfText decodes a text string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding, which is Windows-1252 as far as names are written in it.
func pdfText(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\xff\xfe")):
		high, low := 0, 1
		if b[0] == 0xff {
			high, low = 1, 0
		}
		var units []uint16
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i+high])<<8|uint16(b[i+low]))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(bytes.ToValidUTF8(b[3:], nil))
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil || !utf8.Valid(decoded) {
		return ""
	}
	return string(decoded)
}
