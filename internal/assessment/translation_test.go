package assessment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// A translation stands beside the words that it translates, and only as long as these stay as they were.
func TestATranslationStandsBesideTheOriginalUntilThatChanges(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		two := 2
		answer := assessment.Answer{Requirement: "EQU.2", Organisation: "aldea-hall", Grade: &two, Reasons: "Hay una oficina.", Language: "es"}
		must(t, d.record(t, "2025", answer))
		key := assessment.Key{City: "aldea", Period: "2025", Requirement: "EQU.2", Organisation: "aldea-hall"}
		shown := func() []scorecard.Translation {
			t.Helper()
			all, err := reads(t, d, func(tx database.Tx) ([]scorecard.Given, error) { return d.Answers(t.Context(), tx, "aldea", "2025") })
			must(t, err)
			if len(all) != 1 || all[0].Reasons != answer.Reasons {
				t.Fatalf("the original is not there: %+v", all)
			}
			return all[0].Translations
		}
		translate := func(language, text string, machine bool) error {
			return d.Translate(t.Context(), ana, key, assessment.Translation{Language: language, Text: text, Machine: machine})
		}
		must(t, translate("fr", "Il y a un bureau.", false))
		must(t, translate("ar", "يوجد مكتب.", true))
		want := []scorecard.Translation{{Language: "ar", Text: "يوجد مكتب.", Machine: true}, {Language: "fr", Text: "Il y a un bureau."}}
		if diff := cmp.Diff(want, shown()); diff != "" {
			t.Error(diff)
		}
		must(t, translate("ar", " ", false))
		if diff := cmp.Diff(want[1:], shown()); diff != "" {
			t.Error(diff)
		}

		answer.Reasons = "Hay dos oficinas."
		must(t, d.record(t, "2025", answer))
		if got := shown(); got != nil {
			t.Errorf("a translation of other words is shown: %v", got)
		}
		kept, err := reads(t, d, func(tx database.Tx) ([]assessment.Translation, error) { return d.Translations(t.Context(), tx, key) })
		must(t, err)
		if len(kept) != 1 || !kept[0].Outdated || kept[0].By != ana.Person {
			t.Errorf("kept are %+v", kept)
		}
	})
}

func TestWhatIsNoTranslationIsRefused(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		two := 2
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "EQU.2", Organisation: "aldea-hall", Grade: &two, Reasons: "Hay una oficina.", Language: "es"}))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "EQU.1", Organisation: "aldea-hall", Grade: &two}))
		for _, c := range []struct{ requirement, language, text, want string }{
			{"EQU.2", "no language", "x", "is no language"},
			{"EQU.2", "", "x", "is no language"},
			{"EQU.2", "es", "x", "is written in this language"},
			{"EQU.2", "fr", strings.Repeat("é", 20_001), "longer than"},
			{"EQU.2", "fr", "\xff", "no text"},
			{"EQU.1", "fr", "x", "no text to translate"},
			{"EQU.3", "fr", "x", "no text to translate"},
		} {
			key := assessment.Key{City: "aldea", Period: "2025", Requirement: c.requirement, Organisation: "aldea-hall"}
			wantFault(t, d.Translate(t.Context(), ana, key, assessment.Translation{Language: c.language, Text: c.text}), fault.Invalid, c.want)
		}
	})
}
