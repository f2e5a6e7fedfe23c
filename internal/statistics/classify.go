package statistics

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// placeholder recognises rows that stand where data will be: no value at all; the starter of Open SDG (groups A and B beside an empty
// one, with values 1, 3 and 2 in every year) and what is made like it; its demonstration file (grades, planets, fruit); words such as
// "example".
func (fr *frame) placeholder(rows []sheet.Row) skip {
	valueAt := fr.at(valueRole)
	empty := true
	for _, row := range rows {
		if tidyText(row.Cells[valueAt]) != "" {
			empty = false
			break
		}
	}
	count := []string{"rows", itoa(len(rows))}
	switch {
	case empty:
		return skip{code: "skip.empty", args: count}
	case len(rows) > 400:
		return skip{}
	}
	keyed := fr.keyed()
	letters, samples, small := len(keyed) > 0, len(keyed) > 0, true
	constant := map[string]string{}
	for _, row := range rows {
		id := ""
		for _, at := range keyed {
			cell := fold(row.Cells[at])
			if demoColumns[foldName(fr.header[at])] && demoWords[cell] {
				return skip{code: "skip.demo", args: []string{"column", fr.header[at], "value", tidyText(row.Cells[at])}}
			}
			letters = letters && (cell == "" || stockName.MatchString(cell))
			samples = samples && (cell == "" || sampleWords[cell])
			id += cell + "\x00"
		}
		v := tidyText(row.Cells[valueAt])
		n, err := strconv.Atoi(v)
		letters = letters && (v == "" || err == nil && n >= 0)
		small = small && n <= 10
		if known, ok := constant[id]; ok && known != v {
			letters = false
		}
		constant[id] = v
	}
	repeated := len(rows) >= 2*len(constant)
	named := len(constant) > 1 || len(constant) == 1 && constant[strings.Repeat("\x00", len(keyed))] == ""
	switch {
	case letters && named && (repeated || small):
		return skip{code: "skip.placeholder", args: count}
	case samples && named:
		return skip{code: "skip.sample", args: count}
	}
	return skip{}
}

var (
	stockName   = regexp.MustCompile(`^(?:(?:group|category|class|series|option) )?[a-f]$`)
	demoColumns = invertWords("planet|fruit")
	demoWords   = invertWords("mercury|venus|earth|apples|oranges|lemons")
	sampleWords = invertWords("example|sample|test|placeholder|dummy|lorem ipsum|example group|sample group|test group")
)

// list recognises rows that list records (sites, species, calls, inspections) rather than measure the city again and again, by how they
// fill the grid of all combinations of dimensions and all periods. A file is a list where
//   - its periods are mostly single days, at least ten of them, and less than a quarter of the grid is filled;
//   - less than a twentieth of the grid is filled, in 200 rows or more;
//   - it has more than 300 combinations, most of them seen once, or more than 2,000;
//   - more than one row in twenty repeats a combination and period with another value, in 100 rows or more.
//
// The thresholds leave series by ward, by month and by industry untouched (grids filled by a third or more) and were set on the files of
// Bristol and Los Angeles; docs/import.md states them.
func (r *reader) list(rows int) skip {
	type at struct{ key, start, end int }
	seen := map[at]value{}
	periods := map[[2]int]bool{}
	perKey := make([]int, len(r.keys))
	conflicts := 0
	for _, l := range r.lines {
		id := at{l.key, l.period.Start, l.period.End}
		if other, twice := seen[id]; twice {
			if other.kind == number && l.value.kind == number && other.number != l.value.number {
				conflicts++
			}
			continue
		}
		seen[id] = l.value
		perKey[l.key]++
		periods[[2]int{l.period.Start, l.period.End}] = true
	}
	once, daily := 0, 0
	for _, n := range perKey {
		if n == 1 {
			once++
		}
	}
	for p := range periods {
		if p[0] == p[1] {
			daily++
		}
	}
	keys := len(r.keys)
	fill := float64(len(seen)) / float64(max(keys*len(periods), 1))
	days := rows >= 30 && daily >= 10 && daily*2 > len(periods) && fill < 0.25
	scattered := rows >= 200 && fill < 0.05
	register := keys > 300 && once*2 > keys || keys > 2000
	repeated := rows >= 100 && conflicts*20 > rows
	if days || scattered || register || repeated {
		return skip{code: "skip.list", args: []string{"rows", itoa(rows), "keys", itoa(keys), "periods", itoa(len(periods))}}
	}
	return skip{}
}

// zeros tells whether every value is 0.
func (raw *Raw) zeros() bool {
	for _, o := range raw.Observations {
		if o.Mark == "" && o.Value != 0 {
			return false
		}
	}
	return len(raw.Observations) > 0
}
