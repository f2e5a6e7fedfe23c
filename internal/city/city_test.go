package city_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func ptr[T any](v T) *T { return &v }

func bristol() city.City {
	return city.City{
		ID: "bristol", Name: "Bristol", Country: "GB", Kind: city.Municipality,
		Population: ptr(int64(483_000)), PopulationYear: 2023, PopulationSource: "Office for National Statistics, mid-year estimate",
		Languages: []string{"en"}, Latitude: ptr(51.4545), Longitude: ptr(-2.5879),
		Place:       map[string]string{"LAU": "E06000023", "UN/LOCODE": "GBBRS", "Wikidata": "Q23154"},
		Competences: map[string]city.Competence{"housing": {Share: city.Own, Law: "Housing Act 1996, Part 7"}, "police": {Share: city.NotOwn}},
		Since:       "2019", About: "A port city.",
	}
}

func TestCleanRefusesEachFieldByName(t *testing.T) {
	for _, test := range []struct {
		name, field string
		spoil       func(*city.City)
	}{
		{"no code", "code", func(c *city.City) { c.ID = "" }},
		{"code with capitals", "code", func(c *city.City) { c.ID = "Bristol" }},
		{"code that climbs a folder", "code", func(c *city.City) { c.ID = "../bristol" }},
		{"code too long", "code", func(c *city.City) { c.ID = strings.Repeat("a", 61) }},
		{"no name", "name", func(c *city.City) { c.Name = " \t" }},
		{"name with a control character", "name", func(c *city.City) { c.Name = "Bris\x00tol" }},
		{"name that turns the text around", "name", func(c *city.City) { c.Name = "Bris\u202Etol" }},
		{"name that is not UTF-8", "name", func(c *city.City) { c.Name = "Bris\xfftol" }},
		{"name too long", "name", func(c *city.City) { c.Name = strings.Repeat("ä", 201) }},
		{"unknown country", "country", func(c *city.City) { c.Country = "UK" }},
		{"no country", "country", func(c *city.City) { c.Country = "" }},
		{"unknown kind", "kind", func(c *city.City) { c.Kind = "planet" }},
		{"negative population", "population", func(c *city.City) { c.Population = ptr(int64(-1)) }},
		{"source without population", "population", func(c *city.City) { c.Population = nil }},
		{"year of another time", "population-year", func(c *city.City) { c.PopulationYear = 20 }},
		{"no language", "languages", func(c *city.City) { c.Languages = []string{"english please"} }},
		{"latitude alone", "latitude", func(c *city.City) { c.Longitude = nil }},
		{"latitude beyond the pole", "latitude", func(c *city.City) { c.Latitude = ptr(91.0) }},
		{"latitude that is no number", "latitude", func(c *city.City) { c.Latitude = ptr(math.NaN()) }},
		{"longitude beyond the date line", "longitude", func(c *city.City) { c.Longitude = ptr(-180.5) }},
		{"wrong UN/LOCODE", "place", func(c *city.City) { c.Place = map[string]string{"unlocode": "BRISTOL"} }},
		{"wrong Wikidata item", "place", func(c *city.City) { c.Place = map[string]string{"wikidata": "23154"} }},
		{"source without a code", "place", func(c *city.City) { c.Place = map[string]string{"LAU": " "} }},
		{"one source twice", "place", func(c *city.City) { c.Place = map[string]string{"LAU": "1", "lau": "2"} }},
		{"unknown share", "competences", func(c *city.City) { c.Competences = map[string]city.Competence{"housing": {Share: "maybe"}} }},
		{"service that is no key", "competences", func(c *city.City) { c.Competences = map[string]city.Competence{"Housing!": {Share: city.Own}} }},
		{"since when", "since", func(c *city.City) { c.Since = "long ago" }},
		{"endless text", "about", func(c *city.City) { c.About = strings.Repeat("x", 4001) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := bristol()
			test.spoil(&c)
			_, err := city.Clean(c)
			var e *fault.Error
			if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Place.Field != test.field {
				t.Errorf("got %v, want an invalid %s", err, test.field)
			}
		})
	}
}

func TestCleanNamesAllMistakesAtOnce(t *testing.T) {
	_, err := city.Clean(city.City{ID: "X", Country: "QQ", Since: "x", Latitude: new(999.0), Longitude: new(-181.0)})
	for _, field := range []string{"code: ", "name: ", "country: ", "latitude: ", "longitude: ", "since: "} {
		if !strings.Contains(err.Error(), field) {
			t.Errorf("%q does not name %s", err, field)
		}
	}
}

func TestCleanKeepsTheUsualSpelling(t *testing.T) {
	messy := bristol()
	messy.ID, messy.Name, messy.Country, messy.Kind = " bristol ", "  Bristol\n", "gb", ""
	messy.Languages = []string{"EN", "en", " en "}
	messy.Place = map[string]string{"lau": "e06000023", "un-locode": "gb brs", "WIKIDATA": "q23154"}
	got, err := city.Clean(messy)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bristol(), got); diff != "" {
		t.Error(diff)
	}
}

func TestCleaningTwiceIsCleaningOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := city.City{
			ID:        rapid.StringMatching(`[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}`).Draw(t, "id"),
			Name:      rapid.String().Draw(t, "name"),
			Country:   rapid.SampledFrom([]string{"gb", "FR", "ZZ", "Qx"}).Draw(t, "country"),
			Languages: rapid.SliceOfN(rapid.SampledFrom([]string{"en", "EN", "pt-br", "ar", "zh-Hant"}), 0, 5).Draw(t, "languages"),
			Place:     rapid.MapOfN(rapid.SampledFrom([]string{"LAU", "Local code", "lau"}), rapid.String(), 0, 2).Draw(t, "place"),
			About:     rapid.String().Draw(t, "about"),
		}
		once, err := city.Clean(c)
		if err != nil {
			return
		}
		twice, err := city.Clean(once)
		if err != nil {
			t.Fatalf("what was cleaned is refused: %v", err)
		}
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestCountriesAreThoseOfISO3166(t *testing.T) {
	official := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if city.OfficialCountry(code) && city.InventedCountry(code) {
				t.Errorf("%s is both assigned and invented", code)
			}
			if !city.OfficialCountry(code) {
				continue
			}
			official++
			if region, err := language.ParseRegion(code); err != nil || !region.IsCountry() {
				t.Errorf("%s is not a country for CLDR", code)
			}
		}
	}
	if official != 249+1 { // and XK
		t.Errorf("%d official codes, ISO 3166-1 has 249, and XK is one", official)
	}
	for code, invented := range map[string]bool{
		"XA": true, "XK": false, "XZ": true, "AA": false, "QM": false, "QZ": false, "ZZ": false,
		"AB": false, "QL": false, "QA": false, "ZA": false, "ZY": false, "": false, "X": false, "XAA": false, "xa": false,
	} {
		if city.InventedCountry(code) != invented {
			t.Errorf("%s invented: %v", code, !invented)
		}
	}
}

func TestACountryIsAssignedOrInventedWithItsCity(t *testing.T) {
	for _, test := range []struct {
		code      string
		fictional bool
		key       string
	}{
		{"GB", false, ""}, {"GB", true, ""}, {"XA", true, ""}, {"XZ", true, ""},
		{"XA", false, "error.city.country_invented"},
		{"ZZ", true, "error.city.country"}, {"ZZ", false, "error.city.country"}, {"AA", true, "error.city.country"}, {"QQ", true, "error.city.country"}, {"UK", false, "error.city.country"},
	} {
		c := bristol()
		c.Country, c.Fictional = test.code, test.fictional
		_, err := city.Clean(c)
		said := ""
		if e := new(fault.Error); errors.As(err, &e) {
			said = e.Key
		}
		if said != test.key {
			t.Errorf("%s, fictional %v: said %q, want %q", test.code, test.fictional, said, test.key)
		}
	}
}

func TestCompetentCountsSharedServicesAsOwn(t *testing.T) {
	c := city.City{Competences: map[string]city.Competence{"a": {Share: city.Own}, "b": {Share: city.Shared}, "c": {Share: city.NotOwn}}}
	if diff := cmp.Diff(map[string]bool{"a": true, "b": true, "c": false}, c.Competent()); diff != "" {
		t.Error(diff)
	}
}
