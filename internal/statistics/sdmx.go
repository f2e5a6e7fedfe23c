package statistics

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// message is an SDMX-CSV file whose header and rows have been understood: the rows of many places, each place with those of many source
// indicators.
type message struct {
	file    File
	found   findings
	columns components
	frame   *frame                       // the columns that a source indicator is read from; its rows stay empty
	shown   map[string]map[string]string // by component: its codes, to what they are shown as
	codes   map[string]map[string]string // and back
	places  []*placeRows                 // in the order of the file
	agency  string                       // who maintains the data set, as ESTAT
	flow    string                       // its id, as URB_CLIVCON
	changes bool                         // the file is a list of changes, not a whole data set
}

// placeRows are the rows of one place, by source indicator.
type placeRows struct {
	Elsewhere
	rows     map[string][]sheet.Row
	titles   map[string]string
	removals map[string][]removal // nil: nothing is to be removed
}

// readMessages reads the SDMX-CSV of a folder, or the one file that is in it. What is wrong with a file as a whole stands in its findings.
func readMessages(ctx context.Context, req *Request) (all []*message, other []result, err error) {
	entries, fsys, err := tableEntries(req.Files, req.Name)
	if err != nil {
		return nil, nil, err
	}
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		res := result{file: File{Name: e.Name()}, found: findings{file: e.Name()}}
		data, stopped := readTable(fsys, e, res, textEndings)
		if stopped != nil {
			other = append(other, *stopped)
			continue
		}
		table, err := sheet.Parse(data, e.Name(), sheet.Limits{Columns: maxComponents})
		if err != nil {
			res.found.unreadable(err)
			other = append(other, res.refused())
			continue
		}
		m := &message{file: res.file, found: res.found}
		if m.read(table); m.found.failed() {
			other = append(other, result{file: m.file, found: m.found}.refused())
			continue
		}
		all = append(all, m)
		req.progress(i+1, len(entries), e.Name())
	}
	return all, other, nil
}

// maxComponents bounds the columns of a message: two for each component where names stand beside the codes.
const maxComponents = 2 * maxColumns

// read takes a table apart.
func (m *message) read(t *sheet.Table) {
	m.found.reading(t)
	if len(t.Rows) == 0 {
		m.found.add(Error, "file.empty", 0, "")
		return
	}
	raw := &frame{header: tidyAll(t.Rows[0].Cells), delimiter: t.Delimiter}
	m.columns = readComponents(raw.header, t.Rows[0].Line, &m.found)
	if m.found.failed() {
		return
	}
	raw.setRows(t, 0, &m.found)
	m.file.Rows = len(raw.rows)
	m.columns.findLabels(raw.rows)
	m.checkStructure(raw.rows)
	if m.found.failed() {
		return
	}
	m.frame = m.columns.frame(raw.rows, &m.found)
	m.frame.delimiter = t.Delimiter
	m.nameAll(raw.rows)
	m.sort(raw.rows)
}

// flowForm is AGENCY:ID(VERSION), as SDMX identifies a data set; in labels=both its name stands behind a colon.
var flowForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_.-]*):([A-Za-z0-9_@$-]+)\(([0-9][0-9.+*~-]*(?:-[A-Za-z0-9]+)?)\)(?:: .*)?$`)

// checkStructure asks that every row names its data set, and that the file is a whole one or a list of changes.
func (m *message) checkStructure(rows []sheet.Row) {
	c := &m.columns
	known := map[string]bool{}
	var first string
	for _, row := range rows {
		text := tidyText(row.Cells[c.flow.at])
		if !known[text] {
			parts := flowForm.FindStringSubmatch(strings.TrimPrefix(text, urn(text)))
			if parts == nil {
				m.found.add(Error, "sdmx.flow", row.Line, c.flow.id, "text", text)
				continue
			}
			id := parts[1] + ":" + parts[2]
			if known[text] = true; first == "" {
				first, m.agency, m.flow = id, parts[1], parts[2]
			} else if id != first {
				m.found.add(Error, "sdmx.flows", row.Line, c.flow.id, "first", first, "text", id)
			}
		}
		if at := c.structure; at >= 0 {
			if kind := strings.ToLower(tidyText(row.Cells[at])); !structures[kind] {
				m.found.add(Error, "sdmx.structure", row.Line, "STRUCTURE", "text", kind)
			}
		}
	}
	m.checkActions(rows)
}

// urn gives what stands before the identification where a structure is named in full, as urn:sdmx:org.sdmx.infomodel.….Dataflow=.
func urn(text string) string {
	if strings.HasPrefix(text, "urn:sdmx:") {
		return text[:strings.IndexByte(text, '=')+1]
	}
	return ""
}

var structures = invertWords("dataflow|datastructure|dataprovision")

// sort puts the rows by place and source indicator.
func (m *message) sort(rows []sheet.Row) {
	c := &m.columns
	byCode := map[string]*placeRows{}
	for _, row := range rows {
		removing := c.action >= 0 && actionOf(row, c.action) == removeAction
		if c.emptyRow(row) && !removing {
			continue // attributes of a whole series, which a message of version 2.0 may hold
		}
		code, name := c.place.cell(row)
		if what, _ := c.indicator.cell(row); removing && (c.place.at >= 0 && code == "" || c.indicator.at >= 0 && what == "") {
			m.found.add(Error, "sdmx.remove_place", row.Line, "ACTION")
			continue
		}
		p := byCode[code]
		if p == nil {
			p = &placeRows{Elsewhere: Elsewhere{Code: code, Name: name, Country: countryCode.MatchString(code)}, rows: map[string][]sheet.Row{}, titles: map[string]string{}}
			byCode[code] = p
			m.places = append(m.places, p)
		}
		indicator, title := c.indicator.cell(row)
		if c.indicator.at < 0 {
			indicator = m.flow
		}
		if indicator == "" {
			m.found.add(Error, "tidy.blank", row.Line, c.indicator.id)
			continue
		}
		p.Rows++
		source := sourceCode(indicator)
		if m.removes(row, p, source) {
			continue
		}
		p.titles[source] = cmp.Or(title, indicator)
		p.rows[source] = append(p.rows[source], m.row(row))
	}
	slices.SortFunc(m.places, func(a, b *placeRows) int { return natural(a.Code, b.Code) })
}

// countryCode recognises countries and groups of countries by their codes in SDMX's list of areas (ISO 3166-1 alpha-2, EU27_2020, EA19).
var countryCode = regexp.MustCompile(`^(?:[A-Z]{2}|E[AU][0-9]{2}.*)$`)

// of gives what a message holds of the given places as source indicators of one city.
func (m *message) of(places []*placeRows, mapping Mapping, req *Request) []result {
	rows, titles := map[string][]sheet.Row{}, map[string]string{}
	for _, p := range places {
		for code, more := range p.rows {
			rows[code], titles[code] = append(rows[code], more...), p.titles[code]
		}
	}
	codes := make([]string, 0, len(rows))
	for code := range rows {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, natural)
	results := make([]result, 0, len(codes))
	for _, code := range codes {
		res := result{file: File{Name: m.file.Name, Code: code, Rows: len(rows[code])}, found: findings{file: m.file.Name}}
		rule := mapping.periodRule(code)
		if rule == AskPeriod {
			rule = req.Periods
		}
		one := m.one(res, rows[code], titles[code], rule, req)
		one.changes = m.changes
		results = append(results, one)
	}
	return append(results, m.removed(places, mapping, req)...)
}

// removed gives what a message asks to remove, by source indicator.
func (m *message) removed(places []*placeRows, mapping Mapping, req *Request) (results []result) {
	all := map[string][]removal{}
	for _, p := range places {
		for code, more := range p.removals {
			all[code] = append(all[code], more...)
		}
	}
	for _, code := range slices.SortedFunc(maps.Keys(all), natural) {
		rule := mapping.periodRule(code)
		if rule == AskPeriod {
			rule = req.Periods
		}
		results = append(results, result{file: File{Name: m.file.Name, Code: code, Rows: len(all[code]), Status: Imported}, found: findings{file: m.file.Name},
			changes: true, removals: all[code], rule: rule})
	}
	return results
}

// one makes the rows of one source indicator into a result.
func (m *message) one(res result, rows []sheet.Row, title string, rule PeriodRule, req *Request) result {
	if rule != SpanPeriod {
		rows = monthsWritten(rows)
	}
	raw, s := m.frame.readRaw(rows, rule, &res.found)
	switch {
	case s.code != "":
		return res.skip(s)
	case res.found.failed():
		return res.refused()
	}
	about := metadata{}
	for role, field := range tidyFields {
		if text := m.frame.only(rows, role, &res.found); text != "" {
			about.add(res.file.Name, field, text)
		}
	}
	if title != "" {
		about.add(res.file.Name, "indicator_available", title)
	}
	raw.Code, raw.About = res.file.Code, about.about(res.file.Code, req.Defaults)
	raw.About.Unit = raw.onlyUnit()
	m.nameCodes(raw)
	about.notes(raw, &res.found)
	return res.imported(raw)
}

// nameCodes keeps the codes of cells that hold names, so that a mapping can select by either.
func (m *message) nameCodes(raw *Raw) {
	for c := range raw.Columns {
		codes := m.codes[raw.Columns[c].Name]
		for _, key := range raw.Keys {
			if code, ok := codes[key.Cells[c]]; ok {
				set(&raw.Columns[c].Codes, key.Cells[c], code)
			}
		}
	}
}
