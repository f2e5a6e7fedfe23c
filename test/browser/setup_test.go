package browser

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/internal/web"
)

// A person with the code from the terminal sets a new node up, in Arabic and without JavaScript; then its pages are in order in both directions.
func TestANewNodeIsSetUpInTheBrowser(t *testing.T) {
	source := axe(t)
	browser := chromium(t)
	data := t.TempDir()
	rooms, err := run.Open(context.Background(), cli.Node{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rooms.DB.Close() })
	const code = "ABCD-2345-EFGH-67IJ"
	handler, err := run.Handler(rooms, web.Node{SetupCode: code}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)

	tab := newTab(browser, t, server.URL)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tab.do(t,
		chromedp.Navigate(server.URL+"/ar/"),
		chromedp.Click(chromedp.CSS(`a[href="/ar/setup"]`)),
		chromedp.WaitVisible(chromedp.CSS("#code")),
		chromedp.SendKeys(chromedp.CSS("#code"), "a guess"),
		chromedp.SendKeys(chromedp.CSS("#name"), "ليلى"),
		chromedp.SendKeys(chromedp.CSS("#email"), officerEmail),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#code")),
		chromedp.WaitVisible(chromedp.CSS("#code-problem")),
		chromedp.SetValue(chromedp.CSS("#code"), code),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#code")),
		chromedp.WaitVisible(chromedp.CSS("#operator")),
		chromedp.SetValue(chromedp.CSS("#name"), "حقوق الإنسان في ليكفيو"),
		chromedp.Submit(chromedp.CSS("#name")),
		chromedp.WaitVisible(chromedp.CSS("#way")),
		chromedp.SetValue(chromedp.CSS("#way"), "folder"),
		chromedp.SendKeys(chromedp.CSS("#sender"), "node@lake.example"),
		chromedp.Submit(chromedp.CSS("#sender")),
		chromedp.WaitVisible(chromedp.CSS("#country")),
		chromedp.SendKeys(chromedp.CSS("#code"), "lakeview"),
		chromedp.SendKeys(chromedp.CSS("#name"), "ليكفيو"),
		chromedp.SendKeys(chromedp.CSS("#country"), "GB"),
		chromedp.Submit(chromedp.CSS("#name")),
		chromedp.WaitVisible(chromedp.CSS(`a[href="/ar/desk/settings"]`)),
	)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
	_ = tab.faults()
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"desk", "desk/settings", "desk/settings/history", "desk/mail", "desk/me", "desk/setup/node", "desk/setup/mail"} {
			for _, v := range viewports {
				tab.look(t, server.URL+"/"+lang+"/"+path, v, lang, source, false)
			}
		}
	}
}
