package locale

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed catalogue/*/*.json
var files embed.FS

// Shipped are the languages of the interface, English first, each by its BCP 47 tag.
var Shipped = []string{"en", "fr", "es", "de", "ar"}

// Locale says things in one language. It is safe for concurrent use.
type Locale struct {
	Tag          string // BCP 47, as used in paths
	Dir          string // ltr or rtl
	Name         string // of the language, in itself
	numbers      numberForm
	own, english func() *catalogue
	regions      display.Namer // nil: their names are not known
	tag          language.Tag
}

// Set holds the locales of the interface.
type Set struct {
	locales map[string]*Locale
	matcher language.Matcher
}

// Load reads the English catalogue, and makes the others ready to be read when somebody first reads in their language: few nodes speak all
// of them. An unreadable English catalogue is an error, and so is a message with more than names between {{ and }}; a missing key is not: English
// stands in. Of a language whose catalogue cannot be read, which no test lets pass, everything is said in English.
func Load() (*Set, error) {
	tags := make([]language.Tag, len(Shipped))
	for i, name := range Shipped {
		tags[i] = language.MustParse(name)
	}
	plurals, err := newPlurals(tags)
	if err != nil {
		return nil, fmt.Errorf("plural rules: %w", err)
	}
	english, err := readCatalogue(Shipped[0], plurals[0])
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", Shipped[0], err)
	}
	said := func() *catalogue { return english }
	set := &Set{locales: map[string]*Locale{}, matcher: language.NewMatcher(tags)}
	for i, name := range Shipped {
		own := said
		if i > 0 {
			own = sync.OnceValue(func() *catalogue {
				if c, err := readCatalogue(name, plurals[i]); err == nil {
					return c
				}
				return english
			})
		}
		set.locales[name] = &Locale{
			Tag: name, Dir: Direction(name), Name: display.Self.Name(tags[i]),
			numbers: numbersOf(name), own: own, english: said, regions: display.Regions(tags[i]), tag: tags[i],
		}
	}
	return set, nil
}

func readCatalogue(tag string, plurals *plurals) (*catalogue, error) {
	folder := "catalogue/" + tag
	areas, err := files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var all []*i18n.Message
	for _, area := range areas {
		data, err := files.ReadFile(folder + "/" + area.Name())
		if err != nil {
			return nil, err
		}
		file, err := i18n.ParseMessageFileBytes(data, tag+".json", nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", area.Name(), err)
		}
		all = append(all, file.Messages...)
	}
	return newCatalogue(all, plurals)
}

// Get finds a locale by its tag; false if it is not shipped.
func (s *Set) Get(tag string) (*Locale, bool) {
	l, ok := s.locales[tag]
	return l, ok
}

// Match picks the locale that fits an Accept-Language header best; English where none does.
func (s *Set) Match(header string) *Locale {
	if l, ok := s.Asked(header); ok {
		return l
	}
	return s.locales["en"]
}

// Asked is Match, and false where no locale fits.
func (s *Set) Asked(header string) (*Locale, bool) {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return nil, false
	}
	_, i, fits := s.matcher.Match(tags...)
	return s.locales[Shipped[i]], fits != language.No
}

// T says a message. args are pairs of name and value for the message's placeholders, values strings or numbers; a name "Count" also chooses the plural form. In
// languages that run from right to left a text is put between isolates (U+2068, U+2069; Unicode UAX 9), so that a Latin name does not turn
// the sentence around it; in the others, a text with letters of such a script. A key that no catalogue has is returned between ⟦ ⟧, so that it is seen.
func (l *Locale) T(key string, args ...any) string {
	said, ok := l.Say(key, args...)
	if !ok {
		return "⟦" + key + "⟧"
	}
	return said
}

// Say is T, and false where no catalogue has the key.
func (l *Locale) Say(key string, args ...any) (string, bool) {
	from := l.own()
	m, ok := from.messages[key]
	if !ok {
		from = l.english()
		if m, ok = from.messages[key]; !ok {
			return "", false
		}
	}
	said, ok := from.form(m, argument(args, "Count"))
	if !ok {
		return "", false
	}
	if len(said) == 1 && said[0].name == "" {
		return said[0].words, true
	}
	var b strings.Builder
	b.Grow(said.size())
	for _, p := range said {
		b.WriteString(p.words)
		if p.name != "" {
			l.write(&b, p.name, argument(args, p.name))
		}
	}
	return b.String(), true
}

// argument finds a value by its name among pairs of name and value; the last one counts, and nil is none.
func argument(args []any, name string) any {
	for i := len(args)&^1 - 2; i >= 0; i -= 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return nil
}

// write puts the value of a placeholder into a sentence.
func (l *Locale) write(b *strings.Builder, name string, value any) {
	switch v := value.(type) {
	case nil:
		b.WriteString("<no value>") // as text/template does, so that it is seen
	case string:
		switch {
		case v == "":
		case l.Dir == "rtl":
			b.WriteString(Isolate(v))
		case Turns(v): // an Arabic name would turn the figures behind it
			b.WriteString(firstStrong + v + endIsolate)
		default:
			b.WriteString(v)
		}
	case int:
		if name == "Count" {
			b.WriteString(l.Integer(int64(v)))
			return
		}
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case float64:
		b.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
	default: // a programmer's mistake, to be seen; printing it would move the arguments of every message to the heap
		b.WriteString("<no value>")
	}
}

// Has tells whether the catalogue, or the English one behind it, holds a key.
func (l *Locale) Has(key string) bool {
	_, own := l.own().messages[key]
	_, english := l.english().messages[key]
	return own || english
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

// Region is the name of a country by its ISO 3166-1 alpha-2 code; false for codes that name none, the user-assigned ones among them.
func (l *Locale) Region(code string) (string, bool) {
	region, err := language.ParseRegion(code)
	if err != nil || region.IsPrivateUse() {
		return "", false
	}
	if l.regions == nil {
		return "", false
	}
	name := l.regions.Name(region)
	return name, name != ""
}

// Areas lists the parts of the interface that have a file of messages in each language.
func Areas() []string {
	entries, err := files.ReadDir("catalogue/" + Shipped[0])
	if err != nil {
		panic(err) // the folder is built in
	}
	areas := make([]string, len(entries))
	for i, e := range entries {
		areas[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	return areas
}

// File gives the messages of an area in a language, as the file that translators work on; false where there is none.
func File(tag, area string) ([]byte, bool) {
	data, err := files.ReadFile("catalogue/" + tag + "/" + area + ".json")
	return data, err == nil
}

// Messages counts the messages that a language has of its own.
func (l *Locale) Messages() int { return len(l.own().messages) }
