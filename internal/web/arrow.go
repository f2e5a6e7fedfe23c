package web

import "github.com/cityrights/cityrights/internal/platform/locale"

// arrowOn points to what comes next. Arrows are no letters: a language that runs from right to left does not turn them by itself.
func arrowOn(l *locale.Locale) string {
	if l.Dir == "rtl" {
		return "←"
	}
	return "→"
}

// arrowBack points to what came before.
func arrowBack(l *locale.Locale) string {
	if l.Dir == "rtl" {
		return "→"
	}
	return "←"
}
