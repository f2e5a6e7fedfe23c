package web

import (
	"golang.org/x/text/language"

	"github.com/cityrights/cityrights/measure/scorecard"
)

// translation gives what an answer says in the reader's language, and whether a person or a machine made it; empty where it is written in
// that language, or nobody has translated it.
func (q *request) translation(a scorecard.Answer) (says, by string) {
	if base(a.Language) == base(q.locale.Tag) {
		return "", ""
	}
	for _, t := range a.Translations {
		if base(t.Language) != base(q.locale.Tag) {
			continue
		}
		if t.Machine {
			return t.Text, q.t("translation.machine")
		}
		return t.Text, q.t("translation.human")
	}
	return "", ""
}

// base is a language without its region and script: a reader of French reads the French of Canada.
func base(tag string) string {
	b, _ := language.Make(tag).Base()
	return b.String()
}
