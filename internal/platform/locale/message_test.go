package locale

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// peer says messages by go-i18n itself, which executes them as text/template.
type peer struct {
	*Locale
	say *i18n.Localizer
}

func peers(t *testing.T) []peer {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	bundle := i18n.NewBundle(language.English)
	for _, tag := range Shipped {
		for _, name := range areasOf(t, tag) {
			data, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			bundle.MustParseMessageFileBytes(data, tag+".json")
		}
	}
	var all []peer
	for _, tag := range Shipped {
		l, _ := set.Get(tag)
		all = append(all, peer{l, i18n.NewLocalizer(bundle, tag, "en")})
	}
	return all
}

// says is what T promises, by go-i18n.
func (p peer) says(key string, args ...any) string {
	config := i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		data := map[string]any{}
		for i := 0; i < len(args); i += 2 {
			name := fmt.Sprint(args[i])
			data[name] = args[i+1]
			if text, ok := args[i+1].(string); ok && p.Dir == "rtl" && text != "" {
				data[name] = "\u2068" + text + "\u2069"
			}
			if name == "Count" {
				config.PluralCount = args[i+1]
				if n, ok := args[i+1].(int); ok {
					data[name] = p.Integer(int64(n))
				}
			}
		}
		config.TemplateData = data
	}
	said, err := p.say.Localize(&config)
	if err != nil && said == "" {
		return "⟦" + key + "⟧"
	}
	return said
}

func TestEveryMessageIsSaidAsGoI18nSaysIt(t *testing.T) {
	counts := []any{nil, 0, 1, 2, 3, 6, 10, 11, 21, 99, 100, 102, 255, 256, 1000, 1000000, 2000000, -1, int64(2), "1.5", "1.0", 1.5, "many"}
	for _, p := range peers(t) {
		said := 0
		for key, forms := range catalogueOf(t, p.Tag) {
			var args []any
			for _, form := range forms {
				for _, name := range placeholders(form) {
					args = append(args, strings.Trim(name, "{.}"), [...]any{"Bristol", 1234, "", 2.5, `<b>"&`}[len(args)/2%5])
				}
			}
			for _, count := range counts {
				with := args
				if count != nil {
					with = append(args[:len(args):len(args)], "Count", count)
				}
				if got, want := p.T(key, with...), p.says(key, with...); got != want {
					t.Errorf("%s: %s with %v is said %q, by go-i18n %q", p.Tag, key, with, got, want)
				}
				said++
			}
			if got, want := p.T(key), p.says(key); got != want {
				t.Errorf("%s: %s without anything is said %q, by go-i18n %q", p.Tag, key, got, want)
			}
		}
		if said < 500*len(counts) {
			t.Errorf("%s: only %d messages were said: the search is broken", p.Tag, said)
		}
	}
}

func TestWhatACatalogueLacksIsSaidInEnglishByTheRulesOfEnglish(t *testing.T) {
	plurals, err := newPlurals([]language.Tag{language.English, language.Arabic})
	if err != nil {
		t.Fatal(err)
	}
	english, err := newCatalogue([]*i18n.Message{{ID: "cities", One: "{{.Count}} city of {{.Country}}", Other: "{{.Count}} cities of {{.Country}}"}}, plurals[0])
	if err != nil {
		t.Fatal(err)
	}
	own, err := newCatalogue(nil, plurals[1])
	if err != nil {
		t.Fatal(err)
	}
	l := &Locale{Dir: "rtl", numbers: numbersOf("ar"), own: func() *catalogue { return own }, english: func() *catalogue { return english }}
	for count, want := range map[int]string{1: "1 city of \u2068Peru\u2069", 2: "2 cities of \u2068Peru\u2069", 3000: "3,000 cities of \u2068Peru\u2069"} {
		if got := l.T("cities", "Count", count, "Country", "Peru"); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
	}
}

func TestAMessageWithMoreThanNamesBetweenBracesIsRefused(t *testing.T) {
	for _, text := range []string{"{{if .A}}x{{end}}", "{{.A", "{{A}}", "{{.}}", "{{.A.B}}", "{{.A | printf}}", "{{}}"} {
		if _, err := phraseOf(text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
	for text, want := range map[string]int{"": 1, "plain }} words": 1, "{{.A}}": 1, "{{ .A }}{{.B_2}} and": 3, "a {{.A}} b": 2} {
		if said, err := phraseOf(text); err != nil || len(said) != want {
			t.Errorf("%q is taken apart into %d pieces, %v; want %d", text, len(said), err, want)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	set, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	en, _ := set.Get("en")
	for b.Loop() {
		en.T("cities.found", "Count", 12, "Query", "x")
	}
}
