package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// typedAnswer is what stands in the form of an answer, as its fields have it.
type typedAnswer struct {
	Grade                    string // 0 to 4, or an honest value
	Whose, Reasons, Language string
	Indicators               map[string]string // by id: yes, no, or a number as it was typed
	Version                  string
}

// answerForm is the form of an answer.
type answerForm struct {
	Typed      typedAnswer
	Grades     []gradeChoice
	Values     []option
	Languages  []option
	Indicators []indicatorQuestion
	Wrong      map[string]string // by field
}

type gradeChoice struct {
	Value  string
	Word   string // in short
	Text   text
	Chosen bool
}

// indicatorQuestion asks for what an indicator measures.
type indicatorQuestion struct {
	ID, Field string
	Question  text
	Yes       bool // asks for yes or no
	Unit      string
	Hint      string
	Value     string
	Own       bool
}

const indicatorField = "indicator."

var honestValues = []string{scorecard.NotAvailable, scorecard.NotApplicable, scorecard.NotLocal}

// typedOf puts an answer into the fields of its form. Who begins writes in their own language.
func typedOf(a assessment.Answer, q *request, r questionRead) typedAnswer {
	t := typedAnswer{Grade: a.Value, Whose: a.Whose, Reasons: a.Reasons, Language: a.Language, Indicators: map[string]string{}, Version: strconv.FormatInt(r.entry.Version, 10)}
	if a.Grade != nil {
		t.Grade = strconv.Itoa(*a.Grade)
	}
	if t.Language == "" {
		t.Language = q.locale.Tag
	}
	for _, said := range a.Indicators {
		switch {
		case said.Yes != nil && *said.Yes:
			t.Indicators[said.Indicator] = "yes"
		case said.Yes != nil:
			t.Indicators[said.Indicator] = "no"
		case said.Value != nil:
			t.Indicators[said.Indicator] = writeNumber(*said.Value, q.locale.Tag)
		}
	}
	return t
}

// typedIn reads the fields of a form that was sent.
func typedIn(q *request) typedAnswer {
	t := typedAnswer{Grade: q.PostFormValue("grade"), Whose: q.PostFormValue("whose"), Reasons: strings.ReplaceAll(q.PostFormValue("reasons"), "\r\n", "\n"),
		Language: q.PostFormValue("language"), Version: q.PostFormValue("version"), Indicators: map[string]string{}}
	for name, values := range q.PostForm {
		if id, ok := strings.CutPrefix(name, indicatorField); ok && values[0] != "" {
			t.Indicators[id] = values[0]
		}
	}
	return t
}

// values are the fields once more, to be sent again by a button.
func (t typedAnswer) values() url.Values {
	v := url.Values{"grade": {t.Grade}, "whose": {t.Whose}, "reasons": {t.Reasons}, "language": {t.Language}, "version": {t.Version}}
	for id, said := range t.Indicators {
		v.Set(indicatorField+id, said)
	}
	return v
}

// writing makes of the fields what the room keeps; what is no number is named, one fault for each field.
func (t typedAnswer) writing(q *request, r questionRead) (w assessment.Writing, wrong []error) {
	w = assessment.Writing{City: r.City.ID, Period: r.Cycle.Period, Answer: assessment.Answer{
		Requirement: r.question.Requirement.ID, Organisation: r.Organisation.ID, Whose: t.Whose, Reasons: t.Reasons, Language: t.Language}}
	var err error
	if w.On, err = strconv.ParseInt(t.Version, 10, 64); err != nil {
		w.On = -1 // no version: the room finds that there is another one
	}
	switch grade, err := strconv.Atoi(t.Grade); {
	case err == nil:
		w.Grade = &grade
	default:
		w.Value = t.Grade
	}
	for _, in := range askedOf(r) {
		said, ok := t.Indicators[in.ID]
		if !ok {
			continue
		}
		one := scorecard.Indicated{Indicator: in.ID}
		if in.Value == "bool" {
			yes := said == "yes"
			one.Yes = &yes
		} else {
			v, ok := parseNumber(said, q.locale.Tag)
			if !ok {
				wrong = append(wrong, fault.SaidOf(indicatorField+in.ID, "error.answer.number", `"{Number}" is not a number`, "Number", said))
				continue
			}
			one.Value = &v
		}
		w.Indicators = append(w.Indicators, one)
	}
	return w, wrong
}

// askedOf gives the indicators on which the organisation's party can say something.
func askedOf(r questionRead) (all []*standard.Indicator) {
	for i := range r.question.Requirement.Indicators {
		in := &r.question.Requirement.Indicators[i]
		if slices.Contains(in.AnsweredBy, r.Organisation.Kind.Party()) {
			all = append(all, in)
		}
	}
	return all
}

// answerForm fills the form.
func (s *Server) answerForm(q *request, r questionRead, t typedAnswer) answerForm {
	std, req := r.question.Standard, &r.question.Requirement
	in := std.In(q.locale.Tag)
	f := answerForm{Typed: t, Wrong: map[string]string{}}
	for grade, said := range in.Detail(req).Grades {
		value := strconv.Itoa(grade)
		f.Grades = append(f.Grades, gradeChoice{Value: value, Chosen: t.Grade == value, Text: q.own(said),
			Word: q.t([...]string{"grade.0", "grade.1", "grade.2", "grade.3", "grade.4"}[grade])})
	}
	f.Values = options(t.Grade, honestValues, func(value string) string { return q.t("question.value." + value) })
	f.Languages = options(t.Language, languagesFor(r.City.Languages, t.Language), q.languageName)
	for _, one := range askedOf(r) {
		row := indicatorQuestion{ID: one.ID, Field: indicatorField + one.ID, Question: q.own(in.Measure(one).Question),
			Yes: one.Value == "bool", Unit: q.unit(one.Unit), Value: t.Indicators[one.ID], Own: one.Local()}
		if row.Own {
			row.Question = q.foreign(one.Question, r.question.OwnLanguage)
		}
		if len(one.By) > 0 {
			row.Hint = q.t("requirement.by", "Grounds", q.list(q.terms("grounds", one.By)))
		}
		f.Indicators = append(f.Indicators, row)
	}
	return f
}

// languageName says a language by its own name where the node has its pages, else by its tag.
func (q *request) languageName(tag string) string {
	if l, ok := q.server.locales.Get(tag); ok {
		return l.Name
	}
	return tag
}

// fields are the form's names for the room's faults.
func (f *answerForm) fields() []field {
	all := []field{{Name: "grade"}, {Name: "whose"}, {Name: "reasons"}, {Name: "language"}}
	for _, i := range f.Indicators {
		all = append(all, field{Name: i.Field})
	}
	return all
}

// wrongIn ties a control to what is wrong with it.
func wrongIn(f *answerForm, name string) templ.Attributes {
	if f.Wrong[name] == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": name + "-problem"}
}
