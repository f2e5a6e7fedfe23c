package assessment

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

var (
	datedForm  = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$`)
	dottedForm = regexp.MustCompile(`^(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})$`)
)

// CheckDated gives the date of a document in the form in which it is kept, as far as it is known: 2025, 2025-03 or 2025-03-31. Days may also be
// written as 31.3.2025, and in the digits of Arabic or Persian; a text with slashes is refused, because it has two readings. Empty is not known.
//
// Returns Invalid of the field dated where there is no such day, and says why; where the date lies after tomorrow, which somewhere is today
// already; or before 1800.
func CheckDated(text string, now time.Time) (string, error) {
	text = strings.TrimSpace(westernDigits(text))
	if text == "" {
		return "", nil
	}
	parts := datedForm.FindStringSubmatch(text)
	if parts == nil {
		dotted := dottedForm.FindStringSubmatch(text)
		if dotted == nil {
			return "", fault.SaidOf("dated", "error.dated.form", `"{Date}" is not read as a date; write 2025-03-31, or 2025-03 or 2025 where that is all that is known`, "Date", shortened(text))
		}
		parts = []string{text, dotted[3], dotted[2], dotted[1]}
	}
	year, _ := strconv.Atoi(parts[1])
	if parts[2] == "" {
		return datedWithin(parts[1], year, time.January, 1, now)
	}
	month, _ := strconv.Atoi(parts[2])
	if month < 1 || month > 12 {
		return "", fault.SaidOf("dated", "error.dated.month", `there is no month {Month} in "{Date}"; the months are 1 to 12`, "Month", parts[2], "Date", shortened(text))
	}
	if parts[3] == "" {
		return datedWithin(fmt.Sprintf("%s-%02d", parts[1], month), year, time.Month(month), 1, now)
	}
	day, _ := strconv.Atoi(parts[3])
	if last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); day < 1 || day > last {
		return "", fault.SaidOf("dated", "error.dated.day", `there is no day "{Date}": that month has {Days} days`, "Date", shortened(text), "Days", last)
	}
	return datedWithin(fmt.Sprintf("%s-%02d-%02d", parts[1], month, day), year, time.Month(month), day, now)
}

func datedWithin(dated string, year int, month time.Month, day int, now time.Time) (string, error) {
	switch begins := time.Date(year, month, day, 0, 0, 0, 0, time.UTC); {
	case begins.After(now.Add(dayLength)):
		return "", fault.SaidOf("dated", "error.dated.future", "{Date} is still to come; give the date that stands on the document", "Date", dated)
	case year < 1800:
		return "", fault.SaidOf("dated", "error.dated.past", "{Date} is longer ago than any document that is evidence; look at the year", "Date", dated)
	}
	return dated, nil
}

// westernDigits writes the digits of Arabic and Persian as 0 to 9.
func westernDigits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, text)
}
