package statistics

import (
	"math"
	"strings"
)

// Typed is how a cell that a person typed was read.
type Typed struct {
	Number    *float64 // nil: there is none
	Mark      string   // that stands in place of a number, as "c" or "<5"
	Ambiguous bool     // one separator with three digits behind it: it could be thousands or a decimal sign
	Wrong     bool     // neither a number nor a mark
}

// Blank tells whether nothing was typed.
func (t Typed) Blank() bool { return t.Number == nil && t.Mark == "" && !t.Wrong }

// ReadTyped reads a number as people write it: 1,234.5 and 1.234,5, with spaces, in Arabic or Persian digits, with a per cent sign or a
// currency. comma says that the reader's language has a decimal comma, which decides what 1,234 means; Ambiguous then says that it had to.
func ReadTyped(text string, comma bool) Typed {
	plain, mark, kind := strip(westernDigits.Replace(text))
	switch kind {
	case blank:
		return Typed{}
	case marked:
		return Typed{Mark: mark}
	}
	if mark != "" {
		return Typed{Wrong: true} // a flag behind the number, which has no place in a cell
	}
	plain = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" '’\u00a0\u202f\u2009", r) {
			return -1
		}
		return r
	}, groupedOnly(plain))
	decimal, ambiguous, ok := decimalSign(plain, comma)
	if !ok {
		return Typed{Wrong: true}
	}
	for _, sign := range []string{".", ","} {
		if sign != decimal {
			plain = strings.ReplaceAll(plain, sign, "")
		}
	}
	if decimal != "" {
		plain = strings.Replace(plain, decimal, ".", 1)
	}
	v, ok := plainNumber(plain)
	if !ok || math.Abs(v) > 1e15 {
		return Typed{Wrong: true}
	}
	return Typed{Number: &v, Ambiguous: ambiguous}
}

// groupedOnly keeps spaces that part thousands and makes a number with others unreadable.
func groupedOnly(text string) string {
	if strings.ContainsAny(text, " '’\u00a0\u202f\u2009") && !grouped.MatchString(text) {
		return "?"
	}
	return text
}

// decimalSign tells which of point and comma is the decimal sign of a number, empty where there is none; ok is false where its thousands are not parted
// as thousands are.
func decimalSign(text string, comma bool) (sign string, ambiguous, ok bool) {
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	if points+commas == 0 {
		return "", false, true
	}
	at := strings.LastIndexAny(text, ".,")
	last := text[at : at+1]
	switch {
	case points > 0 && commas > 0: // the last of the two is the decimal sign
		if strings.Count(text, last) > 1 {
			return "", false, false
		}
		return last, false, thousands(text[:at], other(last))
	case points+commas > 1:
		return "", false, thousands(text, last)
	}
	lead := strings.TrimLeft(text[:at], "+-")
	if len(text)-at-1 != 3 || lead == "" || len(lead) > 3 || lead[0] == '0' {
		return last, false, true
	}
	if (last == ",") == comma {
		return last, true, true
	}
	return "", true, true
}

func other(sign string) string {
	if sign == "," {
		return "."
	}
	return ","
}

// thousands tells whether the parts between a sign are one to three digits and then threes.
func thousands(text, sign string) bool {
	for i, part := range strings.Split(strings.TrimLeft(text, "+-"), sign) {
		if digitRun(part) != len(part) || len(part) > 3 || part == "" || i > 0 && len(part) != 3 {
			return false
		}
	}
	return true
}

// westernDigits writes Arabic and Persian digits and their signs as others do: ٬ parts thousands and ٫ is the decimal sign, whoever reads.
var westernDigits = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"٬", "'", "٫", ".", "٪", "%", "\u200e", "", "\u200f", "", "\u061c", "")
