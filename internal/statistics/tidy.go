package statistics

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// Endings of the names of files of each form.
var (
	textEndings     = []string{".csv", ".tsv", ".txt"}
	workbookEndings = []string{".xlsx", ".xlsm"}
)

// readTidy reads tidy CSV, or workbooks that hold the same: the files of a folder, or the one that is in it. Each source indicator is
// imported whole or not at all, even where several share a file.
func readTidy(ctx context.Context, fsys fs.FS, req *Request, mapping Mapping) (*collected, error) {
	all := &collected{found: findings{file: req.Name}}
	entries, fsys, err := tableEntries(fsys, req.Name)
	if err != nil {
		return nil, err
	}
	var results []result
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results = append(results, tidyEntry(fsys, e, mapping, req)...)
		req.progress(i+1, len(entries), e.Name())
	}
	all.take(results)
	return all, nil
}

// tableEntries lists the files of a folder in their natural order; a folder that lies alone in another is taken for it.
func tableEntries(fsys fs.FS, name string) ([]fs.DirEntry, fs.FS, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil, unreadable(name, err)
	}
	if inner := folders(entries); len(inner) == 1 && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() }) {
		if fsys, err = fs.Sub(fsys, inner[0]); err != nil {
			return nil, nil, err
		}
		return tableEntries(fsys, name)
	}
	if len(entries) > maxFiles {
		return nil, nil, tooMany(name, len(entries))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return natural(a.Name(), b.Name()) })
	return entries, fsys, nil
}

func tidyEntry(fsys fs.FS, e fs.DirEntry, mapping Mapping, req *Request) []result {
	res := result{file: File{Name: e.Name()}, found: findings{file: e.Name()}}
	endings := textEndings
	if req.Format == XLSX {
		endings = workbookEndings
	}
	data, stopped := readTable(fsys, e, res, endings)
	if stopped != nil {
		return []result{*stopped}
	}
	if req.Format == XLSX {
		return workbookSeries(res, data, mapping, req)
	}
	table, err := sheet.Parse(data, e.Name(), sheet.Limits{Columns: maxColumns})
	if err != nil {
		res.found.unreadable(err)
		return []result{res.refused()}
	}
	return tidySeries(res, table, mapping, req)
}

// readTable reads a file whose name has one of the endings; stopped is set where there is nothing to read.
func readTable(fsys fs.FS, e fs.DirEntry, res result, endings []string) (data []byte, stopped *result) {
	stop := func(r result) ([]byte, *result) { return nil, &r }
	info, err := fs.Stat(fsys, e.Name())
	if err == nil {
		err = contained(fsys, e.Name())
	}
	named := slices.Contains(endings, strings.ToLower(path.Ext(e.Name())))
	switch {
	case err != nil && e.Type()&fs.ModeSymlink != 0:
		return stop(res.refuse("file.link", "why", reason(err)))
	case err != nil:
		return stop(res.refuse("file.unreadable", "why", reason(err)))
	case info.IsDir() && named:
		return stop(res.refuse("file.folder"))
	case info.IsDir():
		return stop(res.skip(skip{code: "skip.folder"}))
	case !named && slices.Equal(endings, workbookEndings):
		return stop(res.skip(skip{code: "skip.kind_workbook"}))
	case !named:
		return stop(res.skip(skip{code: "skip.kind"}))
	}
	if data, err = readLimited(fsys, e.Name(), MaxTable); err != nil {
		res.found.unreadable(err)
		return stop(res.refused())
	}
	return data, nil
}

// tidySeries takes a file apart by its column of indicators.
func tidySeries(res result, table *sheet.Table, mapping Mapping, req *Request) []result {
	if len(table.Rows) == 0 {
		res.found.add(Error, "file.empty", 0, "")
		return []result{res.refused()}
	}
	fr := newFrame(table, &res.found, nil, tidyNames, roleNames)
	if fr == nil {
		return []result{res.refused()}
	}
	res.file.Rows = len(fr.rows)
	at := fr.at(indicatorRole)
	if at < 0 {
		res.found.add(Error, "tidy.indicator", table.Rows[0].Line, "", "columns", choices(fr.header))
	}
	if res.found.failed() {
		return []result{res.refused()}
	}
	if len(fr.rows) == 0 {
		return []result{res.skip(skip{code: "skip.header"})}
	}
	rows := map[string][]sheet.Row{}
	var codes []string
	for _, row := range fr.rows {
		code := sourceCode(row.Cells[at])
		if code == "" {
			res.found.add(Error, "tidy.blank", row.Line, fr.header[at])
			continue
		}
		if rows[code] == nil {
			codes = append(codes, code)
		}
		rows[code] = append(rows[code], row)
	}
	if res.found.failed() {
		return []result{res.refused()}
	}
	slices.SortFunc(codes, natural)
	results := make([]result, len(codes))
	for i, code := range codes {
		one := result{file: File{Name: res.file.Name, Code: code, Rows: len(rows[code])}, found: findings{file: res.found.file}}
		if i == 0 {
			one.found.merge(&res.found) // what was found of the file as a whole
		}
		results[i] = fr.tidyOne(one, rows[code], mapping, req)
	}
	return results
}

// tidyOne makes the rows of one source indicator into a result.
func (fr *frame) tidyOne(res result, rows []sheet.Row, mapping Mapping, req *Request) result {
	rule := mapping.periodRule(res.file.Code)
	if rule == AskPeriod {
		rule = req.Periods
	}
	raw, s := fr.readRaw(rows, rule, &res.found)
	switch {
	case s.code == "skip.list":
		res.found.add(Warning, s.code, rows[0].Line, "", s.args...)
		fallthrough
	case s.code != "":
		return res.skip(s)
	case res.found.failed():
		return res.refused()
	}
	m := metadata{}
	for role, field := range tidyFields {
		if text := fr.only(rows, role, &res.found); text != "" {
			m.add(res.file.Name, field, text)
		}
	}
	raw.Code, raw.About = res.file.Code, m.about(fr.only(rows, indicatorRole, &res.found), req.Defaults)
	raw.About.Unit = raw.onlyUnit()
	m.notes(raw, &res.found)
	return res.imported(raw)
}

// tidyFields are the columns about a source indicator, by the names that Open SDG has for what they hold.
var tidyFields = map[Role]string{titleRole: "indicator_available", sourceRole: "source_organisation_1", urlRole: "source_url_1",
	licenceRole: "source_licence_1", noteRole: "other_information"}

// only gives the one text that a column holds for a source indicator: the most frequent, with a warning where there are several.
func (fr *frame) only(rows []sheet.Row, role Role, f *findings) string {
	at := fr.at(role)
	if at < 0 {
		return ""
	}
	count := map[string]int{}
	best := ""
	for _, row := range rows {
		if text := tidyText(row.Cells[at]); text != "" {
			count[text]++
		}
	}
	for text, n := range count {
		if best == "" || n > count[best] || n == count[best] && text < best {
			best = text
		}
	}
	if len(count) > 1 && role != noteRole {
		f.add(Warning, "tidy.differ", rows[0].Line, fr.header[at], "taken", best, "count", itoa(len(count)))
	}
	return best
}

// onlyUnit gives the unit that stands in every row.
func (raw *Raw) onlyUnit() string {
	for c, column := range raw.Columns {
		if column.Role != Measure || !strings.HasPrefix(foldName(column.Name), "unit") {
			continue
		}
		for _, key := range raw.Keys {
			if key.Cells[c] != raw.Keys[0].Cells[c] {
				return ""
			}
		}
		return raw.Keys[0].Cells[c]
	}
	return ""
}
