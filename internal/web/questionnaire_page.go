package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// questionRead is what the page of one question is made from.
type questionRead struct {
	answering
	question assessment.Question
	entry    assessment.Entry
	former   *assessment.Former
	assigned assessment.Assignment
	names    map[string]string // none where the reader is not told who speaks for the organisation
	evidence []assessment.Evidence
	private  bool // the answer is its organisation's own affair
}

func (s *Server) readQuestion(q *request) (r questionRead, err error) {
	err = s.rooms.View(q.Context(), func(tx database.Tx) (err error) { return s.readQuestionIn(q.Context(), tx, q, &r) })
	return r, err
}

func (s *Server) readQuestionIn(ctx context.Context, tx database.Tx, q *request, r *questionRead) (err error) {
	if r.answering, err = s.answering(ctx, tx, q); err != nil {
		return err
	}
	if r.question, err = s.rooms.Assessment.Question(ctx, tx, r.Cycle, q.PathValue("requirement")); err != nil {
		return err
	}
	id := r.question.Requirement.ID
	if q.actor.Guest {
		if err := s.amongOwn(ctx, tx, q, &r.question); err != nil {
			return err
		}
	}
	if r.entry, err = s.rooms.Assessment.Entry(ctx, tx, r.key(id)); err != nil {
		return err
	}
	if r.private = r.entry.State.Private(); !r.may(q, account.View, true) {
		r.entry = r.entry.WithoutDraft()
	}
	if r.evidence, err = s.rooms.Assessment.EvidenceFor(ctx, tx, r.key(id)); err != nil {
		return err
	}
	formers, err := s.rooms.Assessment.Formers(ctx, tx, r.Cycle, r.Organisation.ID, id)
	if err != nil {
		return err
	}
	if former, ok := formers[id]; ok {
		r.former = &former
	}
	assigned, err := s.rooms.Assessment.Assignments(ctx, tx, r.City.ID, r.Cycle.Period, r.Organisation.ID)
	if err != nil {
		return err
	}
	if r.nameless(q) {
		return nil
	}
	r.assigned = assigned[id]
	r.names, err = s.rooms.Account.Names(ctx, tx)
	return err
}

// questionView is the page of one question.
type questionView struct {
	ID, Place                           string // COM.1; question 3 of 31
	Dimension, Title, Minimum           text
	Why, Proof                          text
	Groups                              string
	Law                                 []lawLine
	DraftTranslation                    bool
	List, Action, History, Translations string // addresses
	Previous, Next                      *link
	Standing, Mark                      string // the state in words, and the class of its mark
	Who                                 string
	Note                                *quoteView // of whoever returned or disputed it
	Problems                            []link
	Saved, Fresh, Closed                string // said at the head: what was saved, what is not saved yet, why nothing can be written
	Former                              *formerView
	Form                                *answerForm // nil: the answer cannot be written now, or not by the reader
	Given                               *givenView  // the answer as it reads, where there is no form
	TakeBack                            bool
	Check                               *checkView
	Version                             string
	Done                                string // the question whose text a browser may forget, because it is saved
	Evidence                            evidenceView
	Texts                               scriptTexts
	Person                              string
}

// quoteView is somebody's words.
type quoteView struct {
	Says string
	Text string
}

// formerView is the answer of an earlier cycle.
type formerView struct {
	Says  string
	Given givenView
	Keep  bool
}

// question shows one requirement with the organisation's answer.
func (s *Server) question(q *request) (answer, error) {
	r, err := s.readQuestion(q)
	if err != nil {
		return answer{}, err
	}
	v := s.questionView(q, r)
	query := q.URL.Query()
	if query.Has("saved") {
		v.Saved, v.Done = q.t("question.saved_at", "Time", q.clockTime(r.entry.Changed)), r.question.Requirement.ID
	}
	if query.Has("theirs") {
		v.Done = r.question.Requirement.ID
	}
	if id := query.Get("done"); id != "" && id == r.question.Previous {
		v.Saved, v.Done = q.t("question.saved_other", "ID", id), id
	}
	if id := query.Get("given"); id != "" && id == r.question.Previous {
		v.Saved, v.Done = q.t("question.given", "ID", id), id
	}
	return q.questionAnswer(r, v), nil
}

func (q *request) questionAnswer(r questionRead, v questionView) answer {
	page := view{Body: questionPage(q.locale, v), Crumbs: q.deskCrumbs(link{Text: q.t("question.list", "Organisation", r.Organisation.Name), URL: v.List}, link{Text: v.ID})}
	if v.Form != nil {
		page.Scripts = append(page.Scripts, "questionnaire.js")
	}
	if v.Evidence.Upload != "" {
		page.Scripts = append(page.Scripts, "evidence.js")
	}
	return q.answeringPage(r.answering, v.ID+" "+v.Title.S, []string{v.ID}, page)
}

// questionView fills the page with what is kept.
func (s *Server) questionView(q *request, r questionRead) questionView {
	req, std := &r.question.Requirement, r.question.Standard
	in := std.In(q.locale.Tag)
	texts, longer := in.Requirement(req), in.Detail(req)
	v := questionView{
		ID: req.ID, Place: q.t("question.place", "Number", r.question.Number, "Of", r.question.Of), DraftTranslation: in.Draft(),
		Dimension: q.own(in.Dimension(r.question.Dimension)), Title: q.own(texts.Title), Minimum: q.own(texts.Minimum),
		Why: q.own(longer.Why), Proof: q.own(longer.Proof), Groups: q.list(q.terms("groups", req.Groups)), Law: q.law(req),
		List: r.path(q), Action: r.path(q, req.ID), History: r.path(q, req.ID, "history"), Version: strconv.FormatInt(r.entry.Version, 10),
		Standing: q.answerState(r.entry.State), Mark: cmp.Or(string(r.entry.State), "none"), Person: q.actor.Person, Texts: q.scriptTexts(),
	}
	if r.may(q, account.View, r.entry.State.Private()) { // else there are none to see
		v.Translations = r.path(q, req.ID, "translations")
	}
	if r.question.Previous != "" {
		v.Previous = &link{Text: r.question.Previous, URL: r.path(q, r.question.Previous)}
	}
	if r.question.Next != "" {
		v.Next = &link{Text: r.question.Next, URL: r.path(q, r.question.Next)}
	}
	if r.assigned.Person != "" {
		v.Who = q.t("question.assigned_to", "Name", r.names[r.assigned.Person])
	}
	if r.entry.Note != "" {
		v.Note = &quoteView{Says: q.t("question.noted." + string(r.entry.State)), Text: r.entry.Note}
	}
	writable := assessment.Writable(r.Cycle.State, r.entry.State)
	mayWrite := r.may(q, account.Answer, true)
	if mayWrite && writable {
		form := s.answerForm(q, r, typedOf(r.entry.Answer, q, r))
		v.Form = &form
	} else if r.entry.Version > 0 {
		given := q.givenView(r.entry.Answer, r.question)
		v.Given = &given
	}
	if mayWrite && !writable {
		v.TakeBack = assessment.TakenBack.Allows(r.Cycle.State, r.entry.State)
		v.Closed = q.t("question.closed." + string(r.Cycle.State))
	}
	if r.former != nil {
		v.Former = &formerView{Says: q.t("question.former_says", "Period", r.former.Period), Given: q.givenView(r.former.Answer, r.question), Keep: v.Form != nil}
	}
	if r.may(q, account.Validate, false) && !r.entry.State.Private() {
		v.Check = q.checkView(r)
	}
	v.Evidence = s.evidenceFor(q, r)
	return v
}

// nameOf says who somebody is; what came from the command line has no name.
func (q *request) nameOf(names map[string]string, person string) string {
	return cmp.Or(names[person], q.t("question.somebody"))
}

// day writes a day that a room keeps.
func (q *request) day(day int64) string { return q.locale.Date(time.UnixMilli(day).UTC()) }

// clockTime writes the time of a moment, in UTC: the server does not know where the reader is.
func (q *request) clockTime(at int64) string {
	return q.locale.Code(time.UnixMilli(at).UTC().Format("15:04") + " UTC")
}

// languagesFor are the languages in which an answer may be written, by their tags: the city's, then those of the pages, then the answer's own.
func languagesFor(cityLanguages []string, chosen string) []string {
	tags := slices.Concat(cityLanguages, locale.Shipped, []string{chosen})
	var once []string
	for _, tag := range tags {
		if tag != "" && !slices.Contains(once, tag) {
			once = append(once, tag)
		}
	}
	return once
}

// givenView is an answer as it reads.
type givenView struct {
	Value      string // the grade or the honest value in words
	Means      text
	Paragraphs []string // of the reasons
	Language   string   // of the reasons, where it is not the page's
	Indicators []string
}

func (q *request) givenView(a assessment.Answer, question assessment.Question) givenView {
	v := givenView{Value: q.t("question.no_grade")}
	switch {
	case a.Grade != nil && *a.Grade >= 0 && *a.Grade <= 4:
		v.Value = q.t("result.grade", "Grade", *a.Grade, "Word", q.t([...]string{"grade.0", "grade.1", "grade.2", "grade.3", "grade.4"}[*a.Grade]))
		v.Means = q.own(question.Standard.In(q.locale.Tag).Detail(&question.Requirement).Grades[*a.Grade])
	case a.Value != "":
		v.Value = q.t("question.value." + a.Value)
		if a.Whose != "" {
			v.Value += ": " + a.Whose
		}
	}
	if a.Reasons != "" {
		v.Language, v.Paragraphs = q.foreign("", a.Language).Lang, strings.Split(a.Reasons, "\n")
	}
	for _, said := range a.Indicators {
		v.Indicators = append(v.Indicators, q.indicated(said, question))
	}
	return v
}

// indicated says what an answer says of an indicator.
func (q *request) indicated(said scorecard.Indicated, question assessment.Question) string {
	title, unit := said.Indicator, ""
	for i := range question.Requirement.Indicators {
		if in := &question.Requirement.Indicators[i]; in.ID == said.Indicator {
			title, unit = question.Standard.In(q.locale.Tag).Indicator(in).Text, in.Unit
		}
	}
	switch {
	case said.Yes != nil && *said.Yes:
		return title + ": " + q.t("figure.yes")
	case said.Yes != nil:
		return title + ": " + q.t("figure.no")
	case said.Value != nil:
		return title + ": " + q.value(*said.Value, unit)
	}
	return title
}
