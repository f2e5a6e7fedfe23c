package assessment

import (
	"errors"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

const (
	longestTitle = 200 // characters
	longestNote  = 1000
)

// cleaned gives a description in the form in which it is kept, or all that is wrong in it, one fault for each field. A file without a title has
// its name.
func (t EvidenceText) cleaned(r *Room, std *standard.Standard, q *standard.Requirement, fileName string) (EvidenceText, error) {
	var wrong []error
	refuse := func(err error) { wrong = append(wrong, err) }
	if t.Title = oneLine(t.Title); t.Title == "" {
		t.Title = oneLine(strings.TrimSuffix(fileName, path.Ext(fileName)))
	}
	switch {
	case t.Title == "":
		refuse(fault.SaidOf("title", "error.evidence.title", "give a title, so that others know what it is"))
	case utf8.RuneCountInString(t.Title) > longestTitle:
		refuse(fault.SaidOf("title", "error.text.long", "the text is longer than {Most} characters", "Most", longestTitle))
	}
	if t.Note = strings.TrimSpace(strings.ReplaceAll(t.Note, "\r\n", "\n")); utf8.RuneCountInString(t.Note) > longestNote {
		refuse(fault.SaidOf("note", "error.text.long", "the text is longer than {Most} characters", "Most", longestNote))
	}
	for field, text := range map[string]string{"title": t.Title, "note": t.Note} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			refuse(fault.SaidOf(field, "error.text.signs", "the text holds characters that cannot be shown"))
		}
	}
	if t.Kind != "" && !slices.ContainsFunc(std.Terms.Evidence, func(known standard.Term) bool { return known.Key == t.Kind }) {
		refuse(fault.SaidOf("kind", "error.evidence.kind", `"{Kind}" is no kind of evidence that the standard knows`, "Kind", t.Kind))
	}
	dated, err := CheckDated(t.Dated, r.Clock.Now())
	if err != nil {
		refuse(err)
	}
	t.Dated = dated
	if t.Language != "" {
		tag, err := language.Parse(t.Language)
		if err != nil {
			refuse(fault.SaidOf("language", "error.language", `"{Language}" is not a language; write a BCP 47 tag, as in en`, "Language", t.Language))
		}
		t.Language = tag.String()
	}
	if t.Indicator != "" && !slices.ContainsFunc(q.Indicators, func(i standard.Indicator) bool { return i.ID == t.Indicator }) {
		refuse(fault.SaidOf("indicator", "error.evidence.indicator", "{Indicator} is no indicator of {Requirement}", "Indicator", t.Indicator, "Requirement", q.ID))
	}
	return t, errors.Join(wrong...)
}

// oneLine is a text with single spaces in place of all that parts its words.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
