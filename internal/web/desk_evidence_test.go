package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/files"
)

const openEvidence = "/en/desk/cities/example/cycles/2026/council/COM.2/evidence"

var openKey = assessment.Key{City: "example", Period: "2026", Requirement: "COM.2", Organisation: "council"}

// openSite is a site with another city and a cycle of each that takes evidence.
func openSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	ctx := context.Background()
	if err := s.rooms.City.Add(ctx, "test", city.City{ID: "another", Name: "Another", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	if err := s.rooms.City.AddOrganisation(ctx, "test", city.Organisation{ID: "another-council", City: "another", Name: "Another council", Kind: city.Authority, Country: "XA"}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"example", "another"} {
		if err := s.rooms.Assessment.Begin(ctx, account.Operator(), assessment.Cycle{City: id, Period: "2026", Standard: s.rooms.Standard.Ref(), Profile: "full"}); err != nil {
			t.Fatal(err)
		}
		if err := s.rooms.Assessment.Step(ctx, account.Operator(), assessment.Move{City: id, Period: "2026", To: assessment.Open}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// handed is a file of a form.
type handed struct{ name, content string }

// upload sends files as the form does; fields are name=value.
func (s *site) upload(t *testing.T, client *http.Client, path string, all []handed, fields ...string) reply {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		_ = form.WriteField(name, value)
	}
	for _, one := range all {
		part, _ := form.CreateFormFile("files", one.name)
		_, _ = io.WriteString(part, one.content)
	}
	_ = form.Close()
	request, _ := http.NewRequest(http.MethodPost, s.url+path, &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(t, client, request)
}

// given is the evidence of the council's answer in the open cycle that was not removed.
func (s *site) given(t *testing.T) (all []assessment.Evidence) {
	t.Helper()
	err := s.rooms.View(t.Context(), func(tx database.Tx) error {
		kept, err := s.rooms.Assessment.EvidenceFor(t.Context(), tx, openKey)
		for _, e := range kept {
			if e.Removed == 0 {
				all = append(all, e)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSeveralFilesAreSentAtOnceAndOneThatIsRefusedDoesNotTakeTheOthersWithIt(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	answer := s.upload(t, officer, openEvidence, []handed{{"plan.pdf", plan}, {"rents.csv", "year,rent\n2024,7\n"}}, "kind=document", "dated=31.3.2025", "level=sealed", "title=ignored")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(answer.Header.Get("Location"), openEvidence+"?evidence=added") {
		t.Fatalf("status %d to %s: %s", answer.StatusCode, answer.Header.Get("Location"), answer.Body)
	}
	kept := s.given(t)
	if len(kept) != 2 || kept[0].Title != "plan" || kept[1].Title != "rents" || kept[1].Level != assessment.LevelSealed || kept[0].Dated != "2025-03-31" || kept[0].Kind != "document" {
		t.Fatalf("kept are %+v", kept)
	}
	_, page := s.get(t, officer, answer.Header.Get("Location"))
	for _, want := range []string{"The evidence is added.", "31 March 2025", "CSV, 1 kB", "Sealed", "Added by officer@example.org"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	answer = s.upload(t, officer, openEvidence, []handed{{"photo.png", drawing(t)}, {"virus.exe", "MZ\x90\x00"}, {"report.pdf", drawing(t)}}, "dated=2024", "kind=survey")
	for _, want := range []string{"“virus.exe” is a program", "“report.pdf” is PNG, and its name says PDF", `value="2024"`, `<option value="survey" selected`, `href="#files"`} {
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, want) {
			t.Errorf("status %d, and the page lacks %q", answer.StatusCode, want)
		}
	}
	if kept := s.given(t); len(kept) != 3 || kept[2].Title != "photo" {
		t.Errorf("kept are %+v", kept)
	}
}

func TestAFileWithAWrongDateIsKeptAndTheDateAskedForAgain(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	answer := s.upload(t, officer, openEvidence, []handed{{"plan.pdf", plan}}, "title=Our plan", "dated=2025-02-30")
	for _, want := range []string{"The file is kept.", "There is no day “2025-02-30”. That month has 28 days.", `value="2025-02-30"`, `value="Our plan"`, `id="dated-problem"`} {
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, want) {
			t.Errorf("status %d, and the page lacks %q", answer.StatusCode, want)
		}
	}
	kept := s.given(t)
	if len(kept) != 1 || kept[0].Title != "Our plan" || kept[0].Dated != "" {
		t.Errorf("kept are %+v", kept)
	}
}

func TestWhatIsWrongWithAnUploadIsSaid(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	limits := files.Default
	limits.Bytes = 1 << 20
	s.server.rooms.Files = files.New(t.TempDir(), limits)
	large := strings.Repeat("a,b\n", 1<<18+1)
	for what, c := range map[string]struct {
		files  []handed
		status int
		want   string
	}{
		"no file":               {nil, http.StatusUnprocessableEntity, "Choose a file first."},
		"no name":               {[]handed{{"", ""}}, http.StatusUnprocessableEntity, "Choose a file first."},
		"one too large":         {[]handed{{"large.csv", large}}, http.StatusRequestEntityTooLarge, "“large.csv” is larger than 1 MB."},
		"too large together":    {[]handed{{"a.csv", large}, {"b.csv", large}, {"c.csv", large}}, http.StatusRequestEntityTooLarge, "These files are together larger than 1 MB."},
		"an archive":            {[]handed{{"all.zip", string(zipped(t, map[string]string{"a.pdf": "x"}))}}, http.StatusUnprocessableEntity, "is an archive of files"},
		"a web page":            {[]handed{{"page.txt", "<!doctype html><script>alert(1)</script>"}}, http.StatusUnprocessableEntity, "is a web page"},
		"a name that is markup": {[]handed{{"<script>.exe", "MZ\x90\x00"}}, http.StatusUnprocessableEntity, "&lt;script&gt;.exe"},
	} {
		answer := s.upload(t, officer, openEvidence, c.files)
		if answer.StatusCode != c.status || !strings.Contains(answer.Body, c.want) {
			t.Errorf("%s: status %d, want %d with %q", what, answer.StatusCode, c.status, c.want)
		}
	}
	if kept := s.given(t); len(kept) != 0 {
		t.Errorf("kept are %+v", kept)
	}
}

// zeros are bytes that never end.
type zeros struct{ read int64 }

func (z *zeros) Read(p []byte) (int, error) {
	z.read += int64(len(p))
	return len(p), nil
}

func TestOfAFormWithTooManyPartsNothingIsLeftOutUnsaid(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	all := make([]handed, partsMost+1)
	for i := range all {
		all[i] = handed{fmt.Sprintf("%03d.txt", i), fmt.Sprintf("text %d", i)}
	}
	reply := s.upload(t, officer, openEvidence, all)
	if reply.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(reply.Body, "at most 200 pieces") {
		t.Errorf("status %d: what was left out is not said", reply.StatusCode)
	}
}

func TestAnUploadOfTwoGigabytesIsRefusedBeforeItIsSent(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	body := &zeros{}
	const fields = "--x\r\nContent-Disposition: form-data; name=\"dated\"\r\n\r\n2024-05\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"film.pdf\"\r\n\r\n%PDF-"
	request, _ := http.NewRequest(http.MethodPost, s.url+openEvidence, io.LimitReader(io.MultiReader(strings.NewReader(fields), body), 2<<30))
	request.ContentLength = 2 << 30
	request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := officer.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	page, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(page), "together larger than 50 MB") || !strings.Contains(string(page), `value="2024-05"`) || body.read > 16<<20 {
		t.Errorf("status %d after %d bytes", answer.StatusCode, body.read)
	}
}

func TestALinkIsKeptOrRefusedWithAllThatWasTyped(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	answer := s.post(t, officer, openEvidence+"/link", url.Values{"link-url": {"http://192.168.1.1/plan"}, "link-title": {"Plan <b>"}, "link-dated": {"2025-13"}, "link-kind": {"web"}})
	for _, want := range []string{"“192.168.1.1” lies in a private network", "There is no month 13", `href="#link-url"`, `id="link-dated-problem"`, `value="http://192.168.1.1/plan"`, `value="Plan &lt;b&gt;"`, `<option value="web" selected`} {
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, want) {
			t.Errorf("status %d, and the page lacks %q", answer.StatusCode, want)
		}
	}
	answer = s.post(t, officer, openEvidence+"/link", url.Values{"link-url": {"https://city.example/plan"}, "link-title": {"Plan"}, "link-dated": {"2025"}})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	kept := s.given(t)
	if len(kept) != 1 || kept[0].URL != "https://city.example/plan" || kept[0].Dated != "2025" {
		t.Errorf("kept are %+v", kept)
	}
	_, page := s.get(t, officer, openEvidence)
	if !strings.Contains(page, `<a href="https://city.example/plan" rel="nofollow noopener external">`) {
		t.Error("the link is not shown, or not as one that leads away")
	}
	if answer, _ := s.get(t, officer, openEvidence+"/"+kept[0].ID); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("a page is served as a file: %d", answer.StatusCode)
	}
}

// give adds a file to the council's answer in the open cycle.
func (s *site) give(t *testing.T, title string, level assessment.Level) assessment.Evidence {
	t.Helper()
	return giveFile(t, s.rooms, assessment.Evidence{Key: openKey, EvidenceText: assessment.EvidenceText{Title: title}, Level: level}, "plan.pdf", plan+title+"%%EOF")
}

func TestEvidenceIsDescribedOnTheVersionThatWasRead(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	e := s.give(t, "Plan", assessment.LevelReviewers)
	address := openEvidence + "/" + e.ID + "/edit"
	form := url.Values{"version": {"1"}, "title": {"Housing plan"}, "dated": {"2025-03"}, "language": {"fr"}, "note": {"page 4"}, "kind": {"document"}}
	if answer := s.post(t, officer, address, form); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d: %s", answer.StatusCode, answer.Body)
	}
	form.Set("title", "Another title")
	answer := s.post(t, officer, address, form)
	if answer.StatusCode != http.StatusConflict || !strings.Contains(answer.Body, "Somebody else has changed this evidence") || !strings.Contains(answer.Body, `value="Another title"`) {
		t.Errorf("on an old version: status %d", answer.StatusCode)
	}
	form.Set("version", "2")
	form.Set("dated", "31.2.2025")
	if answer := s.post(t, officer, address, form); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, `value="Another title"`) || !strings.Contains(answer.Body, "28 days") {
		t.Errorf("with a wrong date: status %d", answer.StatusCode)
	}
	if kept := s.given(t)[0]; kept.Title != "Housing plan" || kept.Version != 2 {
		t.Errorf("it is %+v", kept)
	}
}

func TestEvidenceBecomesPublicByAChecklistThatShowsWhatTheDocumentTells(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	e := s.give(t, "Plan", assessment.LevelReviewers)
	address := openEvidence + "/" + e.ID
	_, page := s.get(t, officer, address+"/edit")
	for _, want := range []string{"Ana Perez", "Pay plan", "It names no private person.", "may be public"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	answer := s.post(t, officer, address+"/level", url.Values{"version": {"1"}, "level": {"public"}, "check": {"names", "addresses"}})
	if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, "Confirm each line.") || !strings.Contains(answer.Body, `value="names" checked`) || strings.Contains(answer.Body, `value="marks" checked`) {
		t.Errorf("status %d: %s", answer.StatusCode, answer.Body[strings.Index(answer.Body, `id="level"`):])
	}
	if answer := s.post(t, officer, address+"/level", url.Values{"version": {"1"}, "level": {"public"}, "check": {"names", "signatures", "addresses", "marks"}}); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("status %d", answer.StatusCode)
	}
	if kept := s.given(t)[0]; kept.Level != assessment.LevelPublic || kept.Checked == 0 {
		t.Errorf("it is %+v", kept)
	}
	if _, page := s.get(t, officer, address+"/edit"); !strings.Contains(page, "Checked for the public by officer@example.org") {
		t.Error("the page does not say who has checked it")
	}
}

func TestRemovedEvidenceIsBroughtBackByOneClick(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	e := s.give(t, "Plan", assessment.LevelReviewers)
	for _, back := range []string{"evidence", "question"} {
		answer := s.post(t, officer, openEvidence+"/"+e.ID+"/remove", url.Values{"back": {back}})
		if answer.StatusCode != http.StatusSeeOther || len(s.given(t)) != 0 {
			t.Fatalf("status %d", answer.StatusCode)
		}
		if gone, _ := s.get(t, officer, openEvidence+"/"+e.ID); gone.StatusCode != http.StatusGone {
			t.Errorf("a removed file answers with %d", gone.StatusCode)
		}
		_, page := s.get(t, officer, answer.Header.Get("Location"))
		if !strings.Contains(page, "Undo: bring it back") || !strings.Contains(page, `action="`+openEvidence+"/"+e.ID+`/restore"`) {
			t.Errorf("%s offers no way back", answer.Header.Get("Location"))
		}
		if answer := s.post(t, officer, openEvidence+"/"+e.ID+"/restore", url.Values{"back": {back}}); answer.StatusCode != http.StatusSeeOther || len(s.given(t)) != 1 {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
}

func TestWhoMaySeeEvidenceAtTheDesk(t *testing.T) {
	s := openSite(t)
	grade := 2
	if _, err := s.rooms.Assessment.HandIn(t.Context(), officer, assessment.Writing{City: "example", Period: "2026", Answer: assessment.Answer{Requirement: "COM.2", Organisation: "council", Grade: &grade}}); err != nil {
		t.Fatal(err)
	}
	open, sealed := s.give(t, "Open plan", assessment.LevelReviewers), s.give(t, "Sealed letter", assessment.LevelSealed)
	for who, c := range map[account.Granted][2]int{
		{Role: account.RoleCoordinator, Scope: "city/example"}: {http.StatusOK, http.StatusOK},
		{Role: account.RoleObserver, Scope: "city/example"}:    {http.StatusOK, http.StatusOK},
		{Role: account.RoleReviewer, Scope: "city/example"}:    {http.StatusOK, http.StatusNotFound},
		{Role: account.RoleAdministrator, Scope: "node"}:       {http.StatusOK, http.StatusNotFound},
		{Role: account.RoleCoordinator, Scope: "city/another"}: {http.StatusForbidden, http.StatusForbidden},
	} {
		client := s.person(t, strings.NewReplacer("/", "-", "_", "-").Replace(string(who.Role)+"-"+string(who.Scope))+"@example.org", who)
		for i, e := range []assessment.Evidence{open, sealed} {
			for _, page := range []string{"", "/edit"} {
				if answer, _ := s.get(t, client, openEvidence+"/"+e.ID+page); answer.StatusCode != c[i] {
					t.Errorf("%s in %s: %s%s answers with %d, want %d", who.Role, who.Scope, e.Title, page, answer.StatusCode, c[i])
				}
			}
		}
		for _, page := range []string{openEvidence, "/en/desk/cities/example/cycles/2026/evidence"} {
			_, body := s.get(t, client, page)
			if shown := strings.Contains(body, "Sealed letter"); shown != (c[1] == http.StatusOK) {
				t.Errorf("%s in %s: %s shows what is sealed: %v", who.Role, who.Scope, page, shown)
			}
			if shown := strings.Contains(body, "Open plan"); shown != (c[0] == http.StatusOK) {
				t.Errorf("%s in %s: %s shows what is for reviewers: %v", who.Role, who.Scope, page, shown)
			}
		}
	}
}

func TestADraftsEvidenceIsItsOrganisationsOwnAffair(t *testing.T) {
	s := openSite(t)
	union := openKey
	union.Organisation = "union"
	e := giveFile(t, s.rooms, assessment.Evidence{Key: union, EvidenceText: assessment.EvidenceText{Title: "Members' survey"}}, "a.txt", "text")
	officer := coordinator(t, s, "officer@example.org")
	address := strings.Replace(openEvidence, "/council/", "/union/", 1)
	if answer, _ := s.get(t, officer, address+"/"+e.ID); answer.StatusCode != http.StatusNotFound {
		t.Errorf("the city may read what a union has not handed in: %d", answer.StatusCode)
	}
	for _, page := range []string{address, "/en/desk/cities/example/cycles/2026/evidence"} {
		if _, body := s.get(t, officer, page); strings.Contains(body, "Members&#39; survey") || strings.Contains(body, e.ID) {
			t.Errorf("%s tells of it", page)
		}
	}
}

// Whatever is swapped in an address – city, period, requirement, organisation or evidence – nothing of another answer is found.
func TestEvidenceOfAnotherAnswerIsNotFound(t *testing.T) {
	s := openSite(t)
	admin := s.person(t, "both@example.org", account.Granted{Role: account.RoleCoordinator, Scope: "city/example"}, account.Granted{Role: account.RoleCoordinator, Scope: "city/another"})
	e := s.give(t, "Plan", assessment.LevelReviewers)
	place := func(city, period, organisation, requirement string) string {
		return fmt.Sprintf("/en/desk/cities/%s/cycles/%s/%s/%s/evidence/%s", city, period, organisation, requirement, e.ID)
	}
	if answer, _ := s.get(t, admin, place("example", "2026", "council", "COM.2")); answer.StatusCode != http.StatusOK {
		t.Fatalf("its own address answers with %d", answer.StatusCode)
	}
	for _, address := range []string{
		place("another", "2026", "another-council", "COM.2"), place("another", "2026", "council", "COM.2"), place("example", "2024", "council", "COM.2"),
		place("example", "2026", "council", "COM.1"), place("example", "2026", "another-council", "COM.2"), place("nowhere", "2026", "council", "COM.2"),
	} {
		for _, end := range []string{"", "/edit"} {
			if answer, _ := s.get(t, admin, address+end); answer.StatusCode != http.StatusNotFound && answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s%s answers with %d", address, end, answer.StatusCode)
			}
		}
		for _, do := range []string{"/edit", "/level", "/remove", "/restore"} {
			if answer := s.post(t, admin, address+do, url.Values{"version": {"1"}, "title": {"Mine"}, "level": {"sealed"}}); answer.StatusCode != http.StatusNotFound && answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s%s answers with %d", address, do, answer.StatusCode)
			}
		}
	}
	if kept := s.given(t); len(kept) != 1 || kept[0].Title != "Plan" || kept[0].Version != 1 {
		t.Errorf("it was changed: %+v", kept)
	}
}

func TestTheLibraryIsFiltered(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	s.give(t, "Housing plan", assessment.LevelReviewers)
	s.give(t, "Sealed letter", assessment.LevelSealed)
	other := openKey
	other.Requirement = "LIV.1"
	giveFile(t, s.rooms, assessment.Evidence{Key: other, EvidenceText: assessment.EvidenceText{Title: "Rent survey", Kind: "survey"}}, "a.txt", "text")
	const library = "/en/desk/cities/example/cycles/2026/evidence"
	for query, want := range map[string]string{
		"": "3 of 3", "?level=sealed": "1 of 3", "?kind=survey": "1 of 3", "?dimension=COM": "2 of 3", "?organisation=council": "3 of 3", "?words=HOUSING": "1 of 3", "?words=plan.pdf": "2 of 3", "?words=rent+plan": "0 of 3",
		"?organisation=nobody": "0 of 3",
	} {
		if answer, page := s.get(t, officer, library+query); answer.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: status %d, want %q", query, answer.StatusCode, want)
		}
	}
	for n := range 120 {
		giveFile(t, s.rooms, assessment.Evidence{Key: openKey}, fmt.Sprintf("%03d.txt", n), fmt.Sprint("text ", n))
	}
	_, first := s.get(t, officer, library)
	_, second := s.get(t, officer, library+"?page=2")
	if !strings.Contains(first, "123 of 123") || strings.Count(first, "/edit\"") != 100 || strings.Count(second, "/edit\"") != 23 || !strings.Contains(first, `href="`+library+`?page=2" rel="next"`) {
		t.Errorf("the pages have %d and %d entries", strings.Count(first, "/edit\""), strings.Count(second, "/edit\""))
	}
	stranger := s.person(t, "stranger@example.org", account.Granted{Role: account.RoleCoordinator, Scope: "city/another"})
	if answer, _ := s.get(t, stranger, library); answer.StatusCode != http.StatusNotFound {
		t.Errorf("somebody of another city sees the library: %d", answer.StatusCode)
	}
}

func TestAddingEvidenceBeginsWithSavingTheAnswer(t *testing.T) {
	s := openSite(t)
	officer := coordinator(t, s, "officer@example.org")
	question := strings.TrimSuffix(openEvidence, "/evidence")
	_, page := s.get(t, officer, question)
	if !strings.Contains(page, `form="answer" name="do" value="evidence"`) || !strings.Contains(page, "hidden") {
		t.Error("the question's page has no button that saves and adds evidence, or shows a form that would lose what was typed")
	}
	answer := s.post(t, officer, question, url.Values{"version": {"0"}, "grade": {"2"}, "reasons": {"The plan says so."}, "language": {"en"}, "do": {"evidence"}})
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != openEvidence+"?done=COM.2" {
		t.Fatalf("status %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	if _, page := s.get(t, officer, question); !strings.Contains(page, "The plan says so.") {
		t.Error("the answer is not saved")
	}
}
