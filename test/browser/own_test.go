package browser

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// signIn takes an officer to the desk.
func (p *tab) signIn(t *testing.T, origin string) {
	t.Helper()
	p.do(t,
		chromedp.Navigate(origin+"/en/sign-in"),
		chromedp.SendKeys(chromedp.CSS("#email"), officerEmail),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#password")),
		chromedp.WaitVisible(chromedp.CSS(`a[href="/en/desk/cities/arvenholt/indicators"]`)),
	)
}

// The officer adds an indicator of the city's own and takes it back, without JavaScript.
func TestTheOfficerAddsAndTakesBackAnIndicatorWithoutJavaScript(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	addOfficer(t, rooms)
	tab := newTab(browser, t, origin)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tab.signIn(t, origin)
	own := "/en/desk/cities/arvenholt/indicators"
	tab.do(t,
		chromedp.Click(chromedp.CSS(`a[href="`+own+`"]`)),
		chromedp.WaitVisible(chromedp.CSS(`a[href="`+own+`/new"]`)),
		chromedp.Click(chromedp.CSS(`a[href="`+own+`/new"]`)),
		chromedp.WaitVisible(chromedp.CSS("#title")),
		chromedp.SetValue(chromedp.CSS("#requirement"), "ACC.1"),
		chromedp.SendKeys(chromedp.CSS("#title"), "Answers in a week"),
		chromedp.SendKeys(chromedp.CSS("#question"), "How many complaints were answered within a week"),
		chromedp.SendKeys(chromedp.CSS("#unit"), "complaints"),
		chromedp.Click(chromedp.CSS("#by-age")),
		chromedp.Submit(chromedp.CSS("#title")),
		chromedp.WaitVisible(chromedp.CSS("#question-problem")),
	)
	if kept := ask(t, tab, chromedp.Value(chromedp.CSS("#title"))); kept != "Answers in a week" {
		t.Errorf("what was typed is lost: the title is %q", kept)
	}
	tab.do(t,
		chromedp.SetValue(chromedp.CSS("#question"), "How many complaints were answered within a week?"),
		chromedp.Submit(chromedp.CSS("#title")),
		chromedp.WaitVisible(chromedp.CSS(`a[href="`+own+`/L.ACC.1.P1/remove"]`)),
		chromedp.Navigate(origin+"/en/cities/arvenholt/2025/ACC.1"),
		chromedp.WaitVisible(chromedp.CSS("#own")),
		chromedp.Navigate(origin+own+"/L.ACC.1.P1/remove"),
		chromedp.Click(chromedp.CSS(`form[action="`+own+`/L.ACC.1.P1/remove"] button`)),
		chromedp.WaitVisible(chromedp.CSS(`.note[role="status"]`)),
	)
	if text := ask(t, tab, chromedp.Text(chromedp.CSS("main"))); strings.Contains(text, "L.ACC.1.P1") {
		t.Error("it is still there")
	}
}

// The pages of own indicators fit narrow screens and hold the rules of WCAG, in both directions and themes.
func TestThePagesOfOwnIndicatorsAreInOrder(t *testing.T) {
	source := axe(t)
	browser := chromium(t)
	origin, rooms := startNode(t)
	addOfficer(t, rooms)
	tab := newTab(browser, t, origin)
	tab.signIn(t, origin)
	call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"indicators", "indicators/new", "indicators/L.EQU.2.P1", "indicators/L.EQU.2.P1/remove"} {
			for _, v := range viewports {
				tab.faults()
				address := origin + "/" + lang + "/desk/cities/arvenholt/" + path
				call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.theme}}})
				tab.do(t, chromedp.EmulateViewport(v.width, 900), chromedp.Navigate(address))
				overflow := ask(t, tab, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
				if overflow > 0 {
					t.Errorf("%s at %d px is %d px too wide", address, v.width, overflow)
				}
				ask(t, tab, chromedp.Evaluate[int](source+";0"))
				var list []string
				if err := json.Unmarshal([]byte(ask(t, tab, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))), &list); err != nil {
					t.Fatal(err)
				}
				for _, one := range append(list, tab.faults()...) {
					t.Errorf("%s at %d px, %s: %s", address, v.width, v.theme, one)
				}
			}
		}
	}
}
