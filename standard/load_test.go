package standard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// miniFiles gives the small standard of testdata as files that a test can break.
func miniFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(name, "fuzz/") {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func loadMini(t testing.TB) *Standard {
	t.Helper()
	s, err := Load(miniFiles(t), "mini/1.0")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoadReadsEveryField(t *testing.T) {
	s := loadMini(t)
	if got := s.Ref(); got != "mini@1.0" {
		t.Errorf("Ref() = %q", got)
	}
	if s.Date != "2026-11-23" || s.Terms.Grades[3] != "minimum met" || len(s.Rules) != 2 || s.Rules[1].ID != "R2" {
		t.Errorf("head = %+v", s)
	}
	if diff := cmp.Diff([]Term{{"housing", "housing"}, {"environment", "environment"}}, s.Terms.Services); diff != "" {
		t.Errorf("services are not in the order of the file:\n%s", diff)
	}
	if s.Dimensions[0].ID != "HOM" || s.Dimensions[1].ID != "AIR" {
		t.Errorf("dimensions are not in the order of standard.yaml: %s, %s", s.Dimensions[0].ID, s.Dimensions[1].ID)
	}
	q, ok := s.Requirement("HOM.1")
	if !ok {
		t.Fatal("there is no HOM.1")
	}
	want := Requirement{
		ID: "HOM.1", Dimension: "HOM", Title: "Everyone has a home",
		Minimum:  "The city has a housing plan and offers a bed to everyone without one.",
		Why:      "A life begins with a door of one's own.",
		Links:    []Link{{"ICESCR", "11"}, {"RESC", "31"}},
		Check:    Known,
		Services: []string{"housing"},
		Grades: [5]string{
			"Nobody counts people without a home.", "People without a home are counted once a year.", "A housing plan is before the council.",
			"A housing plan is in force and no one was turned away from a bed.", "No one has slept outside for a year.",
		},
		Question: "If you lost your home, would the city find you a bed?",
		Groups:   []string{"tenants", "children"},
		Proof:    "The plan and the register of beds. A press release does not count.",
		Indicators: []Indicator{
			{
				ID: "HOM.1.S1", Requirement: "HOM.1", Kind: Structure, Title: "Housing plan in force", Question: "Is a housing plan in force?",
				Value: "bool", Good: Yes, Evidence: []string{"decision"}, AnsweredBy: []string{"authority", "civil_society"}, Decisive: true,
			},
			{
				ID: "HOM.1.P1", Requirement: "HOM.1", Kind: Process, Title: "Applications for a bed answered in a day",
				Question: "What share of applications was answered in a day last year?",
				Value:    "pct", Unit: "%", Good: Up, Minimum: &Minimum{95, "this standard, HOM.1", Known},
				By: []string{"sex", "area"}, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"},
			},
			{
				ID: "HOM.1.O1", Requirement: "HOM.1", Kind: Outcome, Title: "People without a home",
				Question: "How many people had no home on the day of the last count?",
				Value:    "rate", Unit: "per 100,000 inhabitants", Good: Down, By: []string{"sex"}, Evidence: []string{"dataset"},
				AnsweredBy: []string{"authority", "civil_society"}, SDG: &SDG{"11.1.1", "close"}, Note: "A count in one night misses those who hide.",
			},
		},
	}
	if diff := cmp.Diff(&want, q); diff != "" {
		t.Errorf("HOM.1 (-want +got):\n%s", diff)
	}
	if _, ok := s.Requirement("HOM.9"); ok {
		t.Error("HOM.9 was found")
	}
	if diff := cmp.Diff([]string{"en", "de", "fr"}, s.Languages()); diff != "" {
		t.Error(diff)
	}
	if a, ok := s.Catalogue.Article(Link{"ICESCR", "12"}); !ok || a.Title != "Health, physical and mental" || a.Check != Seen {
		t.Errorf("ICESCR:12 = %+v, %v", a, ok)
	}
}

func TestLoadTakesTheFoldersOwnCatalogueFirst(t *testing.T) {
	files := miniFiles(t)
	files["mini/1.0/instruments.csv"] = files["instruments.csv"]
	delete(files, "instruments.csv")
	if _, err := Load(files, "mini/1.0"); err != nil {
		t.Error(err)
	}
	sub, err := fs.Sub(files, "mini/1.0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(sub, "."); err != nil {
		t.Errorf("from within the folder: %v", err)
	}
}

func TestLoadPassesOverHiddenFiles(t *testing.T) {
	files := miniFiles(t)
	files["mini/1.0/translations/.swp"] = &fstest.MapFile{}
	files["mini/1.0/dimensions/.HOM.yaml.swp"] = &fstest.MapFile{}
	if _, err := Load(files, "mini/1.0"); err != nil {
		t.Error(err)
	}
}

func TestLoadCollectsAllProblemsOfAllFilesInOrder(t *testing.T) {
	files := miniFiles(t)
	breakFile(t, files, "mini/1.0/standard.yaml", "status: released", "status: secret")
	breakFile(t, files, "mini/1.0/dimensions/AIR.yaml", "check: seen", "check: maybe")
	breakFile(t, files, "mini/1.0/dimensions/HOM.yaml", "services: [housing]", "services: [horses]")
	_, err := Load(files, "mini/1.0")
	want := `dimensions/AIR.yaml:10: AIR.1: check "maybe" is not known; known are seen, known, unsure
dimensions/HOM.yaml:11: HOM.1: services "horses" is not known; known are housing, environment
standard.yaml:5: the standard: status "secret" is not known; known are draft, released`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	var problems Problems
	var first Problem
	if !errors.As(err, &problems) || len(problems) != 3 || !errors.As(err, &first) || first.Line != 10 {
		t.Errorf("problems = %#v, first = %+v", problems, first)
	}
}

func TestLoadSaysWhatFilesAreMissingOrTooMany(t *testing.T) {
	cases := []struct {
		name   string
		change func(fstest.MapFS)
		want   string
	}{
		{"no standard.yaml", func(f fstest.MapFS) { delete(f, "mini/1.0/standard.yaml") }, "standard.yaml: the file cannot be read: file does not exist"},
		{"a dimension is missing", func(f fstest.MapFS) { delete(f, "mini/1.0/dimensions/AIR.yaml") }, "dimensions/AIR.yaml: the file cannot be read: file does not exist"},
		{"a folder where a file is expected", func(f fstest.MapFS) {
			f["mini/1.0/dimensions/AIR.yaml/x"] = &fstest.MapFile{}
			delete(f, "mini/1.0/dimensions/AIR.yaml")
		}, "dimensions/AIR.yaml: the file cannot be read: invalid argument"},
		{"a dimension that is not listed", func(f fstest.MapFS) { f["mini/1.0/dimensions/OLD.yaml"] = &fstest.MapFile{} },
			"dimensions/OLD.yaml: the file is not one of the dimensions that standard.yaml lists"},
		{"a stranger among the translations", func(f fstest.MapFS) { f["mini/1.0/translations/notes.txt"] = &fstest.MapFile{} },
			"translations/notes.txt: the file is not a translation; name it LANG.yaml"},
		{"more translations than anyone needs", func(f fstest.MapFS) {
			for i := range maxFiles {
				f[fmt.Sprintf("mini/1.0/translations/aa-x-%d.yaml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "language: aa-x-%d\nstatus: draft\n", i)}
			}
		}, "standard.yaml: there are more than 100 translations"},
		{"no catalogue", func(f fstest.MapFS) { delete(f, "instruments.csv") }, "instruments.csv: the catalogue cannot be read: file does not exist"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := miniFiles(t)
			c.change(files)
			s, err := Load(files, "mini/1.0")
			if s != nil || err == nil || err.Error() != c.want {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

// breakFile replaces the first occurrence of old in a file and gives the line on which the replacement begins.
func breakFile(t testing.TB, files fstest.MapFS, name, old, new string) int {
	t.Helper()
	data := string(files[name].Data)
	at := strings.Index(data, old)
	if at < 0 {
		t.Fatalf("%s has no %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(data, old, new, 1))}
	return 1 + strings.Count(data[:at], "\n")
}

func TestHostileYAMLIsRefusedWithItsPlace(t *testing.T) {
	deep := strings.Repeat("[", 400) + strings.Repeat("]", 400)
	cases := []struct{ name, text, want string }{
		{"empty", "", ": the file is empty"},
		{"only a comment", "# nothing\n", ": the file is empty"},
		{"a list", "- a\n", ":1: must be a mapping"},
		{"a word", "hello", ":1: must be a mapping"},
		{"two documents", "id: mini\n---\nid: mini\n", ":2: the file holds a second document"},
		{"broken in the second document", "id: mini\n---\nid: [\n", ":3: not readable as YAML"},
		{"an anchor and its aliases", "id: &a [x]\ntitle: [*a, *a]\n", ":1: anchors and aliases are not allowed"},
		{"a bomb of aliases", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", ":1: anchors and aliases"},
		{"a tag", "id: !!binary aGFsbG8=\n", ":1: the tag !!binary is not allowed"},
		{"a tag of a stranger", "id: !ruby/object mini\n", ":1: the tag !ruby/object is not allowed"},
		{"nested too deep", "id: " + deep, ":1: the text is nested deeper than 12 levels"},
		{"not closed", "id: [a, b\n", ":1: not readable as YAML"},
		{"a tab as indent", "id: mini\nprofiles:\n\tcore: x\n", ":3: not readable as YAML"},
		{"not UTF-8", "id: mini\ntitle: caf\xe9\n", ":2: the text is not UTF-8"},
		{"UTF-16", "\xff\xfei\x00d\x00", ":1: the text is not UTF-8"},
		{"a NUL", "id: mini\x00\n", ":1: the control character U+0000 stands in the text"},
		{"too large", strings.Repeat("#", maxYAML+1), ": the file is larger than 1024 KiB"},
		{"too many entries", "id: [" + strings.Repeat("a,", maxEntries+1) + "]", ":1: more than 2000 entries stand in one mapping or list"},
		{"a key twice", "id: mini\nid: mini\n", `:2: the key "id" stands twice`},
		{"an unknown key", "id: mini\ncolour: red\n", `:2: unknown key "colour"`},
		{"a merge key", "id: mini\n<<: {title: x}\n", `:2: unknown key "<<"`},
		{"a number where a text is meant", "version: 1.0\n", `:1: "version" must be a text; put "1.0" in quotes`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := miniFiles(t)
			files["mini/1.0/standard.yaml"] = &fstest.MapFile{Data: []byte(c.text)}
			_, err := Load(files, "mini/1.0")
			if err == nil || !strings.Contains(err.Error(), "standard.yaml"+c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestPercentSignsInTextsDoNotBreakMessages(t *testing.T) {
	files := miniFiles(t)
	line := breakFile(t, files, "mini/1.0/dimensions/AIR.yaml", "id: AIR.1\n", "id: \"%d%s\"\n")
	_, err := Load(files, "mini/1.0")
	want := fmt.Sprintf("dimensions/AIR.yaml:%d: the id \"%%d%%s\" must have the form DIM.n\n", line)
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "MISSING") {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
