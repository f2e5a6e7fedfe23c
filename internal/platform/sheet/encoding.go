package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"golang.org/x/text/encoding/charmap"
)

// Encoding is how a file's bytes stand for characters.
type Encoding string

const (
	UTF8        Encoding = "UTF-8"
	UTF16       Encoding = "UTF-16"
	Windows1252 Encoding = "Windows-1252" // and with it ISO 8859-1, whose printable characters it holds
)

// Decode gives a file's text. UTF-8 is taken as it is, UTF-16 by its mark or by its zeros. Other bytes are read as Windows-1252 if the
// words that come out can be words of a western European language; sample is then the first of them. What cannot be decided, and what is
// no text at all, is a fault.
func Decode(data []byte, name string) (text string, encoding Encoding, sample string, err error) {
	if what := binary(data); what != "" {
		return "", "", "", at(fault.Invalid, name, 0, "%s", what)
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		text, err = fromUTF16(data[2:], name, 0)
		return text, UTF16, "", err
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err = fromUTF16(data[2:], name, 1)
		return text, UTF16, "", err
	case bytes.IndexByte(data, 0) >= 0:
		if high, ok := zeros(data); ok {
			text, err = fromUTF16(data, name, high)
			return text, UTF16, "", err
		}
		line := 1 + bytes.Count(data[:bytes.IndexByte(data, 0)], []byte("\n"))
		return "", "", "", at(fault.Invalid, name, line, "the file holds NUL characters: it is damaged, or not text")
	}
	if utf8.Valid(data) {
		return string(data), UTF8, "", nil
	}
	text, sample, err = fromWindows(data, name)
	return text, Windows1252, sample, err
}

// binary recognises what people send by mistake; empty for text.
func binary(data []byte) string {
	head := data[:min(len(data), 512)]
	for _, kind := range []struct{ magic, says string }{
		{"PK\x03\x04", "this is a spreadsheet or an archive (ZIP), not CSV: save the sheet as “CSV UTF-8”"},
		{"\xd0\xcf\x11\xe0", "this is an old Excel or Word file, not CSV: save the sheet as “CSV UTF-8”"},
		{"%PDF", "this is a PDF, not CSV"},
		{"\x1f\x8b", "this is a compressed file (gzip), not CSV: unpack it first"},
		{"{\\rtf", "this is a text document (RTF), not CSV"},
		{"\x00\x00\xfe\xff", "this file is in UTF-32: save it as “CSV UTF-8”"},
		{"\xff\xfe\x00\x00", "this file is in UTF-32: save it as “CSV UTF-8”"},
		{"version https://git-lfs", "this is a pointer to a file that was not fetched (Git LFS): run “git lfs pull”"},
	} {
		if bytes.HasPrefix(head, []byte(kind.magic)) {
			return kind.says
		}
	}
	lower := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n\xef\xbb\xbf"))
	if bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html")) {
		return "this is a web page, not CSV: was it saved instead of the file?"
	}
	for _, mark := range []string{"<<<<<<< ", "\n<<<<<<< ", "\n>>>>>>> "} {
		if i := bytes.Index(data, []byte(mark)); i == 0 || i > 0 && mark[0] == '\n' {
			line := 1 + bytes.Count(data[:i], []byte("\n")) + strings.Count(mark, "\n")
			return fmt.Sprintf("line %d is the mark of an unresolved Git conflict: the file holds two versions", line)
		}
	}
	return ""
}

// zeros tells whether the bytes look like UTF-16 without a mark, and whether the zero byte of ASCII comes first (1) or second (0).
func zeros(data []byte) (high int, ok bool) {
	head := data[:min(len(data), 4096)]
	var n [2]int
	for i, c := range head {
		if c == 0 {
			n[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case len(data)%2 != 0 || half == 0:
		return 0, false
	case n[1] > half*7/10 && n[0] == 0:
		return 0, true
	case n[0] > half*7/10 && n[1] == 0:
		return 1, true
	}
	return 0, false
}

func fromUTF16(data []byte, name string, high int) (string, error) {
	if len(data)%2 != 0 {
		return "", at(fault.Invalid, name, 0, "the file is in UTF-16 and ends in the middle of a character: it is cut off")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		a, b := data[2*i], data[2*i+1]
		if high == 1 {
			a, b = b, a
		}
		units[i] = uint16(a) | uint16(b)<<8
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, 0) || strings.ContainsRune(text, utf8.RuneError) {
		return "", at(fault.Invalid, name, 0, "the file says that it is in UTF-16 and is not: save it as “CSV UTF-8”")
	}
	return text, nil
}

// fromWindows reads bytes as Windows-1252, and refuses where the result cannot be meant.
func fromWindows(data []byte, name string) (text, sample string, err error) {
	undecided := func(offset int, why string) error {
		line := 1 + bytes.Count(data[:offset], []byte("\n"))
		return at(fault.Invalid, name, line, "the encoding of the file cannot be decided (%s): save it as “CSV UTF-8”", why)
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		if r, size := utf8.DecodeRune(data[i:]); r != utf8.RuneError {
			// Two bytes of Windows-1252 that happen to be valid UTF-8, such as "Ã©", are never found in a real word.
			return "", "", undecided(i, fmt.Sprintf("it holds both UTF-8, %q, and bytes that are not", data[i:i+size]))
		}
		switch data[i] {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return "", "", undecided(i, fmt.Sprintf("byte %#x stands for nothing in Windows-1252", data[i]))
		}
		i++
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", undecided(0, err.Error())
	}
	text = string(decoded)
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|\"", r) }) {
		if isASCII(word) {
			continue
		}
		if !plausible(word) {
			first, _ := charmap.Windows1252.NewEncoder().String(word)
			return "", "", undecided(bytes.Index(data, []byte(first)), fmt.Sprintf("read as Windows-1252 it says %q", word))
		}
		if sample == "" {
			sample = word
		}
	}
	return text, sample, nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plausible tells whether a word with characters beyond ASCII can be meant: no sign or capital between small letters (as Mac or central
// European encodings leave behind), and not made of accented letters alone (as Cyrillic or Greek ones do).
func plausible(word string) bool {
	letters, accented := 0, 0
	runes := []rune(word)
	for i, r := range runes {
		if unicode.IsLetter(r) {
			letters++
			if r >= utf8.RuneSelf {
				accented++
			}
		}
		if r < utf8.RuneSelf || i == 0 || i == len(runes)-1 {
			continue
		}
		between := unicode.IsLower(runes[i-1]) && unicode.IsLower(runes[i+1])
		if between && !unicode.IsLower(r) && !strings.ContainsRune("’‘·-\u00ad", r) {
			return false
		}
	}
	return letters < 4 || accented*2 <= letters
}
