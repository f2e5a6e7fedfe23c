package web

import (
	"errors"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

// field is one question of a form with what was typed, so that nothing is lost when something is wrong.
type field struct {
	Name, Label, Hint, Value, Problem string
	ProblemLang                       string // where it is not the page's language
	Kind                              string // text, email, password, number, file, textarea; see the template
	Autocomplete, Mode, Accept        string
	Optional, Short                   bool
	Fixed                             bool // can be read and not changed
	Depends                           bool // on another answer: neither needed in any case nor called optional
	Options                           []option
}

// described ties a control to its hint and to what is wrong with it, for those who hear the page.
func (f field) described() templ.Attributes {
	var by []string
	all := templ.Attributes{}
	if f.Hint != "" {
		by = append(by, f.Name+"-hint")
	}
	if f.Problem != "" {
		by = append(by, f.Name+"-problem")
		all["aria-invalid"] = "true"
	}
	if by != nil {
		all["aria-describedby"] = strings.Join(by, " ")
	}
	return all
}

// inLanguage marks an element whose words are not in the page's language; tag is empty where they are. A fault that has no message, and what
// the standard's loader finds wrong in a file, is said in English.
func inLanguage(tag string) templ.Attributes {
	if tag == "" {
		return nil
	}
	return templ.Attributes{"lang": tag, "dir": locale.Direction(tag)}
}

type option struct {
	Value, Text string
	Chosen      bool
}

// options makes the choices of a select field.
func options(chosen string, values []string, say func(string) string) []option {
	all := make([]option, len(values))
	for i, v := range values {
		all[i] = option{Value: v, Text: say(v), Chosen: v == chosen}
	}
	return all
}

// orChoose says the choices of a select field of which none is taken for a person: the empty one asks to choose.
func (q *request) orChoose(say func(string) string) func(string) string {
	return func(value string) string {
		if value == "" {
			return q.t("form.choose")
		}
		return say(value)
	}
}

// problems puts the faults of an error beside their fields and lists them for the summary at the head of the page; ok is false where the
// error is not about the form and has to be answered as a page of its own. A fault of an item of a list has no field here: the summary names
// the item.
func (q *request) problems(err error, fields []field) (summary []link, ok bool) {
	for _, f := range faults(err) {
		if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
			return nil, false
		}
		said := q.explain(f)
		line := link{Text: said.S, Lang: said.Lang}
		if f.Place.Item != "" {
			line.Text = f.Place.Item + ": " + said.S
		}
		for i := range fields {
			if fields[i].Name == f.Place.Field && f.Place.Item == "" {
				fields[i].Problem, fields[i].ProblemLang, line.URL = said.S, said.Lang, "#"+fields[i].Name
			}
		}
		summary = append(summary, line)
	}
	return summary, len(summary) > 0
}

// explain says a fault in the reader's language; in English, and marked so, where it has no message.
func (q *request) explain(f *fault.Error) text {
	args := slices.Clone(f.Args)
	for i, arg := range args {
		if n, ok := arg.(int); ok && i > 0 && args[i-1] != "Count" {
			args[i] = q.locale.Integer(int64(n))
		}
	}
	if f.Key != "" {
		if said, ok := q.locale.Say(f.Key, args...); ok {
			return text{S: said}
		}
	}
	return q.foreign(f.Text, "en")
}

// faults are all faults in an error, joined ones included.
func faults(err error) []*fault.Error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		var all []*fault.Error
		for _, e := range joined.Unwrap() {
			all = append(all, faults(e)...)
		}
		return all
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return []*fault.Error{f}
	}
	return nil
}
