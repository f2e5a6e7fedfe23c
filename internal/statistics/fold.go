package statistics

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// tidyText trims a text, makes every run of white space, line endings included, one space, and drops signs that nobody sees.
func tidyText(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c < 0x20 || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return strings.Join(strings.Fields(unseen.Replace(s)), " ")
		}
	}
	return s
}

// unseen are zero-width space, word joiner and byte order mark.
var unseen = strings.NewReplacer("\u200b", "", "\u2060", "", "\ufeff", "")

// fold gives the form in which values are compared: tidied, case-folded, composed.
func fold(s string) string {
	s = tidyText(s)
	for i := range len(s) {
		if s[i] >= 0x80 {
			return cases.Fold().String(norm.NFC.String(s))
		}
	}
	return strings.ToLower(s)
}

// alikeText tells whether two tidied texts are the same when folded.
func alikeText(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	for i := range max(len(a), len(b)) {
		if i < len(a) && a[i] >= 0x80 || i < len(b) && b[i] >= 0x80 {
			return fold(a) == fold(b)
		}
	}
	return false
}

// foldName gives the form in which column names are compared: words only, so that "Ward_name" is "ward name".
func foldName(s string) string { return strings.Join(words(s), " ") }

// words are the words of a text: lower case, without accents, signs or case.
func words(s string) []string {
	s = norm.NFD.String(strings.ToLower(s))
	return strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// natural compares texts as people sort them: runs of digits by their number, letters without case, then as they stand.
func natural(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		nx, ny := digitRun(x), digitRun(y)
		if nx > 0 && ny > 0 {
			p, q := strings.TrimLeft(x[:nx], "0"), strings.TrimLeft(y[:ny], "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if c := strings.Compare(p, q); c != 0 {
				return c
			}
			x, y = x[nx:], y[ny:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func digitRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
