package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// handIn answers the last question and looks whether all are answered.
func (w *weeks) handIn(t *testing.T) {
	o := w.officer
	o.opens(t, council+"/ENV.1")
	o.grades(t, "3")
	o.fills(t, "reasons", "The night buses run again.")
	o.presses(t, handOver)
	o.opens(t, council)
	o.reads(t, "12 of 12")
	o.opens(t, cycle)
	w.picture(t, "cycle", 795)
	w.goesOn(t, "review")
	o.looks(t, light, cycle)
	w.calm(t)
}

// sendBack returns an answer while others are still being written: it comes first on the desk.
func (w *weeks) sendBack(t *testing.T) {
	o, v := w.officer, w.validator
	v.opens(t, council+"/CAP.1")
	v.fills(t, "note", "The personnel office keeps lists of the trainings. Please ask it.")
	v.presses(t, `button[value="return"]`)
	o.opens(t, "/desk")
	o.reads(t, "The personnel office keeps lists", "1 returned")
	w.picture(t, "desk", 715)
	o.presses(t, `.tasks a[href="/en`+council+`/CAP.1"]`)
	o.grades(t, "1")
	o.fills(t, "reasons", "The personnel office counts 40 trainings, of which two were about rights.")
	o.presses(t, handOver)
	o.reads(t, "CAP.1 is handed in.")
	w.calm(t)
}

// review returns one more answer when all are in, and accepts it when it was handed in again.
func (w *weeks) review(t *testing.T) {
	o, v := w.officer, w.validator
	v.opens(t, council+"/ACC.1")
	v.fills(t, "note", "Which month? Please name the report.")
	v.looksHere(t)
	v.presses(t, `button[value="return"]`)

	o.opens(t, "/desk")
	o.reads(t, "Sent back to you", "Which month? Please name the report.")
	o.presses(t, `a[href="/en`+council+`/ACC.1"]`)
	o.reads(t, "Which month? Please name the report.")
	o.fills(t, "reasons", "The complaints office answers within a month, says its report of March 2026.")
	o.presses(t, handOver)
	v.opens(t, council+"/ACC.1")
	v.presses(t, `button[value="accept"]`)
	v.reads(t, "report of March 2026")
	w.calm(t)
}

// publish goes the last three steps, and reads what everybody can read.
func (w *weeks) publish(t *testing.T) {
	for _, to := range []string{"reply", "validated", "published"} {
		w.goesOn(t, to)
	}
	visitor := newPerson(w.browser, t, w.node.origin, "en", 1280)
	visitor.opens(t, "/cities/lakeview")
	visitor.presses(t, `a[href="/en/cities/lakeview/2026"]`)
	visitor.reads(t, "Council of Lakeview")
	visitor.opens(t, "/cities/lakeview/2026/ACC.1")
	visitor.reads(t, "report of March 2026")
	visitor.opens(t, "/cities/lakeview/2026/RES.1")
	visitor.reads(t, "The national parliament")
	visitor.opens(t, "/cities/lakeview/2026/PAR.1")
	if way := ask(t, visitor.tab, chromedp.Evaluate[string](`(() => { const e = document.querySelector("main [lang=ar]"); return getComputedStyle(e).direction + " " + e.textContent.trim() })()`)); way != "rtl "+inArabic {
		t.Errorf("the answer in Arabic reads %q", way)
	}
	for id, want := range map[string]bool{"COM.2": true, "MON.1": false} { // the file was checked for everybody, the link is for reviewers
		visitor.opens(t, "/cities/lakeview/2026/"+id)
		if shown := ask(t, visitor.tab, chromedp.Evaluate[bool](`document.querySelector("main a[href*='/evidence/'], main a[href*='statistics.lakeview']") !== null`)); shown != want {
			t.Errorf("evidence for %s is public: %v", id, shown)
		}
	}
	visitor.looks(t, light, "/cities/lakeview/2026", "/cities/lakeview/2026/COM.2")
	visitor.looks(t, phone, "/cities/lakeview/2026", "/cities/lakeview/2026/LIV.1")
	visitor.lang = "ar"
	visitor.looks(t, phone, "/cities/lakeview/2026/PAR.1")
	for _, fault := range visitor.faults() {
		t.Error(fault)
	}
	w.calm(t)
}
