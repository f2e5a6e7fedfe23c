package browser

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// share gives the officer most questions, with a day, and the rest to somebody without an account, who gets a link in Arabic.
func (w *weeks) share(t *testing.T) {
	o := w.officer
	w.until = strconv.Itoa(time.Now().Year() + 1)
	o.opens(t, cycle)
	o.presses(t, `a[href="/en`+council+`/assign"]`)
	for _, dimension := range []string{"COM", "INS", "ACC", "CAP", "RES", "MON", "ENV"} {
		o.do(t, chromedp.Click(chromedp.CSS(`input[name="dimension"][value="`+dimension+`"]`)))
	}
	mara := ask(t, o.tab, chromedp.Evaluate[string](`[...document.querySelectorAll("#person option")].find(e => e.textContent === "Mara Olsen").value`))
	o.chooses(t, "person", mara, "due", w.until+"-03-31")
	o.presses(t, `button[name="do"][value="assign"]`)
	o.looksHere(t)

	for _, dimension := range []string{"PAR", "EQU", "LIV"} {
		o.do(t, chromedp.Click(chromedp.CSS(`input[name="dimension"][value="`+dimension+`"]`)))
	}
	o.fills(t, "name", "ليلى حداد")
	o.chooses(t, "language", "ar", "due", w.until+"-03-24")
	o.presses(t, `button[name="do"][value="link"]`)
	w.contact = strings.TrimSpace(ask(t, o.tab, chromedp.Text(chromedp.CSS(".note code"))))
	if !strings.Contains(w.contact, "/ar/guest/") {
		t.Errorf("the link for the colleague is %q", w.contact)
	}
	o.looksHere(t)
	o.opens(t, "/desk")
	o.reads(t, "31 March "+w.until, "0 of 12 answered")
	o.looks(t, phone, "/desk", council+"/assign")
	w.calm(t)
}

// comes opens the link that the colleague was sent, on a phone.
func (w *weeks) comes(t *testing.T) {
	w.colleague = newPerson(w.browser, w.test, w.node.origin, "ar", 360)
	c := w.colleague
	c.leads(t, 200, chromedp.Navigate(w.contact))
	c.reads(t, "ليلى حداد")
	c.looksHere(t)
	c.presses(t, `main form button`)
	c.looks(t, phone, "/guest")
}
