package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestThePagesOfTheQuestionnaireAreInOrder(t *testing.T) {
	source := axe(t)
	browser := chromium(t)
	origin, rooms := startNode(t)
	openCycle(t, rooms)
	tab := newTab(browser, t, origin)
	tab.begin(t, origin)
	list := strings.TrimSuffix(askedPage, "/LIV.1")
	tab.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), "A text."))
	tab.until(t, saved)
	if wrong := tab.faults(); len(wrong) > 0 { // under the content security policy
		t.Errorf("the page complains: %q", wrong)
	}
	call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{list, askedPage, askedPage + "/history"} {
			for _, v := range viewports {
				tab.look(t, origin+"/"+lang+strings.TrimPrefix(path, "/en"), v, lang, source, false)
			}
		}
	}
}

// The contact answers with Tab, arrows and Enter only, on a phone's width and without JavaScript.
func TestAQuestionIsAnsweredByKeyboardAloneWithoutJavaScript(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openCycle(t, rooms)
	tab := newTab(browser, t, origin)
	tab.begin(t, origin)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tab.do(t, chromedp.EmulateViewport(360, 800), chromedp.Navigate(origin+askedPage), chromedp.WaitVisible(chromedp.CSS("#reasons")))
	tab.tabUntil(t, `document.activeElement?.name === "grade"`)
	tab.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	tab.tabTo(t, "reasons")
	tab.do(t, chromedp.KeyEvent("By keyboard."))
	tab.tabUntil(t, `document.activeElement?.value === "hand_in"`)
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".note")))
	e, _ := kept(t, rooms)
	if e.Reasons != "By keyboard." || e.Grade == nil || !e.State.Judges() {
		t.Errorf("kept is %+v", e)
	}
	if said := ask(t, tab, chromedp.Text(chromedp.CSS(".note"))); !strings.Contains(said, "LIV.1 is handed in.") {
		t.Errorf("the next page says %q", said)
	}
}
