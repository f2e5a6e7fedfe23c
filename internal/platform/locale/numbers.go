package locale

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberForm is how a language writes numbers. Digits are the European ones in all shipped languages, Arabic included: charts, tables
// and codes then read the same everywhere, as on many Arabic statistics sites.
type numberForm struct{ decimal, group string }

func numbersOf(tag string) numberForm {
	switch tag {
	case "fr":
		return numberForm{",", "\u202f"}
	case "es":
		return numberForm{",", "\u00a0"}
	case "de":
		return numberForm{",", "."}
	case "ar":
		return numberForm{".", ","}
	}
	return numberForm{".", ","}
}

// Integer writes a whole number with its groups of thousands.
func (l *Locale) Integer(n int64) string { return l.digits(strconv.FormatInt(n, 10)) }

// Decimal writes a number with a fixed count of decimals.
func (l *Locale) Decimal(v float64, decimals int) string {
	return l.digits(strconv.FormatFloat(v, 'f', decimals, 64))
}

// Number writes a measured value with as many decimals as a reader can use: at most none from 100 on, one from 1 on, two from 0.1 on, below
// that two significant digits. A last decimal of 0 is left out: 0.8 stands beside 6.
func (l *Locale) Number(v float64) string {
	said := strconv.FormatFloat(v, 'f', decimals(v), 64)
	if strings.Contains(said, ".") {
		said = strings.TrimRight(strings.TrimRight(said, "0"), ".")
	}
	return l.digits(said)
}

// Signed is Number for a change: what rises has a plus.
func (l *Locale) Signed(v float64) string {
	said := l.Number(v)
	if v > 0 {
		return l.Code("+" + said)
	}
	return said
}

// decimals is how many decimals Number writes of v at most.
func decimals(v float64) int {
	a := math.Abs(v)
	switch {
	case a == math.Trunc(a), a >= 99.95:
		return 0
	case a >= 1:
		return 1
	case a >= 0.1:
		return 2
	}
	return min(1-int(math.Floor(math.Log10(a))), 12)
}

// Exact writes a value nearly as its source does, for tables: all of its decimals up to two, below 1 up to three significant digits.
func (l *Locale) Exact(v float64) string {
	most := 2
	if a := math.Abs(v); a > 0 && a < 1 {
		most = min(2-int(math.Floor(math.Log10(a))), 12)
	}
	whole := strconv.FormatFloat(v, 'f', -1, 64)
	if _, part, _ := strings.Cut(whole, "."); len(part) > most {
		return l.Decimal(v, most)
	}
	return l.digits(whole)
}

// DecimalComma tells whether people who write this language write 1,5 for one and a half.
func (l *Locale) DecimalComma() bool { return l.numbers.decimal != "." }

// Typed writes a value for a field that a person changes: all of its decimals behind the language's sign, and no thousands parted.
func (l *Locale) Typed(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", l.numbers.decimal, 1)
}

func (l *Locale) digits(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, part, has := strings.Cut(s, ".")
	if len(whole) < 4 && sign == "" && (!has || l.numbers.decimal == ".") {
		return s
	}
	if len(whole) > 4 || len(whole) == 4 && l.numbers.group != "\u00a0" {
		var b strings.Builder
		for i, r := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteString(l.numbers.group)
			}
			b.WriteRune(r)
		}
		whole = b.String()
	}
	if sign != "" && strings.Trim(whole+part, "0") == "" {
		sign = ""
	}
	if has {
		whole += l.numbers.decimal + part
	}
	if sign != "" {
		return l.Code(sign + whole)
	}
	return whole
}

// Date writes a day in the order of the language; the month's name is the catalogue's "month.N".
func (l *Locale) Date(t time.Time) string {
	return l.T("date.day", "Day", t.Day(), "Month", l.T("month."+strconv.Itoa(int(t.Month()))), "Year", t.Year())
}
