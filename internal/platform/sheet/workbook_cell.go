package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

var (
	dateShown  = regexp.MustCompile(`^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[ T]\d{1,2}:\d{2}.*)?$`)
	monthShown = regexp.MustCompile(`^(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})$`)
	notDigits  = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "", "$", "", "€", "", "£", "", "¥", "", "(", "-", ")", "")
)

// seen gives a cell as a person sees it, without what a format takes away or leaves in doubt:
//   - a text as it stands;
//   - a number whole, not rounded to the places that its format shows, without separators and currency, to the 15 digits of a spreadsheet;
//   - a percentage as such: 0.615 shown as 62% is "61.5%";
//   - a date in numbers as 2019-05-03, a month in numbers as "May 2019", because 05/03/2019 and 2011-12 have two readings;
//   - all else, such as "May 2019" or "Q2", as it is shown.
//
// stored is what the file holds, shown what its format makes of it; days says that days are counted from 1904.
func seen(stored, shown string, days bool) string {
	number, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return shown
	}
	text := strings.TrimSpace(shown)
	if stored == shown {
		return plain(number, stored)
	}
	switch {
	case strings.HasSuffix(text, "%"):
		return plain(number*100, stored) + "%"
	case dateShown.MatchString(text) && number >= 0:
		if t, err := excelize.ExcelDateToTime(number, days); err == nil {
			return t.Format(time.DateOnly)
		}
	case monthShown.MatchString(text) && number >= 0:
		if t, err := excelize.ExcelDateToTime(number, days); err == nil {
			return t.Format("Jan 2006")
		}
	case rounded(number, notDigits.Replace(text)):
		return plain(number, stored)
	}
	return shown
}

// plain writes a number to 15 digits, as spreadsheets compute, without an exponent. A text of digits that was stored as text, such as a code
// with zeros before it, keeps them.
func plain(number float64, stored string) string {
	if whole := strings.TrimLeft(stored, "-"); strings.HasPrefix(whole, "0") && len(whole) > 1 && whole[1] != '.' {
		return stored
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil || math.Abs(short) >= 1e21 {
		return stored
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// rounded tells whether a text is the number, rounded to the places that the text has; a date shown as 2019 is not its day's number.
func rounded(number float64, text string) bool {
	shown, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	places := 0
	if i := strings.IndexByte(mantissa, '.'); i >= 0 {
		places = len(mantissa) - i - 1
	}
	power, _ := strconv.Atoi(exponent)
	return math.Abs(shown-number) <= 0.5000001*math.Pow(10, float64(power-places))
}
