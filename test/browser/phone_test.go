package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// The assessment and the standard are many screens long on a phone: the list of their parts stays at hand, and what it leads to is not
// hidden under it.
func TestOnAPhoneTheListOfPartsGoesWithTheReader(t *testing.T) {
	browser := chromium(t)
	origin, _ := startNode(t)
	tab := newTab(browser, t, origin)
	for _, path := range []string{"/en/cities/arvenholt/2025", "/ar/standard"} {
		tab.do(t, chromedp.EmulateViewport(360, 640), chromedp.Navigate(origin+path))
		at := ask(t, tab, chromedp.Evaluate[int](`window.scrollTo(0, 5000); Math.round(document.querySelector("main > nav > .more").getBoundingClientRect().top)`))
		if at < 0 || at > 4 {
			t.Errorf("%s: after reading on, the list of parts is at %d px", path, at)
		}
		under := ask(t, tab, chromedp.Evaluate[int](`document.querySelector("main > nav > .more li:nth-child(7) a").click();
			Math.round(document.querySelector(location.hash).getBoundingClientRect().top - document.querySelector("main > nav > .more").getBoundingClientRect().bottom)`))
		if under < 0 || under > 200 {
			t.Errorf("%s: the part that was chosen begins %d px under the list", path, under)
		}
		small := ask(t, tab, chromedp.Evaluate[int](`[...document.querySelectorAll("main > nav > .more li")].filter(e => e.getBoundingClientRect().height < 44).length`))
		if small > 0 {
			t.Errorf("%s: %d entries are too low for a thumb", path, small)
		}
	}
}
