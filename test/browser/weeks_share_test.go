package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func (w *weeks) share(t *testing.T) {
	o := w.officer
	o.opens(t, "/desk/people")
	o.fills(t, "name", "ليلى", "email", "leila@lakeview.example")
	o.chooses(t, "role", "coordinator", "scope", "city/lakeview")
	o.presses(t, `button[name="do"][value="add"]`)
	link := ask(t, o.tab, chromedp.Text(chromedp.CSS(".note code")))
	w.colleague = newPerson(w.browser, w.test, w.node.origin, "ar", 360)
	v := w.colleague
	v.leads(t, 200, chromedp.Navigate(strings.Replace(strings.TrimSpace(link), "/en/", "/ar/", 1)))
	v.fills(t, "password", officerPassword)
	v.presses(t, submit)
	v.fills(t, "email", "leila@lakeview.example", "password", officerPassword)
	v.presses(t, submit)
}

func (w *weeks) evidence(t *testing.T) {
	for _, id := range []string{"COM.2", "MON.1"} {
		w.officer.opens(t, council+"/"+id)
		w.officer.grades(t, "3")
		w.officer.fills(t, "reasons", "x")
		w.officer.presses(t, handOver)
	}
}
