package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/cli"
)

const (
	officerEmail    = "officer@arvenholt.example"
	officerPassword = "a short sentence to remember"
)

// addOfficer makes somebody who may do everything on the node.
func addOfficer(t *testing.T, rooms *cli.Rooms) {
	t.Helper()
	ctx := context.Background()
	p, err := rooms.Account.Add(ctx, account.Operator(), account.Person{Email: officerEmail, Name: "Test Officer"}, officerPassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := rooms.Account.Grant(ctx, account.Operator(), p.ID, account.Granted{Role: account.RoleAdministrator, Scope: account.Node}, account.Resource{Kind: "node"}); err != nil {
		t.Fatal(err)
	}
}

// A resident finds their city and the ground of one result with Tab and Enter only.
func TestAResidentReachesAResultByKeyboardAlone(t *testing.T) {
	browser := chromium(t)
	origin, _ := startNode(t)
	tab := newTab(browser, t, origin)
	tab.do(t, chromedp.Navigate(origin+"/en/"))
	tab.tabTo(t, "q")
	tab.do(t, chromedp.KeyEvent("arven"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(`.card a`)))
	tab.tabToLink(t, "/en/cities/arvenholt")
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(`.rows`)))
	tab.tabToLink(t, "/en/cities/arvenholt/2025/LIV.1")
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(`#answers`)))
	heading := ask(t, tab, chromedp.Text(chromedp.CSS("h1")))
	if !strings.Contains(heading, "home") {
		t.Errorf("the reader ended at %q", heading)
	}
}

// tabTo presses Tab until the element with the id has the focus, and checks that each stop is seen.
func (p *tab) tabTo(t *testing.T, id string) {
	t.Helper()
	p.tabUntil(t, `document.activeElement?.id === "`+id+`"`)
}

func (p *tab) tabToLink(t *testing.T, path string) {
	t.Helper()
	p.tabUntil(t, `document.activeElement?.getAttribute("href") === "`+path+`"`)
}

func (p *tab) tabUntil(t *testing.T, condition string) {
	t.Helper()
	for range 200 {
		p.do(t, chromedp.KeyEvent(kb.Tab))
		seen := ask(t, p, chromedp.Evaluate[bool](`(() => { const e = document.activeElement; if (!e || e === document.body) return true; const s = getComputedStyle(e); return s.outlineStyle !== "none" || s.boxShadow !== "none" })()`))
		there := ask(t, p, chromedp.Evaluate[bool](condition))
		if !seen {
			t.Error("the focus is not seen on a stop before " + condition)
		}
		if there {
			return
		}
	}
	t.Fatal("Tab never reached " + condition)
}

// The officer signs in, adds a city and an organisation, and signs out, without JavaScript.
func TestTheOfficerWorksWithoutJavaScript(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	addOfficer(t, rooms)
	tab := newTab(browser, t, origin)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tab.do(t,
		chromedp.Navigate(origin+"/en/desk"),
		chromedp.SendKeys(chromedp.CSS("#email"), officerEmail),
		chromedp.SendKeys(chromedp.CSS("#password"), "wrong"),
		chromedp.Submit(chromedp.CSS("#password")),
		chromedp.WaitVisible(chromedp.CSS(".govuk-error-summary")),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#password")),
		chromedp.WaitVisible(chromedp.CSS(`a[href="/en/desk/cities/new"]`)),
		chromedp.Click(chromedp.CSS(`a[href="/en/desk/cities/new"]`)),
		chromedp.WaitVisible(chromedp.CSS("#code")),
		chromedp.SendKeys(chromedp.CSS("#code"), "Not A Slug"),
		chromedp.SendKeys(chromedp.CSS("#name"), "Second City"),
		chromedp.SendKeys(chromedp.CSS("#country"), "GB"),
		chromedp.Submit(chromedp.CSS("#name")),
		chromedp.WaitVisible(chromedp.CSS("#code-problem")),
	)
	name := ask(t, tab, chromedp.Value(chromedp.CSS("#name")))
	if name != "Second City" {
		t.Errorf("what was typed is lost: the name is %q", name)
	}
	tab.do(t,
		chromedp.SetValue(chromedp.CSS("#code"), "second-city"),
		chromedp.Submit(chromedp.CSS("#name")),
		chromedp.WaitVisible(chromedp.CSS(`a[href="/en/desk/cities/second-city"]`)),
		chromedp.Click(chromedp.CSS(`form[action="/en/sign-out"] button`)),
		chromedp.WaitVisible(chromedp.CSS("#email")),
		chromedp.Navigate(origin+"/en/desk"),
		chromedp.WaitVisible(chromedp.CSS("#email")),
	)
}
