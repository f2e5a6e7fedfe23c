package web

import (
	"errors"
	"slices"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// evidencePageView is the page that has only the evidence of one answer.
type evidencePageView struct {
	Kicker, Title string
	Question      link
	Problems      []link
	Evidence      evidenceView
	FileProblems  []string
	File, Link    []field // of the two forms
	LinkAction    string
	Closed        string // why none can be added now
}

// linkPrefix begins the names of the fields for a link, which stand on one page with those for files.
const linkPrefix = "link-"

func (s *Server) evidencePage(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	return s.evidenceAnswer(q, r, nil, nil, 0), nil
}

// evidenceAnswer makes the page; typed gives what stood in a field of a form that was refused, and wrong says why.
func (s *Server) evidenceAnswer(q *request, r questionRead, typed func(string) string, wrong []error, status int) answer {
	id := r.question.Requirement.ID
	if typed == nil {
		typed = func(string) string { return "" }
	}
	v := evidencePageView{
		Kicker: q.locale.Code(id) + " · " + r.Organisation.Name, Title: q.t("evidence.page_title", "ID", q.locale.Code(id)),
		Question: link{Text: q.t("evidence.back", "ID", q.locale.Code(id)), URL: r.path(q, id)}, LinkAction: r.path(q, id, "evidence", "link"),
	}
	v.Evidence = s.evidenceFor(q, r)
	v.Evidence.Back = "evidence"
	if q.URL.Query().Get("done") == id {
		v.Evidence.Said = q.t("question.saved_other", "ID", id)
	}
	v.File = append(q.describing(r, "", typed), q.levelField("", typed))
	v.Link = append([]field{{Name: linkPrefix + "url", Label: q.t("evidence.url"), Hint: q.t("evidence.url_hint"), Kind: "url", Value: typed(linkPrefix + "url")}},
		append(q.describing(r, linkPrefix, typed), q.levelField(linkPrefix, typed))...)
	if v.Evidence.Upload == "" && r.may(q, account.Answer, true) {
		v.Closed = q.t("evidence.closed")
	}
	fields := slices.Concat(v.File, v.Link, []field{{Name: "files"}})
	for _, err := range wrong {
		more, _ := q.problemsOfEvidence(err, fields)
		v.Problems = append(v.Problems, more...)
	}
	copy(v.File, fields)
	copy(v.Link, fields[len(v.File):])
	for _, p := range v.Problems {
		if p.URL == "#files" {
			v.FileProblems = append(v.FileProblems, p.Text)
		}
	}
	a := q.answeringPage(r.answering, v.Title, []string{id, "evidence"}, view{Forms: true, Scripts: []string{"evidence.js"}, Body: evidencePageBody(q.locale, v),
		Crumbs: q.deskCrumbs(link{Text: q.t("question.list", "Organisation", r.Organisation.Name), URL: r.path(q)}, v.questionCrumb(r, q), link{Text: q.t("evidence.title")})})
	a.status = status
	return a
}

func (v evidencePageView) questionCrumb(r questionRead, q *request) link {
	return link{Text: r.question.Requirement.ID, URL: r.path(q, r.question.Requirement.ID)}
}

// describing are the fields in which a person says what evidence is; a prefix keeps those of two forms on a page apart.
func (q *request) describing(r questionRead, prefix string, typed func(string) string) []field {
	kinds := []string{""}
	for _, term := range r.question.Standard.Terms.Evidence {
		kinds = append(kinds, term.Key)
	}
	title := field{Name: prefix + "title", Label: q.t("evidence.name"), Kind: "text", Value: typed(prefix + "title")}
	if prefix == "" {
		title.Optional, title.Hint = true, q.t("evidence.name_hint")
	}
	all := []field{
		title,
		{Name: prefix + "kind", Label: q.t("evidence.kind"), Optional: true, Options: options(typed(prefix+"kind"), kinds, func(key string) string {
			if key == "" {
				return q.t("evidence.kind_unsaid")
			}
			return q.term("evidence", key)
		})},
		{Name: prefix + "dated", Label: q.t("evidence.dated"), Hint: q.t("evidence.dated_hint"), Kind: "text", Optional: true, Short: true, Value: typed(prefix + "dated")},
	}
	return all
}

// detailing are further fields, which the page of one piece of evidence has.
func (q *request) detailing(r questionRead, typed func(string) string) []field {
	tags := append([]string{""}, languagesFor(r.City.Languages, typed("language"))...)
	all := []field{{Name: "language", Label: q.t("evidence.language"), Optional: true, Options: options(typed("language"), tags, func(tag string) string {
		if tag == "" {
			return q.t("evidence.language_unsaid")
		}
		return q.languageName(tag)
	})}}
	if asked := askedOf(r); len(asked) > 0 {
		ids := []string{""}
		titles := map[string]string{"": q.t("evidence.whole")}
		in := r.question.Standard.In(q.locale.Tag)
		for _, one := range asked {
			ids = append(ids, one.ID)
			titles[one.ID] = one.ID + " " + in.Indicator(one).Text
			if one.Local() {
				titles[one.ID] = one.ID + " " + one.Title
			}
		}
		all = append(all, field{Name: "indicator", Label: q.t("evidence.indicator"), Hint: q.t("evidence.indicator_hint"), Optional: true,
			Options: options(typed("indicator"), ids, func(id string) string { return titles[id] })})
	}
	return append(all, field{Name: "note", Label: q.t("evidence.note"), Hint: q.t("evidence.note_hint"), Kind: "textarea", Optional: true, Value: typed("note")})
}

// levelField asks who may see new evidence. The public may only after a check, which has a page of its own.
func (q *request) levelField(prefix string, typed func(string) string) field {
	chosen := typed(prefix + "level")
	if chosen == "" {
		chosen = string(assessment.LevelReviewers)
	}
	return field{Name: prefix + "level", Label: q.t("evidence.level"), Hint: q.t("evidence.level_hint"),
		Options: options(chosen, []string{string(assessment.LevelReviewers), string(assessment.LevelSealed)}, func(key string) string { return q.t("evidence.level_says." + key) })}
}

// problemsOfEvidence is problems, also for what is too much, which belongs to the files.
func (q *request) problemsOfEvidence(err error, fields []field) (summary []link, ok bool) {
	var large *fault.Error
	if errors.As(err, &large) && large.Kind == fault.TooMuch {
		said := q.explain(large)
		return []link{{Text: said.S, Lang: said.Lang, URL: "#files"}}, true
	}
	summary, ok = q.problems(err, fields)
	for i, f := range faults(err) {
		if ok && f.Place.Field == "file" && i < len(summary) {
			summary[i].URL = "#files"
		}
	}
	return summary, ok
}

// prefixed puts the faults of a form's fields under the names that they have on a page with two forms.
func prefixed(err error, prefix string) error {
	var all []error
	for _, f := range faults(err) {
		moved := *f
		if moved.Place.Field != "" {
			moved.Place.Field = prefix + moved.Place.Field
		}
		all = append(all, &moved)
	}
	if all == nil {
		return err
	}
	return errors.Join(all...)
}
