package web

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestANameIsFoundHoweverItIsTyped(t *testing.T) {
	for name, typed := range map[string][]string{
		"Málaga":        {"malaga", "MÁLAGA", "Ma\u0301laga", "lag"},
		"Saint-Denis":   {"saint denis", "Saint-Denis", "denis"},
		"L’Aquila":      {"l'aquila", "l aquila"},
		"Großenhain":    {"grossenhain"},
		"Łódź":          {"lodz"},
		"Århus":         {"arhus"},
		"İstanbul":      {"istanbul"},
		"الإسكندرية":    {"الاسكندرية"},
		"Αθήνα":         {"αθηνα"},
		"मुंबई":         {"मुंबई"},
		"Kraków (Krak)": {"krakow"},
	} {
		for _, query := range typed {
			if !matches(query, name) {
				t.Errorf("%q does not find %s", query, name)
			}
		}
	}
	if matches("मबई", "मुंबई") { // the vowel sign makes it another word
		t.Error("a Devanagari name is found without its vowels")
	}
}

func TestTheNearestNamesAreOffered(t *testing.T) {
	names := []string{"Arvenholt", "Bristol", "München", "Saint-Denis", "Villa de la Orotava", "Rom", "القاهرة", "東京", "Brest", "Bristow"}
	for query, want := range map[string][]string{
		"Arvenhold":   {"Arvenholt"},
		"avrenholt":   {"Arvenholt"},
		"arvnholt":    {"Arvenholt"},
		"Muenchen":    {"München"},
		"muncen":      {"München"},
		"Saint Deniz": {"Saint-Denis"},
		"Orotaba":     {"Villa de la Orotava"},
		"la orotova":  {"Villa de la Orotava"},
		"Bristob":     {"Bristol", "Bristow"},
		"القاهره":     {"القاهرة"},
		"Rum":         nil, // of three letters one is too many
		"大阪":          nil,
		"Xyzzyplugh":  nil,
		"":            nil,
		"Tokyo":       nil,
	} {
		var got []string
		for _, i := range nearest(query, names) {
			got = append(got, names[i])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q offers %v, want %v", query, got, want)
		}
	}
}

func TestTheDistanceOfNamesIsADistance(t *testing.T) {
	word := rapid.Custom(func(t *rapid.T) []rune { return []rune(rapid.StringMatching("[abcé ]{0,7}").Draw(t, "word")) })
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b)
		if d != distance(b, a) || (d == 0) != slices.Equal(a, b) || d > max(len(a), len(b)) || d < max(len(a)-len(b), len(b)-len(a)) {
			t.Fatalf("%q and %q are %d apart, and %d the other way", string(a), string(b), d, distance(b, a))
		}
	})
}

func TestAMistypedCityIsOfferedOnThePage(t *testing.T) {
	s := newSite(t)
	_, page := s.get(t, visitor(), "/fr/cities?q=Exanple")
	if !strings.Contains(page, "Vouliez-vous dire") || !strings.Contains(page, `<a href="/fr/cities/example">Example</a>`) {
		t.Errorf("the nearest city is not offered: %s", page)
	}
	if _, page := s.get(t, visitor(), "/fr/cities?q=Zzzzzzzzz"); strings.Contains(page, "Vouliez-vous dire") {
		t.Error("something is offered for what is near to nothing")
	}
}
