package assessment

import (
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const dayLength = 24 * time.Hour

// ParseDay reads a day as forms write it, 2026-03-31, and gives its first moment in unix milliseconds, UTC; 0 for an empty text. Returns Invalid
// of the field where there is no such day.
func ParseDay(field, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 2000 || day.Year() > 2200 {
		return 0, fault.SaidOf(field, "error.day", `there is no day "{Day}"; write it as 2026-03-31`, "Day", text)
	}
	return day.UnixMilli(), nil
}

// DayText writes a day as ParseDay reads it; empty for 0.
func DayText(day int64) string {
	if day == 0 {
		return ""
	}
	return time.UnixMilli(day).UTC().Format(time.DateOnly)
}

// Over tells whether a day has passed; never where there is none.
func Over(day int64, now time.Time) bool {
	return day != 0 && !now.Before(time.UnixMilli(day).Add(dayLength))
}
