package web

import "strings"

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
