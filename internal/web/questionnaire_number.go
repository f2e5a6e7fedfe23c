package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// digitsOf writes the digits and marks of other scripts, and the spaces between thousands, as ASCII does (Unicode, "Arabic" block: U+0660 to U+0669,
// U+06F0 to U+06F9, U+066B, U+066C).
var digitsOf = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"٫", ".", "٬", "", " ", "", "\u00a0", "", "\u202f", "", "’", "", "'", "", "−", "-", "\u200e", "", "\u200f", "", "%", "", "٪", "")

var (
	byComma  = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`) // 12,500.5
	byPoint  = regexp.MustCompile(`^-?\d{1,3}(\.\d{3})+(,\d+)?$`) // 12.500,5
	decimals = regexp.MustCompile(`^-?\d+([.,]\d+)?$`)
)

// parseNumber reads a number as people write it. A single comma or point before three digits, which may part thousands or decimals, is read as the
// language of the page does: 1,234 is more than a thousand in English and less than two in German.
func parseNumber(text, tag string) (float64, bool) {
	text = digitsOf.Replace(strings.TrimSpace(text))
	thousands, other := byComma, byPoint
	if decimalComma(tag) {
		thousands, other = byPoint, byComma
	}
	comma := func(form *regexp.Regexp) string {
		if form == byComma {
			return strings.ReplaceAll(text, ",", "")
		}
		return strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	}
	switch {
	case thousands.MatchString(text):
		text = comma(thousands)
	case decimals.MatchString(text):
		text = strings.ReplaceAll(text, ",", ".")
	case other.MatchString(text):
		text = comma(other)
	default:
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// writeNumber writes a number so that parseNumber reads it back.
func writeNumber(v float64, tag string) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if decimalComma(tag) {
		return strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// decimalComma tells whether a language of the pages parts decimals by a comma.
func decimalComma(tag string) bool { return tag != "en" && tag != "ar" }
