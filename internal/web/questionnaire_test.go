package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// ofTheQuestionnaire lists the keys that its pages put together.
func ofTheQuestionnaire() (all []string) {
	for _, s := range assessment.AnswerStates {
		all = append(all, "answer.state."+string(s))
	}
	for _, s := range assessment.States {
		all = append(all, "question.cycle."+string(s), "question.closed."+string(s))
	}
	for _, h := range assessment.Hows {
		all = append(all, "question.how."+string(h))
	}
	for _, value := range []string{scorecard.NotAvailable, scorecard.NotApplicable, scorecard.NotLocal} {
		all = append(all, "question.value."+value)
	}
	return append(all, "question.noted.returned", "question.noted.disputed", "question.noted.accepted")
}

// desk is a site with a cycle for 2026 that takes answers, and two people who answer for the council.
type desk struct {
	*site
	officer, colleague *http.Client
}

const (
	theList     = "/en/desk/cities/example/cycles/2026/council"
	theQuestion = theList + "/LIV.5"
)

func newDesk(t *testing.T) *desk {
	t.Helper()
	s := newSite(t)
	ctx := context.Background()
	by := account.Operator()
	err := s.rooms.Assessment.Begin(ctx, by, assessment.Cycle{City: "example", Period: "2026", Standard: s.rooms.Standard.Ref(), Profile: "full"})
	if err == nil {
		err = s.rooms.Assessment.Step(ctx, by, assessment.Move{City: "example", Period: "2026", To: assessment.Open})
	}
	if err != nil {
		t.Fatal(err)
	}
	return &desk{site: s, officer: s.member(t, "Olga", account.RoleFocalPoint, "council"), colleague: s.member(t, "Carl", account.RoleAlternate, "council")}
}

// member signs somebody in who has a role in an organisation of the city.
func (s *site) member(t *testing.T, name string, role account.Role, organisation string) *http.Client {
	t.Helper()
	ctx := context.Background()
	const password = "a short sentence"
	email := strings.ToLower(name) + "@" + organisation + ".example"
	p, err := s.rooms.Account.Add(ctx, account.Operator(), account.Person{Email: email, Name: name}, password)
	if err != nil {
		t.Fatal(err)
	}
	err = s.rooms.Account.Grant(ctx, account.Operator(), p.ID, account.Granted{Role: role, Scope: account.InOrganisation(organisation)},
		account.Resource{Kind: "organisation", City: "example", Organisation: organisation})
	if err != nil {
		t.Fatal(err)
	}
	client := visitor()
	if status := s.post(t, client, "/en/sign-in", url.Values{"email": {email}, "password": {password}}).StatusCode; status != http.StatusSeeOther {
		t.Fatalf("sign-in: status %d", status)
	}
	return client
}

func (d *desk) entry(t *testing.T) (e assessment.Entry) {
	t.Helper()
	err := d.rooms.View(t.Context(), func(tx database.Tx) (err error) {
		e, err = d.rooms.Assessment.Entry(t.Context(), tx, assessment.Key{City: "example", Period: "2026", Requirement: "LIV.5", Organisation: "council"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// answered is a form as the page sends it.
func answered(version int64, do, grade, reasons string) url.Values {
	return url.Values{"version": {strconv.FormatInt(version, 10)}, "do": {do}, "grade": {grade}, "reasons": {reasons}, "language": {"en"}}
}

func wants(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("the page does not say %q", part)
		}
	}
}

func TestAnOfficerAnswersQuestionAfterQuestion(t *testing.T) {
	d := newDesk(t)
	_, page := d.get(t, d.officer, theList)
	wants(t, page, "0 of 53 answered", `href="`+theList+`/COM.1"`, "not begun", "It is open for answers.")
	_, page = d.get(t, d.officer, theQuestion)
	wants(t, page, "LIV.5", "Why it matters", "The law behind it", "What counts as evidence", `name="grade" value="3"`, `value="not_local"`, `name="whose"`,
		`name="indicator.LIV.5.S1" value="yes"`, `name="reasons"`, "Last time, for 2024, you answered", "We pay fairly.", "Save and go on", "question",
		`class="answer" autocomplete="off"`) // else going back would put an old text on a new version

	answer := d.post(t, d.officer, theQuestion, answered(0, "save", "2", "Half of it."))
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != theQuestion+"?saved=" {
		t.Fatalf("saving: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	_, page = d.get(t, d.officer, theQuestion+"?saved=")
	wants(t, page, "Saved at ", "Half of it.", "being written", `value="2" checked`, `data-done="LIV.5"`)

	form := answered(1, "next", "2", "Half of it.")
	form.Set("indicator.LIV.5.S1", "yes")
	if to := d.post(t, d.officer, theQuestion, form).Header.Get("Location"); !strings.HasPrefix(to, theList+"/LIV.6?done=LIV.5") {
		t.Errorf("saving and going on leads to %s", to)
	}
	if e := d.entry(t); len(e.Indicators) != 1 || !*e.Indicators[0].Yes || e.Version != 2 {
		t.Errorf("kept %+v", e)
	}
	form.Set("do", "hand_in")
	form.Set("version", "2")
	if to := d.post(t, d.officer, theQuestion, form).Header.Get("Location"); !strings.HasPrefix(to, theList+"/LIV.6?given=LIV.5") {
		t.Errorf("handing in leads to %s", to)
	}
	_, page = d.get(t, d.officer, theQuestion)
	wants(t, page, "handed in", "Take it back to change it", "Half of it.")
	if strings.Contains(page, `name="reasons"`) {
		t.Error("an answer that is handed in has a form")
	}
	if status := d.post(t, d.officer, theQuestion, url.Values{"do": {"take_back"}, "version": {"3"}}).StatusCode; status != http.StatusSeeOther {
		t.Errorf("taking back: status %d", status)
	}
	if e := d.entry(t); e.State != assessment.AnswerDraft {
		t.Errorf("it is %s", e.State)
	}
}

func TestLastTimesAnswerIsKeptByOneClick(t *testing.T) {
	d := newDesk(t)
	if status := d.post(t, d.officer, theQuestion, url.Values{"do": {"keep"}, "version": {"0"}}).StatusCode; status != http.StatusSeeOther {
		t.Fatalf("keeping: status %d", status)
	}
	if e := d.entry(t); e.Reasons != "We pay fairly." || *e.Grade != 3 || e.KeptFrom != "2024" || e.State != assessment.AnswerDraft {
		t.Errorf("kept %+v", e)
	}
	again := d.post(t, d.colleague, theQuestion, url.Values{"do": {"keep"}, "version": {"0"}})
	if again.StatusCode != http.StatusConflict {
		t.Errorf("keeping on an old version: status %d", again.StatusCode)
	}
	wants(t, again.Body, "Somebody else has changed this answer", "We pay fairly.")
}

func TestARefusedAnswerKeepsAllThatWasTyped(t *testing.T) {
	d := newDesk(t)
	form := answered(0, "hand_in", "not_local", "The region <pays>.")
	form.Set("indicator.LIV.5.O1", "many")
	answer := d.post(t, d.officer, theQuestion, form)
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "“many” is not a number.", `value="many"`, "The region &lt;pays&gt;.", `value="not_local" checked`, `href="#indicator.LIV.5.O1"`, `data-unsaved="yes"`)
	form.Set("indicator.LIV.5.O1", "8,1")
	answer = d.post(t, d.officer, theQuestion, form)
	wants(t, answer.Body, "Say who has the power.", `href="#whose"`, "The region &lt;pays&gt;.")
	form.Set("whose", "the region")
	if answer = d.post(t, d.officer, theQuestion, form); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d: %s", answer.StatusCode, answer.Body)
	}
	if e := d.entry(t); e.Whose != "the region" || *e.Indicators[0].Value != 8.1 {
		t.Errorf("kept %+v", e)
	}
}

func TestTwoWritersSeeBothTexts(t *testing.T) {
	d := newDesk(t)
	d.post(t, d.officer, theQuestion, answered(0, "save", "2", "Hers."))
	answer := d.post(t, d.colleague, theQuestion, answered(0, "save", "3", "His."))
	if answer.StatusCode != http.StatusConflict {
		t.Fatalf("status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "Two texts for one answer", "Hers.", "His.", "By Olga, at ", `name="version" value="1"`, "Hers.\n\nHis.")
	if e := d.entry(t); e.Reasons != "Hers." {
		t.Errorf("the answer is %q", e.Reasons)
	}
	both := d.post(t, d.colleague, theQuestion, answered(1, "show", "3", "Hers.\n\nHis."))
	wants(t, both.Body, "This text is not saved yet.", "Hers.\n\nHis.", `name="version" value="1"`)
	if e := d.entry(t); e.Version != 1 {
		t.Errorf("showing a text has changed the answer: %+v", e)
	}
	d.post(t, d.colleague, theQuestion, answered(1, "save", "3", "His."))
	_, page := d.get(t, d.officer, theQuestion+"/history?all=")
	wants(t, page, "Olga wrote this", "Carl wrote this beside another text", "Carl wrote this,", "Take this text again", "<ins>", "<del>")
}

func TestAScriptIsToldWhatBecameOfATextByTheStatus(t *testing.T) {
	d := newDesk(t)
	auto := func(client *http.Client, form url.Values) reply {
		request, err := http.NewRequest(http.MethodPost, d.url+theQuestion, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		request.Header.Set("Accept", "application/json")
		return send(t, client, request)
	}
	wrong := answered(1, "", "", "b")
	wrong.Set("indicator.LIV.5.O1", "x")
	for _, c := range []struct {
		client *http.Client
		form   url.Values
		status int
		body   string
	}{
		{d.officer, answered(0, "", "", "a"), 200, `{"version":1}`},
		{d.officer, answered(1, "", "", "a"), 200, `{"version":1}`},
		{d.officer, answered(1, "", "", "b"), 200, `{"version":2}`},
		{d.colleague, answered(1, "", "", "c"), 409, `"conflict":true`},
		{d.officer, wrong, 422, `"problems":["“x” is not a number."]`},
		{visitor(), answered(2, "", "", "d"), 401, `{"signedOut":true}`},
	} {
		if answer := auto(c.client, c.form); answer.StatusCode != c.status || !strings.Contains(answer.Body, c.body) {
			t.Errorf("%v is answered by %d %s, want %d %s", c.form, answer.StatusCode, answer.Body, c.status, c.body)
		}
	}
}

func TestATextOutlivesItsSessionWithoutAScript(t *testing.T) {
	d := newDesk(t)
	form := answered(0, "save", "2", "Long \"work\" & <thought>.\r\nSecond line.")
	form.Set("indicator.LIV.5.S1", "no")
	client := visitor()
	answer := d.post(t, client, theQuestion, form)
	if answer.StatusCode != http.StatusUnauthorized {
		t.Fatalf("status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "What you wrote is kept.", `name="password"`)
	again := sent(t, answer.Body)
	again.Set("email", "olga@council.example")
	again.Set("password", "not this one")
	answer = d.post(t, client, "/en/sign-in", again)
	again = sent(t, answer.Body)
	again.Set("email", "olga@council.example")
	again.Set("password", "a short sentence")
	answer = d.post(t, client, "/en/sign-in", again)
	if answer.StatusCode != http.StatusOK || strings.Contains(answer.Body, "a short sentence") {
		t.Fatalf("status %d", answer.StatusCode)
	}
	wants(t, answer.Body, "You are signed in again", `action="`+theQuestion+`"`)
	shown := sent(t, answer.Body)
	shown.Set("do", "show")
	answer = d.post(t, client, theQuestion, shown)
	wants(t, answer.Body, "This text is not saved yet.", "Long &#34;work&#34; &amp; &lt;thought&gt;.\nSecond line.", `value="2" checked`, `name="indicator.LIV.5.S1" value="no" checked`)
	if e := d.entry(t); e.Version != 0 {
		t.Errorf("it was saved: %+v", e)
	}
}

func TestNobodyReadsOrWritesForOthers(t *testing.T) {
	d := newDesk(t)
	d.post(t, d.officer, theQuestion, answered(0, "save", "2", "A secret draft."))
	union := d.member(t, "Uma", account.RoleContributor, "union")
	administrator := d.person(t, "root@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	coordinator := d.person(t, "boss@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	unions := "/en/desk/cities/example/cycles/2026/union/LIV.5"
	d.post(t, union, unions, answered(0, "save", "1", "A secret of the union."))
	for _, c := range []struct {
		who    *http.Client
		path   string
		status int
	}{
		{union, theQuestion, 403}, {union, theQuestion + "/history", 403}, {administrator, theQuestion, 200}, {administrator, theQuestion + "/history", 200},
		{coordinator, theQuestion, 200}, {coordinator, unions, 200}, {coordinator, unions + "/history", 200}, {d.officer, unions, 403},
		{coordinator, theList + "/LIV.99", 404}, {coordinator, "/en/desk/cities/example/cycles/1999/council/LIV.5", 404}, {coordinator, "/en/desk/cities/example/cycles/2026/nobody", 404},
	} {
		answer, page := d.get(t, c.who, c.path)
		if answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.path, answer.StatusCode, c.status)
		}
		mine := c.who == coordinator && !strings.HasPrefix(c.path, unions)
		if strings.Contains(page, "A secret") && !mine {
			t.Errorf("%s shows a draft to somebody else", c.path)
		}
	}
	if status := d.post(t, coordinator, unions, answered(0, "save", "1", "x")).StatusCode; status != http.StatusForbidden {
		t.Errorf("the coordinator writes for the union: status %d", status)
	}
}

// The city reads what an independent organisation has handed in, and neither who speaks for it nor what its drafts said in any language.
func TestTheCityReadsAnOrganisationsWordAndNotWhoSpeaksForIt(t *testing.T) {
	d := newDesk(t)
	union := d.member(t, "Uma", account.RoleContributor, "union")
	coordinator := d.person(t, "boss@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("example")})
	const list = "/en/desk/cities/example/cycles/2026/union"
	const unions = list + "/LIV.5"
	d.post(t, union, unions, answered(0, "save", "1", "A first thought."))
	d.post(t, union, unions+"/translations", url.Values{"language": {"fr"}, "text": {"Une première idée."}, "maker": {"human"}})
	d.post(t, union, unions, answered(1, "hand_in", "1", "The word of the union."))
	for _, path := range []string{list, unions, unions + "/history", unions + "/translations"} {
		answer, page := d.get(t, coordinator, path)
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", path, answer.StatusCode)
		}
		for _, secret := range []string{"Uma", "A first thought", "Une première idée"} {
			if strings.Contains(page, secret) {
				t.Errorf("%s tells the city %q", path, secret)
			}
		}
		if path == unions {
			wants(t, page, "The word of the union.")
		}
	}
	_, own := d.get(t, union, unions+"/history")
	wants(t, own, "Uma", "A first thought")
	_, own = d.get(t, union, unions+"/translations")
	wants(t, own, "Une première idée")
}

// An organisation of another city is not there below this one, whoever asks.
func TestAnotherCitysOrganisationIsNotThere(t *testing.T) {
	d := newDesk(t)
	if err := d.rooms.City.Add(t.Context(), "test", city.City{ID: "other", Name: "Other", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	if err := d.rooms.Assessment.Begin(t.Context(), account.Operator(), assessment.Cycle{City: "other", Period: "2026", Standard: d.rooms.Standard.Ref(), Profile: "core"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", "/LIV.5", "/LIV.5/history"} {
		if answer, _ := d.get(t, d.officer, "/en/desk/cities/other/cycles/2026/council"+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%q: status %d", path, answer.StatusCode)
		}
	}
	for _, path := range []string{"/LIV.5", "/assign"} {
		if answer := d.post(t, d.officer, "/en/desk/cities/other/cycles/2026/council"+path, answered(0, "save", "1", "x")); answer.StatusCode != http.StatusNotFound {
			t.Errorf("writing to %q: status %d", path, answer.StatusCode)
		}
	}
}

func TestAnAnswerIsCheckedAndComesBackWithANote(t *testing.T) {
	d := newDesk(t)
	validator := d.member(t, "Vera", account.RoleValidator, "council")
	d.post(t, d.officer, theQuestion, answered(0, "hand_in", "4", "All is well."))
	_, page := d.get(t, validator, theQuestion)
	wants(t, page, "Check this answer", "All is well.", "Accept", "Return with the note")
	check := func(version, do, note string) reply {
		return d.post(t, validator, theQuestion+"/check", url.Values{"version": {version}, "do": {do}, "note": {note}})
	}
	wants(t, check("1", "return", "").Body, "Say why")
	wants(t, check("7", "accept", "").Body, "This answer has changed since you opened it.")
	if status := check("1", "return", "Where is the plan?").StatusCode; status != http.StatusSeeOther {
		t.Fatalf("returning: status %d", status)
	}
	_, page = d.get(t, d.officer, theQuestion)
	if note, form := strings.Index(page, "Where is the plan?"), strings.Index(page, `name="reasons"`); note < 0 || form < note {
		t.Error("the note does not stand before the form")
	}
	_, page = d.get(t, d.officer, theList)
	wants(t, page, "1 returned", "Where is the plan?")
	d.post(t, d.officer, theQuestion, answered(2, "hand_in", "3", "Here is the plan."))
	if status := check("3", "accept", "").StatusCode; status != http.StatusSeeOther || d.entry(t).State != assessment.AnswerAccepted {
		t.Errorf("accepting: status %d", status)
	}
}

// sent gives the hidden fields of a page's form.
func sent(t *testing.T, page string) url.Values {
	t.Helper()
	form := url.Values{}
	for _, input := range strings.Split(page, `<input type="hidden" `)[1:] {
		input, _, _ = strings.Cut(input, ">")
		name := between(t, input, `name="`, `"`)
		form.Add(name, unescaped(between(t, input, `value="`, `"`)))
	}
	return form
}

var unescaped = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	end := strings.Index(text, after)
	if strings.HasPrefix(after, `"`) && len(after) == 1 {
		_, text, _ = strings.Cut(text, before)
		value, _, _ := strings.Cut(text, after)
		return value
	}
	if end < 0 {
		t.Fatalf("there is no %s", after)
	}
	return text[strings.LastIndex(text[:end], before)+len(before) : end]
}

func TestTheQuestionnaireIsReadInEveryLanguage(t *testing.T) {
	d := newDesk(t)
	d.post(t, d.officer, theQuestion, answered(0, "hand_in", "2", "Texto."))
	for _, lang := range locale.Shipped {
		for _, path := range []string{theList, theQuestion, theList + "/COM.1", theQuestion + "/history"} {
			path = "/" + lang + strings.TrimPrefix(path, "/en")
			answer, body := d.get(t, d.officer, path)
			if answer.StatusCode != http.StatusOK || strings.Contains(body, "⟦") || strings.Contains(body, "no value>") {
				t.Errorf("%s: status %d", path, answer.StatusCode)
			}
		}
	}
}
