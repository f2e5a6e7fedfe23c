package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// questionSave does with the form of an answer what its button says; without a button, as a script sends it while somebody types, it saves.
func (s *Server) questionSave(q *request) (answer, error) {
	t := typedIn(q) // fills PostForm
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.need(q, account.Answer); err != nil {
		return answer{}, err
	}
	do := q.PostFormValue("do")
	switch do {
	case "show":
		return s.questionUnsaved(q, r, t, nil), nil
	case "keep", "take_back":
		return s.questionMove(q, r, t, do)
	}
	w, wrong := t.writing(q, r)
	save := s.rooms.Assessment.Save
	if do == "hand_in" {
		save = s.rooms.Assessment.HandIn
	}
	err = errors.Join(wrong...)
	var e assessment.Entry
	if err == nil {
		e, err = save(q.Context(), q.actor, w)
	}
	if wantsJSON(q) {
		return q.autosaved(e, err)
	}
	if err != nil {
		return s.questionRefused(q, r, t, err)
	}
	return see(r.afterwards(q, do)), nil
}

// afterwards is where the reader goes on to.
func (r questionRead) afterwards(q *request, do string) string {
	id, next := r.question.Requirement.ID, r.path(q)
	if r.question.Next != "" {
		next = r.path(q, r.question.Next)
	}
	switch do {
	case "hand_in":
		return next + "?given=" + id
	case "next":
		return next + "?done=" + id
	case "evidence":
		return r.path(q, id, "evidence") + "?done=" + id
	}
	return r.path(q, id) + "?saved="
}

// questionRefused says what is wrong with an answer. All that was typed stays.
func (s *Server) questionRefused(q *request, r questionRead, t typedAnswer, err error) (answer, error) {
	var clash *assessment.Clash
	if errors.As(err, &clash) {
		return s.questionConflict(q, r, t, clash), nil
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return answer{}, err
	}
	return s.questionUnsaved(q, r, t, err), nil
}

// questionUnsaved shows the form with a text that is not kept: one that something is wrong with, that was written before the reader was signed
// out, or that was taken from the history.
func (s *Server) questionUnsaved(q *request, r questionRead, t typedAnswer, wrong error) answer {
	v := s.questionView(q, r)
	form := s.answerForm(q, r, t)
	if wrong != nil {
		fields := form.fields()
		v.Problems, _ = q.problems(wrong, fields)
		for _, f := range fields {
			if f.Problem != "" {
				form.Wrong[f.Name] = f.Problem
			}
		}
	}
	writable := v.Form != nil
	v.Form, v.Given = &form, nil
	switch {
	case !writable:
		v.Fresh = q.t("question.too_late")
	case wrong == nil:
		v.Fresh = q.t("question.not_saved")
	}
	a := q.questionAnswer(r, v)
	if wrong != nil {
		a.status = http.StatusUnprocessableEntity
	}
	return a
}

// questionMove takes last time's answer over, or an answer back that was handed in.
func (s *Server) questionMove(q *request, r questionRead, t typedAnswer, do string) (answer, error) {
	on, err := strconv.ParseInt(t.Version, 10, 64)
	if err != nil {
		on = -1
	}
	id := r.question.Requirement.ID
	if do == "keep" {
		_, err = s.rooms.Assessment.Keep(q.Context(), q.actor, r.key(id), on)
	} else {
		_, err = s.rooms.Assessment.Decide(q.Context(), q.actor, r.key(id), on, assessment.TakenBack, "")
	}
	if kind := fault.KindOf(err); kind == fault.Conflict || kind == fault.Invalid {
		return s.questionUnmoved(q, err)
	}
	if err != nil {
		return answer{}, err
	}
	return see(r.path(q, id) + "?saved="), nil
}

// questionUnmoved shows the answer as it is by now, and why nothing was done with it.
func (s *Server) questionUnmoved(q *request, wrong error) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	v := s.questionView(q, r)
	v.Problems, _ = q.problems(wrong, nil)
	a := q.questionAnswer(r, v)
	a.status = http.StatusConflict
	return a, nil
}

// wantsJSON tells that a script asks.
func wantsJSON(q *request) bool { return strings.HasPrefix(q.Header.Get("Accept"), "application/json") }

// savedNote is what a script is told that saved while somebody typed.
type savedNote struct {
	Version  int64    `json:"version,omitempty"`
	Conflict bool     `json:"conflict,omitempty"` // somebody else has changed the answer, or it takes no text any more
	Problems []string `json:"problems,omitempty"`
}

// autosaved answers a script.
func (q *request) autosaved(e assessment.Entry, err error) (answer, error) {
	note, status := savedNote{Version: e.Version}, http.StatusOK
	switch kind := fault.KindOf(err); {
	case err == nil:
	case kind == fault.Conflict:
		note, status = savedNote{Conflict: true}, http.StatusConflict
	case kind == fault.Invalid:
		note, status = savedNote{}, http.StatusUnprocessableEntity
	default:
		return answer{}, err
	}
	if err != nil {
		problems, _ := q.problems(err, nil)
		for _, p := range problems {
			note.Problems = append(note.Problems, p.Text)
		}
	}
	body, err := json.Marshal(note)
	return answer{kind: "application/json", body: body, status: status}, err
}
