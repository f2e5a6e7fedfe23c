package web

import (
	"context"
	"html"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/web/chart"
)

func rendered(t interface {
	Fatal(...any)
}, c templ.Component) string {
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAnAddressThatIsAScriptIsNotLinked(t *testing.T) {
	for address, want := range map[string]bool{
		"https://city.example/a?b=1": true, "http://city.example": true, "/en/cities": true,
		"javascript:alert(1)": false, " JavaScript:alert(1)": false, "data:text/html,<script>": false, "vbscript:x": false,
	} {
		got := rendered(t, outside("Budget", address))
		if linked := strings.Contains(got, `href="`+html.EscapeString(address)+`"`); linked != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestNoTextBecomesMarkup(t *testing.T) {
	components := func(words string) map[string]templ.Component {
		return map[string]templ.Component{
			"text": text{S: words}, "text in another language": textIn(words, "fr"), "plain": plain(words), "a link": more([]link{{Text: words, URL: "/" + words}}),
			"a strip": chart.Strip{{Link: "/" + words, Title: words, Word: words, State: words}},
		}
	}
	harmless := components("words")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[<>"'&;=/a-z ]{1,20}`).Draw(t, "words")
		for what, c := range components(words) {
			got, plain := rendered(t, c), rendered(t, harmless[what])
			if !strings.Contains(got, html.EscapeString(words)) {
				t.Fatalf("%s: %q is not in %s", what, words, got)
			}
			for _, mark := range []string{"<", ">", `"`} {
				if strings.Count(got, mark) != strings.Count(plain, mark) {
					t.Fatalf("%s: %q adds a %s to %s", what, words, mark, got)
				}
			}
		}
	})
}

func TestATextIsMarkedWithItsLanguageWhereThatIsNotThePages(t *testing.T) {
	for want, c := range map[string]templ.Component{
		"a &lt; b":                             text{S: "a < b"},
		`<span lang="fr" dir="ltr">été</span>`: textIn("été", "fr"),
		`<span lang="ar" dir="rtl">حق</span>`:  textIn("حق", "ar"),
	} {
		if got := rendered(t, c); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
