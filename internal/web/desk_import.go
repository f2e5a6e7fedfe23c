package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
)

type importView struct {
	Title, Action, Saved string
	Public               string // the city's page, to look at what was saved
	Problems             []link
	Fields               []field
	Held, History        []string
	Mappings             []link
	Template             string // address of a mapping to fill in
	Columns              []mappingColumn
}

func (s *Server) importForm(q *request) (answer, error) { return s.importPage(q, nil, 0) }

// importPage shows the form, what the gate holds back, and earlier imports.
func (s *Server) importPage(q *request, wrong []link, status int) (answer, error) {
	var c city.City
	var history []statistics.ImportRecord
	var mappings []statistics.MappingRecord
	id := q.PathValue("city")
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, id); err != nil {
			return err
		}
		if history, err = s.rooms.Statistics.Imports(q.Context(), tx, id); err != nil {
			return err
		}
		mappings, err = s.rooms.Statistics.Mappings(q.Context(), tx, id)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	held, err := s.rooms.Publication.Held(q.Context(), id)
	if err != nil {
		return answer{}, err
	}
	v := importView{Title: q.t("import.title", "City", c.Name), Action: q.path("desk", "cities", id, "statistics"), Problems: wrong, Fields: q.importFields(), Mappings: q.mappings(mappings),
		Template: q.path("desk", "cities", id, "mapping-template.csv"), Columns: q.mappingColumns()}
	for _, h := range held {
		v.Held = append(v.Held, q.held(h))
	}
	saved, asked := q.URL.Query()["saved"]
	if asked && saved[0] == "" {
		v.Saved = q.t("import.nothing_new")
	}
	for _, h := range history {
		if asked && h.ID == saved[0] {
			v.Saved = q.totals("import.done", h.Values)
			if h.MappingReplaced != nil {
				v.Saved += " " + q.replaced("import.replaced", h.MappingReplaced)
			}
			v.Public = q.path("cities", id)
		}
		line := q.moment(time.UnixMilli(h.At)) + ": " + q.asWritten(lastName(h.Name)) + ". " + q.totals("import.done", h.Values)
		if h.MappingReplaced != nil {
			line += " " + q.replaced("import.replaced", h.MappingReplaced)
		}
		if h.Reason != "" {
			line += " " + q.asWritten(h.Reason)
		}
		v.History = append(v.History, line)
	}
	for _, w := range wrong {
		for i := range v.Fields {
			if w.URL == "#"+v.Fields[i].Name {
				v.Fields[i].Problem = w.Text
			}
		}
	}
	a := q.page(v.Title, []string{"desk", "cities", id, "statistics"}, view{
		Section: "desk", Forms: true, Body: importPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: v.Title}), Fictional: c.Fictional,
	})
	a.status = status
	return a, nil
}

func (q *request) importFields() []field {
	return []field{
		{Name: "file", Label: q.t("import.file"), Hint: q.t("import.file_hint", q.uploadLimits()...), Kind: "file", Accept: ".zip,.xlsx,.xlsm,.csv,.tsv,.txt"},
		{Name: "sheet", Label: q.t("import.sheet"), Hint: q.t("import.sheet_hint"), Kind: "text", Optional: true, Value: q.PostFormValue("sheet")},
		{Name: "mapping", Label: q.t("import.mapping"), Hint: q.t("import.mapping_hint"), Kind: "file", Accept: ".csv", Optional: true},
		{Name: "reason", Label: q.t("import.reason"), Hint: q.t("import.reason_hint"), Kind: "text", Optional: true, Value: q.PostFormValue("reason")},
		{Name: "publisher", Label: q.t("import.publisher"), Kind: "text", Optional: true, Value: q.PostFormValue("publisher")},
		{Name: "url", Label: q.t("import.url"), Kind: "url", Optional: true, Value: q.PostFormValue("url")},
		{Name: "licence", Label: q.t("import.licence"), Kind: "text", Optional: true, Value: q.PostFormValue("licence")},
		{Name: "periods", Label: q.t("import.periods"), Options: options(q.PostFormValue("periods"), []string{"ask", "span", "month"}, func(k string) string { return q.t("import.periods_" + k) })},
	}
}

// uploadLimits are how large a file may be, as arguments of a message.
func (q *request) uploadLimits() []any {
	return []any{"Archive", q.locale.Integer(maxUpload>>20) + " MB", "Table", q.locale.Integer(statistics.MaxTable>>20) + " MB"}
}

// asWritten keeps what somebody has written from turning the line around it in a language that runs from right to left.
func (q *request) asWritten(words string) string {
	if q.locale.Dir != "rtl" {
		return words
	}
	return locale.Isolate(words)
}

// held says what the gate kept back.
func (q *request) held(h publication.Held) string {
	what := h.Indicator
	if title := q.indicatorTitle(h.Indicator).S; title != h.Indicator { // a city's own has none here
		what += " " + title
	}
	if h.Detail != "" {
		what += " " + h.Detail
	}
	return what + ": " + q.t("held."+h.Reason, "Count", h.Figures)
}

func (q *request) totals(key string, t statistics.Totals) string {
	return q.t(key, "New", q.locale.Integer(int64(t.New)), "Changed", q.locale.Integer(int64(t.Changed)), "Withdrawn", q.locale.Integer(int64(t.Withdrawn)), "Unchanged", q.locale.Integer(int64(t.Unchanged)))
}

// importLook keeps an upload for an hour and leads to what it contains; nothing else is saved.
func (s *Server) importLook(q *request) (answer, error) {
	name, wrong, status, err := s.takeUpload(q)
	if err != nil {
		return answer{}, err
	}
	if wrong != nil {
		return s.importPage(q, wrong, status)
	}
	return answer{redirect: q.path("desk", "cities", q.PathValue("city"), "statistics", "preview", name)}, nil
}

// cameWith is a file that may not have come; the empty interface must not hide that.
func cameWith(file multipart.File) io.Reader {
	if file == nil {
		return nil
	}
	return file
}

// importFault says an error of a file that was sent; nil where the file is not at fault.
func (q *request) importFault(err error) []link {
	var refused *fault.Error
	if errors.As(err, &refused) && (refused.Kind == fault.Invalid || refused.Kind == fault.TooMuch) {
		said := q.explain(refused)
		return []link{{Text: said.S, Lang: said.Lang, URL: "#file"}}
	}
	return nil
}

// importPreview shows a dry run of an upload that is kept. It has an address of its own, so that a browser can come back to it.
func (s *Server) importPreview(q *request) (answer, error) {
	name := q.PathValue("upload")
	report, err := s.importRun(q, name, true)
	if fault.KindOf(err) == fault.NotFound && len(report.Findings) == 0 {
		return s.importPage(q, []link{{Text: q.t("import.expired"), URL: "#file"}}, http.StatusGone)
	}
	if len(report.Files) == 0 && len(report.Findings) == 0 && err != nil {
		if problem := q.importFault(err); problem != nil {
			return s.importPage(q, problem, http.StatusUnprocessableEntity)
		}
		return answer{}, err
	}
	if err != nil && !report.Blocked {
		return answer{}, err
	}
	c, own, err := s.cityWithOwn(q)
	if err != nil {
		return answer{}, err
	}
	shown, err := s.rooms.Publication.Shown(q.Context(), c.ID)
	if err != nil {
		return answer{}, err
	}
	v := q.preview(report, own.Language, shown)
	v.Change = q.changeTyped(name)
	v.Upload, v.Action, v.Back = name, q.path("desk", "cities", c.ID, "statistics", "save"), q.path("desk", "cities", c.ID, "statistics")
	return q.page(q.t("import.preview_title"), []string{"desk", "cities", c.ID, "statistics", "preview", name}, view{
		Section: "desk", Forms: true, Body: previewPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("desk.statistics"), URL: v.Back}, link{Text: q.t("import.preview_title")}), Fictional: c.Fictional,
	}), nil
}

// importRun imports an upload, or looks at it only.
func (s *Server) importRun(q *request, name string, dry bool) (report statistics.Report, err error) {
	request, opened, err := s.openUpload(name, q.actor.Person, q.PathValue("city"))
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	request.DryRun, request.Actor, request.By = dry, q.actor.Name, q.actor
	return s.rooms.Statistics.Import(q.Context(), request)
}

// importSave saves what was looked at.
func (s *Server) importSave(q *request) (answer, error) {
	name := q.PostFormValue("upload")
	if meanwhile, err := s.gridMeanwhile(q, name); err != nil || meanwhile != nil {
		if err != nil {
			return answer{}, err
		}
		return *meanwhile, nil
	}
	report, err := s.importRun(q, name, false)
	if fault.KindOf(err) == fault.NotFound {
		return s.importPage(q, []link{{Text: q.t("import.expired"), URL: "#file"}}, http.StatusGone)
	}
	if err != nil {
		return answer{}, err
	}
	s.dropUpload(name)
	return answer{redirect: q.path("desk", "cities", q.PathValue("city"), "statistics") + "?saved=" + url.QueryEscape(report.Import)}, nil
}
