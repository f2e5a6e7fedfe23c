package statistics

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// maxFiles bounds what one folder may hold, maxColumns what a data file may be broken down by.
const (
	maxFiles   = 20_000
	maxColumns = 60
)

// readOpenSDG reads a folder of Open SDG data. An error means that the folder as a whole cannot be used; what is wrong with one file stands
// in the findings, and the other files are read.
func readOpenSDG(ctx context.Context, fsys fs.FS, req *Request, mapping Mapping) (*collected, error) {
	all := &collected{found: findings{file: req.Name}}
	d, err := openFolder(fsys, req.Name, &all.found)
	if err != nil {
		return nil, err
	}
	entries, err := readDir(d.fs, d.data)
	if err != nil {
		return nil, err
	}
	if len(entries) > maxFiles {
		return nil, tooMany(req.Name, len(entries))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return natural(a.Name(), b.Name()) })
	results := make([]result, len(entries))
	prefixed := map[string]bool{}
	for _, e := range entries {
		if code, bare := dataCode(e.Name()); code != "" && !bare && !e.IsDir() {
			prefixed[code] = true
		}
	}
	var once sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range entries {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			results[i] = d.entry(e, prefixed, mapping, req)
			once.Lock()
			defer once.Unlock()
			done++
			req.progress(done, len(entries), e.Name())
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all.take(results)
	return all, nil
}

// dataCode gives the source code in a data file's name, empty where it is not the name of one; bare where it lacks "indicator_".
func dataCode(name string) (code string, bare bool) {
	m := dataName.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	code = sourceCode(m[1] + m[2])
	parts := strings.Split(code, "-")
	if code == "x-y-z" || slices.ContainsFunc(parts, func(part string) bool { return slices.Contains(notData, part) }) {
		return "", false
	}
	return code, m[2] != ""
}

// entry reads one entry of the data folder.
func (d *folder) entry(e fs.DirEntry, prefixed map[string]bool, mapping Mapping, req *Request) result {
	name := path.Join(d.data, e.Name())
	code, bare := dataCode(e.Name())
	res := result{file: File{Name: name, Code: code}, found: findings{file: name}}
	link := e.Type()&fs.ModeSymlink != 0
	info, err := fs.Stat(d.fs, name)
	if err == nil && link {
		err = contained(d.fs, name)
	}
	switch {
	case err == nil && info.IsDir() && code != "":
		return res.refuse("file.folder")
	case err == nil && info.IsDir():
		return res.skip(skip{code: "skip.folder"})
	case code == "":
		return res.skip(skip{code: "skip.name"})
	case err != nil && link:
		return res.refuse("file.link", "why", reason(err))
	case err != nil:
		return res.refuse("file.unreadable", "why", reason(err))
	case !info.Mode().IsRegular():
		return res.refuse("file.special")
	case bare && prefixed[code]:
		return res.skip(skip{code: "skip.bare", args: []string{"other", "indicator_" + code + ".csv"}})
	}
	data, err := readLimited(d.fs, name, MaxTable)
	if err != nil {
		res.found.unreadable(err)
		return res.refused()
	}
	if len(bytes.TrimSpace(data)) == 0 {
		res.found.add(Error, "file.empty", 0, "") // no program writes a table without a header: it was cut off
		return res.refused()
	}
	table, err := sheet.Parse(data, name, sheet.Limits{Columns: maxColumns})
	if err != nil {
		res.found.unreadable(err)
		return res.refused()
	}
	return d.series(res, table, mapping.periodRule(code), req)
}

// series makes a table into a source indicator with its metadata.
func (d *folder) series(res result, table *sheet.Table, rule PeriodRule, req *Request) result {
	fr := newFrame(table, &res.found, d.aside, roleNames)
	if fr == nil || res.found.failed() {
		return res.refused()
	}
	res.file.Rows = len(fr.rows)
	if rule == AskPeriod {
		rule = req.Periods
	}
	raw, s := fr.readRaw(fr.rows, rule, &res.found)
	if s.code == "" && res.found.failed() {
		return res.refused()
	}
	if s.code != "" {
		if s.code == "skip.list" {
			res.found.add(Warning, s.code, 0, "", s.args...)
		}
		return res.skip(s)
	}
	code := res.file.Code
	m := d.meta(code, &res.found)
	if s := m.withheld(raw, len(d.files[code]) == 0, &res.found); s.code != "" {
		return res.skip(s)
	}
	m.contradictions(code, &res.found)
	raw.Code, raw.About = code, m.about(code, req.Defaults)
	m.notes(raw, &res.found)
	return res.imported(raw)
}

// withheld decides whether what the metadata says speaks against importing data that look like data.
func (m *metadata) withheld(raw *Raw, missing bool, f *findings) skip {
	status := m.status()
	unstarted := slices.Contains([]string{"notstarted", "notapplicable"}, status)
	switch {
	case missing:
		f.add(Warning, "meta.none", 0, "")
	case m.unpublished():
		return skip{code: "skip.unpublished"}
	case unstarted && raw.zeros():
		return skip{code: "skip.unstarted", args: []string{"status", m.get("reporting_status")}}
	case unstarted || status == "inprogress":
		f.add(Warning, "meta.status", 0, "reporting_status", "status", m.get("reporting_status"))
	}
	if truth(m.get("data_non_statistical")) == "true" {
		f.add(Warning, "meta.nonstatistical", 0, "data_non_statistical")
	}
	return skip{}
}

// notes reports what the metadata lack.
func (m *metadata) notes(raw *Raw, f *findings) {
	if list := m.fields["indicator_available"]; len(list) > 0 && m.get(titleFields...) == "" && formText(list[len(list)-1].value) {
		f.add(Warning, "meta.form", 0, "indicator_available", "text", list[len(list)-1].value)
	}
	if text := m.get("source_url_1"); text != "" && raw.About.URL == "" {
		f.add(Note, "meta.url", 0, "source_url_1", "text", text)
	}
	if !raw.official() {
		f.add(Note, "meta.source", 0, "")
	}
}
