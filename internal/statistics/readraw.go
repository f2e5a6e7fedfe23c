package statistics

import (
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// skip is why a readable file is not imported: a code of messages with its arguments. The zero value: it is imported.
type skip struct {
	code string
	args []string
}

// line is one row of a source indicator, taken apart.
type line struct {
	row    int
	key    int // in reader.keys
	period Period
	value  value
	status string
	count  *int64
	interval
}

// reader makes rows of one source indicator into a Raw.
type reader struct {
	frame  *frame
	found  *findings
	lines  []line
	keys   []Key
	ids    []string // of the keys: folded cells, joined
	keyOf  map[string]int
	spelt  []map[string]map[string]int // per keyed column: folded cell, to spellings with their number
	folded map[string]string
}

// readRaw reads the rows of one source indicator. What it finds goes to f; an error there means that the Raw must not be used. skip is set
// where the rows hold nothing to import.
func (fr *frame) readRaw(rows []sheet.Row, rule PeriodRule, f *findings) (*Raw, skip) {
	if len(rows) == 0 {
		return nil, skip{code: "skip.header"}
	}
	if s := fr.placeholder(rows); s.code != "" && (!fr.declared || s.code == "skip.empty") {
		return nil, s
	}
	r := reader{frame: fr, found: &findings{file: f.file}, keyOf: map[string]int{}, folded: map[string]string{}}
	r.read(rows, rule)
	if s := r.list(len(rows)); s.code != "" && !fr.declared {
		return nil, s // what is found in the rows of a list says nothing
	}
	raw := r.raw()
	f.merge(r.found)
	if raw != nil && len(raw.Observations) == 0 && !f.failed() {
		return nil, skip{code: "skip.empty", args: []string{"rows", itoa(len(rows))}}
	}
	return raw, skip{}
}

// read takes the rows apart, the columns of periods and of values each as a whole.
func (r *reader) read(rows []sheet.Row, rule PeriodRule) {
	fr := r.frame
	periodAt, valueAt, statusAt, countAt, placeAt := fr.at(periodRole), fr.at(valueRole), fr.at(statusRole), fr.at(countRole), fr.at(placeRole)
	keyed := fr.keyed()
	r.spelt = make([]map[string]map[string]int, len(keyed))
	for i := range r.spelt {
		r.spelt[i] = map[string]map[string]int{}
	}
	periods := readPeriods(column(rows, periodAt), rule)
	values := readValues(column(rows, valueAt), fr.delimiter)
	if values.percents > 0 && values.bare > 0 {
		r.found.add(Warning, "value.percents", 0, fr.header[valueAt], "with", itoa(values.percents), "without", itoa(values.bare))
	}
	bounds := fr.readBounds(rows, valueAt)
	tally := tally{}
	for _, row := range rows {
		l := line{row: row.Line}
		var ok bool
		if l.period, ok = r.period(periods, row, periodAt, valueAt, &l, &tally); !ok {
			continue
		}
		l.value = values.of(row.Cells[valueAt])
		if !r.checkValue(l.value, row, valueAt, &tally) {
			continue
		}
		if statusAt >= 0 && !plainStatus[fold(row.Cells[statusAt])] {
			l.status = tidyText(row.Cells[statusAt])
		}
		if l.status == "" {
			l.status = l.value.mark
		}
		if countAt >= 0 {
			if v := readValues(nil, fr.delimiter).of(row.Cells[countAt]); v.kind == number {
				n := int64(v.number)
				l.count = &n
			}
		}
		l.interval = bounds.of(row, l.value, r.found)
		place := ""
		if placeAt >= 0 {
			place = tidyText(row.Cells[placeAt])
		}
		l.key = r.key(row, keyed, place)
		r.lines = append(r.lines, l)
	}
	bounds.report(r.found)
	tally.report(r.found, fr.header[periodAt], fr.header[valueAt])
}

// column gives the cells of a column.
func column(rows []sheet.Row, at int) []string {
	cells := make([]string, len(rows))
	for i, row := range rows {
		cells[i] = row.Cells[at]
	}
	return cells
}

// period reads a row's period; false where the row is left out.
func (r *reader) period(periods *periods, row sheet.Row, periodAt, valueAt int, l *line, t *tally) (Period, bool) {
	cell := row.Cells[periodAt]
	p, mark, verdict := periods.of(cell)
	name := r.frame.header[periodAt]
	switch verdict {
	case concluded:
		t.concluded.add(p.Text, p)
	case asked:
		r.found.add(Error, "period.ambiguous", row.Line, name, "text", p.Text)
	case unread:
		switch {
		case tidyText(cell) == "" && tidyText(row.Cells[valueAt]) == "":
			r.found.add(Warning, "row.nothing", row.Line, "")
		case tidyText(cell) == "":
			r.found.add(Error, "period.blank", row.Line, name)
		case onlyCell(row.Cells, periodAt):
			r.found.add(Warning, "row.remark", row.Line, "", "text", cell)
		default:
			r.found.add(Error, "period.unread", row.Line, name, "text", cell)
		}
		return p, false
	}
	if mark != "" {
		l.status = mark
		t.periodMarks++
	}
	return p, true
}

func onlyCell(cells []string, at int) bool {
	for i, cell := range cells {
		if i != at && tidyText(cell) != "" {
			return false
		}
	}
	return true
}

func (r *reader) checkValue(v value, row sheet.Row, valueAt int, t *tally) bool {
	code := ""
	switch v.kind {
	case number:
		if v.cleaned {
			t.cleaned.add(tidyText(row.Cells[valueAt]), Period{})
		}
		return true
	case marked:
		t.marks.add(v.mark, Period{})
		return true
	case blank:
		return true
	case unclear:
		code = "value.ambiguous"
	case mixed:
		code = "value.mixed"
	case nonsense:
		code = "value.text"
	}
	r.found.add(Error, code, row.Line, r.frame.header[valueAt], "text", row.Cells[valueAt])
	return false
}

// key finds or makes the key of a row.
func (r *reader) key(row sheet.Row, keyed []int, place string) int {
	var id strings.Builder
	for i, at := range keyed {
		cell := row.Cells[at]
		f, ok := r.folded[cell]
		if !ok {
			f = fold(cell)
			r.folded[cell] = f
		}
		id.WriteString(f)
		id.WriteByte(0)
		if f != "" {
			spellings := r.spelt[i][f]
			if spellings == nil {
				spellings = map[string]int{}
				r.spelt[i][f] = spellings
			}
			spellings[tidyText(cell)]++
		}
	}
	id.WriteString(place)
	k, ok := r.keyOf[id.String()]
	if !ok {
		k = len(r.keys)
		r.keyOf[id.String()] = k
		cells := make([]string, len(keyed))
		for i, at := range keyed {
			cells[i] = r.folded[row.Cells[at]]
		}
		r.keys = append(r.keys, Key{Cells: cells, Place: place})
		r.ids = append(r.ids, id.String())
	}
	return k
}

// tally counts what is told once for a whole column.
type tally struct {
	concluded, cleaned, marks counted
	periodMarks               int
}

type counted struct {
	n     int
	first string
	as    Period
	all   map[string]bool
}

func (c *counted) add(text string, as Period) {
	if c.n++; c.n == 1 || text < c.first {
		c.first, c.as = text, as
	}
	if c.all == nil {
		c.all = map[string]bool{}
	}
	c.all[text] = true
}

func (c *counted) texts() string {
	list := make([]string, 0, len(c.all))
	for text := range c.all {
		list = append(list, text)
	}
	return choices(list)
}

func (t *tally) report(f *findings, period, value string) {
	if t.concluded.n > 0 {
		f.add(Warning, "period.concluded", 0, period, "text", t.concluded.first, "from", dayText(t.concluded.as.Start), "to", dayText(t.concluded.as.End), "count", itoa(t.concluded.n))
	}
	if t.cleaned.n > 0 {
		f.add(Note, "value.cleaned", 0, value, "text", t.cleaned.first, "count", itoa(t.cleaned.n))
	}
	if t.marks.n > 0 {
		f.add(Note, "value.marks", 0, value, "marks", t.marks.texts(), "count", itoa(t.marks.n))
	}
	if t.periodMarks > 0 {
		f.add(Note, "period.marks", 0, period, "count", itoa(t.periodMarks))
	}
}

// dayText writes yyyymmdd as yyyy-mm-dd.
func dayText(day int) string {
	text := strconv.Itoa(day)
	if len(text) != 8 {
		return text
	}
	return text[:4] + "-" + text[4:6] + "-" + text[6:]
}

// merge takes over what other found.
func (f *findings) merge(other *findings) {
	f.list = append(f.list, other.done()...)
}
