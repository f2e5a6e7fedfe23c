package statistics

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// shape is one way to write a period: a form of the lower-case text and what its parts mean.
type shape struct {
	form *regexp.Regexp
	read func(m []string) (reading, bool)
}

const clockTime = `(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?`

var shapes = []shape{
	{regexp.MustCompile(`^(?:mid[- ]?)?(\d{4})(?:\.0+)?$`), func(m []string) (reading, bool) {
		y := num(m[1])
		return reading{period: yearsPeriod(y, y)}, yearOK(y)
	}},
	{regexp.MustCompile(`^(\d{4})( ?[-/~] ?|~| to )(\d{4}|\d{2})$`), readSpan},
	{regexp.MustCompile(`^(\d{4})(\d{2})$`), func(m []string) (reading, bool) { return readSpan([]string{"", m[1], "-", m[2]}) }},
	{regexp.MustCompile(`^(\d{4})[-/](\d)$|^(\d{4})-?m(\d{1,2})$|^(\d{4})\.(\d{2})$`), func(m []string) (reading, bool) {
		return readMonth(m[1]+m[3]+m[5], m[2]+m[4]+m[6])
	}},
	{regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`), func(m []string) (reading, bool) { return readMonth(m[2], m[1]) }},
	{regexp.MustCompile(`^(\pL+)\.?[ ,-]*(\d{4})$`), func(m []string) (reading, bool) { return readNamed(m[2], m[1]) }},
	{regexp.MustCompile(`^(\d{4})[ ,-]*(\pL{3,})\.?$`), func(m []string) (reading, bool) { return readNamed(m[1], m[2]) }},
	{regexp.MustCompile(`^(\pL+)\.?[ '-]+(\d{2})$`), func(m []string) (reading, bool) { return readNamed(year2(m[2]), m[1]) }},
	{regexp.MustCompile(`^(\pL+)\.? ?[-~] ?(\pL+)\.?[ ,]+(\d{4})$`), func(m []string) (reading, bool) {
		from, to, y := months[m[1]], months[m[2]], num(m[3])
		if from == 0 || to < from || !yearOK(y) {
			return reading{}, false
		}
		return reading{period: monthsPeriod(y, from, to)}, true
	}},
	{regexp.MustCompile(`^(\d{4})[ -]?([qhs])([1-4])$`), func(m []string) (reading, bool) { return readPart(m[1], m[2], m[3]) }},
	{regexp.MustCompile(`^([qhs])([1-4])[ /-]?(\d{4})$`), func(m []string) (reading, bool) { return readPart(m[3], m[1], m[2]) }},
	{regexp.MustCompile(`^(\d{4})[ -]?w(\d{1,2})$`), readWeek},
	{regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` + clockTime + `$|^(\d{4})(\d{2})(\d{2})$`), func(m []string) (reading, bool) {
		p, ok := dayPeriod(num(m[1]+m[4]), num(m[2]+m[5]), num(m[3]+m[6]))
		return reading{period: p}, ok
	}},
	{regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})` + clockTime + `$`), func(m []string) (reading, bool) {
		p, ok := dayPeriod(num(m[3]), num(m[2]), num(m[1]))
		return reading{period: p}, ok
	}},
	{regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})` + clockTime + `$`), readDayOrMonth},
	{regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:de |of )?(\pL+)\.?[ ,-]*(?:de |del )?(\d{4})$`), func(m []string) (reading, bool) {
		p, ok := dayPeriod(num(m[3]), months[m[2]], num(m[1]))
		return reading{period: p}, ok
	}},
	{regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`), func(m []string) (reading, bool) {
		p, ok := dayPeriod(num(m[3]), months[m[1]], num(m[2]))
		return reading{period: p}, ok
	}},
}

// readSpan reads YYYY-YY and YYYY-YYYY, and YYYY-MM, which looks the same.
func readSpan(m []string) (reading, bool) {
	from, sep, to := num(m[1]), m[2], num(m[3])
	if !yearOK(from) {
		return reading{}, false
	}
	about := none
	switch sep {
	case "-":
		about = dashed
	case "/":
		about = slashed
	}
	if len(m[3]) == 4 {
		return reading{period: yearsPeriod(from, to), proves: about}, yearOK(to) && from <= to && to-from <= 100
	}
	until := from - from%100 + to
	if until < from {
		until += 100
	}
	span := until > from && until-from <= 10
	month := 1 <= to && to <= 12 && about != none
	switch {
	case span && month:
		return reading{period: yearsPeriod(from, until), other: monthsPeriod(from, to, to), doubt: about}, true
	case span:
		return reading{period: yearsPeriod(from, until), proves: about}, true
	case month:
		return reading{period: monthsPeriod(from, to, to), proves: about, second: true}, true
	}
	return reading{}, false
}

func readMonth(year, month string) (reading, bool) {
	y, m := num(year), num(month)
	if !yearOK(y) || m < 1 || m > 12 {
		return reading{}, false
	}
	return reading{period: monthsPeriod(y, m, m)}, true
}

func readNamed(year, name string) (reading, bool) {
	return readMonth(year, strconv.Itoa(months[name]))
}

// readPart reads a quarter (q), or a half as h or s.
func readPart(year, kind, part string) (reading, bool) {
	y, n, length := num(year), num(part), 3
	if kind != "q" {
		length = 6
	}
	if !yearOK(y) || n*length > 12 {
		return reading{}, false
	}
	return reading{period: monthsPeriod(y, (n-1)*length+1, n*length)}, true
}

// readWeek reads a week of ISO 8601: the first is the one with 4 January, weeks begin on Monday.
func readWeek(m []string) (reading, bool) {
	y, w := num(m[1]), num(m[2])
	if !yearOK(y) || w < 1 || w > 53 {
		return reading{}, false
	}
	first := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := first.AddDate(0, 0, (w-1)*7-(int(first.Weekday())+6)%7)
	if got, _ := monday.ISOWeek(); got != y {
		return reading{}, false
	}
	return reading{period: Period{Start: day(monday), End: day(monday.AddDate(0, 0, 6))}}, true
}

func readDayOrMonth(m []string) (reading, bool) {
	a, b, y := num(m[1]), num(m[2]), num(m[3])
	dayFirst, okDay := dayPeriod(y, b, a)
	monthFirst, okMonth := dayPeriod(y, a, b)
	switch {
	case okDay && okMonth && a != b:
		return reading{period: dayFirst, other: monthFirst, doubt: dayOrMonth}, true
	case okDay && okMonth:
		return reading{period: dayFirst}, true
	case okDay:
		return reading{period: dayFirst, proves: dayOrMonth}, true
	}
	return reading{period: monthFirst, proves: dayOrMonth, second: true}, okMonth
}

// parseYearTo reads "year ending March 2019".
func parseYearTo(form string) (Period, bool) {
	m := yearTo.FindStringSubmatch(form)
	if m == nil {
		return Period{}, false
	}
	r, ok := parsePeriod(m[1])
	if !ok || r.doubt != none || r.period.Start/10000 != r.period.End/10000 {
		return Period{}, false
	}
	end := r.period.End
	from := time.Date(end/10000-1, time.Month(end/100%100), end%100+1, 0, 0, 0, 0, time.UTC)
	if end%100 == lastDay(end/10000, end/100%100) {
		from = time.Date(end/10000-1, time.Month(end/100%100+1), 1, 0, 0, 0, 0, time.UTC)
	}
	return Period{Start: day(from), End: end}, true
}

// parseRange reads two periods with "to", a dash or (between full dates) a slash between them.
func parseRange(form string) (Period, bool) {
	for _, sep := range []string{" to ", " - ", "~", " bis ", " a ", " à "} {
		if a, b, ok := strings.Cut(form, sep); ok {
			return joinPeriods(a, b)
		}
	}
	for _, sep := range []string{"/", "-"} { // between full dates
		if i := len(form) / 2; len(form) == 21 && form[i:i+1] == sep {
			return joinPeriods(form[:i], form[i+1:])
		}
	}
	return Period{}, false
}

func joinPeriods(a, b string) (Period, bool) {
	if strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" {
		return Period{}, false
	}
	from, okFrom := parsePeriod(a)
	to, okTo := parsePeriod(b)
	if from.doubt == dayOrMonth && to.proves == dayOrMonth { // 01/04/2018-31/03/2019
		if to.second {
			from.period = from.other
		}
		from.doubt = none
	}
	if !okFrom || !okTo || from.doubt != none || to.doubt != none || from.period.Start > to.period.Start || from.period.End > to.period.End {
		return Period{}, false
	}
	return Period{Start: from.period.Start, End: to.period.End}, true
}

var (
	dashes    = strings.NewReplacer("–", "~", "—", "~", "‒", "~", "‐", "-", "‑", "-", "−", "-", "\u00ad", "")
	bars      = regexp.MustCompile(` ?~ ?`)
	footnote  = regexp.MustCompile(`^(.*\d) ?(\*+|†|‡|#|\((?:p|r|e|provisional|revised|estimate|estimated|preliminary)\)|\[[a-z0-9 ]+\]|[pre])$`)
	yearWords = regexp.MustCompile(`^(?:fy|ay|financial year|fiscal year|academic year|school year|calendar year|exercice|geschäftsjahr|schuljahr|census|year) ?|` +
		` ?(?:fy|ay|financial year|fiscal year|academic year|school year|census)$`)
	yearTo = regexp.MustCompile(`^(?:12 months|year|twelve months) (?:ending|ended|to|end) (.+)$`)
)

// plainForm brings a text into the form that the shapes know: lower case, one kind of dash ("~" where only a range is written so), no
// words such as "financial year", no footnote mark; the mark is given back.
func plainForm(text string) (form, mark string) {
	form = bars.ReplaceAllString(dashes.Replace(strings.ToLower(text)), "~")
	if m := footnote.FindStringSubmatch(form); m != nil {
		form, mark = m[1], m[2]
	}
	if !yearTo.MatchString(form) {
		form = yearWords.ReplaceAllString(form, "")
	}
	return form, mark
}

var months = monthNames()

// monthNames are names and short forms of the months in the languages of the interface, Arabic excepted.
func monthNames() map[string]int {
	all := map[string]int{}
	for i, names := range []string{
		"january jan janvier enero ene januar jänner", "february feb février fevrier febrero februar", "march mar mars marzo märz mrz",
		"april apr avril avr abril abr", "may mai mayo", "june jun juin junio juni", "july jul juillet juil julio juli",
		"august aug août aout agosto ago", "september sep sept septembre septiembre setiembre", "october oct octobre octubre oktober okt",
		"november nov novembre noviembre", "december dec décembre decembre diciembre dic dezember dez",
	} {
		for _, name := range strings.Fields(names) {
			all[name] = i + 1
		}
	}
	return all
}

func num(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// year2 completes a year of two digits, as a spreadsheet does: 00–68 are of this century.
func year2(s string) string {
	if num(s) <= 68 {
		return "20" + s
	}
	return "19" + s
}

func day(t time.Time) int { return ymd(t.Year(), int(t.Month()), t.Day()) }
