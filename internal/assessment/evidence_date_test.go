package assessment_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestTheDateOfADocumentIsReadAsFarAsItIsKnown(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "  ": "", "2025": "2025", "2025-3": "2025-03", "2025-03": "2025-03", " 2025-03-31 ": "2025-03-31", "31.3.2025": "2025-03-31", "1. 2. 2025": "2025-02-01",
		"3.2025": "2025-03", "2024-02-29": "2024-02-29", "٢٠٢٥-٠٣-٣١": "2025-03-31", "۲۰۲۵": "2025", "2026-03-01": "2026-03-01", "2026-03-02": "2026-03-02", "1948-12-10": "1948-12-10",
	} {
		if got, err := assessment.CheckDated(text, noon); err != nil || got != want {
			t.Errorf("%q is read as %q (%v), want %q", text, got, err, want)
		}
	}
}

func TestADateThatDoesNotExistIsRefusedWithItsReason(t *testing.T) {
	for text, want := range map[string]string{
		"2025-02-29": "that month has 28 days", "2024-02-30": "that month has 29 days", "31.4.2025": "that month has 30 days", "2025-01-32": "31 days", "2025-01-00": "31 days",
		"2025-13": "no month 13", "2025-13-01": "no month 13", "2025-00-01": "no month 00",
		"soon": "not read as a date", "31/3/2025": "not read as a date", "25-03-31": "not read as a date", "2025-03-31T10:00": "not read as a date", "20250331": "not read as a date",
		"2026-03-03": "still to come", "2026-04": "still to come", "2027": "still to come", "9999-12-31": "still to come",
		"1799-12-31": "longer ago", "0000": "longer ago",
	} {
		_, err := assessment.CheckDated(text, noon)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "dated: ") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// What is kept is a day of the calendar, and is read again as itself.
func TestADayIsKeptIfTheCalendarHasIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]`).Draw(t, "text")
		day, known := time.Parse(time.DateOnly, text)
		exists := known == nil && !day.After(noon.Add(24*time.Hour))
		got, err := assessment.CheckDated(text, noon)
		if exists != (err == nil) || exists && got != text {
			t.Fatalf("%s exists: %v; read as %q (%v)", text, exists, got, err)
		}
	})
}
