package locale

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestATextIsIsolatedInTheDirectionOfItsFirstLetter(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"2011-12":                    "\u20682011-12\u2069",
		"45%":                        "\u206845%\u2069",
		"16 to 29":                   "\u206816 to 29\u2069",
		"65 سنة فأكثر":               "\u206765 سنة فأكثر\u2069",
		"Bristol مدينة":              "\u2068Bristol مدينة\u2069",
		"25 \u2068نوفمبر\u2069 2026": "\u206725 \u2068نوفمبر\u2069 2026\u2069", // a letter inside an isolate counts
	} {
		if got := Isolate(text); got != want {
			t.Errorf("%q is isolated as %q, want %q", text, got, want)
		}
	}
}

func TestIsolatingAddsNothingButThePair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got := []rune(Isolate(text))
		if text == "" {
			return
		}
		if string(got[1:len(got)-1]) != string([]rune(text)) || got[len(got)-1] != '\u2069' {
			t.Fatalf("%q became %q", text, string(got))
		}
	})
}

func TestADateInAnArabicSentenceBeginsWithItsDay(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	ar, _ := set.Get("ar")
	said := ar.T("import.mapping_now", "From", ar.Date(time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)), "By", "Bo")
	if !strings.Contains(said, "\u206725 ") {
		t.Errorf("the date does not run from right to left: %q", said)
	}
}

func TestASignStaysWithItsNumberInArabic(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	ar, _ := set.Get("ar")
	en, _ := set.Get("en")
	for got, want := range map[string]string{
		ar.Number(-0.6): "\u2066−0.6\u2069", ar.Signed(0.44): "\u2066+0.44\u2069", ar.Signed(0): "0", ar.Code("2020-21"): "\u20662020-21\u2069",
		en.Signed(0.8): "+0.8", en.Code("2020-21"): "2020-21", ar.T("value.pct", "Value", "15.5"): "\u2066\u206815.5\u2069%\u2069",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// In Arabic words a number is followed by what belongs to it on its left: 2011-12 would be read as 12-2011.
func TestArabicMessagesIsolatePeriodsAndShares(t *testing.T) {
	bare, isolated := regexp.MustCompile(`(?:^|[^\w-])\d+-\d|\}\}%|\d%`), regexp.MustCompile(`\x{2066}[^\x{2069}]*\x{2069}`)
	for key, forms := range catalogueOf(t, "ar") {
		for _, text := range forms {
			if found := bare.FindString(isolated.ReplaceAllString(text, "")); found != "" {
				t.Errorf("%s has %q without isolates: %s", key, found, text)
			}
		}
	}
}
