package browser

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	light = viewport{1280, "light"}
	phone = viewport{360, "light"}
)

const (
	validatorEmail = "jonas@lakeview.example"
	submit         = "main form.form button"
)

// setUp is the first hour: the code from the terminal, the node's name, its mail, and the city.
func (w *weeks) setUp(t *testing.T) {
	o := w.officer
	o.opens(t, "/")
	o.looks(t, light, "/", "/setup")
	o.presses(t, `a[href="/en/setup"]`)
	o.fills(t, "code", w.node.code, "name", "Mara Olsen", "email", officerEmail, "password", officerPassword)
	o.presses(t, submit)
	o.fills(t, "name", "Human rights in Lakeview", "operator", "City of Lakeview")
	o.looksHere(t)
	o.presses(t, submit)
	o.chooses(t, "way", "folder")
	o.fills(t, "sender", "rights@lakeview.example")
	o.looksHere(t)
	o.presses(t, submit)
	o.fills(t, "code", "lakeview", "name", "Lakeview", "country", "GB", "population", "41200", "languages", "en ar")
	o.looksHere(t)
	o.presses(t, submit)
	o.reads(t, "Lakeview")
	o.looks(t, light, "/desk", "/desk/settings")
	w.calm(t)
}

// people adds the council that answers, gives the officer the city, and asks a validator in.
func (w *weeks) people(t *testing.T) {
	o := w.officer
	o.opens(t, "/desk/organisations")
	o.fills(t, "name", "Council of Lakeview", "code", "lakeview-council")
	o.chooses(t, "kind", "authority", "city", "lakeview")
	o.presses(t, submit)
	o.reads(t, "Council of Lakeview")

	o.opens(t, "/desk/people")
	o.chooses(t, "grant-role", "coordinator", "grant-scope", "city/lakeview")
	o.presses(t, `button[name="do"][value="grant"]`)
	o.fills(t, "name", "Jonas Weber", "email", validatorEmail)
	o.chooses(t, "role", "validator", "scope", "city/lakeview")
	o.presses(t, `button[name="do"][value="add"]`)
	link := ask(t, o.tab, chromedp.Text(chromedp.CSS(".note code")))
	o.looksHere(t)

	w.validator = newPerson(w.browser, w.test, w.node.origin, "en", 1280)
	v := w.validator
	v.leads(t, 200, chromedp.Navigate(strings.TrimSpace(link)))
	v.fills(t, "password", officerPassword)
	v.presses(t, submit)
	v.fills(t, "email", validatorEmail, "password", officerPassword)
	v.presses(t, submit)
	v.looks(t, light, "/desk")
	o.looks(t, phone, "/desk/organisations", "/desk/people")
	w.calm(t)
}

// begin opens an assessment with the starter profile, which is proposed for a first one, and asks for answers.
func (w *weeks) begin(t *testing.T) {
	o := w.officer
	o.opens(t, "/desk")
	o.presses(t, `a[href="/en`+lake+`/cycles"]`)
	o.looksHere(t)
	o.presses(t, `a[href="/en`+lake+`/cycles/new"]`)
	if chosen := ask(t, o.tab, chromedp.Evaluate[string](`document.querySelector("[name=profile]:checked").value`)); chosen != "starter" {
		t.Errorf("the profile that is proposed is %q", chosen)
	}
	o.fills(t, "period", "2026")
	o.looksHere(t)
	o.presses(t, submit)
	o.looks(t, phone, cycle, lake+"/first-year")
	w.goesOn(t, "open")
	o.reads(t, "0 of 12 answered")
	w.calm(t)
}

// goesOn brings the assessment to its next state.
func (w *weeks) goesOn(t *testing.T, to string) {
	t.Helper()
	w.officer.opens(t, cycle)
	if next := ask(t, w.officer.tab, chromedp.Evaluate[string](`document.querySelector("form [name=to]")?.value ?? "nothing"`)); next != to {
		w.officer.reads(t, "ready for "+to) // says what is in the way
		t.Fatalf("what comes next is %s, not %s", next, to)
	}
	w.officer.presses(t, `section.next form button`)
}

// statistics brings a table of figures in, after a look at what it would do.
func (w *weeks) statistics(t *testing.T) {
	o, files := w.officer, filepath.Join("..", "..", "internal", "run", "testdata", "lakeview")
	o.opens(t, lake+"/statistics")
	o.do(t,
		chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{absolute(t, filepath.Join(files, "tidy.csv"))}),
		chromedp.SetUploadFiles(chromedp.CSS("#mapping"), []string{absolute(t, filepath.Join(files, "tidy-mapping.csv"))}),
	)
	o.looksHere(t)
	o.presses(t, submit)
	o.reads(t, "ENV.1.O2")
	o.looksHere(t)
	o.presses(t, `form[action$="/statistics/save"] button`)
	o.reads(t, "4 new")
	o.looks(t, phone, "/cities/lakeview", "/cities/lakeview/data/ENV.1.O2")
	w.calm(t)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

func containsAny(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
