package standards_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

const shipped = "hrc-ms@0.2"

func load(t testing.TB) *standard.Standard {
	t.Helper()
	s, err := standards.Load(shipped)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheShippedStandardIsCompleteAndValid(t *testing.T) {
	s := load(t)
	requirements, indicators := 0, 0
	for _, d := range s.Dimensions {
		requirements += len(d.Requirements)
		for _, q := range d.Requirements {
			indicators += len(q.Indicators)
		}
	}
	if len(s.Dimensions) != 10 || requirements != 53 || indicators != 189 {
		t.Errorf("%d dimensions, %d requirements, %d indicators; want 10, 53, 189", len(s.Dimensions), requirements, indicators)
	}
	if err := standard.Validate(s); err != nil {
		t.Error(err)
	}
	starter, ok := s.Profile(standard.Starter)
	if !ok || len(starter.Requirements) != standard.StarterSize {
		t.Errorf("the starter profile: %+v", starter)
	}
}

func TestShippedStandardsAreFoundByReference(t *testing.T) {
	refs := standards.Shipped()
	if len(refs) == 0 || refs[len(refs)-1] != shipped {
		t.Errorf("Shipped() = %v", refs)
	}
	if s, err := standards.Load("hrc-ms"); err != nil || s.Ref() != shipped {
		t.Errorf("the newest hrc-ms: %v", err)
	}
	for _, ref := range []string{"hrc-ms@9.9", "other"} {
		if _, err := standards.Load(ref); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Load(%q): %v", ref, err)
		}
	}
	if _, err := standards.Load("../hrc-ms@0.2"); err == nil {
		t.Error("a path was taken for a reference")
	}
}

// TestEveryTranslationHasAllShortTexts holds each shipped translation to all titles, minimum sentences and residents' questions.
func TestEveryTranslationHasAllShortTexts(t *testing.T) {
	s := load(t)
	if diff := cmp.Diff([]string{"en", "ar", "de", "es", "fr"}, s.Languages()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	for tag, translation := range s.Translations {
		if translation.Title == "" {
			t.Errorf("%s: no title", tag)
		}
		for _, d := range s.Dimensions {
			if translation.Dimensions[d.ID] == "" {
				t.Errorf("%s: %s has no title", tag, d.ID)
			}
			for _, q := range d.Requirements {
				if text := translation.Requirements[q.ID]; text.Title == "" || text.Minimum == "" || text.Question == "" {
					t.Errorf("%s: %s lacks a title, minimum or question", tag, q.ID)
				}
				for _, i := range q.Indicators {
					if translation.Indicators[i.ID] == "" {
						t.Errorf("%s: %s has no title", tag, i.ID)
					}
				}
			}
		}
	}
}

// TestLongerTextsAreInOrderAndWhole reads what the program reads only when somebody asks for it, and holds each language to all its texts.
func TestLongerTextsAreInOrderAndWhole(t *testing.T) {
	s := load(t)
	for tag, translation := range s.Translations {
		detail, err := translation.Detail()
		if err != nil {
			t.Error(err)
		}
		if missing, of := s.Untranslated(tag); len(missing) > 0 && (slices.Contains(whole, tag) || len(detail.Abouts) > 0) {
			t.Errorf("%s lacks %d of %d texts: %s", tag, len(missing), of, strings.Join(missing, ", "))
		}
	}
}

// whole are the languages of which no text may be missing.
var whole = []string{"ar", "de", "es", "fr"}

// TestNothingOfTheDraftIsLost holds the standard to the ids, links and what is measured of the draft it was made from.
func TestNothingOfTheDraftIsLost(t *testing.T) {
	type indicator struct {
		ID, Type, Value string
		By, Evidence    []string
		SDG             string
	}
	var draft struct {
		Dimensions []struct {
			ID        string
			Standards []struct {
				ID         string
				Links      []string
				Indicators []indicator
			}
		}
	}
	data, err := os.ReadFile(filepath.Join(sharedFolder(t), "reference", "standard", "draft-standard.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, &draft); err != nil {
		t.Fatal(err)
	}
	s := load(t)
	if len(draft.Dimensions) != 10 {
		t.Fatalf("the draft has %d dimensions", len(draft.Dimensions))
	}
	for _, d := range draft.Dimensions {
		for _, q := range d.Standards {
			now, ok := s.Requirement(q.ID)
			if !ok {
				t.Errorf("%s is lost", q.ID)
				continue
			}
			links := map[string]bool{}
			for _, l := range now.Links {
				links[l.String()] = true
			}
			for _, l := range q.Links {
				if !links[l] {
					t.Errorf("%s lost the link %s", q.ID, l)
				}
			}
			for _, i := range q.Indicators {
				in, ok := s.Indicator(i.ID)
				if !ok {
					t.Errorf("%s is lost", i.ID)
					continue
				}
				if string(in.Kind) != i.Type || in.Value != i.Value {
					t.Errorf("%s measures %s %s, in the draft %s %s", i.ID, in.Kind, in.Value, i.Type, i.Value)
				}
				if strings.Join(in.By, " ") != strings.Join(i.By, " ") || strings.Join(in.Evidence, " ") != strings.Join(i.Evidence, " ") {
					t.Errorf("%s: by %v, evidence %v; in the draft %v, %v", i.ID, in.By, in.Evidence, i.By, i.Evidence)
				}
				if i.SDG != "" && (in.SDG == nil || in.SDG.Indicator != i.SDG) {
					t.Errorf("%s lost its SDG indicator %s", i.ID, i.SDG)
				}
			}
		}
	}
}

// sharedFolder finds the reference material beside the repository.
func sharedFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("CITYRIGHTS_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the reference material is not here (%s); set CITYRIGHTS_SHARED to its folder", folder)
	}
	return folder
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := standards.Load(shipped); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDetail reads the longer texts of a language, as its first reader waits for.
func BenchmarkDetail(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := load(b)
		b.StartTimer()
		if _, err := s.Translations["fr"].Detail(); err != nil {
			b.Fatal(err)
		}
	}
}
