package web

import (
	"slices"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/standard"
)

// reader is a request in a language, without a node behind it.
func reader(t *testing.T, tag string) *request {
	t.Helper()
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, ok := locales.Get(tag)
	if !ok {
		t.Fatalf("no locale %s", tag)
	}
	return &request{server: &Server{}, locale: l}
}

func TestAGoalStandsBeforeItsTargets(t *testing.T) {
	numbered := func(numbers ...string) (all []standard.Article) {
		for _, n := range numbers {
			all = append(all, standard.Article{Number: n})
		}
		return all
	}
	numbers := func(all []standard.Article) (said []string) {
		for _, a := range all {
			said = append(said, a.Number)
		}
		return said
	}
	for _, c := range []struct{ have, want []string }{
		{[]string{"1", "2", "10", "1.b", "1.2", "1.10", "1.a", "2.1", "1.1"}, []string{"1", "1.1", "1.2", "1.10", "1.a", "1.b", "2", "2.1", "10"}},
		{[]string{"VII", "I", "II"}, []string{"VII", "I", "II"}},
		{[]string{"2", "P1-2", "1"}, []string{"2", "P1-2", "1"}},
	} {
		if got := numbers(inOrder(numbered(c.have...))); !slices.Equal(got, c.want) {
			t.Errorf("%v is shown as %v, want %v", c.have, got, c.want)
		}
	}
}

func TestACommonGroupIsNamedInTheReadersLanguage(t *testing.T) {
	for _, c := range []struct{ tag, source, want string }{
		{"de", "Women", "Frauen"}, {"fr", "männlich", "Hommes"}, {"es", "With a disability", "Con discapacidad"}, {"en", " Frauen ", "Women"},
		{"de", "16 to 29", "16 to 29"}, {"fr", "Harbour", "Harbour"},
	} {
		if got := reader(t, c.tag).groupName(c.source); got != c.want {
			t.Errorf("%s says %q as %q, want %q", c.tag, c.source, got, c.want)
		}
	}
}

func TestEveryBreakdownThatIsShownIsNamed(t *testing.T) {
	q := reader(t, "en")
	one := []publication.Point{{Period: "2024"}}
	doc := publication.Series{Grounds: publication.Grounds{Present: []string{"sex"}}, Groups: []publication.Group{
		{Ground: "", Dimension: "Quintile", Points: one}, {Ground: "sex", Dimension: "Sex", Points: one}, {Ground: "age", Dimension: "Age"}, {Dimension: "Quintile", Points: one},
	}}
	if got, want := q.shownGrounds(doc), []string{q.t("term.grounds.sex"), "Quintile"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAChangeHasItsUnit(t *testing.T) {
	for unit, want := range map[string]string{"%": "+0.8 percentage points", "years": "+0.8 years", "": "+0.8"} {
		if got := reader(t, "en").change(0.8, unit); got != want {
			t.Errorf("%q: got %q, want %q", unit, got, want)
		}
	}
}

func TestAPeriodOfSeveralYearsRunsFromLeftToRightOnArabicPages(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/ar/cities/example", "/ar/cities/example/2024", "/ar/cities/example/2024/LIV.5", "/ar/cities/example/data/LIV.5.O1"} {
		_, page := s.get(t, visitor(), path)
		if strings.Contains(page, ">2024<") && !strings.Contains(page, "<bdi>2024</bdi>") || !strings.Contains(page, "\u20662024\u2069") {
			t.Errorf("%s has a period that its words may turn", path)
		}
	}
}

func TestACityWithoutResultsStandsBehindTheOthersAndHasNoLooseDot(t *testing.T) {
	s := newSite(t)
	if err := s.rooms.City.Add(t.Context(), "test", city.City{ID: "later", Name: "Later", Country: "EG"}); err != nil {
		t.Fatal(err)
	}
	_, page := s.get(t, visitor(), "/en/")
	first, second := strings.Index(page, ">Example<"), strings.Index(page, ">Later<")
	if first < 0 || second < first {
		t.Errorf("the city with results is at %d, the one without at %d", first, second)
	}
	if !strings.Contains(page, `<p class="kicker">Egypt</p>`) {
		t.Errorf("the city without results is not plainly in Egypt: %s", page)
	}
	_, page = s.get(t, visitor(), "/en/cities/later")
	if strings.Contains(page, english(t).T("city.take")) {
		t.Error("a city without results offers to take its data")
	}
}

func TestTheRightsSayWhatIsStillInEnglish(t *testing.T) {
	s := newSite(t)
	for tag, want := range map[string]bool{"en": false, "de": true, "ar": true} {
		for _, path := range []string{"/rights", "/rights/SDG"} {
			_, page := s.get(t, visitor(), "/"+tag+path)
			if got := strings.Contains(page, reader(t, tag).t("rights.in_english")); got != want {
				t.Errorf("/%s%s says it: %v", tag, path, got)
			}
		}
	}
}

func TestTheMapSaysWhichCitiesItLacks(t *testing.T) {
	s := newSite(t)
	north, east := 51.5, 3.1
	if err := s.rooms.City.Add(t.Context(), "test", city.City{ID: "placed", Name: "Placed", Country: "BE", Latitude: &north, Longitude: &east}); err != nil {
		t.Fatal(err)
	}
	en := english(t)
	for query, want := range map[string]string{"": en.T("cities.map_without", "Count", 1), "?q=placed": en.T("cities.map_all")} {
		if _, page := s.get(t, visitor(), "/en/cities"+query); !strings.Contains(page, want) {
			t.Errorf("/en/cities%s does not say %q", query, want)
		}
	}
}
