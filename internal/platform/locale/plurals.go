package locale

import (
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// The plural forms of CLDR (Unicode TR 35, part 3, section 5).
const (
	formZero, formOne, formTwo   = "zero", "one", "two"
	formFew, formMany, formOther = "few", "many", "other"
)

// plurals tells which plural form a number takes in a language. It asks go-i18n, whose rules are newer than those of golang.org/x/text (a
// million is "many" in French and Spanish since CLDR 38), and remembers what it was told of small numbers.
type plurals struct {
	rules *i18n.Localizer
	small [256]atomic.Pointer[string]
}

// probe is a message whose forms are their own names.
var probe = i18n.Message{ID: "form", Zero: formZero, One: formOne, Two: formTwo, Few: formFew, Many: formMany, Other: formOther}

// newPlurals makes the rules of several languages.
func newPlurals(tags []language.Tag) ([]*plurals, error) {
	bundle := i18n.NewBundle(language.English)
	all := make([]*plurals, len(tags))
	for _, tag := range tags {
		if err := bundle.AddMessages(tag, &probe); err != nil {
			return nil, err
		}
	}
	for i, tag := range tags {
		all[i] = &plurals{rules: i18n.NewLocalizer(bundle, tag.String())}
	}
	return all, nil
}

// form gives the form for a whole number, or for a decimal one as a string; false for what is neither.
func (p *plurals) form(count any) (string, bool) {
	switch n := count.(type) {
	case int:
		if n < 0 || n >= len(p.small) {
			return p.ask(n)
		}
		if known := p.small[n].Load(); known != nil {
			return *known, true
		}
		form, ok := p.ask(n)
		if ok {
			p.small[n].Store(&form)
		}
		return form, ok
	case int64:
		return p.ask(n)
	case string:
		return p.ask(n)
	}
	return "", false
}

func (p *plurals) ask(number any) (string, bool) {
	form, err := p.rules.Localize(&i18n.LocalizeConfig{MessageID: probe.ID, PluralCount: number})
	return form, err == nil
}
