package standard

import "strings"

// Text is a text with the language it is really in, so that a page can mark it and say where it is an unreviewed draft.
type Text struct {
	Text     string
	Language string // BCP 47
	Draft    bool   // a translation that no native speaker who knows the field has reviewed
}

// Reader reads a standard's texts in a language; where a translation lacks one, the original stands in.
type Reader struct {
	standard    *Standard
	translation *Translation // nil: the original
}

// RequirementIn holds the texts of a requirement as a Reader finds them.
type RequirementIn struct{ Title, Minimum, Question Text }

// In gives a reader for a BCP 47 tag. It takes the translation of that tag or else of the nearest wider one (RFC 4647, section 3.4: fr-CA
// is served by fr), and the original where there is neither.
func (s *Standard) In(tag string) Reader {
	for tag != "" {
		if strings.EqualFold(tag, s.Language) {
			break
		}
		for key, t := range s.Translations {
			if strings.EqualFold(key, tag) {
				return Reader{s, t}
			}
		}
		tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
	}
	return Reader{standard: s}
}

// Language is that of the translation which the reader takes, or the original's.
func (r Reader) Language() string {
	if r.translation == nil {
		return r.standard.Language
	}
	return r.translation.Language
}

// Draft tells whether the reader takes a translation that has not been reviewed.
func (r Reader) Draft() bool { return r.translation != nil && r.translation.Status != "reviewed" }

// Title is the standard's.
func (r Reader) Title() Text {
	return r.text(r.translated().Title, r.standard.Title)
}

// Dimension is the dimension's title.
func (r Reader) Dimension(d *Dimension) Text {
	return r.text(r.translated().Dimensions[d.ID], d.Title)
}

// Requirement gives the requirement's title, minimum and residents' question.
func (r Reader) Requirement(q *Requirement) RequirementIn {
	t := r.translated().Requirements[q.ID]
	return RequirementIn{
		Title:    r.text(t.Title, q.Title),
		Minimum:  r.text(t.Minimum, q.Minimum),
		Question: r.text(t.Question, q.Question),
	}
}

// Indicator is the indicator's title.
func (r Reader) Indicator(i *Indicator) Text {
	return r.text(r.translated().Indicators[i.ID], i.Title)
}

// translated gives the translation, an empty one for the original.
func (r Reader) translated() *Translation {
	if r.translation == nil {
		return &Translation{}
	}
	return r.translation
}

func (r Reader) text(translated, original string) Text {
	if translated == "" {
		return Text{Text: original, Language: r.standard.Language}
	}
	return Text{Text: translated, Language: r.translation.Language, Draft: r.Draft()}
}
