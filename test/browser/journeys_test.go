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
	tab := newTab(t, browser, origin)
	tab.run(t, chromedp.Navigate(origin+"/en/"))
	tab.tabTo(t, "q")
	tab.run(t, chromedp.KeyEvent("arven"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.card a`, chromedp.ByQuery))
	tab.tabToLink(t, "/en/cities/arvenholt")
	tab.run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.rows`, chromedp.ByQuery))
	tab.tabToLink(t, "/en/cities/arvenholt/2025/LIV.1")
	tab.run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`#answers`, chromedp.ByQuery))
	var heading string
	tab.run(t, chromedp.Text("h1", &heading, chromedp.ByQuery))
	if !strings.Contains(heading, "home") {
		t.Errorf("the reader ended at %q", heading)
	}
}

// tabTo presses Tab until the element with the id has the focus, and checks that each stop is seen.
func (p *tab) tabTo(t *testing.T, id string) {
	t.Helper()
	p.tabUntil(t, `document.activeElement.id === "`+id+`"`)
}

func (p *tab) tabToLink(t *testing.T, path string) {
	t.Helper()
	p.tabUntil(t, `document.activeElement.getAttribute("href") === "`+path+`"`)
}

func (p *tab) tabUntil(t *testing.T, condition string) {
	t.Helper()
	for range 200 {
		var there, seen bool
		p.run(t, chromedp.KeyEvent(kb.Tab),
			chromedp.Evaluate(`(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" || s.boxShadow !== "none" })()`, &seen),
			chromedp.Evaluate(condition, &there))
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
	tab := newTab(t, browser, origin)
	tab.run(t, emulation.SetScriptExecutionDisabled(true),
		chromedp.Navigate(origin+"/en/desk"),
		chromedp.SendKeys("#email", officerEmail, chromedp.ByQuery),
		chromedp.SendKeys("#password", "wrong", chromedp.ByQuery),
		chromedp.Submit("#password", chromedp.ByQuery),
		chromedp.WaitVisible(".govuk-error-summary", chromedp.ByQuery),
		chromedp.SendKeys("#password", officerPassword, chromedp.ByQuery),
		chromedp.Submit("#password", chromedp.ByQuery),
		chromedp.WaitVisible(`a[href="/en/desk/cities/new"]`, chromedp.ByQuery),
		chromedp.Click(`a[href="/en/desk/cities/new"]`, chromedp.ByQuery),
		chromedp.WaitVisible("#code", chromedp.ByQuery),
		chromedp.SendKeys("#code", "Not A Slug", chromedp.ByQuery),
		chromedp.SendKeys("#name", "Second City", chromedp.ByQuery),
		chromedp.SendKeys("#country", "XA", chromedp.ByQuery),
		chromedp.Submit("#name", chromedp.ByQuery),
		chromedp.WaitVisible("#code-problem", chromedp.ByQuery),
	)
	var name string
	tab.run(t, chromedp.Value("#name", &name, chromedp.ByQuery))
	if name != "Second City" {
		t.Errorf("what was typed is lost: the name is %q", name)
	}
	tab.run(t,
		chromedp.SetValue("#code", "second-city", chromedp.ByQuery),
		chromedp.Submit("#name", chromedp.ByQuery),
		chromedp.WaitVisible(`a[href="/en/desk/cities/second-city"]`, chromedp.ByQuery),
		chromedp.Click(`form[action="/en/sign-out"] button`, chromedp.ByQuery),
		chromedp.WaitVisible("#email", chromedp.ByQuery),
		chromedp.Navigate(origin+"/en/desk"),
		chromedp.WaitVisible("#email", chromedp.ByQuery),
	)
}
