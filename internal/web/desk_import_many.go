package web

import (
	"errors"
	"net/http"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
)

type manyView struct {
	Title, Action, Saved string
	Problems             []link
	Fields               []field
	Replace              check
}

// manyCity is what a file of many places gives one known city.
type manyCity struct {
	Name, Values, Mapping string
	URL                   string
}

func (s *Server) manyForm(q *request) (answer, error) { return s.manyPage(q, nil, 0), nil }

// manyPage asks for a file of many places, which is imported for all known cities in it.
func (s *Server) manyPage(q *request, wrong []link, status int) answer {
	v := manyView{Title: q.t("many.title"), Action: q.path("desk", "statistics"), Problems: wrong,
		Replace: check{"replace", q.t("many.replace"), q.t("many.replace_hint"), q.PostFormValue("replace") != ""}}
	if q.URL.Query().Get("saved") != "" {
		v.Saved = q.t("many.saved")
	}
	for _, f := range q.importFields() {
		if f.Name != "sheet" {
			v.Fields = append(v.Fields, f)
		}
	}
	v.Fields[0].Hint, v.Fields[0].Accept = q.t("many.file_hint", q.uploadLimits()...), ".csv,.tsv,.txt,.zip"
	for _, w := range wrong {
		for i := range v.Fields {
			if w.URL == "#"+v.Fields[i].Name {
				v.Fields[i].Problem = w.Text
			}
		}
	}
	a := q.page(v.Title, []string{"desk", "statistics"}, view{Section: "desk", Forms: true, Body: manyPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title})})
	a.status = status
	return a
}

// manyLook keeps a file for an hour and leads to what it contains; nothing else is saved.
func (s *Server) manyLook(q *request) (answer, error) {
	name, wrong, status, err := s.takeUpload(q)
	if err != nil {
		return answer{}, err
	}
	if wrong != nil {
		return s.manyPage(q, wrong, status), nil
	}
	return answer{redirect: q.path("desk", "statistics", "preview", name)}, nil
}

// manyPreview shows what a file gives each known city, and the places of nobody.
func (s *Server) manyPreview(q *request) (answer, error) {
	name := q.PathValue("upload")
	report, err := s.importRun(q, name, true)
	if fault.KindOf(err) == fault.NotFound && len(report.Findings) == 0 {
		return s.manyPage(q, []link{{Text: q.t("import.expired"), URL: "#file"}}, http.StatusGone), nil
	}
	if len(report.Files)+len(report.Findings)+len(report.Cities) == 0 && err != nil {
		if problem := q.importFault(err); problem != nil {
			return s.manyPage(q, problem, http.StatusUnprocessableEntity), nil
		}
		return answer{}, err
	}
	if err != nil && !report.Blocked {
		return answer{}, err
	}
	v := q.preview(withCities(report), "", nil)
	v.Many = make([]manyCity, len(report.Cities))
	for i, c := range report.Cities {
		row := manyCity{Name: c.City, Values: q.totals("import.would", c.Values), URL: q.path("cities", c.City)}
		switch {
		case c.MappingKept:
			row.Mapping = q.t("many.kept")
		case c.MappingReplaced != nil:
			row.Mapping = q.replaced("import.would_replace", c.MappingReplaced)
		}
		v.Many[i] = row
	}
	v.Upload, v.Action, v.Back = name, q.path("desk", "statistics", "save"), q.path("desk", "statistics")
	return q.page(q.t("import.preview_title"), []string{"desk", "statistics", "preview", name}, view{
		Section: "desk", Forms: true, Body: previewPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("many.title"), URL: v.Back}, link{Text: q.t("import.preview_title")}),
	}), nil
}

// withCities puts the findings of all cities into a report's own, each behind its city's code.
func withCities(report statistics.Report) statistics.Report {
	for _, c := range report.Cities {
		for _, f := range c.Findings {
			f.Place.File = c.City + ": " + f.Place.File
			report.Findings = append(report.Findings, f)
		}
	}
	report.Cities = nil
	return report
}

// manySave saves what was looked at.
func (s *Server) manySave(q *request) (answer, error) {
	name := q.PostFormValue("upload")
	_, err := s.importRun(q, name, false)
	if fault.KindOf(err) == fault.NotFound {
		return s.manyPage(q, []link{{Text: q.t("import.expired"), URL: "#file"}}, http.StatusGone), nil
	}
	if err != nil {
		return answer{}, err
	}
	s.dropUpload(name)
	return answer{redirect: q.path("desk", "statistics") + "?saved=1"}, nil
}

// takeUpload keeps the file that came with a request, and its mapping; wrong says what is wrong with it.
func (s *Server) takeUpload(q *request) (name string, wrong []link, status int, err error) {
	at := func(key string, args ...any) []link { return []link{{Text: q.t(key, args...), URL: "#file"}} }
	q.Body = http.MaxBytesReader(q.writer, q.Body, 2*maxUpload)
	if err := q.ParseMultipartForm(8 << 20); err != nil {
		var large *http.MaxBytesError
		if !errors.As(err, &large) {
			return "", at("import.no_file"), http.StatusUnprocessableEntity, nil
		}
		return "", at("import.too_large", q.uploadLimits()...), http.StatusRequestEntityTooLarge, nil
	}
	defer func() { _ = q.MultipartForm.RemoveAll() }()
	file, head, err := q.FormFile("file")
	if err != nil {
		return "", at("import.no_file"), http.StatusUnprocessableEntity, nil
	}
	defer func() { _ = file.Close() }()
	if tooLarge(file, head.Size) {
		return "", at("import.too_large", q.uploadLimits()...), http.StatusRequestEntityTooLarge, nil
	}
	u := upload{
		Person: q.actor.Person, City: q.PathValue("city"), Name: head.Filename, Sheet: q.PostFormValue("sheet"), Periods: q.PostFormValue("periods"), Reason: q.PostFormValue("reason"),
		Defaults: statistics.Defaults{Publisher: q.PostFormValue("publisher"), URL: q.PostFormValue("url"), Licence: q.PostFormValue("licence")},
		Replace:  q.PostFormValue("replace") != "",
	}
	mapping, head, err := q.FormFile("mapping")
	if err == nil {
		defer func() { _ = mapping.Close() }()
		u.Mapping = head.Filename
	}
	if name, err = s.keepUpload(u, file, cameWith(mapping)); err != nil {
		return "", nil, 0, err
	}
	_, opened, err := s.openUpload(name, q.actor.Person, u.City)
	if err != nil {
		s.dropUpload(name)
		if problem := q.importFault(err); problem != nil {
			return "", problem, http.StatusUnprocessableEntity, nil
		}
		return "", nil, 0, err
	}
	return name, nil, 0, opened.Close()
}
