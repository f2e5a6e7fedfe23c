package locale

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed catalogue/*.json
var files embed.FS

// Shipped are the languages of the interface, English first, each by its BCP 47 tag.
var Shipped = []string{"en", "fr", "es", "de", "ar"}

// Locale says things in one language. It is safe for concurrent use.
type Locale struct {
	Tag     string // BCP 47, as used in paths
	Dir     string // ltr or rtl
	Name    string // of the language, in itself
	numbers numberForm
	say     *i18n.Localizer
	plain   *sync.Map // messages without arguments, by key: they never change
	tag     language.Tag
}

// Set holds the locales of the interface.
type Set struct {
	locales map[string]*Locale
	matcher language.Matcher
}

// Load reads the catalogues. An unreadable catalogue is an error; a missing key is not: English stands in.
func Load() (*Set, error) {
	set := &Set{locales: map[string]*Locale{}}
	bundles := make([]*i18n.MessageFile, len(Shipped))
	errs := make([]error, len(Shipped))
	bundle := i18n.NewBundle(language.English)
	var wait sync.WaitGroup
	for i, tag := range Shipped {
		wait.Add(1)
		go func() {
			defer wait.Done()
			data, err := files.ReadFile("catalogue/" + tag + ".json")
			if err == nil {
				bundles[i], err = i18n.ParseMessageFileBytes(data, tag+".json", nil)
			}
			errs[i] = err
		}()
	}
	wait.Wait()
	tags := make([]language.Tag, 0, len(Shipped))
	for i, name := range Shipped {
		if errs[i] != nil {
			return nil, fmt.Errorf("catalogue %s: %w", name, errs[i])
		}
		if err := bundle.AddMessages(bundles[i].Tag, bundles[i].Messages...); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", name, err)
		}
		tag := language.MustParse(name)
		tags = append(tags, tag)
		set.locales[name] = &Locale{
			Tag: name, Dir: Direction(name), Name: display.Self.Name(tag),
			numbers: numbersOf(name), say: i18n.NewLocalizer(bundle, name, "en"), plain: new(sync.Map), tag: tag,
		}
	}
	set.matcher = language.NewMatcher(tags)
	return set, nil
}

// Get finds a locale by its tag; false if it is not shipped.
func (s *Set) Get(tag string) (*Locale, bool) {
	l, ok := s.locales[tag]
	return l, ok
}

// Match picks the locale that fits an Accept-Language header best; English where none does.
func (s *Set) Match(header string) *Locale {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return s.locales["en"]
	}
	_, i, _ := s.matcher.Match(tags...)
	return s.locales[Shipped[i]]
}

// T says a message. args are pairs of name and value for the message's placeholders; a name "Count" also chooses the plural form. In
// languages that run from right to left a text is put between isolates (U+2068, U+2069; Unicode UAX 9), so that a Latin name does not turn
// the sentence around it. A key that no catalogue has is returned between ⟦ ⟧, so that it is seen.
func (l *Locale) T(key string, args ...any) string {
	if len(args) > 0 {
		return l.message(key, args)
	}
	if kept, ok := l.plain.Load(key); ok {
		if said, ok := kept.(string); ok {
			return said
		}
	}
	said := l.message(key, nil)
	if !strings.HasPrefix(said, "⟦") { // what is not known may be anything that an address names
		l.plain.Store(key, said)
	}
	return said
}

// Say is T, and false where no catalogue has the key.
func (l *Locale) Say(key string, args ...any) (string, bool) {
	said := l.T(key, args...)
	return said, said != "⟦"+key+"⟧"
}

func (l *Locale) message(key string, args []any) string {
	config := i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		data := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			name := fmt.Sprint(args[i])
			if name == "Count" {
				config.PluralCount = args[i+1]
				if n, ok := args[i+1].(int); ok {
					data[name] = l.Integer(int64(n))
					continue
				}
			}
			if text, ok := args[i+1].(string); ok && l.Dir == "rtl" && text != "" {
				data[name] = "\u2068" + text + "\u2069"
				continue
			}
			data[name] = args[i+1]
		}
		config.TemplateData = data
	}
	text, err := l.say.Localize(&config)
	if err != nil && text == "" {
		return "⟦" + key + "⟧"
	}
	return text
}

// Has tells whether the catalogue, or the English one behind it, holds a key.
func (l *Locale) Has(key string) bool {
	_, ok := l.Say(key, "Count", 1)
	return ok
}

// Collator sorts strings as readers of the language expect. It is not safe for concurrent use: take a new one each time.
func (l *Locale) Collator() *collate.Collator { return collate.New(l.tag, collate.IgnoreCase) }

// Direction is "rtl" for languages whose usual script runs from right to left, else "ltr".
func Direction(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}

// LanguageName is the name of a language in itself, "العربية" for "ar"; the tag where it is not known.
func LanguageName(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.Self.Name(t); name != "" {
		return name
	}
	return tag
}

// Region is the name of a country by its ISO 3166-1 alpha-2 code; false for codes that name none, the user-assigned ones among them.
func (l *Locale) Region(code string) (string, bool) {
	region, err := language.ParseRegion(code)
	if err != nil || region.IsPrivateUse() {
		return "", false
	}
	namer := display.Regions(l.tag)
	if namer == nil {
		return "", false
	}
	name := namer.Name(region)
	return name, name != ""
}
