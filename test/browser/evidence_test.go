package browser

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
)

const evidenceQuestion = "/en/desk/cities/arvenholt/cycles/2031/arvenholt-council/COM.2"

// openForEvidence opens an assessment of the invented city and lets the officer answer in it.
func openForEvidence(t *testing.T, rooms *cli.Rooms) {
	t.Helper()
	ctx := context.Background()
	addOfficer(t, rooms)
	people, err := rooms.Account.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Email == officerEmail {
			err = rooms.Account.Grant(ctx, account.Operator(), p.ID, account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("arvenholt")}, account.Resource{Kind: "city", City: "arvenholt"})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	cycle := assessment.Cycle{City: "arvenholt", Period: "2031", Standard: rooms.Standard.Ref(), Profile: "full"}
	if err := rooms.Assessment.Begin(ctx, account.Operator(), cycle); err != nil {
		t.Fatal(err)
	}
	if err := rooms.Assessment.Step(ctx, account.Operator(), assessment.Move{City: cycle.City, Period: cycle.Period, To: assessment.Open}); err != nil {
		t.Fatal(err)
	}
}

// handed writes a file that somebody could choose.
func handed(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const decision = "%PDF-1.7\n5 0 obj\n<< /Author (Ana Perez) >>\nendobj\ntrailer << /Info 5 0 R >>\n%%EOF\n"

// On a phone, by keyboard and without JavaScript: an answer that is being written is saved, a file is added to it, and it is checked for the public.
func TestEvidenceIsGivenOnAPhoneByKeyboardWithoutJavaScript(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openForEvidence(t, rooms)
	tab := newTab(browser, t, origin)
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tab.do(t, chromedp.EmulateViewport(360, 640))
	tab.signIn(t, origin)
	tab.do(t, chromedp.Navigate(origin+evidenceQuestion), chromedp.WaitVisible(chromedp.CSS("#reasons")))
	tab.tabTo(t, "reasons")
	tab.do(t, chromedp.KeyEvent("The council has decided it."))
	tab.tabUntil(t, `document.activeElement?.value === "evidence"`)
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#files")))
	tab.tabTo(t, "dated")
	tab.do(t, chromedp.KeyEvent("2025-03-31"))
	tab.tabTo(t, "files") // what a person chooses in the system's window, a test hands in here
	tab.do(t, chromedp.SetUploadFiles(chromedp.CSS("#files"), []string{handed(t, "decision.pdf", decision), handed(t, "virus.exe", "MZ\x90\x00")}))
	tab.tabUntil(t, `document.activeElement?.matches("form.drop button") === true`)
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".govuk-error-summary")))
	text := ask(t, tab, chromedp.Text(chromedp.CSS("main")))
	for _, want := range []string{"“virus.exe” is a program", "decision", "31 March 2025", "Reviewers"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if kept := ask(t, tab, chromedp.Value(chromedp.CSS("#dated"))); kept != "2025-03-31" {
		t.Errorf("what was typed is lost: the date is %q", kept)
	}
	tab.tabUntil(t, `document.activeElement?.getAttribute("href")?.endsWith("/edit") === true`)
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#level")))
	if text := ask(t, tab, chromedp.Text(chromedp.CSS("main"))); !strings.Contains(text, "Ana Perez") {
		t.Error("the page does not show what the document says of its author")
	}
	tab.tabUntil(t, `document.activeElement?.name === "level"`)
	tab.do(t, chromedp.KeyEvent(kb.ArrowDown))
	for range 4 {
		tab.tabUntil(t, `document.activeElement?.name === "check"`)
		tab.do(t, chromedp.KeyEvent(" "))
	}
	tab.tabUntil(t, `document.activeElement?.matches("form[action$='/level'] button") === true`)
	tab.do(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".documents .level-public")))
	tab.do(t, chromedp.Navigate(origin+evidenceQuestion), chromedp.WaitVisible(chromedp.CSS("#reasons")))
	if kept := ask(t, tab, chromedp.Value(chromedp.CSS("#reasons"))); kept != "The council has decided it." {
		t.Errorf("what was typed before is lost: the reasons are %q", kept)
	}
	for _, fault := range tab.faults() {
		if !strings.Contains(fault, "422") { // what the page answered with on purpose
			t.Error(fault)
		}
	}
}

// The pages of evidence fit narrow screens and hold the rules of WCAG, in both directions and themes.
func TestThePagesOfEvidenceAreInOrder(t *testing.T) {
	source := axe(t)
	browser := chromium(t)
	origin, rooms := startNode(t)
	openForEvidence(t, rooms)
	added, err := rooms.Assessment.AddEvidence(context.Background(), account.Operator(), assessment.Evidence{
		Key: assessment.Key{City: "arvenholt", Period: "2031", Requirement: "COM.2", Organisation: "arvenholt-council"},
		URL: "https://arvenholt.example/" + strings.Repeat("long/", 40), EvidenceText: assessment.EvidenceText{Title: strings.Repeat("Beschluss", 12), Language: "de", Kind: "decision", Dated: "2025"},
	})
	if err != nil {
		t.Fatal(err)
	}
	tab := newTab(browser, t, origin)
	tab.signIn(t, origin)
	call(t, tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // axe is put into the page
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"arvenholt-council/COM.2", "arvenholt-council/COM.2/evidence", "arvenholt-council/COM.2/evidence/" + added.ID + "/edit", "evidence"} {
			for _, v := range viewports {
				tab.faults()
				address := origin + "/" + lang + "/desk/cities/arvenholt/cycles/2031/" + path
				call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.theme}}})
				tab.do(t, chromedp.EmulateViewport(v.width, 900), chromedp.Navigate(address))
				overflow := ask(t, tab, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
				if overflow > 0 {
					t.Errorf("%s at %d px is %d px too wide", address, v.width, overflow)
				}
				ask(t, tab, chromedp.Evaluate[int](source+";0"))
				var list []string
				if err := json.Unmarshal([]byte(ask(t, tab, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))), &list); err != nil {
					t.Fatal(err)
				}
				for _, one := range append(list, tab.faults()...) {
					t.Errorf("%s at %d px, %s: %s", address, v.width, v.theme, one)
				}
			}
		}
	}
}

// With JavaScript, what was typed in the answer and not saved yet is still there after a file was sent from beside it.
func TestAFileSentFromBesideAnAnswerLosesNothing(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openForEvidence(t, rooms)
	tab := newTab(browser, t, origin)
	tab.signIn(t, origin)
	tab.do(t,
		chromedp.Navigate(origin+evidenceQuestion),
		chromedp.WaitVisible(chromedp.CSS("#dropped")),
		chromedp.SendKeys(chromedp.CSS("#reasons"), "Not saved yet."),
		chromedp.SetUploadFiles(chromedp.CSS("#dropped"), []string{handed(t, "decision.pdf", decision)}),
		chromedp.Click(chromedp.CSS("form.drop button")),
		chromedp.WaitVisible(chromedp.CSS(".documents li")),
		chromedp.WaitVisible(chromedp.CSS("#reasons")),
	)
	if kept := ask(t, tab, chromedp.Value(chromedp.CSS("#reasons"))); kept != "Not saved yet." {
		t.Errorf("the reasons are %q", kept)
	}
	for _, fault := range tab.faults() {
		t.Error(fault)
	}
}
