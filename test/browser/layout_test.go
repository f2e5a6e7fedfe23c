package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A long name without a space, as places have them, does not make a page wider than a phone, and no number is broken in two.
func TestLongNamesAndNumbersKeepWithinAPhone(t *testing.T) {
	browser := chromium(t)
	origin, _ := startNode(t)
	tab := newTab(browser, t, origin)
	for _, width := range []int64{320, 360} {
		tab.do(t, chromedp.EmulateViewport(width, 800), chromedp.Navigate(origin+"/en/cities/arvenholt/2025/LIV.1"))
		over := ask(t, tab, chromedp.Evaluate[int](`document.querySelector(".crumbs li:nth-child(3) bdi").textContent = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
			[...document.querySelectorAll(".dots .number")].filter(e => e.textContent).forEach(e => e.textContent = "−1,126.5");
			document.documentElement.scrollWidth - document.documentElement.clientWidth`))
		if over > 0 {
			t.Errorf("at %d px the page is %d px too wide", width, over)
		}
		if broken := ask(t, tab, chromedp.Evaluate[int](`[...document.querySelectorAll(".dots .number")].filter(e => e.textContent && e.getClientRects()[0].height > 30).length`)); broken > 0 {
			t.Errorf("at %d px %d numbers break over two lines", width, broken)
		}
		tab.do(t, chromedp.Navigate(origin+"/en/rights"))
		if broken := ask(t, tab, chromedp.Evaluate[int](`[...document.querySelectorAll(".dated > li > span")].filter(e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().height > 30 }).length`)); broken > 0 {
			t.Errorf("at %d px %d years break over two lines", width, broken)
		}
	}
}

// Who reads in the dark prints on white paper all the same.
func TestADarkPageIsPrintedInDarkInkOnWhite(t *testing.T) {
	browser := chromium(t)
	origin, _ := startNode(t)
	tab := newTab(browser, t, origin)
	call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	tab.do(t, chromedp.Navigate(origin+"/en/cities/arvenholt"))
	got := ask(t, tab, chromedp.Evaluate[string](`["body", ".card", ".invented"].map(s => getComputedStyle(document.querySelector(s)).backgroundColor).join() + " " + getComputedStyle(document.querySelector("h1")).color`))
	if want := "rgb(255, 255, 255),rgb(255, 255, 255),rgb(255, 255, 255) rgb(0, 0, 0)"; got != want {
		t.Errorf("printed in %s, want %s", got, want)
	}
	if shown := ask(t, tab, chromedp.Evaluate[string](`getComputedStyle(document.querySelector(".take")).display`)); shown != "none" {
		t.Errorf("the heading above files that paper cannot give is printed (%s)", shown)
	}
}
