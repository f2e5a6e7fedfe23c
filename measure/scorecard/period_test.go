package scorecard_test

import (
	"testing"

	"github.com/cityrights/cityrights/measure/scorecard"
)

func TestSpanOfAPeriod(t *testing.T) {
	for period, want := range map[string][2]int{"2026": {20260101, 20261231}, "2025-2026": {20250101, 20261231}, "1999-2026": {19990101, 20261231}} {
		if start, end, err := scorecard.Span(period); err != nil || start != want[0] || end != want[1] {
			t.Errorf("%s: got %d to %d, %v", period, start, end, err)
		}
	}
	for _, period := range []string{"", "26", "2025-26", "2026-2025", "2026-2026", "2026-", "-2026", "2026-01-01", "+202", "soon", "0026", "２０２６"} {
		if _, _, err := scorecard.Span(period); err == nil {
			t.Errorf("%q is taken for a period", period)
		}
	}
}

func FuzzSpan(f *testing.F) {
	for _, seed := range []string{"2026", "2025-2026", "2026-2025", "", "-", "9999-10000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, period string) {
		start, end, err := scorecard.Span(period)
		if err == nil && (start < 10000101 || end > 99991231 || start >= end) {
			t.Errorf("%q runs from %d to %d", period, start, end)
		}
	})
}
