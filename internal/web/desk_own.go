package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/standard"
)

// ownView is the page of a city's own indicators.
type ownView struct {
	Title, Saved, Next string
	Problems           []link
	Rows               []ownRow
	Add, Take, Action  string // addresses: to add one, of the present file, and to give in another
	Template           string // address of a file to fill in
	Version            string
	File               field
	History            []ownVersion
}

type ownRow struct {
	ID, Unit       string
	Title          text
	Requirement    link
	Change, Remove string
}

type ownVersion struct{ Says, File string }

// own shows what the city adds to the standard.
func (s *Server) own(q *request) (answer, error) { return s.ownPage(q, nil, 0) }

func (s *Server) ownPage(q *request, wrong []link, status int) (answer, error) {
	var c city.City
	var a city.Additions
	var history []city.Additions
	id := q.PathValue("city")
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, id); err != nil {
			return err
		}
		if a, err = s.rooms.City.Additions(q.Context(), tx, id); err != nil {
			return err
		}
		history, err = s.rooms.City.AdditionsHistory(q.Context(), tx, id)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := ownView{
		Title: q.t("own.title", "City", c.Name), Problems: wrong, Version: strconv.FormatInt(a.Version, 10),
		Add: q.ownPath("new"), Action: q.ownPath("file"), Take: q.ownFile(0), Template: q.path("desk", "cities", id, "indicators-template.yaml"),
		File: field{Name: "file", Label: q.t("own.file_label"), Hint: q.t("own.file_hint", "Size", q.ownLimit()), Kind: "file", Accept: ".yaml,.yml"},
	}
	if len(wrong) > 0 {
		v.File.Problem, v.File.ProblemLang = wrong[0].Text, wrong[0].Lang
	}
	if saved, asked := q.URL.Query()["saved"]; asked {
		v.Saved = q.t("form.saved")
		if in, has := a.Indicator(saved[0]); has {
			v.Next = q.t("own.next", "ID", in.ID)
		}
	}
	for i := range a.Indicators {
		v.Rows = append(v.Rows, q.ownRow(&a.Indicators[i], a.Language))
	}
	for _, h := range history {
		v.History = append(v.History, ownVersion{
			Says: q.t("own.version", "Version", q.locale.Integer(h.Version), "Date", q.moment(h.At), "By", h.By, "Count", len(h.Indicators)),
			File: q.ownFile(h.Version),
		})
	}
	return q.ownAnswer(c, v.Title, ownPage(q.locale, v), q.deskCrumbs(link{Text: v.Title}), status), nil
}

func (q *request) ownRow(in *standard.Indicator, language string) ownRow {
	return ownRow{
		ID: in.ID, Title: q.foreign(in.Title, language), Unit: q.unit(in.Unit), Change: q.ownPath(in.ID), Remove: q.ownPath(in.ID, "remove"),
		Requirement: link{Text: in.Requirement + " " + q.requirementTitle(in.Requirement).S, URL: q.path("standard", q.server.rooms.Standard.Version, in.Requirement)},
	}
}

// ownPath builds an address below the city's own indicators.
func (q *request) ownPath(parts ...string) string {
	return q.path(append([]string{"desk", "cities", q.PathValue("city"), "indicators"}, parts...)...)
}

// ownFile is the address of a version's file; 0: the present one.
func (q *request) ownFile(version int64) string {
	address := q.path("desk", "cities", q.PathValue("city"), "indicators.yaml")
	if version > 0 {
		address += "?version=" + strconv.FormatInt(version, 10)
	}
	return address
}

// ownAnswer makes one of the pages on own indicators. The other languages lead to the first of them, since a form that was sent has no address.
func (q *request) ownAnswer(c city.City, title string, body templ.Component, crumbs []link, status int) answer {
	a := q.page(title, []string{"desk", "cities", c.ID, "indicators"}, view{Section: "desk", Forms: true, Body: body, Crumbs: crumbs, Fictional: c.Fictional})
	a.status = status
	return a
}

// ownWrong puts the faults of a room into words for the page, or gives the error back where it is not about what was sent.
func (q *request) ownWrong(err error) ([]link, error) {
	wrong, ok := q.problems(err, nil)
	if !ok {
		return nil, err
	}
	return wrong, nil
}

// ownVersionOf is the version that a form was made from.
func ownVersionOf(q *request) int64 {
	version, err := strconv.ParseInt(q.PostFormValue("version"), 10, 64)
	if err != nil {
		return -1 // no version: the room says that there is a newer one
	}
	return version
}

type ownConfirmView struct {
	Title, Action, Back string
	Version, Document   string
	Rows                []ownRow
}

// ownStep makes a page that lies below the list of own indicators.
func (q *request) ownStep(c city.City, title string, body templ.Component, status int) answer {
	return q.ownAnswer(c, title, body, q.deskCrumbs(link{Text: q.t("own.link"), URL: q.ownPath()}, link{Text: title}), status)
}

// ownRemoveAsk asks before an indicator is taken back.
func (s *Server) ownRemoveAsk(q *request) (answer, error) {
	c, a, in, err := s.ownIndicator(q)
	if err != nil {
		return answer{}, err
	}
	v := ownConfirmView{Title: q.t("own.confirm.one", "ID", in.ID), Action: q.ownPath(in.ID, "remove"), Back: q.ownPath(),
		Version: strconv.FormatInt(a.Version, 10), Rows: []ownRow{q.ownRow(in, a.Language)}}
	return q.ownStep(c, v.Title, ownConfirmPage(q.locale, v), 0), nil
}

// ownRemove takes an indicator back.
func (s *Server) ownRemove(q *request) (answer, error) {
	err := s.rooms.City.RemoveIndicator(q.Context(), q.actor, s.rooms.Standard, q.PathValue("city"), ownVersionOf(q), q.PathValue("indicator"))
	if err != nil {
		wrong, err := q.ownWrong(err)
		if err != nil {
			return answer{}, err
		}
		return s.ownPage(q, wrong, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.ownPath() + "?saved="}, nil
}

// cityWithOwn gives the city that the address names, and its own indicators.
func (s *Server) cityWithOwn(q *request) (c city.City, a city.Additions, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if c, err = s.rooms.City.Get(q.Context(), tx, q.PathValue("city")); err != nil {
			return err
		}
		a, err = s.rooms.City.Additions(q.Context(), tx, c.ID)
		return err
	})
	return c, a, err
}

// ownIndicator finds the indicator that the address names.
func (s *Server) ownIndicator(q *request) (city.City, city.Additions, *standard.Indicator, error) {
	c, a, err := s.cityWithOwn(q)
	if err != nil {
		return c, a, nil, err
	}
	in, err := a.Named(q.PathValue("indicator"))
	return c, a, in, err
}
