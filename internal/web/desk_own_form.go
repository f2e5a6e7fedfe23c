package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// ownFormView is the form of one own indicator.
type ownFormView struct {
	Title, Action, Back string
	ID, Version         string
	Belongs             string // of one that is changed: its requirement, which its id fixes
	Problems            []link
	Fields              []field
}

// ownNew shows the form of a new indicator.
func (s *Server) ownNew(q *request) (answer, error) {
	c, a, err := s.cityWithOwn(q)
	if err != nil {
		return answer{}, err
	}
	fresh := standard.Indicator{Kind: standard.Process, Value: "count", Good: standard.Up, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"}}
	return q.ownForm(c, fresh, strconv.FormatInt(a.Version, 10), "", nil)
}

// ownEdit shows the form of an indicator that is there.
func (s *Server) ownEdit(q *request) (answer, error) {
	c, a, in, err := s.ownIndicator(q)
	if err != nil {
		return answer{}, err
	}
	return q.ownForm(c, *in, strconv.FormatInt(a.Version, 10), "", nil)
}

// ownSave adds an indicator, or changes the one that the form names.
func (s *Server) ownSave(q *request) (answer, error) {
	in := readOwn(q)
	c, a, err := s.cityWithOwn(q)
	if err != nil {
		return answer{}, err
	}
	if before, has := a.Indicator(in.ID); has { // what the form does not ask for stays
		in.Requirement, in.Kind, in.SDG = before.Requirement, before.Kind, before.SDG
	}
	id, err := s.rooms.City.PutIndicator(q.Context(), q.actor, s.rooms.Standard, c.ID, ownVersionOf(q), in)
	if err != nil {
		return q.ownForm(c, in, q.PostFormValue("version"), id, err)
	}
	return answer{redirect: q.ownPath() + "?saved=" + id}, nil
}

// readOwn reads the form. An answer of yes or no has no unit and one good direction, whatever else was chosen.
func readOwn(q *request) standard.Indicator {
	value := func(name string) string { return strings.TrimSpace(q.PostFormValue(name)) } // fills PostForm
	in := standard.Indicator{
		ID: value("id"), Requirement: value("requirement"), Kind: standard.Kind(value("kind")), Title: value("title"), Question: value("question"),
		Value: value("value"), Unit: value("unit"), Good: standard.Good(value("good")), Note: strings.ReplaceAll(value("note"), "\r\n", "\n"),
		By: slices.Clone(q.PostForm["by"]), Evidence: slices.Clone(q.PostForm["evidence"]), AnsweredBy: slices.Clone(q.PostForm["answered_by"]),
	}
	if in.Value == "bool" {
		in.Unit, in.Good = "", standard.Yes
	}
	return in
}

// ownForm shows an indicator in its form. Where the room refused it, id is how the room's faults name it: a new one has got its id there.
func (q *request) ownForm(c city.City, in standard.Indicator, version, id string, wrong error) (answer, error) {
	v := ownFormView{Title: q.t("own.add"), Action: q.ownPath(), Back: q.ownPath(), ID: in.ID, Version: version}
	if in.ID == "" {
		v.Fields = q.ownPlace(in)
	} else {
		v.Title, v.Belongs = q.t("own.form.change", "ID", in.ID), in.Requirement+" "+q.requirementTitle(in.Requirement).S
	}
	v.Fields = append(v.Fields, q.ownFields(in)...)
	status := 0
	if wrong != nil {
		var ok bool
		if v.Problems, ok = q.ownProblems(id, wrong, v.Fields); !ok {
			return answer{}, wrong
		}
		status = http.StatusUnprocessableEntity
	}
	return q.ownStep(c, v.Title, ownFormPage(q.locale, v), status), nil
}

// ownProblems puts what is wrong with the indicator of the form, of the id that the room knows it by, beside its fields, and says what each
// field needs. What is wrong with another indicator of the city stands in the summary under its own id.
func (q *request) ownProblems(id string, err error, fields []field) (summary []link, ok bool) {
	var all []error
	for _, f := range faults(err) {
		if here := *f; f.Place.Item == id {
			here.Place.Item = ""
			if needs := "own.wrong." + f.Place.Field; f.Kind == fault.Invalid && q.locale.Has(needs) {
				here.Key, here.Args = needs, nil
			}
			f = &here
		}
		all = append(all, f)
	}
	summary, ok = q.problems(errors.Join(all...), fields)
	return slices.Compact(summary), ok
}

// ownPlace asks where a new indicator hangs; from it follows its id.
func (q *request) ownPlace(in standard.Indicator) []field {
	requirements := []string{""}
	for _, d := range q.server.rooms.Standard.Dimensions {
		for i := range d.Requirements {
			requirements = append(requirements, d.Requirements[i].ID)
		}
	}
	kinds := []string{string(standard.Structure), string(standard.Process), string(standard.Outcome)}
	return []field{
		{Name: "requirement", Label: q.t("own.form.requirement"), Options: options(in.Requirement, requirements, func(id string) string {
			if id == "" {
				return q.t("form.choose")
			}
			return id + " " + q.requirementTitle(id).S
		})},
		{Name: "kind", Label: q.t("own.form.kind"), Options: options(string(in.Kind), kinds, func(kind string) string {
			return q.t("kind."+kind) + ": " + q.t("kind."+kind+".about")
		})},
	}
}

func (q *request) ownFields(in standard.Indicator) []field {
	terms := q.server.rooms.Standard.Terms
	directions := []string{string(standard.Up), string(standard.Down), string(standard.Yes), string(standard.Parity), string(standard.None)}
	return []field{
		{Name: "title", Label: q.t("own.form.title"), Hint: q.t("own.form.title_hint"), Kind: "text", Value: in.Title},
		{Name: "question", Label: q.t("own.form.question"), Hint: q.t("own.form.question_hint"), Kind: "text", Value: in.Question},
		{Name: "value", Label: q.t("own.form.value"), Options: options(in.Value, termKeys(terms.Values), func(key string) string { return q.term("values", key) })},
		{Name: "unit", Label: q.t("own.form.unit"), Hint: q.t("own.form.unit_hint"), Kind: "text", Value: in.Unit, Optional: true, Short: true},
		{Name: "good", Label: q.t("own.form.good"), Options: options(string(in.Good), directions, func(good string) string { return q.t("good." + good) })},
		{Name: "by", Label: q.t("own.form.by"), Optional: true, Kind: "checkboxes",
			Options: marked(in.By, termKeys(terms.Grounds), func(key string) string { return q.term("grounds", key) })},
		{Name: "evidence", Label: q.t("own.form.evidence"), Kind: "checkboxes",
			Options: marked(in.Evidence, termKeys(terms.Evidence), func(key string) string { return q.term("evidence", key) })},
		{Name: "answered_by", Label: q.t("own.form.answered_by"), Kind: "checkboxes",
			Options: marked(in.AnsweredBy, termKeys(terms.Parties), func(key string) string { return q.t("party." + key) })},
		{Name: "note", Label: q.t("own.form.note"), Kind: "textarea", Value: in.Note, Optional: true},
	}
}

func termKeys(terms []standard.Term) []string {
	keys := make([]string, len(terms))
	for i := range terms {
		keys[i] = terms[i].Key
	}
	return keys
}

// marked makes the choices of a field of which more than one can be taken.
func marked(chosen, values []string, say func(string) string) []option {
	all := options("", values, say)
	for i := range all {
		all[i].Chosen = slices.Contains(chosen, all[i].Value)
	}
	return all
}
