package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

// publicPages are one of each kind of page that a reader can reach without an account.
var publicPages = []string{
	"", "cities", "cities?q=arven", "cities/arvenholt", "cities/arvenholt/2025", "cities/arvenholt/2025/LIV.1", "cities/arvenholt/2025/COM.1",
	"cities/arvenholt/data/ENV.1.O2", "cities/arvenholt/data/PAR.3.O1", "cities/arvenholt/2025/EQU.2", "cities/arvenholt/data/L.EQU.2.P1", "standard", "standard/0.2/LIV.1", "rights", "rights/ICESCR", "sign-in", "nothing-here",
}

// viewport is a page as a reader sees it.
type viewport struct {
	width int64
	theme string
}

// runAxe checks the page by the rules of WCAG 2.2 A and AA and names the first places of each violation.
const runAxe = `axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}})
	.then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | "))))`

var viewports = []viewport{{360, "light"}, {1280, "light"}, {360, "dark"}, {1280, "dark"}}

func TestEveryPublicPageIsInOrderInEveryLanguageAndWidth(t *testing.T) {
	source := axe(t)
	browser := chromium(t)
	origin, _ := startNode(t)
	for _, lang := range locale.Shipped {
		t.Run(lang, func(t *testing.T) {
			tab := newTab(browser, t, origin)
			for _, path := range publicPages { // first as readers get them, under the content security policy
				tab.do(t, chromedp.Navigate(origin+"/"+lang+"/"+path))
				for _, one := range tab.faults() {
					if !strings.Contains(one, "404") {
						t.Errorf("/%s/%s: %s", lang, path, one)
					}
				}
			}
			call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
			for _, path := range publicPages {
				for i, v := range viewports {
					if v.theme == "dark" && lang != "en" && lang != "ar" {
						continue // colours do not depend on the words
					}
					tab.look(t, origin+"/"+lang+"/"+path, v, lang, source, i == 0)
				}
			}
		})
	}
}

// look opens a page and checks status, language, direction, console, requests, overflow and axe.
func (p *tab) look(t *testing.T, address string, v viewport, lang, source string, once bool) {
	t.Helper()
	p.faults()
	where := fmt.Sprintf("%s at %d px, %s", address, v.width, v.theme)
	call(t, p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.theme}}})
	p.do(t, chromedp.EmulateViewport(v.width, 900), chromedp.Navigate(address))
	root := ask(t, p, chromedp.Evaluate[string](`document.documentElement.lang + " " + document.documentElement.dir`))
	overflow := ask(t, p, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	ask(t, p, chromedp.Evaluate[int](source+";0"))
	violations := ask(t, p, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))
	if want := lang + " " + locale.Direction(lang); root != want {
		t.Errorf("%s: language and direction are %q, want %q", where, root, want)
	}
	if overflow > 0 {
		t.Errorf("%s: is %d px too wide", where, overflow)
	}
	var list []string
	if err := json.Unmarshal([]byte(violations), &list); err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		t.Errorf("%s: axe: %s", where, one)
	}
	for _, one := range p.faults() {
		if strings.HasSuffix(address, "nothing-here") && strings.Contains(one, "404") {
			continue // the answer itself
		}
		t.Errorf("%s: %s", where, one)
	}
	if !once {
		return
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	want := http.StatusOK
	if strings.HasSuffix(address, "nothing-here") {
		want = http.StatusNotFound
	}
	if answer.StatusCode != want {
		t.Errorf("%s: status %d, want %d", address, answer.StatusCode, want)
	}
}

// The figures of a real city are on its pages as they are at their source.
func TestRealFiguresAreOnTheirPages(t *testing.T) {
	data := t.TempDir()
	if !importBristol(t, data) {
		t.Skip("../shared/reference/data/bristol is not here: this test needs a real city's statistics")
	}
	source := axe(t)
	browser := chromium(t)
	origin, _ := startNodeIn(t, data)
	tab := newTab(browser, t, origin)
	call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	for _, path := range []string{"cities", "cities/bristol", "cities/bristol/2021", "cities/bristol/2021/ENV.1", "cities/bristol/data/ENV.1.O2", "cities/bristol/data/LIV.2.O3"} {
		for _, v := range viewports[:2] {
			tab.look(t, origin+"/en/"+path, v, "en", source, false)
		}
	}
	tab.do(t, chromedp.Navigate(origin+"/en/cities/bristol/data/ENV.1.O2"))
	words := ask(t, tab, chromedp.Text(chromedp.CSS("main")))
	for _, want := range []string{"Most Deprived 10%", "32.9", "Least Deprived 10%", "85.7", "2020-21", "52.8 points apart", "Bristol City Council"} {
		if !strings.Contains(words, want) {
			t.Errorf("the page of ENV.1.O2 does not say %q", want)
		}
	}
}
