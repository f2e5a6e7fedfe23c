package standard

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hostile are texts that have broken readers of YAML or CSV.
var hostile = []string{
	"", "\n", "---\n---\n", "a: &a [*a]\n", "? ? ? ?", "[[[[", "{a: {a: {a:", "- - - - - -", "!!binary x", "%YAML 9.9\n---\n", "a: |\n\tb", "\xff\xfe", "\x00",
	"a:\n  - b\n c", "<<: *x", "key: \"\\u", "'", "\"a\"\"b,c\nd", "\ufeff", strings.Repeat("a,", 50), "#\n#\n#", "a: >-\n\n\n  b",
}

// FuzzDimension feeds any text as a dimension's file: the loader must end soon, with a standard that is valid or with problems that name the
// file.
func FuzzDimension(f *testing.F) { fuzzFile(f, "mini/1.0/dimensions/HOM.yaml") }

// FuzzHead feeds any text as standard.yaml.
func FuzzHead(f *testing.F) { fuzzFile(f, "mini/1.0/standard.yaml") }

// FuzzTranslation feeds any text as a translation.
func FuzzTranslation(f *testing.F) { fuzzFile(f, "mini/1.0/translations/fr.yaml") }

// FuzzDetail feeds any text as the longer texts of a translation.
func FuzzDetail(f *testing.F) { fuzzFile(f, frenchHomes) }

// fuzzFile puts any text in the place of one file of the small standard.
func fuzzFile(f *testing.F, name string) {
	files := miniFiles(f)
	f.Add(string(files[name].Data))
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		broken := maps.Clone(files)
		broken[name] = &fstest.MapFile{Data: []byte(text)}
		s, err := Load(broken, "mini/1.0")
		if (s == nil) == (err == nil) {
			t.Fatalf("standard %v, error %v", s, err)
		}
		if err != nil {
			named(t, err)
		} else if again := Validate(s); again != nil {
			t.Fatalf("a loaded standard is broken: %v", again)
		}
	})
}

// named checks that each problem names its file and says something.
func named(t *testing.T, err error) {
	t.Helper()
	var problems Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("the error has no problems: %v", err)
	}
	for _, p := range problems {
		if p.File == "" || p.Text == "" || p.Line < 0 {
			t.Fatalf("a problem without place or text: %+v", p)
		}
	}
}

// FuzzLocal feeds any text as a city's additions.
func FuzzLocal(f *testing.F) {
	base := loadMini(f)
	f.Add(readLocal(f))
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := LoadLocal(strings.NewReader(text), "local.yaml", base)
		if err != nil {
			named(t, err)
			return
		}
		for _, in := range l.Indicators {
			if !in.Local() || judges(&in) && in.Minimum != nil {
				t.Fatalf("an addition that judges: %+v", in)
			}
		}
		if err := Validate(WithLocal(base, l)); err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := WriteLocal(&file, l); err != nil {
			t.Fatal(err)
		}
		written := file.String()
		again, err := LoadLocal(&file, "local.yaml", base)
		if err != nil || cmp.Diff(l, again) != "" {
			t.Fatalf("written and read again it is something else: %v\n%s", err, written)
		}
	})
}

// FuzzCatalogue feeds any text as instruments.csv.
func FuzzCatalogue(f *testing.F) {
	f.Add(string(miniFiles(f)["instruments.csv"].Data))
	f.Add(catalogueHeader)
	for _, text := range hostile {
		f.Add(text)
		f.Add(catalogueHeader + text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := LoadCatalogue(strings.NewReader(text), "instruments.csv")
		if err != nil {
			named(t, err)
			return
		}
		for _, in := range c.Instruments {
			for _, a := range in.Articles {
				if found, ok := c.Article(Link{in.Key, a.Number}); !ok || found.Title != a.Title {
					t.Fatalf("%s:%s is not found again", in.Key, a.Number)
				}
			}
		}
	})
}

// TestTheLargestHostileFilesAreRefusedInTime guards against work that grows faster than the file.
func TestTheLargestHostileFilesAreRefusedInTime(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, maxYAML/len(unit)) }
	var keys, list strings.Builder
	for i := 0; keys.Len() < maxYAML-20; i++ {
		fmt.Fprintf(&keys, "k%d: b\n", i)
	}
	list.WriteString("services: [")
	for i := 0; list.Len() < maxYAML-20; i++ {
		fmt.Fprintf(&list, "k%d,", i)
	}
	list.WriteString("]")
	row := "A%d,Name,1966,UN,1,Title,,own,known,\n"
	for name, text := range map[string]string{
		"brackets": fill("["), "braces": fill("{a: "), "dashes": fill("- "), "questions": fill("? "), "comments": fill("#\n"), "quotes": fill("'"),
		"items": "id: [" + fill("a,"), "keys": fill("a: b\n"), "anchors": fill("&a "), "indents": fill(" "), "lines": fill("\n"), "words": fill("ab "),
		"different keys": keys.String(), "a long list": list.String(), "comment after value": fill("a: b # c\n\n"),
	} {
		t.Run(name, func(t *testing.T) {
			files := miniFiles(t)
			files["mini/1.0/standard.yaml"] = &fstest.MapFile{Data: []byte(text)}
			began := time.Now()
			if _, err := Load(files, "mini/1.0"); err == nil {
				t.Error("the file was accepted")
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("refused only after %v", took)
			}
		})
	}
	t.Run("catalogue of instruments", func(t *testing.T) {
		began := time.Now()
		var b strings.Builder
		b.WriteString(catalogueHeader)
		for i := 0; b.Len() < maxCatalogue-100; i++ {
			b.WriteString(strings.Replace(row, "%d", strings.Repeat("x", 1+i%7)+time.Duration(i).String(), 1))
		}
		if _, err := LoadCatalogue(strings.NewReader(b.String()), "c.csv"); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("read only after %v", took)
		}
	})
}
