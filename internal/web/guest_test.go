package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
)

// A contact in a department: one link, their questions, no account, on a page in Arabic and without JavaScript.
func TestAContactAnswersByALink(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	link := d.link(t, boss, "Dalia Haddad", "ar", "LIV.5", "LIV.1", "COM.1")
	if !strings.HasPrefix(link, "/ar/guest/") {
		t.Fatalf("the link is %s", link)
	}
	contact := visitor()
	answer, page := d.get(t, contact, link)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Set-Cookie") != "" {
		t.Errorf("looking at the link: status %d, cookie %q", answer.StatusCode, answer.Header.Get("Set-Cookie"))
	}
	wants(t, page, `dir="rtl"`, "Dalia Haddad", "فتح أسئلتي", "نوفمبر")
	if answer, _ := d.get(t, contact, "/ar/guest"); answer.StatusCode != http.StatusSeeOther || !strings.HasSuffix(answer.Header.Get("Location"), "/ar/guest/lost") {
		t.Errorf("before the button was pressed: status %d", answer.StatusCode)
	}
	page = d.follow(t, contact, d.post(t, contact, link, nil))
	wants(t, page, "/ar"+theQuestion[len("/en"):], "أجيب عن 0 من 3")
	question := "/ar" + theQuestion[len("/en"):]
	if answer, _ := d.get(t, contact, question); answer.StatusCode != http.StatusOK {
		t.Fatalf("the question: status %d", answer.StatusCode)
	}
	if answer := d.post(t, contact, question, answered(0, "save", "2", "نعمل على ذلك.")); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving: status %d", answer.StatusCode)
	}
	if e := d.entry(t); e.State != assessment.AnswerDraft || e.Reasons != "نعمل على ذلك." {
		t.Errorf("kept %+v", e)
	}
	page = d.follow(t, contact, d.post(t, contact, "/ar/guest", nil))
	wants(t, page, "تم التسليم", "أجيب عن 1 من 3")
	if e := d.entry(t); e.State != assessment.AnswerGiven {
		t.Errorf("after handing in: %s", e.State)
	}
	_, page = d.get(t, boss, theQuestion+"/history")
	wants(t, page, "Dalia Haddad")
	_, page = d.get(t, boss, theAssigning)
	wants(t, page, "Dalia Haddad", "1 of 3 answered")
	again := visitor() // on another machine
	wants(t, d.follow(t, again, d.post(t, again, link, nil)), "أجيب عن 1 من 3")
}

func TestAGuestReachesTheirQuestionsAndNothingElse(t *testing.T) {
	d := newDesk(t)
	d.link(t, d.coordinator(t), "Another", "en", "COM.1")
	guest := d.guest(t, "Dalia", "LIV.5", "LIV.1")
	for path, want := range map[string]int{
		"/en/guest": http.StatusOK, theQuestion: http.StatusOK, theQuestion + "/history": http.StatusOK, theList + "/LIV.1": http.StatusOK,
		theList: http.StatusForbidden, theList + "/COM.1": http.StatusForbidden, theList + "/COM.1/history": http.StatusForbidden, theAssigning: http.StatusForbidden,
		strings.Replace(theQuestion, "council", "union", 1): http.StatusForbidden, strings.Replace(theQuestion, "2026", "2024", 1): http.StatusForbidden,
		"/en/desk": http.StatusSeeOther, "/en/desk/people": http.StatusForbidden, "/en/desk/cities/example": http.StatusForbidden,
	} {
		if answer, _ := d.get(t, guest, path); answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, answer.StatusCode, want)
		}
	}
	if answer := d.post(t, guest, theList+"/COM.1", answered(0, "save", "2", "x")); answer.StatusCode != http.StatusForbidden {
		t.Errorf("writing to another's question: status %d", answer.StatusCode)
	}
	_, page := d.get(t, guest, theQuestion)
	if strings.Contains(page, theList+`"`) || strings.Contains(page, theList+"/LIV.4") || strings.Contains(page, theList+"/LIV.6") {
		t.Error("the page of a guest's question leads to what they may not open")
	}
	wants(t, page, theList+"/LIV.1", `href="/en/guest"`)
}

func TestWhatIsGivenToSomebodyElseIsNoLongerTheGuests(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	guest := d.guest(t, "Dalia", "LIV.5")
	_, page := d.get(t, boss, theAssigning)
	d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"assign"}, "person": {choice(t, page, "Carl")}, "requirement": {"LIV.5"}}))
	if answer, _ := d.get(t, guest, theQuestion); answer.StatusCode != http.StatusForbidden {
		t.Errorf("status %d", answer.StatusCode)
	}
	_, page = d.get(t, guest, "/en/guest")
	wants(t, page, "No question is assigned to you at present.")
	_, page = d.get(t, boss, theAssigning)
	d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"assign"}, "person": {choice(t, page, "Dalia (by a link)")}, "requirement": {"LIV.1"}}))
	if answer, _ := d.get(t, guest, theList+"/LIV.1"); answer.StatusCode != http.StatusOK {
		t.Errorf("what was given to the guest since: status %d", answer.StatusCode)
	}
}

func TestALinkThatIsEndedOrReplacedWorksNoMore(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	link := d.link(t, boss, "Dalia", "en", "LIV.5")
	guest := visitor()
	d.follow(t, guest, d.post(t, guest, link, nil))
	_, page := d.get(t, boss, theAssigning)
	contact := between(t, page, `name="contact" value="`, `"`)
	answer := d.post(t, boss, theAssigning, url.Values{"do": {"renew"}, "contact": {contact}})
	found := aLink.FindStringSubmatch(answer.Body)
	if found == nil || found[1] == link {
		t.Fatalf("no new link is shown: status %d", answer.StatusCode)
	}
	gone := func(link string) {
		t.Helper()
		answer, page := d.get(t, visitor(), link)
		if answer.StatusCode != http.StatusGone {
			t.Errorf("status %d", answer.StatusCode)
		}
		wants(t, page, "This link does not work", "Ask")
		if answer := d.post(t, visitor(), link, nil); answer.StatusCode != http.StatusGone {
			t.Errorf("pressing: status %d", answer.StatusCode)
		}
	}
	gone(link)
	if answer, _ := d.get(t, guest, "/en/guest"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("what was opened with the old link: status %d", answer.StatusCode)
	}
	page = d.follow(t, guest, d.post(t, guest, found[1], nil))
	wants(t, page, "You are asked one question")
	wants(t, d.follow(t, boss, d.post(t, boss, theAssigning, url.Values{"do": {"end"}, "contact": {contact}})), "The link has ended.")
	gone(found[1])
	answer = d.post(t, guest, theQuestion, answered(0, "save", "2", "Typed before it ended."))
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("saving after the end: status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "Typed", "You came by a link and have no password?")
	_, page = d.get(t, visitor(), "/en/sign-in")
	wants(t, page, "Open it again: it needs no password.")
	gone("/en/guest/NOSUCHTOKEN")
}

func TestALinkNeedsANameAndADay(t *testing.T) {
	d := newDesk(t)
	boss := d.coordinator(t)
	for want, form := range map[string]url.Values{
		"Name the day until which you ask": {"name": {"Dalia"}, "requirement": {"LIV.5"}},
		"This day has passed":              {"name": {"Dalia"}, "requirement": {"LIV.5"}, "due": {"2020-01-01"}},
		`id="name-problem"`:                {"name": {" "}, "requirement": {"LIV.5"}, "due": {farOff}},
		`id="email-problem"`:               {"name": {"Dalia"}, "email": {"dalia"}, "requirement": {"LIV.5"}, "due": {farOff}},
		"Choose at least one question":     {"name": {"Dalia"}, "due": {farOff}},
	} {
		form.Set("do", "link")
		form.Set("language", "fr")
		answer := d.post(t, boss, theAssigning, form)
		if answer.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", want, answer.StatusCode)
		}
		wants(t, answer.Body, want, `<option value="fr" selected>`)
	}
}

func TestAGuestIsNotAmongThePeopleOfTheNode(t *testing.T) {
	d := newDesk(t)
	d.guest(t, "Dalia", "LIV.5")
	admin := d.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	if _, page := d.get(t, admin, "/en/desk/people"); strings.Contains(page, "Dalia") {
		t.Error("a guest stands among those who can sign in")
	}
}

func TestWhoLeavesIsToldHowToComeBack(t *testing.T) {
	d := newDesk(t)
	guest := d.guest(t, "Dalia", "LIV.5")
	wants(t, d.follow(t, guest, d.post(t, guest, "/en/sign-out", nil)), "You have left", "open your link again")
	if answer, _ := d.get(t, guest, "/en/guest"); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAnAnswerThatLacksSomethingIsNotHandedIn(t *testing.T) {
	d := newDesk(t)
	guest := d.guest(t, "Dalia", "LIV.5")
	form := answered(0, "save", "", "Only reasons.")
	form.Del("grade")
	if answer := d.post(t, guest, theQuestion, form); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	answer := d.post(t, guest, "/en/guest", nil)
	wants(t, answer.Body, "LIV.5: Choose a grade, or say why there is none.")
	if e := d.entry(t); e.State != assessment.AnswerDraft {
		t.Errorf("it is %s", e.State)
	}
}
