package standard

import (
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const frenchHomes = "mini/1.0/translations/fr/HOM.yaml"

func TestLongerTextsComeInTheLanguageAskedForOrElseInTheOriginal(t *testing.T) {
	s := loadMini(t)
	in := s.In("fr-CA")
	detail, measured := in.Detail(home(s)), in.Measure(rate(s))
	air, _ := s.Requirement("AIR.1")
	for _, c := range []struct {
		name      string
		got, want Text
	}{
		{"about", in.About(&s.Dimensions[0]), Text{"Si les gens ont un logement.", "fr", true}},
		{"why", detail.Why, Text{"Une vie commence par une porte à soi.", "fr", true}},
		{"proof", detail.Proof, Text{"Le plan et le registre des lits. Un communiqué ne compte pas.", "fr", true}},
		{"grade", detail.Grades[2], Text{"Un plan du logement est soumis au conseil.", "fr", true}},
		{"question", measured.Question, Text{"Combien de personnes étaient sans logement le jour du dernier décompte ?", "fr", true}},
		{"unit", measured.Unit, Text{"pour 100 000 habitants", "fr", true}},
		{"note", measured.Note, Text{"Un décompte en une nuit ne voit pas les personnes qui se cachent.", "fr", true}},
		{"an about that is not translated", in.About(&s.Dimensions[1]), Text{"Whether people can breathe.", "en", false}},
		{"a reason that is not translated", in.Detail(air).Why, Text{"Dust shortens lives.", "en", false}},
		{"a grade that is not translated", in.Detail(air).Grades[0], Text{"The air is not measured.", "en", false}},
		{"a unit that is not translated", in.Measure(share(s)).Unit, Text{"%", "en", false}},
		{"a note that there is not", in.Measure(plan(s)).Note, Text{"", "en", false}},
		{"a language without longer texts", s.In("de").Detail(home(s)).Why, Text{"A life begins with a door of one's own.", "en", false}},
		{"the original", s.In("en").Measure(rate(s)).Unit, Text{"per 100,000 inhabitants", "en", false}},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, c.got, c.want)
		}
	}
}

func TestBrokenLongerTextsAreRefusedWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"another language", "language: fr", "language: de", "the file stands in the place of language fr and says that it is de"},
		{"another dimension", "dimension: HOM", "dimension: AIR", "the file stands in the place of dimension HOM and says that it is AIR"},
		{"an unknown key", "about:", "abut:", `unknown key "abut"; known are language, dimension, about, requirements, indicators`},
		{"an unknown requirement", "  HOM.1:", "  HOM.9:", "translation fr: HOM has no requirement HOM.9"},
		{"a requirement of another dimension", "  HOM.1:", "  AIR.1:", "translation fr: HOM has no requirement AIR.1"},
		{"an unknown key of a requirement", "    why:", "    wy:", `HOM.1: unknown key "wy"; known are why, proof, grades`},
		{"an empty reason", "why: Une vie commence par une porte à soi.", `why: ""`, `HOM.1: "why" is empty`},
		{"a grade twice in other spelling", "4: Personne n'a dormi dehors depuis un an.", "4: Personne ne compte les personnes sans logement", "HOM.1: grade 4 has the text of HOM.1 grade 0; each grade needs its own"},
		{"an unknown indicator", "HOM.1.S1:", "HOM.1.S9:", "translation fr: HOM has no indicator HOM.1.S9"},
		{"a question that does not ask", "vigueur ?", "vigueur.", "HOM.1.S1: the question must end with a question mark"},
		{"a unit of a yes or no", "    question: Un plan", "    unit: oui\n    question: Un plan", "HOM.1.S1: the original has no unit"},
		{"a note that the original has not", "    question: Un plan", "    note: oui\n    question: Un plan", "HOM.1.S1: the original has no note"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := miniFiles(t)
			line := breakFile(t, files, frenchHomes, c.old, c.new)
			_, err := Load(files, "mini/1.0")
			want := Problem{File: "translations/fr/HOM.yaml", Line: line, Text: c.want}.Error()
			if err == nil || err.Error() != want {
				t.Errorf("got %v\nwant %s", err, want)
			}
			s, err := LoadOnDemand(files, "mini/1.0")
			if err != nil {
				t.Fatalf("the longer texts were read at once: %v", err)
			}
			if err := Validate(s); err == nil || err.Error() != want {
				t.Errorf("Validate: got %v\nwant %s", err, want)
			}
			if got := s.In("fr").Detail(home(s)).Proof.Text; got == "" {
				t.Error("neither translation nor original is shown")
			}
		})
	}
}

func TestALadderOfFourGradesIsRefused(t *testing.T) {
	files := miniFiles(t)
	breakFile(t, files, frenchHomes, "      4: Personne n'a dormi dehors depuis un an.\n", "")
	if _, err := Load(files, "mini/1.0"); err == nil || err.Error() != `translations/fr/HOM.yaml:8: HOM.1: grades: the key "4" is missing` {
		t.Error(err)
	}
}

func TestStrangersAmongTheLongerTextsAreRefused(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"fr/OLD.yaml", "translations/fr/OLD.yaml: the file is not one of the dimensions that standard.yaml lists"},
		{"fr/notes.txt", "translations/fr/notes.txt: the file is not one of the dimensions that standard.yaml lists"},
		{"it/HOM.yaml", "translations/it: the folder has no it.yaml beside it, which says the status of its texts"},
	} {
		files := miniFiles(t)
		files["mini/1.0/translations/"+c.file] = &fstest.MapFile{}
		if _, err := Load(files, "mini/1.0"); err == nil || err.Error() != c.want {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}

// countingFiles counts how often a longer text is opened.
type countingFiles struct {
	fs.FS
	opened *atomic.Int32
}

func (f countingFiles) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "mini/1.0/translations/fr/") {
		f.opened.Add(1)
	}
	return f.FS.Open(name)
}

func TestLongerTextsOnDemandAreReadOnceAndByTheFirstReader(t *testing.T) {
	files := countingFiles{miniFiles(t), new(atomic.Int32)}
	s, err := LoadOnDemand(files, "mini/1.0")
	if err != nil {
		t.Fatal(err)
	}
	_ = s.In("fr").Requirement(home(s))
	if n := files.opened.Load(); n != 0 {
		t.Errorf("%d files were opened for a title", n)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := s.In("fr").Detail(home(s)).Why; got.Language != "fr" {
				t.Errorf("got %+v", got)
			}
		})
	}
	wait.Wait()
	if n := files.opened.Load(); n != 1 {
		t.Errorf("the file was opened %d times", n)
	}
	whole := loadMini(t)
	for tag := range whole.Translations {
		want, _ := whole.Translations[tag].Detail()
		got, err := s.Translations[tag].Detail()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s on demand differs (-at once +on demand): %v\n%s", tag, err, diff)
		}
	}
}

func TestWhatATranslationLacksIsListed(t *testing.T) {
	s := loadMini(t)
	missing, of := s.Untranslated("fr")
	all, ofAll := s.Untranslated("eu")
	if of != ofAll || len(all) != of || len(missing) >= of {
		t.Errorf("%d of %d are missing in French, %d of %d in Basque", len(missing), of, len(all), ofAll)
	}
	if got := strings.Join(missing[:4], ", "); got != "HOM.1.P1 title, HOM.1.P1 question, HOM.1.O1 title, HOM.2 title" {
		t.Errorf("missing first: %s", got)
	}
	for _, text := range all {
		if text == "HOM.1.P1 unit" || text == "AIR.1.O1 unit" {
			t.Errorf("a sign is to be translated: %s", text)
		}
	}
}

func TestAChangedLongerTextIsEditorialAndToldWherePeopleAnswerByIt(t *testing.T) {
	for _, c := range []struct {
		old, new  string
		id, field string
		effect    Effect
	}{
		{"un logement.", "un toit.", "fr HOM", "about", Comparable},
		{"Une vie", "La vie", "fr HOM.1", "why", Comparable},
		{"Un communiqué", "Une annonce", "fr HOM.1", "proof", Comparable},
		{"3: Un plan", "3: Le plan", "fr HOM.1", "grade 3", WithNote},
		{"Combien de", "Quel nombre de", "fr HOM.1.O1", "question", WithNote},
		{"100 000 habitants", "100 000 personnes", "fr HOM.1.O1", "unit", Comparable},
		{"en une nuit", "d'une nuit", "fr HOM.1.O1", "note", Comparable},
	} {
		files := miniFiles(t)
		breakFile(t, files, frenchHomes, c.old, c.new)
		after, err := Load(files, "mini/1.0")
		if err != nil {
			t.Fatal(err)
		}
		d := Compare(loadMini(t), after)
		if len(d.Changes) != 1 || d.Changes[0].ID != c.id || d.Changes[0].Field != c.field || d.Changes[0].Class != Editorial || d.Changes[0].Effect != c.effect {
			t.Errorf("%s of %s: %+v", c.field, c.id, d.Changes)
		}
	}
}
