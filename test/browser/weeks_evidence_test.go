package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// evidence gives a file from beside an answer that is not saved yet, checks it for the public, and gives a link without JavaScript.
func (w *weeks) evidence(t *testing.T) {
	o := w.officer
	const one = council + "/COM.2"
	o.opens(t, one)
	o.grades(t, "3")
	o.fills(t, "reasons", "The plan has a budget line.")
	o.do(t, chromedp.SetUploadFiles(chromedp.CSS("#dropped"), []string{handed(t, "decision.pdf", decision)}))
	o.leads(t, 200, chromedp.Click(chromedp.CSS("form.drop button")))
	o.reads(t, "decision")
	if kept := ask(t, o.tab, chromedp.Value(chromedp.CSS("#reasons"))); kept != "The plan has a budget line." {
		t.Errorf("what was typed is lost: the reasons are %q", kept)
	}
	o.presses(t, `.documents a[href$="/edit"]`)
	o.reads(t, "Ana Perez") // whom the document names, before everybody can read it
	o.do(t, chromedp.Click(chromedp.CSS(`input[name="level"][value="public"]`)))
	for _, check := range []string{"1", "2", "3", "4"} {
		o.do(t, chromedp.Click(chromedp.CSS(`.checks label:nth-of-type(`+check+`) input`)))
	}
	o.looksHere(t)
	o.presses(t, `form[action$="/level"] button`)
	o.opens(t, one)
	w.picture(t, "questionnaire", 928)
	o.presses(t, handOver)
	o.reads(t, "COM.2 is handed in.")

	o.scripts(t, false)
	o.opens(t, council+"/MON.1")
	o.grades(t, "2")
	o.fills(t, "reasons", "The statistics office publishes a yearly report.")
	o.presses(t, `button[value="evidence"]`)
	o.fills(t, "link-title", "Yearly report", "link-url", "https://statistics.lakeview.example/report", "link-dated", "2025-02-30")
	o.leads(t, 422, chromedp.Click(chromedp.CSS(`form[action$="/evidence/link"] button`)))
	o.fills(t, "link-dated", "2025-12")
	o.presses(t, `form[action$="/evidence/link"] button`)
	o.reads(t, "Yearly report")
	o.opens(t, council+"/MON.1")
	o.presses(t, handOver)
	o.reads(t, "MON.1 is handed in.")
	o.scripts(t, true)
	o.looks(t, phone, one, one+"/evidence", cycle+"/evidence")
	w.calm(t, "422")
}
