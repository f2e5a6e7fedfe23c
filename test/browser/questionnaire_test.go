package browser

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
)

const (
	contactEmail = "contact@arvenholt.example"
	askedPage    = "/en/desk/cities/arvenholt/cycles/2031/arvenholt-council/LIV.1"
)

var askedKey = assessment.Key{City: "arvenholt", Period: "2031", Requirement: "LIV.1", Organisation: "arvenholt-council"}

// openCycle lets the invented city's council answer, and makes somebody who answers for it.
func openCycle(t *testing.T, rooms *cli.Rooms) {
	t.Helper()
	ctx, by := context.Background(), account.Operator()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(rooms.Assessment.Begin(ctx, by, assessment.Cycle{City: askedKey.City, Period: askedKey.Period, Standard: rooms.Standard.Ref(), Profile: "core"}))
	must(rooms.Assessment.Step(ctx, by, assessment.Move{City: askedKey.City, Period: askedKey.Period, To: assessment.Open}))
	p, err := rooms.Account.Add(ctx, by, account.Person{Email: contactEmail, Name: "Cleo Contact"}, officerPassword)
	must(err)
	must(rooms.Account.Grant(ctx, by, p.ID, account.Granted{Role: account.RoleFocalPoint, Scope: account.InOrganisation(askedKey.Organisation)},
		account.Resource{Kind: "organisation", City: askedKey.City, Organisation: askedKey.Organisation}))
}

// begin signs the contact in and opens the question.
func (p *tab) begin(t *testing.T, origin string) {
	t.Helper()
	p.do(t, chromedp.Navigate(origin+askedPage), chromedp.SendKeys(chromedp.CSS("#email"), contactEmail), chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#password")), chromedp.WaitVisible(chromedp.CSS("#reasons")))
}

// until waits for a condition of the page.
func (p *tab) until(t *testing.T, condition string) {
	t.Helper()
	for range 300 {
		if ask(t, p, chromedp.Evaluate[bool](condition)) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("it never came to %s; the status says %q", condition, ask(t, p, chromedp.Evaluate[string](`document.getElementById("save-status")?.innerText ?? ""`)))
}

const (
	saved = `document.querySelector("#save-status span").textContent.startsWith("Saved at")`
	warns = `document.querySelector("#save-status").classList.contains("warn")`
)

// line takes the tab's line away or gives it back.
func (p *tab) line(t *testing.T, up bool) {
	t.Helper()
	call(t, p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: !up, DownloadThroughput: -1, UploadThroughput: -1}}})
	call(t, p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !up, DownloadThroughput: -1, UploadThroughput: -1})
}

func kept(t *testing.T, rooms *cli.Rooms) (e assessment.Entry, history []assessment.Change) {
	t.Helper()
	ctx := context.Background()
	err := rooms.DB.Read(ctx, func(tx database.Tx) (err error) {
		if e, err = rooms.Assessment.Entry(ctx, tx, askedKey); err != nil {
			return err
		}
		history, err = rooms.Assessment.History(ctx, tx, askedKey)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, history
}

func TestWhatIsTypedOnADroppedLineIsSavedWhenItIsBack(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openCycle(t, rooms)
	tab := newTab(browser, t, origin)
	tab.begin(t, origin)
	tab.do(t, chromedp.Click(chromedp.CSS(`input[name="grade"][value="2"]`)), chromedp.SendKeys(chromedp.CSS("#reasons"), "Written on the line."))
	tab.until(t, saved)
	if e, _ := kept(t, rooms); e.Reasons != "Written on the line." || e.Grade == nil || *e.Grade != 2 {
		t.Fatalf("saved while typing: %+v", e)
	}
	tab.line(t, false)
	tab.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), " Without a line."))
	tab.until(t, warns)
	tab.line(t, true)
	tab.until(t, saved)
	if e, _ := kept(t, rooms); e.Reasons != "Written on the line. Without a line." {
		t.Errorf("kept is %q", e.Reasons)
	}

	// The window is left while the line is down, and opened again.
	tab.line(t, false)
	tab.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), " Before leaving."))
	tab.until(t, warns)
	_ = chromedp.Do(tab.Context, chromedp.Navigate("about:blank"))
	tab.line(t, true)
	tab.do(t, chromedp.Navigate(origin+askedPage), chromedp.WaitVisible(chromedp.CSS("#reasons")))
	tab.until(t, `document.getElementById("reasons").value.endsWith("Before leaving.")`)
	// The window may have sent it in the moment when the line came back and it was being left; then the page comes with it, and has nothing to save.
	const whole = "Written on the line. Without a line. Before leaving."
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		e, _ := kept(t, rooms)
		if e.Reasons == whole {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("kept is %q", e.Reasons)
		}
	}
	if ask(t, tab, chromedp.Evaluate[bool](warns)) {
		t.Error("the page warns of a text that is kept")
	}
}

func TestTwoTabsComeToOneAnswerWithoutLosingAText(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openCycle(t, rooms)
	first := newTab(browser, t, origin)
	first.begin(t, origin)
	second := newTab(browser, t, origin)
	second.do(t, chromedp.Navigate(origin+askedPage), chromedp.WaitVisible(chromedp.CSS("#reasons")))

	first.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), "From the first tab."))
	first.until(t, saved)
	second.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), "From the second tab."))
	second.until(t, warns)
	second.do(t, chromedp.Click(chromedp.CSS(`button[value="save"]`)), chromedp.WaitVisible(chromedp.CSS("#theirs")))
	both := ask(t, second, chromedp.Text(chromedp.CSS(".both")))
	if !strings.Contains(both, "From the first tab.") || !strings.Contains(both, "From the second tab.") {
		t.Errorf("the page of the conflict says %q", both)
	}
	second.do(t, chromedp.Click(chromedp.CSS(`button[value="show"]`)), chromedp.WaitVisible(chromedp.CSS("#reasons")),
		chromedp.Click(chromedp.CSS(`button[value="save"]`)), chromedp.WaitVisible(chromedp.CSS(`#answer[data-done="LIV.1"]`)))
	e, history := kept(t, rooms)
	if e.Reasons != "From the first tab.\n\nFrom the second tab." {
		t.Errorf("kept is %q", e.Reasons)
	}
	aside := 0
	for _, c := range history {
		if c.How == assessment.Aside && c.Reasons == "From the second tab." {
			aside++
		}
	}
	if aside != 1 {
		t.Errorf("the text that was put aside stands %d times in the history", aside)
	}
}

func TestWhatIsTypedOutlivesTheSession(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openCycle(t, rooms)
	tab := newTab(browser, t, origin)
	tab.begin(t, origin)
	call(t, tab, network.ClearBrowserCookies, cdp.Empty{})
	tab.do(t, chromedp.SendKeys(chromedp.CSS("#reasons"), "Written while signed out."))
	tab.until(t, `!document.querySelector("#save-status a").hidden`)
	tab.do(t, chromedp.Click(chromedp.CSS("#save-status a")), chromedp.WaitVisible(chromedp.CSS("#email")), chromedp.SendKeys(chromedp.CSS("#email"), contactEmail),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword), chromedp.Submit(chromedp.CSS("#password")), chromedp.WaitVisible(chromedp.CSS("#reasons")))
	tab.until(t, saved)
	if e, _ := kept(t, rooms); e.Reasons != "Written while signed out." {
		t.Errorf("kept is %q", e.Reasons)
	}
}
