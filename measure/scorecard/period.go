package scorecard

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Span gives the first and the last day, as yyyymmdd, of a period as assessments have it: a year ("2026") or a span of years ("2025-2026").
func Span(period string) (start, end int, err error) {
	first, last, isSpan := strings.Cut(period, "-")
	if !isSpan {
		last = first
	}
	from, ok := year(first)
	to, ok2 := year(last)
	if !ok || !ok2 || from > to || isSpan && from == to {
		return 0, 0, fmt.Errorf("the period %q is neither a year like 2026 nor a span like 2025-2026", period)
	}
	return from*10000 + 101, to*10000 + 1231, nil
}

func year(text string) (int, bool) {
	y, err := strconv.Atoi(text)
	return y, err == nil && len(text) == 4 && y >= 1000
}

func isDay(day int) bool {
	month, d := day/100%100, day%100
	return day >= 10000101 && day <= 99991231 && month >= 1 && month <= 12 && d >= 1 && d <= 31
}

// middle gives the time, in years, halfway between the beginning of the first day and the end of the last.
func middle(start, end int) float64 {
	return (yearsAt(start, 0) + yearsAt(end, 1)) / 2
}

// yearsAt gives the time in years at the beginning of a day, some days later.
func yearsAt(day, later int) float64 {
	t := time.Date(day/10000, time.Month(day/100%100), day%100+later, 0, 0, 0, 0, time.UTC)
	begins := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	ends := time.Date(t.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	return float64(t.Year()) + float64(t.Sub(begins))/float64(ends.Sub(begins))
}
