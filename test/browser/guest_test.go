package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
)

const (
	guestPeriod = "2033"
	guestList   = "/desk/cities/arvenholt/cycles/" + guestPeriod + "/arvenholt-council"
)

// openAssessment begins an assessment that takes answers, and makes somebody who coordinates it.
func openAssessment(t *testing.T, rooms *cli.Rooms) {
	t.Helper()
	ctx, by := context.Background(), account.Operator()
	p, err := rooms.Account.Add(ctx, by, account.Person{Email: "coordinator@arvenholt.example", Name: "Test Coordinator"}, officerPassword)
	if err == nil {
		err = rooms.Account.Grant(ctx, by, p.ID, account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("arvenholt")}, account.Resource{Kind: "city", City: "arvenholt"})
	}
	if err == nil {
		err = rooms.Assessment.Begin(ctx, by, assessment.Cycle{City: "arvenholt", Period: guestPeriod, Standard: rooms.Standard.Ref(), Profile: "full"})
	}
	if err == nil {
		err = rooms.Assessment.Step(ctx, by, assessment.Move{City: "arvenholt", Period: guestPeriod, To: assessment.Open})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A coordinator asks somebody in a department five questions by a link; they answer one on a phone, in Arabic and without JavaScript.
func TestAContactAnswersByALinkOnAPhone(t *testing.T) {
	browser := chromium(t)
	origin, rooms := startNode(t)
	openAssessment(t, rooms)
	office := newTab(browser, t, origin)
	office.do(t,
		chromedp.Navigate(origin+"/en/desk"),
		chromedp.SendKeys(chromedp.CSS("#email"), "coordinator@arvenholt.example"),
		chromedp.SendKeys(chromedp.CSS("#password"), officerPassword),
		chromedp.Submit(chromedp.CSS("#password")),
		chromedp.WaitVisible(chromedp.CSS("#progress")),
		chromedp.Navigate(origin+"/en"+guestList+"/assign"),
		chromedp.Click(chromedp.CSS(`input[name="dimension"][value="COM"]`)),
	)
	for _, id := range []string{"INS.1", "INS.2"} {
		office.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector('input[name="requirement"][value="`+id+`"]').checked = true`))
	}
	office.do(t,
		chromedp.SetValue(chromedp.CSS("#due"), "2034-11-30"),
		chromedp.SendKeys(chromedp.CSS("#name"), "Dalia Haddad"),
		chromedp.SetValue(chromedp.CSS("#language"), "ar"),
		chromedp.Click(chromedp.CSS(`button[value="link"]`)),
		chromedp.WaitVisible(chromedp.CSS(".note code")),
	)
	link := ask(t, office, chromedp.Text(chromedp.CSS(".note code")))

	phone := newTab(browser, t, origin)
	call(t, phone, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	phone.do(t,
		chromedp.EmulateViewport(360, 740),
		chromedp.Navigate(link),
		chromedp.WaitVisible(chromedp.CSS("main form .button")),
		chromedp.Click(chromedp.CSS("main form .button")),
		chromedp.WaitVisible(chromedp.CSS(".tasks")),
		chromedp.Click(chromedp.CSS(`.tasks a[href="/ar`+guestList+`/INS.1"]`)),
		chromedp.WaitVisible(chromedp.CSS(`input[name="grade"][value="2"]`)),
		chromedp.Click(chromedp.CSS(`input[name="grade"][value="2"]`)),
		chromedp.SendKeys(chromedp.CSS(`[name="reasons"]`), "نعمل على ذلك منذ عام."),
		chromedp.Click(chromedp.CSS(`button[name="do"][value="save"]`)),
		chromedp.WaitVisible(chromedp.CSS(`.note[role="status"]`)),
		chromedp.Navigate(origin+"/ar/guest"),
		chromedp.Click(chromedp.CSS(`form[action="/ar/guest"] .button`)),
		chromedp.WaitVisible(chromedp.CSS(`.note[role="status"]`)),
	)
	if said := ask(t, phone, chromedp.Text(chromedp.CSS(".reach"))); !strings.Contains(said, "1 من 5") {
		t.Errorf("the list says %q", said)
	}
	var e assessment.Entry
	err := rooms.DB.Read(context.Background(), func(tx database.Tx) (err error) {
		e, err = rooms.Assessment.Entry(context.Background(), tx, assessment.Key{City: "arvenholt", Period: guestPeriod, Requirement: "INS.1", Organisation: "arvenholt-council"})
		return err
	})
	if err != nil || e.State != assessment.AnswerGiven || e.Reasons != "نعمل على ذلك منذ عام." || *e.Grade != 2 {
		t.Errorf("what is kept: %+v (%v)", e, err)
	}
	if wrong := append(office.faults(), phone.faults()...); len(wrong) > 0 {
		t.Errorf("the browser complains: %q", wrong)
	}
}
