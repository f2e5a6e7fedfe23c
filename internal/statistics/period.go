package statistics

import (
	"strings"
	"time"
)

// Period is a stretch of time as the source names it, with its first and last day as yyyymmdd. A span of years runs from the first day of
// the first to the last day of the last: the source does not say in which month its year begins.
type Period struct {
	Text       string
	Start, End int
}

// PeriodRule decides what "2011-12" means: a span of two years or December 2011.
type PeriodRule string

const (
	AskPeriod   PeriodRule = ""      // by unambiguous periods of the same column; else refuse and ask
	SpanPeriod  PeriodRule = "span"  // the years 2011 and 2012
	MonthPeriod PeriodRule = "month" // December 2011
)

// reading is what one text can mean. other is set where there is a second meaning, of the kind doubt.
type reading struct {
	period Period
	other  Period
	doubt  doubt
	proves doubt  // the doubt about others that this text settles, with which
	second bool   // it settles it for the second meaning
	mark   string // a footnote mark that stood behind the period
}

// doubt is a pair of meanings that one text can have.
type doubt int

const (
	none       doubt = iota
	dashed           // 2011-12: span, month
	slashed          // 2011/12: span, unless the column proves months written so
	dayOrMonth       // 05/06/2019: day first, month first
)

// periods reads all periods of one column together, because one can settle another's doubt. Only what is written the same way counts: a
// column may hold months as 2014-11 beside years as 2007/08.
type periods struct {
	rule    PeriodRule
	read    map[string]reading
	wrong   map[string]bool
	settled map[doubt][2]bool // by kind of doubt: proven for the first meaning, for the second
}

func readPeriods(texts []string, rule PeriodRule) *periods {
	p := &periods{rule: rule, read: map[string]reading{}, wrong: map[string]bool{}, settled: map[doubt][2]bool{}}
	for _, text := range texts {
		if _, done := p.read[text]; done || p.wrong[text] {
			continue
		}
		r, ok := parsePeriod(text)
		if !ok {
			p.wrong[text] = true
			continue
		}
		p.read[text] = r
		if r.proves != none {
			proven := p.settled[r.proves]
			if r.second {
				proven[1] = true
			} else {
				proven[0] = true
			}
			p.settled[r.proves] = proven
		}
	}
	return p
}

// verdict is how a period was decided.
type verdict int

const (
	clear     verdict = iota
	concluded         // from other periods of the column
	asked             // two meanings, and nothing decides
	unread            // no period
)

// of gives the meaning of a text within its column.
func (p *periods) of(text string) (Period, string, verdict) {
	r, ok := p.read[text]
	if !ok {
		return Period{}, "", unread
	}
	yearAnd := r.doubt == dashed || r.doubt == slashed
	proven := p.settled[r.doubt]
	switch {
	case r.doubt == none, yearAnd && p.rule == SpanPeriod, r.doubt == slashed && p.rule == AskPeriod && !proven[1]:
		return r.period, r.mark, clear
	case yearAnd && p.rule == MonthPeriod:
		return r.other, r.mark, clear
	case proven[0] && !proven[1]:
		return r.period, r.mark, concluded
	case proven[1] && !proven[0]:
		return r.other, r.mark, concluded
	}
	return r.period, r.mark, asked
}

const firstYear, lastYear = 1800, 2200

func yearOK(y int) bool { return firstYear <= y && y <= lastYear }

func ymd(y, m, d int) int { return y*10000 + m*100 + d }

func lastDay(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func yearsPeriod(from, to int) Period { return Period{Start: ymd(from, 1, 1), End: ymd(to, 12, 31)} }

// monthsPeriod runs over months of one year; valid for 1 ≤ from ≤ to ≤ 12.
func monthsPeriod(y, from, to int) Period {
	return Period{Start: ymd(y, from, 1), End: ymd(y, to, lastDay(y, to))}
}

func dayPeriod(y, m, d int) (Period, bool) {
	if !yearOK(y) || m < 1 || m > 12 || d < 1 || d > lastDay(y, m) {
		return Period{}, false
	}
	return Period{Start: ymd(y, m, d), End: ymd(y, m, d)}, true
}

// parsePeriod reads one text; false where it names no period.
func parsePeriod(text string) (reading, bool) {
	clean := strings.Join(strings.Fields(text), " ")
	if y, ok := number4(clean); ok && yearOK(y) {
		p := yearsPeriod(y, y)
		p.Text = clean
		return reading{period: p}, true
	}
	if p, ok := isoDay(clean); ok {
		p.Text = clean
		return reading{period: p}, true
	}
	form, mark := plainForm(clean)
	for _, shape := range shapes {
		m := shape.form.FindStringSubmatch(form)
		if m == nil {
			continue
		}
		if r, ok := shape.read(m); ok {
			r.period.Text, r.other.Text, r.mark = clean, clean, mark
			return r, true
		}
	}
	for _, parse := range []func(string) (Period, bool){parseYearTo, parseRange} {
		if p, ok := parse(form); ok {
			p.Text = clean
			return reading{period: p, mark: mark}, true
		}
	}
	return reading{}, false
}

// number4 reads exactly four digits.
func number4(s string) (int, bool) {
	if len(s) != 4 {
		return 0, false
	}
	n := 0
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// isoDay reads YYYY-MM-DD.
func isoDay(s string) (Period, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Period{}, false
	}
	y, ok := number4(s[:4])
	if !ok {
		return Period{}, false
	}
	return dayPeriod(y, num(s[5:7]), num(s[8:]))
}
