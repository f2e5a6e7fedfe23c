package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

const (
	maxOwnFile = 256 << 10      // bytes of a file of own indicators
	maxOwnSent = 4 * maxOwnFile // bytes of a form with such a file, also where each byte is escaped
	// ownProblemsShown is how many mistakes of a file the page lists; a file that is none at all can have thousands.
	ownProblemsShown = 50
)

func (q *request) ownLimit() string { return q.locale.Integer(maxOwnFile>>10) + " KB" }

// ownUpload keeps the indicators of a file in place of the present ones. Where some of these are not in it, it asks first, and the file comes
// back with the answer.
func (s *Server) ownUpload(q *request) (answer, error) {
	name, data, problem := q.ownSent()
	if problem != "" {
		return s.ownPage(q, []link{{Text: problem, URL: "#file"}}, http.StatusUnprocessableEntity)
	}
	id := q.PathValue("city")
	local, err := standard.LoadLocal(bytes.NewReader(data), name, s.rooms.Standard)
	var problems standard.Problems
	switch {
	case errors.As(err, &problems):
		return s.ownPage(q, q.fileProblems(problems), http.StatusUnprocessableEntity)
	case err != nil:
		return answer{}, err
	case local.City != id:
		return s.ownPage(q, []link{{Text: q.t("own.file_other", "Other", local.City, "City", id), URL: "#file"}}, http.StatusUnprocessableEntity)
	}
	c, present, err := s.cityWithOwn(q)
	if err != nil {
		return answer{}, err
	}
	if lost := present.Lost(local); len(lost) > 0 && q.PostFormValue("confirmed") == "" {
		v := ownConfirmView{Title: q.t("own.confirm.file"), Action: q.ownPath("file"), Back: q.ownPath(), Version: q.PostFormValue("version"), Document: string(data)}
		for _, gone := range lost {
			in, _ := present.Indicator(gone)
			v.Rows = append(v.Rows, q.ownRow(in, present.Language))
		}
		return q.ownStep(c, v.Title, ownConfirmPage(q.locale, v), 0), nil
	}
	if err := s.rooms.City.SetAdditions(q.Context(), q.actor, s.rooms.Standard, city.Additions{Local: local, Version: ownVersionOf(q)}); err != nil {
		wrong, err := q.ownWrong(err)
		if err != nil {
			return answer{}, err
		}
		return s.ownPage(q, wrong, http.StatusUnprocessableEntity)
	}
	return answer{redirect: q.ownPath() + "?saved=" + local.Indicators[0].ID}, nil
}

// ownSent gives the file that was sent, by its name, or says in the reader's language what is wrong with it. A file that was confirmed comes as
// a text.
func (q *request) ownSent() (name string, data []byte, problem string) {
	q.Body = http.MaxBytesReader(q.writer, q.Body, maxOwnSent)
	err := q.ParseMultipartForm(maxOwnSent)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return "", nil, q.t("own.file_large", "Size", q.ownLimit())
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return "", nil, q.t("own.file_none")
	}
	if text := q.PostFormValue("document"); text != "" && q.MultipartForm == nil {
		return "indicators.yaml", []byte(strings.ReplaceAll(text, "\r\n", "\n")), ""
	}
	file, head, err := q.FormFile("file")
	if err != nil {
		return "", nil, q.t("own.file_none")
	}
	defer func() { _ = file.Close() }()
	data, err = io.ReadAll(io.LimitReader(file, maxOwnFile+1))
	switch {
	case err != nil || len(data) == 0:
		return "", nil, q.t("own.file_none")
	case len(data) > maxOwnFile:
		return "", nil, q.t("own.file_large", "Size", q.ownLimit())
	case !looksLikeText(data[:min(len(data), 4096)]):
		return "", nil, q.t("own.file_binary")
	}
	return head.Filename, data, ""
}

// fileProblems lists the mistakes of a file with their lines; the loader speaks English.
func (q *request) fileProblems(problems standard.Problems) (list []link) {
	lang := q.foreign("", "en").Lang
	for _, p := range problems[:min(len(problems), ownProblemsShown)] {
		list = append(list, link{Text: p.Error(), URL: "#file", Lang: lang})
	}
	return list
}

// ownYAML gives the present indicators, or those of an earlier version, as the file that can be given in again.
func (s *Server) ownYAML(q *request) (answer, error) {
	id := q.PathValue("city")
	a, err := s.rooms.City.OwnIndicators(q.Context(), id)
	if err != nil {
		return answer{}, err
	}
	if text := q.FormValue("version"); text != "" {
		version, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return answer{}, fault.SaidOf("version", "error.own.version", "the city's own indicators have no version {Version}", "Version", text)
		}
		var history []city.Additions
		err = s.rooms.View(q.Context(), func(tx database.Tx) error {
			history, err = s.rooms.City.AdditionsHistory(q.Context(), tx, id)
			return err
		})
		if err != nil {
			return answer{}, err
		}
		if a, err = city.Version(history, version); err != nil {
			return answer{}, err
		}
	}
	if len(a.Indicators) == 0 {
		return answer{}, city.NoneAdded(id)
	}
	var file bytes.Buffer
	if err := standard.WriteLocal(&file, a.Local); err != nil {
		return answer{}, err
	}
	q.writer.Header().Set("Content-Disposition", `attachment; filename="`+id+`-indicators.yaml"`)
	return answer{kind: "application/yaml; charset=utf-8", body: file.Bytes()}, nil
}

// ownTemplate gives a file with one invented indicator, to be changed and given in.
func (s *Server) ownTemplate(q *request) (answer, error) {
	c, err := s.rooms.City.One(q.Context(), q.PathValue("city"))
	if err != nil {
		return answer{}, err
	}
	first := s.rooms.Standard.Dimensions[0].Requirements[0].ID
	var file bytes.Buffer
	err = standard.WriteLocal(&file, standard.Local{Base: s.rooms.Standard.Ref(), City: c.ID, Indicators: []standard.Indicator{{
		ID: "L." + first + "." + string(standard.Process) + "1", Title: q.t("own.template.title"), Question: q.t("own.template.question"), Value: "days",
		Unit: q.t("own.template.unit"), Good: standard.Down, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"},
	}}})
	if err != nil {
		return answer{}, err
	}
	q.writer.Header().Set("Content-Disposition", `attachment; filename="indicators-template.yaml"`)
	return answer{kind: "application/yaml; charset=utf-8", body: file.Bytes()}, nil
}
