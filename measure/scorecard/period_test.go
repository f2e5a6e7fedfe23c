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
