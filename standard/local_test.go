package standard

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func readLocal(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/local/bristol.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestACitysOwnIndicatorsStandBehindThoseOfTheStandard(t *testing.T) {
	s := loadMini(t)
	l, err := LoadLocal(strings.NewReader(readLocal(t)), "bristol.yaml", s)
	if err != nil {
		t.Fatal(err)
	}
	with := WithLocal(s, l)
	q, _ := with.Requirement("HOM.1")
	var ids []string
	for i := range q.Indicators {
		ids = append(ids, q.Indicators[i].ID)
		if q.Indicators[i].Local() != strings.HasPrefix(q.Indicators[i].ID, "L.") {
			t.Errorf("%s: Local() = %v", q.Indicators[i].ID, q.Indicators[i].Local())
		}
	}
	if diff := cmp.Diff([]string{"HOM.1.S1", "HOM.1.P1", "HOM.1.O1", "L.HOM.1.O1", "L.HOM.1.S1"}, ids); diff != "" {
		t.Error(diff)
	}
	if in, _ := with.Indicator("L.HOM.1.O1"); in.Kind != Outcome || in.Requirement != "HOM.1" || in.Minimum != nil {
		t.Errorf("L.HOM.1.O1 = %+v", in)
	}
	if diff := cmp.Diff(loadMini(t), s, cmpopts.IgnoreUnexported(Translation{})); diff != "" {
		t.Errorf("the standard itself was changed:\n%s", diff)
	}
	core, _ := with.Profile(Core)
	if got := strings.Join(selected(with, *core), " "); !strings.Contains(got, "HOM.1 HOM.1.S1 L.HOM.1.O1 L.HOM.1.S1 HOM.2") {
		t.Errorf("the core profile lost the city's own: %s", got)
	}
	if err := Validate(with); err != nil {
		t.Errorf("with local additions the standard is broken: %v", err)
	}
	if d := Compare(s, with); len(d.Changes) != 0 {
		t.Errorf("local additions are a change of the standard: %+v", d.Changes)
	}
}

func TestLoadLocalRefusesWhatWouldJudgeOrDoesNotBelong(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"another standard", "base: mini@1.0", "base: mini@0.9", "b.yaml:1: the additions were made for mini@0.9, not for mini@1.0"},
		{"a city that is no code", "city: bristol", "city: Bristol UK", `b.yaml:2: the city "Bristol UK" must be lower-case letters, digits and hyphens`},
		{"an id without L", "id: L.HOM.1.O1", "id: HOM.1.O9", `b.yaml:4: the id "HOM.1.O9" of a local indicator must have the form L.DIM.n.Kn with K one of S, P, O`},
		{"an id of another form", "id: L.HOM.1.O1", "id: L.HOM.O1", `b.yaml:4: the id "L.HOM.O1" of a local indicator must have the form L.DIM.n.Kn with K one of S, P, O`},
		{"an unknown requirement", "id: L.HOM.1.O1", "id: L.HOM.9.O1", "b.yaml:4: L.HOM.9.O1: mini@1.0 has no requirement HOM.9"},
		{"an id twice", "id: L.HOM.1.S1", "id: L.HOM.1.O1", "b.yaml:12: L.HOM.1.O1: the id is taken already"},
		{"a minimum", "good: down", "good: down\n    minimum: {value: 1, source: ours, check: known}", "b.yaml:10: L.HOM.1.O1: a local indicator has no minimum, since it never judges"},
		{"a decisive one", "good: down", "good: down\n    decisive: true", "b.yaml:10: L.HOM.1.O1: a local indicator cannot be decisive, since it never judges"},
		{"an unknown ground", "by: [area]", "by: [hair]", `b.yaml:17: L.HOM.1.S1: by "hair" is not known; known are sex, area`},
		{"an unknown key", "city: bristol", "city: bristol\ncolour: red", `b.yaml:3: unknown key "colour"; known are base, city, indicators`},
		{"no indicators", "indicators:", "indicator:", `b.yaml:1: the key "indicators" is missing`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(readLocal(t), c.old, c.new, 1)
			_, err := LoadLocal(strings.NewReader(text), "b.yaml", loadMini(t))
			if err == nil || !slices.Contains(strings.Split(err.Error(), "\n"), c.want) {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

func TestAProblemNamesTheIndicatorThatBreaksTheRule(t *testing.T) {
	s := loadMini(t)
	l, err := LoadLocal(strings.NewReader(readLocal(t)), "bristol.yaml", s)
	if err != nil {
		t.Fatal(err)
	}
	l.Indicators[1].Title, l.Indicators[1].Evidence = "", nil
	var local Problems
	if !errors.As(ValidateLocal(l, s), &local) || len(local) != 2 {
		t.Fatalf("an addition without title and evidence has the problems %v", local)
	}
	s.Dimensions[0].Requirements[0].Indicators[2].Question = "No question"
	s.Dimensions[0].Title = ""
	var whole Problems
	if !errors.As(Validate(s), &whole) {
		t.Fatal("a standard with two mistakes has no problem")
	}
	named := map[string][]string{}
	for _, p := range slices.Concat(local, whole) {
		named[p.Indicator] = append(named[p.Indicator], p.Key)
	}
	if diff := cmp.Diff(map[string][]string{l.Indicators[1].ID: {"evidence", "title"}, "HOM.1.O1": {"question"}, "": {"title"}}, named); diff != "" {
		t.Error(diff)
	}
}
