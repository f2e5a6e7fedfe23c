package locale

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// forms are one entry of a catalogue: its forms by plural category, "other" for a plain one.
type forms map[string]string

func catalogueOf(t *testing.T, tag string) map[string]forms {
	t.Helper()
	raw := map[string]json.RawMessage{}
	for _, name := range areasOf(t, tag) {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	all := map[string]forms{}
	for key, value := range raw {
		var one string
		if json.Unmarshal(value, &one) == nil {
			all[key] = forms{"other": one}
			continue
		}
		var said forms
		if err := json.Unmarshal(value, &said); err != nil {
			t.Fatalf("%s: %s: %v", tag, key, err)
		}
		all[key] = said
	}
	return all
}

// areasOf are the files of a language.
func areasOf(t *testing.T, tag string) []string {
	t.Helper()
	names, err := fs.Glob(files, "catalogue/"+tag+"/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("%s has no catalogue (%v)", tag, err)
	}
	return names
}

func TestEveryLanguageHasTheSameAreas(t *testing.T) {
	for _, tag := range Shipped[1:] {
		own := strings.ReplaceAll(strings.Join(areasOf(t, tag), " "), "catalogue/"+tag+"/", "catalogue/en/")
		if english := strings.Join(areasOf(t, "en"), " "); own != english {
			t.Errorf("%s has %s, not %s", tag, own, english)
		}
	}
}

// categories are the plural categories of CLDR 45 for whole numbers and decimals.
var categories = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"}, "fr": {"many", "one", "other"}, "es": {"many", "one", "other"},
	"ar": {"few", "many", "one", "other", "two", "zero"},
}

var placeholder = regexp.MustCompile(`\{\{\.\w+\}\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	sort.Strings(found)
	return slices.Compact(found)
}

func TestEveryCatalogueSaysEveryMessage(t *testing.T) {
	english := catalogueOf(t, "en")
	for _, tag := range Shipped[1:] {
		other := catalogueOf(t, tag)
		for key, source := range english {
			forms, ok := other[key]
			if !ok {
				t.Errorf("%s: %s is missing", tag, key)
				continue
			}
			want := []string{"other"}
			if len(source) > 1 {
				want = categories[tag]
			}
			var have []string
			for category, text := range forms {
				have = append(have, category)
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s is empty", tag, key)
				}
			}
			sort.Strings(have)
			if !slices.Equal(have, want) {
				t.Errorf("%s: %s has the forms %v, want %v", tag, key, have, want)
			}
		}
		for key := range other {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: %s is not in the English catalogue", tag, key)
			}
		}
	}
}

// A form for one or two may say the number by a word; every other placeholder must be there, and none that nobody fills.
func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	english := catalogueOf(t, "en")
	for _, tag := range Shipped {
		for key, forms := range catalogueOf(t, tag) {
			want := placeholders(english[key]["other"])
			for category, text := range forms {
				have := placeholders(text)
				for _, p := range want {
					mayLeaveOut := p == "{{.Count}}" && category != "other" && category != "many" && category != "few"
					if !slices.Contains(have, p) && !mayLeaveOut {
						t.Errorf("%s: %s (%s) lacks %s", tag, key, category, p)
					}
				}
				for _, p := range have {
					if !slices.Contains(want, p) {
						t.Errorf("%s: %s (%s) has %s, which nobody fills", tag, key, category, p)
					}
				}
			}
		}
	}
}

func TestMessagesAreSaidWithTheirPluralAndNumber(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	en, _ := set.Get("en")
	for count, want := range map[int]string{1: "1 city found for “x”.", 12000: "12,000 cities found for “x”."} {
		if got := en.T("cities.found", "Count", count, "Query", "x"); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
	}
	if got := en.T("no.such.key"); got != "⟦no.such.key⟧" {
		t.Errorf("an unknown key is said as %q", got)
	}
}

func TestANameIsIsolatedInARightToLeftSentence(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]bool{"ar": true, "en": false} {
		l, _ := set.Get(tag)
		if got := strings.Contains(l.T("import.title", "City", "Bristol"), "\u2068Bristol\u2069"); got != want {
			t.Errorf("%s isolates the name: %v", tag, got)
		}
	}
}

func TestANameInAnotherScriptIsIsolatedInALeftToRightSentence(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	l, _ := set.Get("en")
	if got := l.T("import.title", "City", "نينا"); !strings.Contains(got, "\u2067نينا\u2069") {
		t.Errorf("%q does not isolate the name", got)
	}
}

func TestEveryLocaleKnowsItsDirectionAndName(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string][2]string{"en": {"ltr", "English"}, "fr": {"ltr", "français"}, "es": {"ltr", "español"}, "de": {"ltr", "Deutsch"}, "ar": {"rtl", "العربية"}} {
		l, ok := set.Get(tag)
		if !ok || l.Dir != want[0] || l.Name != want[1] {
			t.Errorf("%s is %+v", tag, l)
		}
	}
	if _, ok := set.Get("xx"); ok {
		t.Error("an unknown language has a locale")
	}
}

func TestTheReadersLanguageIsMatched(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{"": "en", "fr-CA, en;q=0.5": "fr", "ar-EG": "ar", "nl, de;q=0.8": "de", "*": "en", "not a tag;;": "en", "zh": "en"} {
		if got := set.Match(header).Tag; got != want {
			t.Errorf("Accept-Language %q is served %s, want %s", header, got, want)
		}
	}
}
