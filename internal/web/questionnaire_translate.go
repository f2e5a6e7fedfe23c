package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func (s *Server) translateRoutes() []route {
	const translations = "/{lang}/desk/cities/{city}/cycles/{period}/{organisation}/{requirement}/translations"
	return []route{
		{"GET", translations, can(account.View, namedAnswers), s.translations},
		{"POST", translations, can(account.Answer, namedAnswers), s.translate},
	}
}

// translators are who may have made a translation.
var translators = []string{"human", "machine"}

type translationsView struct {
	Title, Lead, Back, Action, Saved string
	Problems                         []link
	Original                         text
	Language                         string // of the original, by its name
	Rows                             []translationRow
	Fields                           []field
	Makers                           []option
}

type translationRow struct {
	Language, By, Notice string // who made it, and whether it is out of date
	Text                 text
	Tag                  string
}

// translations shows an answer's words in other languages.
func (s *Server) translations(q *request) (answer, error) { return s.translationsPage(q, nil, 0) }

func (s *Server) translationsPage(q *request, wrong error, status int) (answer, error) {
	var r questionRead
	var all []assessment.Translation
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		if err := s.readQuestionIn(q.Context(), tx, q, &r); err != nil {
			return err
		}
		all, err = s.rooms.Assessment.Translations(q.Context(), tx, r.key(r.question.Requirement.ID))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if !r.may(q, account.View, r.entry.State.Private()) {
		return answer{}, fault.New(fault.NotFound, "there is no answer to see")
	}
	id, e := r.question.Requirement.ID, r.entry
	v := translationsView{Title: q.t("translation.title", "ID", id), Back: r.path(q, id), Action: r.path(q, id, "translations"), Original: q.foreign(e.Reasons, e.Language), Language: q.languageName(e.Language)}
	if q.FormValue("saved") != "" {
		v.Saved = q.t("form.saved")
	}
	for _, t := range all {
		if t.Outdated && !r.may(q, account.View, true) {
			continue // of words that may have been a draft only
		}
		row := translationRow{Language: q.languageName(t.Language), Tag: t.Language, Text: textIn(t.Text, t.Language), By: q.translatedBy(t, r.names)}
		if t.Outdated {
			row.Notice = q.t("translation.outdated")
		}
		v.Rows = append(v.Rows, row)
	}
	if r.may(q, account.Answer, true) && e.Reasons != "" {
		tags := slices.DeleteFunc(languagesFor(r.City.Languages, q.PostFormValue("language")), func(tag string) bool { return tag == e.Language })
		v.Fields = []field{
			{Name: "language", Label: q.t("translation.into"), Options: options(q.PostFormValue("language"), tags, q.languageName)},
			{Name: "text", Label: q.t("translation.text"), Hint: q.t("translation.text_hint"), Kind: "textarea", Value: q.PostFormValue("text")},
		}
		v.Makers = options(q.PostFormValue("maker"), translators, func(maker string) string { return q.t("translation.maker." + maker) })
	}
	if wrong != nil {
		summary, ok := q.problems(wrong, v.Fields)
		if !ok {
			return answer{}, wrong
		}
		v.Problems = summary
	}
	a := q.answeringPage(r.answering, v.Title, []string{id, "translations"}, view{
		Body: translationsPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("question.list", "Organisation", r.Organisation.Name), URL: r.path(q)}, link{Text: id, URL: v.Back}, link{Text: q.t("translation.link")}),
	})
	a.status = status
	return a, nil
}

func (q *request) translatedBy(t assessment.Translation, names map[string]string) string {
	how := q.t("translation.human")
	if t.Machine {
		how = q.t("translation.machine")
	}
	return how + " " + q.nameOf(names, t.By) + q.t("list.comma") + q.moment(time.UnixMilli(t.At))
}

// translate keeps a translation, or takes it away where its text is empty.
func (s *Server) translate(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	if err := r.need(q, account.Answer); err != nil {
		return answer{}, err
	}
	maker := q.PostFormValue("maker")
	if !slices.Contains(translators, maker) {
		err = fault.SaidOf("maker", "error.translation.maker", "say who made the translation")
	} else {
		err = s.rooms.Assessment.Translate(q.Context(), q.actor, r.key(r.question.Requirement.ID), assessment.Translation{
			Language: q.PostFormValue("language"), Text: q.PostFormValue("text"), Machine: maker == "machine",
		})
	}
	if err != nil {
		return s.translationsPage(q, err, http.StatusUnprocessableEntity)
	}
	return see(r.path(q, r.question.Requirement.ID, "translations") + "?saved=1"), nil
}
