package web

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// longestSentence is how many words of a reason a resident has to hold in mind at once; guides to plain language say 15 to 20.
const longestSentence = 20

func TestReasonsAreSaidInShortSentences(t *testing.T) {
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	end := regexp.MustCompile(`[.:;?؟؛](\s|$)`)
	for _, tag := range locale.Shipped {
		l, _ := locales.Get(tag)
		for _, code := range scorecard.ReasonCodes() {
			said, ok := l.Say("reason." + code)
			if !ok {
				t.Errorf("%s lacks reason.%s", tag, code)
			}
			for _, sentence := range end.Split(said, -1) {
				if n := len(strings.Fields(sentence)); n > longestSentence {
					t.Errorf("%s: reason.%s has a sentence of %d words: %s", tag, code, n, sentence)
				}
			}
		}
	}
}

// What only the people who wrote the standard call so has no place in a reason that a resident reads.
func TestReasonsHaveNoJargon(t *testing.T) {
	en := english(t)
	for _, code := range scorecard.ReasonCodes() {
		said := strings.ToLower(en.T("reason." + code))
		for _, word := range []string{"structure", "indicator", "self-assessed", "settled", "judge", "declared", "contested", "side of"} {
			if strings.Contains(said, word) {
				t.Errorf("reason.%s speaks of %q: %s", code, word, said)
			}
		}
	}
}
