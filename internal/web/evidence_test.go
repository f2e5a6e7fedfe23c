package web

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
)

// councilKey is the answer on which the evidence of these tests hangs.
var councilKey = assessment.Key{City: "example", Period: "2024", Requirement: "COM.2", Organisation: "council"}

const plan = "%PDF-1.7\n5 0 obj\n<< /Author (Ana Perez) /Title (Pay plan) >>\nendobj\ntrailer << /Info 5 0 R >>\n%%EOF\n"

var officer = account.Actor{Person: "officer", Name: "Officer"}

// giveEvidence gives the council's answer on COM.2 a public file and one for reviewers.
func giveEvidence(t testing.TB, rooms Rooms) {
	t.Helper()
	for _, e := range []assessment.Evidence{
		{EvidenceText: assessment.EvidenceText{Title: "Pay plan", Kind: "decision", Dated: "2024-03-31", Language: "en"}, Level: assessment.LevelPublic},
		{EvidenceText: assessment.EvidenceText{Title: "Internal letter"}},
	} {
		giveFile(t, rooms, e, "plan of "+e.Title+".pdf", plan+e.Title+"%%EOF")
	}
}

// giveFile keeps a file and adds it to the council's answer, where its level is public with all checks confirmed.
func giveFile(t testing.TB, rooms Rooms, e assessment.Evidence, name, content string) assessment.Evidence {
	t.Helper()
	ctx := context.Background()
	file, err := rooms.Files.Keep(ctx, name, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if e.File = file; e.Key == (assessment.Key{}) {
		e.Key = councilKey
	}
	level := e.Level
	if e, err = rooms.Assessment.AddEvidence(ctx, officer, e); err != nil {
		t.Fatal(err)
	}
	if level == assessment.LevelPublic {
		if e, err = rooms.Assessment.LevelEvidence(ctx, officer, e.Key, e.ID, e.Version, level, e.Checks()); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// evidence gives the evidence of the council's answer by its title.
func (s *site) evidence(t testing.TB, title string) assessment.Evidence {
	t.Helper()
	var all []assessment.Evidence
	err := s.rooms.View(context.Background(), func(tx database.Tx) (err error) {
		all, err = s.rooms.Assessment.EvidenceFor(context.Background(), tx, councilKey)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Title == title {
			return e
		}
	}
	t.Fatalf("no evidence is called %q", title)
	return assessment.Evidence{}
}

const publicPage = "/en/cities/example/2024/COM.2"

func TestAPublicPageShowsPublicEvidenceAndOnlyTheNumberOfTheRest(t *testing.T) {
	s := newSite(t)
	public, internal := s.evidence(t, "Pay plan"), s.evidence(t, "Internal letter")
	_, page := s.get(t, visitor(), publicPage)
	for _, want := range []string{"Pay plan", "Act of the council or the mayor", "31 March 2024", "PDF, 1 kB", publicPage + "/evidence/" + public.ID, "1 more piece of evidence is shown to reviewers only."} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, secret := range []string{"Internal letter", internal.ID, internal.File.Hash} {
		if strings.Contains(page, secret) {
			t.Errorf("the page tells %q", secret)
		}
	}
	if answer, _ := s.get(t, visitor(), publicPage+"/evidence/"+internal.ID); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a file for reviewers answers everybody with %d", answer.StatusCode)
	}
}

// drawing is a picture that a node may show.
func drawing(t testing.TB) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileIsServedSoThatItCanDoNoHarm(t *testing.T) {
	s := newSite(t)
	public := s.evidence(t, "Pay plan")
	address := publicPage + "/evidence/" + public.ID
	answer, body := s.get(t, visitor(), address)
	if answer.StatusCode != http.StatusOK || body != plan+"Pay plan%%EOF" {
		t.Fatalf("status %d, %d bytes", answer.StatusCode, len(body))
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Etag": `"` + public.File.Hash + `"`,
		"Content-Disposition": `attachment; filename="plan of Pay plan.pdf"`, "Cache-Control": "public, max-age=0, must-revalidate", "Accept-Ranges": "bytes", "Content-Language": "en",
	} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"sandbox;", "default-src 'none'"} {
		if !strings.Contains(policy, want) || strings.Contains(policy, "allow-") {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	for header, c := range map[string]struct {
		value  string
		status int
		body   string
	}{"If-None-Match": {`"` + public.File.Hash + `"`, http.StatusNotModified, ""}, "Range": {"bytes=0-4", http.StatusPartialContent, "%PDF-"}} {
		request, _ := http.NewRequest(http.MethodGet, s.url+address, nil)
		request.Header.Set(header, c.value)
		if got := send(t, visitor(), request); got.StatusCode != c.status || got.Body != c.body {
			t.Errorf("%s: status %d, %q", header, got.StatusCode, got.Body)
		}
	}
}

func TestAPictureIsShownAndANameOfAnyScriptIsSafe(t *testing.T) {
	s := newSite(t)
	f, err := s.rooms.Files.Keep(t.Context(), "خطة \"؛\r\nX: y.png", strings.NewReader(drawing(t)))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := s.rooms.Files.Open(f.Hash)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	sentFile{File: opened, hash: f.Hash, name: f.Name, media: f.Media}.serve(w, httptest.NewRequest(http.MethodGet, "/", nil), false)
	if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "inline; filename*=utf-8''%D8%AE") || strings.ContainsAny(got, "\r\n") {
		t.Errorf("the name is sent as %q", got)
	}
	if got := w.Header().Get("Cache-Control"); got != "" {
		t.Errorf("what is not public may be kept: %q", got)
	}
}

func TestWithdrawnEvidenceLeavesAWordInItsPlace(t *testing.T) {
	s := newSite(t)
	public := s.evidence(t, "Pay plan")
	address := publicPage + "/evidence/" + public.ID
	gone := func(when string) {
		t.Helper()
		answer, page := s.get(t, visitor(), address)
		if answer.StatusCode != http.StatusGone || !strings.Contains(page, "This document was withdrawn") || !strings.Contains(page, publicPage) || strings.Contains(page, "Pay plan") {
			t.Errorf("%s: status %d", when, answer.StatusCode)
		}
		if _, page := s.get(t, visitor(), publicPage); strings.Contains(page, "Pay plan") {
			t.Errorf("%s: the requirement's page still names it", when)
		}
	}
	if _, err := s.rooms.Assessment.LevelEvidence(t.Context(), officer, councilKey, public.ID, public.Version, assessment.LevelReviewers, nil); err != nil {
		t.Fatal(err)
	}
	gone("shown to reviewers only")
	if _, err := s.rooms.Assessment.LevelEvidence(t.Context(), officer, councilKey, public.ID, public.Version+1, assessment.LevelPublic, public.Checks()); err != nil {
		t.Fatal(err)
	}
	if answer, _ := s.get(t, visitor(), address); answer.StatusCode != http.StatusOK {
		t.Errorf("public again: status %d", answer.StatusCode)
	}
	if err := s.rooms.Assessment.RemoveEvidence(t.Context(), officer, councilKey, public.ID); err != nil {
		t.Fatal(err)
	}
	gone("removed")
	for _, other := range []string{"/en/cities/example/2024/LIV.1/evidence/", "/en/cities/example/2023/COM.2/evidence/", "/en/cities/elsewhere/2024/COM.2/evidence/"} {
		if answer, _ := s.get(t, visitor(), other+public.ID); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers with %d", other, answer.StatusCode)
		}
	}
}
