package statistics

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// value is what one cell of a value column holds: a number, nothing, or a mark that stands for a number that is not given.
type value struct {
	number  float64
	kind    valueKind
	mark    string // the mark, or the flag that stands behind a number, as the source writes it
	cleaned bool   // a sign, a space or a separator was taken off
}

type valueKind int

const (
	blank    valueKind = iota // missing
	number                    // a number
	marked                    // suppressed, confidential, not applicable, below a limit: kept as a status, never as a number
	unclear                   // a number with two readings: decimal comma or thousands
	mixed                     // a decimal comma in a column of decimal points
	nonsense                  // text
)

// marks are the texts that statistical offices write where there is no number.
var marks = map[string]bool{
	":": true, "..": true, "...": true, "…": true, ".": true, "-": true, "--": true, "–": true, "—": true, "~": true, "*": true, "**": true,
	"c": true, "x": true, "z": true, "u": true, "s": true, "k": true, "n/a": true, "na": true, "n.a.": true, "n a": true, "nan": true, "null": true,
	"none": true, "nil": true, "#n/a": true, "#na": true, "#value!": true, "#div/0!": true, "#ref!": true, "#name?": true, "(c)": true, "(x)": true, "(z)": true, "(u)": true,
	"[c]": true, "[x]": true, "[z]": true, "[u]": true, "[low]": true, "[w]": true, "[s]": true, "suppressed": true, "confidential": true,
	"not available": true, "not applicable": true, "no data": true, "missing": true, "unknown": true, "tbc": true, "tba": true, "withheld": true, "redacted": true,
	": c": true, ": u": true, ": z": true, ":c": true, ":u": true, ":z": true, "k.a.": true, "n.d.": true, "nd": true, "s.d.": true,
}

var (
	limitMark = regexp.MustCompile(`^(?:[<>≤≥]=?|(?:fewer|less|more) than|under|over|below|above|up to) ?-?[0-9][0-9.,]* ?%?$`)
	flagged   = regexp.MustCompile(`^([-+−]?[0-9.,'’ \x{00a0}\x{202f}\x{2009}]*[0-9]%?)(?: ?(\*+|†|‡|#|\([a-z ]{1,14}\)|\[[a-z0-9 ]{1,8}\])| ([a-z]{1,3})|([bdefprsu]))$`)
	currency  = regexp.MustCompile(`^([-−]?)(?:[£$€¥₹]|gbp|usd|eur|chf) ?|(?: ?[£$€¥₹]| (?:gbp|usd|eur|chf))$`)
	percent   = regexp.MustCompile(` ?(?:%|per cent|percent|pct)$`)
	grouped   = regexp.MustCompile(`^[-+]?[0-9]{1,3}(?:[ '’\x{00a0}\x{202f}\x{2009}][0-9]{3})+(?:[.,][0-9]+)?$`)
	separated = regexp.MustCompile(`^[-+]?([0-9]*)((?:[.,][0-9]+)+)$`)
)

// values reads all cells of a value column together, because one can settle how another's comma is meant.
type values struct {
	delimiter      byte
	point, comma   bool // some cell proves that the column has decimal points, decimal commas
	percents, bare int  // cells with and without a per cent sign
}

// readValues looks at all cells first. delimiter is that of the file: where commas part the columns, a number with one comma and three
// digits behind it has thousands.
func readValues(cells []string, delimiter byte) *values {
	v := &values{delimiter: delimiter}
	for _, cell := range cells {
		if plain(cell) {
			v.bare++
			if i := strings.IndexByte(cell, '.'); i >= 0 && !v.point {
				v.point, _ = proof(cell)
			}
			continue
		}
		text, _, _ := strip(cell)
		if text == "" {
			continue
		}
		if percent.MatchString(strings.ToLower(tidyText(cell))) {
			v.percents++
		} else if text[0] <= '9' {
			v.bare++
		}
		point, comma := proof(text)
		v.point, v.comma = v.point || point, v.comma || comma
	}
	return v
}

// of reads one cell within its column.
func (v *values) of(cell string) value {
	if f, ok := plainNumber(cell); ok && !(v.comma && strings.Contains(cell, ".")) {
		return value{number: f, kind: number}
	}
	text, mark, kind := strip(cell)
	if kind != number {
		return value{kind: kind, mark: mark}
	}
	out := value{kind: number, mark: mark, cleaned: text != cell}
	if grouped.MatchString(text) {
		text = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" '’\u00a0\u202f\u2009", r) {
				return -1
			}
			return r
		}, text)
	}
	if m := separated.FindStringSubmatch(text); m != nil {
		text, out.kind = v.unseparate(text)
		if out.kind != number {
			return value{kind: out.kind, mark: tidyText(cell)}
		}
	}
	f, ok := plainNumber(text)
	if !ok {
		return value{kind: nonsense, mark: tidyText(cell)}
	}
	out.number = f
	return out
}

// unseparate makes points and commas into one decimal point, by what the column proves.
func (v *values) unseparate(text string) (string, valueKind) {
	point, comma := proof(text)
	if point && v.comma || comma && v.point {
		return text, mixed
	}
	decimalComma := comma
	if !point && !comma { // one separator with three digits behind it: 1,234 or 1.234
		switch {
		case v.point && v.comma:
			return text, unclear
		case v.point:
		case v.comma:
			decimalComma = true
		case strings.Contains(text, ",") && v.delimiter != ',':
			return text, unclear
		}
	}
	thousands, decimal := ",", "."
	if decimalComma {
		thousands, decimal = ".", ","
	}
	whole, part, has := strings.Cut(text, decimal)
	groups := strings.Split(strings.TrimLeft(whole, "+-"), thousands)
	for i, group := range groups {
		if len(groups) > 1 && (i == 0 && (len(group) == 0 || len(group) > 3) || i > 0 && len(group) != 3) {
			return text, nonsense
		}
	}
	whole = strings.ReplaceAll(whole, thousands, "")
	if has {
		whole += "." + part
	}
	return whole, number
}

// proof tells whether a number's own form proves a decimal point or a decimal comma: both signs (the last is the decimal), one sign twice
// (thousands), or one sign that cannot part thousands (not three digits behind it, none or a zero or more than three before it).
func proof(text string) (point, comma bool) {
	m := separated.FindStringSubmatch(text)
	if m == nil {
		if i := strings.LastIndexAny(text, ".,"); i > 0 && grouped.MatchString(text) { // 1 234.5
			return text[i] == '.', text[i] == ','
		}
		return false, false
	}
	lead, rest := m[1], m[2]
	points, commas := strings.Count(rest, "."), strings.Count(rest, ",")
	last := rest[strings.LastIndexAny(rest, ".,"):]
	switch {
	case points == 1 && commas == 0 || points == 0 && commas == 1:
		if len(last) == 4 && 1 <= len(lead) && len(lead) <= 3 && lead[0] != '0' {
			return false, false
		}
		return points == 1, commas == 1
	case points > 1 && commas == 0, points >= 1 && commas == 1 && last[0] == ',':
		return false, true
	case commas > 1 && points == 0, commas >= 1 && points == 1 && last[0] == '.':
		return true, false
	}
	return true, true // 1.2,3.4: proves that nothing is right
}

// strip takes the cell's number out of what stands around it. kind is number where something like a number is left.
func strip(cell string) (text, mark string, kind valueKind) {
	text = tidyText(cell)
	if text == "" {
		return "", "", blank
	}
	lower := strings.ToLower(text)
	if marks[lower] || limitMark.MatchString(lower) {
		return "", text, marked
	}
	text = strings.TrimPrefix(text, "'") // a spreadsheet's sign for text
	text = strings.ReplaceAll(text, "−", "-")
	lower = strings.ToLower(text)
	if m := flagged.FindStringSubmatchIndex(lower); m != nil && !percent.MatchString(lower) {
		mark = tidyText(text[m[3]:])
		lower = lower[:m[3]]
	}
	lower = percent.ReplaceAllString(lower, "")
	lower = currency.ReplaceAllString(lower, "$1")
	return tidyText(lower), mark, number
}

// plainNumber reads digits with a decimal point or an exponent, nothing else, and nothing beyond what a float64 holds.
func plainNumber(s string) (float64, bool) {
	if !plain(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// plain tells whether s is a number of the form [+-]digits[.digits][e[+-]digits], with digits on one side of the point at least.
func plain(s string) bool {
	s = unsigned(s)
	whole := digitRun(s)
	s = s[whole:]
	if s != "" && s[0] == '.' {
		part := digitRun(s[1:])
		whole, s = whole+part, s[1+part:]
	}
	if whole == 0 {
		return false
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = unsigned(s[1:])
		n := digitRun(s)
		return 1 <= n && n <= 3 && n == len(s)
	}
	return s == ""
}

func unsigned(s string) string {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[1:]
	}
	return s
}
