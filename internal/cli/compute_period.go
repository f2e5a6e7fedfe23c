package cli

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// The forms of a period, each with the numbers in it.
var (
	yearForm    = regexp.MustCompile(`^(\d{4})$`)
	decimalForm = regexp.MustCompile(`^\d{4}\.\d+$`)
	spanForm    = regexp.MustCompile(`^(\d{4})[-/](\d{4}|\d{2})$`)
	quarterForm = regexp.MustCompile(`^(\d{4})-?Q([1-4])$`)
	dayForm     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// parsePeriod gives the middle of a period in years: 2020.5 for 2020 or 2020.5, 2020 for 2019-2020, and so on. What can be read in two ways, as
// 2011-12 (two years, or December), is an error.
func parsePeriod(text string) (float64, error) {
	number := func(digits string) float64 {
		n, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return 0 // the form has nothing but digits
		}
		return n
	}
	if decimalForm.MatchString(text) {
		return number(text), nil
	}
	if m := yearForm.FindStringSubmatch(text); m != nil {
		return number(m[1]) + 0.5, nil
	}
	if m := quarterForm.FindStringSubmatch(text); m != nil {
		return number(m[1]) + (number(m[2])-0.5)/4, nil
	}
	if dayForm.MatchString(text) {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return 0, fmt.Errorf("%q is no day", text)
		}
		return float64(day.Year()) + (float64(day.YearDay())-0.5)/365.25, nil
	}
	if m := spanForm.FindStringSubmatch(text); m != nil {
		from, to := number(m[1]), number(m[2])
		if len(m[2]) == 4 {
			if to > from {
				return (from + to + 1) / 2, nil
			}
			return 0, fmt.Errorf("%q ends before it begins", text)
		}
		century := from - float64(int(from)%100)
		last, month := century+to, to >= 1 && to <= 12
		if last < from {
			last += 100
		}
		next := last == from+1
		switch {
		case next && month:
			return 0, fmt.Errorf("%q can be two years or a month: write %v-%v, or %v for the month", text, from, last, decimal(from+(to-0.5)/12, true))
		case next:
			return from + 1, nil
		case month:
			return from + (to-0.5)/12, nil
		}
	}
	return 0, fmt.Errorf("%q is no period: write a year (2020), a span of years (2019-2020), a quarter (2020-Q1), a month (2020-06), a day or a time (2020.5)", text)
}
