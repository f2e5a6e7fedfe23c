package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	next     = `.bar button[value="next"]`
	save     = `.bar button[value="save"]`
	handOver = `.bar button[value="hand_in"]`
)

// grades marks how far the city is, or an honest value.
func (p *person) grades(t *testing.T, value string) {
	t.Helper()
	p.do(t, chromedp.Click(chromedp.CSS(`input[name="grade"][value="`+value+`"]`)))
}

// says checks what the page's script tells about saving, by the name of the sentence.
func (p *person) says(t *testing.T, sentence string) {
	t.Helper()
	p.until(t, `(() => { const s = document.getElementById("save-status"), want = s.dataset["`+sentence+`"].split("…")[0]; return s.textContent.includes(want) })()`)
}

// byKeyboard answers a question with Tab, arrows and Enter only, from the list of questions on.
func (w *weeks) byKeyboard(t *testing.T) {
	o := w.officer
	o.opens(t, council)
	o.tabToLink(t, "/en"+council+"/COM.1")
	o.leads(t, 200, chromedp.KeyEvent(kb.Enter))
	o.tabUntil(t, `document.activeElement?.name === "grade"`)
	o.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	o.tabTo(t, "reasons")
	o.do(t, chromedp.KeyEvent("The council has adopted a charter."))
	o.says(t, "saved")
	o.tabUntil(t, `document.activeElement?.value === "hand_in"`)
	o.leads(t, 200, chromedp.KeyEvent(kb.Enter))
	o.reads(t, "COM.1 is handed in.")
	o.opens(t, council+"/COM.1")
	o.reads(t, "minimum met", "The council has adopted a charter.")
	o.looks(t, phone, council, council+"/COM.1", council+"/COM.1/history")
	w.calm(t)
}

// onALineThatDrops writes while there is no line, closes the page, and finds everything there when the line is back.
func (w *weeks) onALineThatDrops(t *testing.T) {
	o := w.officer
	o.opens(t, council+"/INS.2")
	o.line(t, false)
	o.grades(t, "2")
	o.fills(t, "reasons", "Written in a tunnel.")
	o.says(t, "offline")
	o.do(t, chromedp.Navigate("about:blank"))
	o.line(t, true)
	o.opens(t, council+"/INS.2")
	if kept := ask(t, o.tab, chromedp.Value(chromedp.CSS("#reasons"))); kept != "Written in a tunnel." {
		t.Errorf("what was typed is lost: the reasons are %q", kept)
	}
	o.until(t, `document.querySelector("#answer [name=version]").value !== "0"`) // the node has it
	o.presses(t, handOver)
	o.reads(t, "INS.2 is handed in.")
	w.calm(t, "net::ERR_INTERNET_DISCONNECTED")
}

// withoutJavaScript answers with forms alone: a grade, two honest values, and what is forgotten is said without losing what was typed.
func (w *weeks) withoutJavaScript(t *testing.T) {
	o := w.officer
	o.scripts(t, false)
	o.opens(t, council+"/ACC.1")
	o.fills(t, "reasons", "The complaints office answers within a month.")
	o.leads(t, 422, chromedp.Click(chromedp.CSS(handOver)))
	if kept := ask(t, o.tab, chromedp.Value(chromedp.CSS("#reasons"))); kept != "The complaints office answers within a month." {
		t.Errorf("what was typed is lost: the reasons are %q", kept)
	}
	o.grades(t, "3")
	o.presses(t, handOver)
	o.reads(t, "ACC.1 is handed in.")

	o.opens(t, council+"/CAP.1")
	o.grades(t, "not_available")
	o.fills(t, "reasons", "Nobody has counted the trainings.")
	o.presses(t, handOver)
	o.opens(t, council+"/RES.1")
	o.grades(t, "not_local")
	o.leads(t, 422, chromedp.Click(chromedp.CSS(handOver)))
	o.fills(t, "whose", "The national parliament", "reasons", "Budgets of this kind are a law of the state.")
	o.presses(t, handOver)
	o.reads(t, "RES.1 is handed in.")
	o.scripts(t, true)
	o.opens(t, council)
	o.reads(t, "5 of 12")
	w.calm(t, "422")
}

// inArabicOnAPhone lets the colleague open the link and answer three questions where they are.
func (w *weeks) inArabicOnAPhone(t *testing.T) {
	w.comes(t)
	c := w.colleague
	for _, said := range []struct{ id, reasons, button string }{
		{"PAR.1", inArabic, handOver}, {"EQU.1", "اعتمد المجلس خطة للمساواة.", handOver}, {"EQU.4", "لا توجد خطة بعد.", save},
	} {
		c.opens(t, council+"/"+said.id)
		c.grades(t, "1")
		c.fills(t, "reasons", said.reasons)
		c.says(t, "saved")
		if way := ask(t, c.tab, chromedp.Evaluate[string](`getComputedStyle(document.getElementById("reasons")).direction + " " + document.getElementById("language").value`)); way != "rtl ar" {
			t.Errorf("%s is written %q", said.id, way)
		}
		small := ask(t, c.tab, chromedp.Evaluate[string](`[...document.querySelectorAll("#answer .choice, #answer ~ .bar button, #reasons")].filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent.trim()).join()`))
		if small != "" {
			t.Errorf("%s: too low for a thumb: %s", said.id, small)
		}
		c.presses(t, said.button)
	}
	c.opens(t, "/guest")
	c.presses(t, `form[action="/ar/guest"] button`) // what is written and not handed in
	c.looks(t, phone, council+"/LIV.1", "/guest")
	w.calm(t)
}

const inArabic = "يشارك السكان في كل قرار."

// conflict lets two people write the same answer: the second sees both texts, and neither is lost.
func (w *weeks) conflict(t *testing.T) {
	o, c := w.officer, w.colleague
	o.opens(t, council+"/LIV.1")
	c.opens(t, council+"/LIV.1")
	const theirs, mine = "يوجد مأوى للجميع.", "There are two shelters."
	c.grades(t, "3")
	c.fills(t, "reasons", theirs)
	c.presses(t, save)
	o.grades(t, "2")
	o.fills(t, "reasons", mine)
	o.says(t, "conflict")
	o.leads(t, 409, chromedp.Click(chromedp.CSS(save)))
	o.reads(t, "Two texts for one answer", theirs, mine)
	o.looksHere(t)
	o.presses(t, `button[value="show"]`)
	both := ask(t, o.tab, chromedp.Value(chromedp.CSS("#reasons")))
	if !strings.Contains(both, theirs) || !strings.Contains(both, mine) {
		t.Errorf("put together, the text is %q", both)
	}
	o.grades(t, "3")
	o.presses(t, handOver)
	o.reads(t, "LIV.1 is handed in.")
	o.opens(t, council+"/LIV.1")
	o.reads(t, theirs, mine)
	o.opens(t, council+"/LIV.1/history")
	o.reads(t, "did not become the answer", "Mara Olsen")
	w.calm(t, "409")
}
