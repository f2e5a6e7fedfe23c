package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func joined(pieces []piece, keep func(piece) bool) string {
	var b strings.Builder
	for _, p := range pieces {
		if keep(p) {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestDifferencesAreToldByWords(t *testing.T) {
	got := ""
	for _, p := range differences("The plan was adopted in March.", "The housing plan was adopted in April.") {
		switch {
		case p.Added:
			got += "+" + p.Text + "+"
		case p.Removed:
			got += "-" + p.Text + "-"
		default:
			got += p.Text
		}
	}
	if want := "The +housing +plan was adopted in -March.-+April.+"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Without what was added, the pieces are the text before; without what was removed, they are the text after.
func TestDifferencesLeadFromOneTextToTheOther(t *testing.T) {
	text := rapid.StringMatching(`((plan|duty|rule|ville|مدينة)[ \n]){0,12}(plan)?`)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		pieces := differences(before, after)
		if got := joined(pieces, func(p piece) bool { return !p.Removed }); got != after {
			t.Fatalf("the pieces make %q of %q", got, after)
		}
		if got := joined(pieces, func(p piece) bool { return !p.Added }); got != before && before != "" {
			t.Fatalf("the pieces come from %q, not from %q", got, before)
		}
	})
}

func TestALongTextIsShownWithoutComparison(t *testing.T) {
	long := strings.Repeat("word ", longestCompared+1)
	if pieces := differences("before", long); len(pieces) != 1 || pieces[0].Text != long || pieces[0].Added {
		t.Errorf("a long text has %d pieces", len(pieces))
	}
}
