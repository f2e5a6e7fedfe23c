package browser

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// person is somebody with a browser of their own: a tab in which they work, and one in which a test looks at the same pages as they are signed in.
type person struct {
	*tab
	eye    *tab
	origin string
	lang   string
}

// newPerson opens a browser that shares nothing with those of others.
func newPerson(browser context.Context, t *testing.T, origin, lang string, width int64) *person {
	t.Helper()
	own, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(own, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	p := &person{tab: newTab(own, t, origin), eye: newTab(own, t, origin), origin: origin, lang: lang}
	call(t, p.eye, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
	p.do(t, chromedp.EmulateViewport(width, 800))
	return p
}

// scripts turns JavaScript on or off in the tab in which the person works.
func (p *person) scripts(t *testing.T, on bool) {
	t.Helper()
	call(t, p.tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// opens goes to a page by its address without the language.
func (p *person) opens(t *testing.T, path string) {
	t.Helper()
	p.leads(t, 200, chromedp.Navigate(p.origin+"/"+p.lang+path))
}

// presses clicks on what leads to another page.
func (p *person) presses(t *testing.T, selector string) {
	t.Helper()
	p.leads(t, 200, chromedp.Click(chromedp.CSS(selector)))
}

// fills writes texts into fields, each found by its id, over what stands there.
func (p *person) fills(t *testing.T, fields ...string) {
	t.Helper()
	for i := 0; i < len(fields); i += 2 {
		p.do(t, chromedp.WaitVisible(chromedp.CSS("#"+fields[i])))
		ask(t, p.tab, chromedp.Evaluate[bool](`(() => { const e = document.getElementById("`+fields[i]+`"); e.focus(); e.select(); return true })()`))
		p.do(t, chromedp.KeyEvent(fields[i+1]))
	}
}

// chooses picks options of lists, each found by its id.
func (p *person) chooses(t *testing.T, fields ...string) {
	t.Helper()
	for i := 0; i < len(fields); i += 2 {
		p.do(t, chromedp.SetValue(chromedp.CSS("#"+fields[i]), fields[i+1]))
	}
}

// reads checks that the page says something.
func (p *person) reads(t *testing.T, wants ...string) {
	t.Helper()
	text := ask(t, p.tab, chromedp.Text(chromedp.CSS("main")))
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q, but\n%s", p.here(t), want, text)
		}
	}
}

func (p *person) here(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(ask(t, p.tab, chromedp.Location()), p.origin)
}

// looks opens pages in the other tab and holds them to the rules of WCAG 2.2 AA, to the width of the screen, and to the language.
func (p *person) looks(t *testing.T, v viewport, paths ...string) {
	t.Helper()
	source := axe(t)
	for _, path := range paths {
		p.eye.look(t, p.origin+"/"+p.lang+path, v, p.lang, source, false)
	}
}

// looksHere holds the page that the person sees to the same rules: one that a form has answered with has no address to open once more.
func (p *person) looksHere(t *testing.T) {
	t.Helper()
	ask(t, p.tab, chromedp.Evaluate[int](axe(t)+";0"))
	var violations []string
	if err := json.Unmarshal([]byte(ask(t, p.tab, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))), &violations); err != nil {
		t.Fatal(err)
	}
	for _, one := range violations {
		t.Errorf("%s: axe: %s", p.here(t), one)
	}
	if over := ask(t, p.tab, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); over > 0 {
		t.Errorf("%s is %d px too wide", p.here(t), over)
	}
}

const patience = 90 * time.Second // for a page on a machine that has much else to do

// leads takes steps of which the last one leads to another page, waits until that page is there, and checks its status.
func (p *tab) leads(t *testing.T, status int64, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(p.Context, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		t.Fatalf("no page came after %s: %v", ask(t, p, chromedp.Location()), err)
	}
	if answer.Status != status {
		t.Fatalf("%s: status %d, want %d\n%s", answer.URL, answer.Status, status, ask(t, p, chromedp.Text(chromedp.CSS("main"))))
	}
}
