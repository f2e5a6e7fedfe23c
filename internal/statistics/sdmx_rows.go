package statistics

import (
	"regexp"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// frame gives the columns that a source indicator is read from: TIME_PERIOD, OBS_VALUE and OBS_STATUS first, then the dimensions, then the
// attributes that are more than remarks.
func (c *components) frame(rows []sheet.Row, f *findings) *frame {
	fr := &frame{header: []string{c.period.id, c.value.id, "OBS_STATUS"}, roles: []Role{periodRole, valueRole, statusRole}, merged: map[int]int{}, declared: true}
	for i, one := range c.dimensions {
		role := roleOf(one.id, []map[string]Role{roleNames})
		switch {
		case strings.EqualFold(one.id, "FREQ"):
			if role = Measure; c.dimensions[i].constant(rows) {
				role = ignored
			}
		case role != Measure && role != Generic:
			role = Dimension
		}
		fr.header, fr.roles = append(fr.header, one.id), append(fr.roles, role)
	}
	var aside []string
	for _, one := range c.attributes {
		role := roleOf(one.id, []map[string]Role{attributeRoles, roleNames})
		if role == Dimension || role == Generic || role == placeRole || role == periodRole || role == valueRole {
			role = ignored
			aside = append(aside, one.id)
		}
		fr.header, fr.roles = append(fr.header, one.id), append(fr.roles, role)
	}
	if len(aside) > 0 {
		f.add(Note, "sdmx.attributes", 0, "", "columns", choices(aside))
	}
	fr.pairBounds()
	return fr
}

// attributeRoles are attributes about the source indicator as a whole.
var attributeRoles = invertRoles(map[Role]string{
	sourceRole:  "source|publisher|source agency|organisation|organization|pub org",
	urlRole:     "url|source url|link",
	licenceRole: "licence|license",
	noteRole:    "method|coll method|note|notes",
})

// constant tells whether a component says the same in every row.
func (one *component) constant(rows []sheet.Row) bool {
	for _, row := range rows {
		if row.Cells[one.at] != rows[0].Cells[one.at] {
			return false
		}
	}
	return true
}

// row gives a row of the frame. Dimensions and attributes are given by their names where the file has them, and the codes are remembered.
func (m *message) row(from sheet.Row) sheet.Row {
	c := &m.columns
	row := sheet.Row{Line: from.Line, Cells: make([]string, 3, len(m.frame.header))}
	period, _ := c.period.cell(from)
	value, _ := c.value.cell(from)
	status, _ := c.status.cell(from)
	confidentiality, _ := c.confidentiality.cell(from)
	if secret(status, confidentiality) {
		value, status = "c", ""
	}
	row.Cells[0], row.Cells[1], row.Cells[2] = plainPeriod(period), value, status
	for _, list := range [][]component{c.dimensions, c.attributes} {
		for i := range list {
			row.Cells = append(row.Cells, m.named(&list[i], from))
		}
	}
	return row
}

// named gives what a cell's code is shown as: its name, else the code.
func (m *message) named(one *component, row sheet.Row) string {
	code, _ := one.cell(row)
	if shown, ok := m.shown[one.id][code]; ok {
		return shown
	}
	return code
}

// nameAll decides what each code is shown as: the name that the file gives it. Codes that share a name are told apart as "name (CODE)".
func (m *message) nameAll(rows []sheet.Row) {
	c := &m.columns
	m.shown, m.codes = map[string]map[string]string{}, map[string]map[string]string{}
	for _, one := range append(append([]component{}, c.dimensions...), c.attributes...) {
		if !one.both && one.names < 0 {
			continue
		}
		shown, sharing := map[string]string{}, map[string]int{}
		for _, row := range rows {
			if code, name := one.cell(row); code != "" && name != "" && shown[code] == "" {
				shown[code] = name
				sharing[name]++
			}
		}
		codes := map[string]string{}
		for code, name := range shown {
			if sharing[name] > 1 {
				name += " (" + code + ")"
				shown[code] = name
			}
			codes[name] = code
		}
		m.shown[one.id], m.codes[one.id] = shown, codes
	}
}

// secretFlags are statuses that hold the letter c among others, as Eurostat writes several flags of one value: "bc".
var secretFlags = regexp.MustCompile(`^[a-z]{0,3}c[a-z]{0,3}$`)

// secret tells whether a value must not be shown: its confidentiality is anything but free (F; SDMX code list CL_CONF_STATUS), or it is
// flagged as confidential, or as missing because it was suppressed (Q; CL_OBS_STATUS).
func secret(status, confidentiality string) bool {
	if confidentiality != "" && !strings.EqualFold(confidentiality, "F") {
		return true
	}
	status = strings.TrimSpace(status)
	return status == "Q" || status == "C" || strings.EqualFold(status, "confidential") || secretFlags.MatchString(strings.ReplaceAll(status, " ", ""))
}

var (
	isoMonth  = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)
	wholeYear = regexp.MustCompile(`^(\d{4})-A1$`)
	trimester = regexp.MustCompile(`^(\d{4})-T([1-3])$`)
	dayOfYear = regexp.MustCompile(`^(\d{4})-D(\d{3})$`)
	yearRange = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:T00:00:00)?/P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})D)?$`)
)

// plainPeriod writes the forms of time that SDMX alone has (SDMX 2.1, section 6, 4.2) as others do: A1, T1 to T3, D001 to D366, and a day with a
// duration. What it does not know it leaves as it is.
func plainPeriod(text string) string {
	if m := wholeYear.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if m := trimester.FindStringSubmatch(text); m != nil {
		y, n := num(m[1]), num(m[2])
		p := monthsPeriod(y, 4*n-3, 4*n)
		return dayText(p.Start) + " to " + dayText(p.End)
	}
	if m := dayOfYear.FindStringSubmatch(text); m != nil {
		if d := time.Date(num(m[1]), 1, num(m[2]), 0, 0, 0, 0, time.UTC); num(m[2]) > 0 && d.Year() == num(m[1]) {
			return dayText(day(d))
		}
	}
	count := func(text string) int { return max(num(text), 0) }
	if m := yearRange.FindStringSubmatch(text); len(m) == 5 && m[2]+m[3]+m[4] != "" {
		if start, err := time.Parse(time.DateOnly, m[1]); err == nil {
			if end := start.AddDate(count(m[2]), count(m[3]), count(m[4])-1); !end.Before(start) {
				return m[1] + " to " + end.Format(time.DateOnly)
			}
		}
	}
	return text
}

// monthsWritten writes 2011-12 so that it can be a month only, which it is in SDMX (ISO 8601) unless a mapping or a person says that it is a span.
func monthsWritten(rows []sheet.Row) []sheet.Row {
	out := make([]sheet.Row, len(rows))
	for i, row := range rows {
		out[i] = row
		if parts := isoMonth.FindStringSubmatch(row.Cells[0]); parts != nil {
			out[i].Cells = append([]string{parts[1] + "-M" + parts[2]}, row.Cells[1:]...)
		}
	}
	return out
}
