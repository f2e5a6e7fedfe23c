package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	program "github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/internal/web"
)

const (
	contactEmail    = "contact@arvenholt.example"
	contactPassword = "a short sentence to remember"
	heavyQuestion   = "LIV.1"
)

// questionnaire measures a page of the questionnaire at the server, in this process, without a line, and its bytes as they go over the line.
func (b *bench) questionnaire(ctx context.Context) (err error) {
	data := filepath.Join(b.work, "questionnaire")
	rooms, err := program.Open(ctx, cli.Node{Data: data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	if _, err := openForAnswers(ctx, rooms); err != nil {
		return err
	}
	if err := addContact(ctx, rooms); err != nil {
		return err
	}
	handler, err := program.Handler(rooms, web.Node{Name: "speed"}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	cookie, err := signIn(ctx, handler)
	if err != nil {
		return err
	}
	get := func(path string) (*httptest.ResponseRecorder, error) {
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		request.AddCookie(cookie)
		request.Header.Set("Accept-Encoding", "gzip")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			return nil, fmt.Errorf("%s: status %d", path, answer.Code)
		}
		return answer, nil
	}
	b.report.part("Questionnaire")
	b.report.say("One question with all its indicators, last time's answer and a text of 600 characters, and the list of all questions: milliseconds at the server, and kB in gzip with all that " +
		"the page loads, and without what the browser has already.\n")
	b.report.header("page", "at the server", "over the turns", "first visit", "afterwards")
	list := "/en/desk/cities/" + demoCity + "/cycles/" + answerPeriod + "/" + demoBody
	for _, page := range []struct{ name, path string }{{"a question", list + "/" + heavyQuestion}, {"the list", list}} {
		took := func() (float64, error) {
			const times = 50
			began := time.Now()
			for range times {
				if _, err := get(page.path); err != nil {
					return 0, err
				}
			}
			return time.Since(began).Seconds() * 1000 / times, nil
		}
		all, err := alternate(3*b.rounds, took)
		if err != nil {
			return err
		}
		first, later, err := weigh(get, page.path)
		if err != nil {
			return err
		}
		if page.name == "the list" { // nothing is promised of it
			b.report.line(page.name, fmt.Sprintf("%.3g ms", median(all[0])), spread(all[0]), fmt.Sprintf("%.3g kB", first), fmt.Sprintf("%.3g kB", later))
			continue
		}
		b.report.line(page.name, b.report.promise("a page of the questionnaire", median(all[0]), 10, " ms", false), spread(all[0]),
			b.report.promise("its first visit", first, 60, " kB", false), b.report.promise("a later visit", later, 15, " kB", false))
	}
	return nil
}

var assetLink = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

// weigh gives the kB of a page with all that it loads, and of the page alone.
func weigh(get func(string) (*httptest.ResponseRecorder, error), path string) (first, later float64, err error) {
	page, err := get(path)
	if err != nil {
		return 0, 0, err
	}
	later = float64(page.Body.Len()) / 1000
	first = later
	plain, err := unzipped(page.Body.Bytes())
	if err != nil {
		return 0, 0, err
	}
	for _, link := range assetLink.FindAllStringSubmatch(plain, -1) {
		asset, err := get(link[1])
		if err != nil {
			return 0, 0, err
		}
		first += float64(asset.Body.Len()) / 1000
	}
	return first, later, nil
}

// addContact makes somebody who answers for the invented city, with a text of theirs in the heavy question.
func addContact(ctx context.Context, rooms *cli.Rooms) error {
	by := account.Operator()
	p, err := rooms.Account.Add(ctx, by, account.Person{Email: contactEmail, Name: "Contact"}, contactPassword)
	if err != nil {
		return err
	}
	err = rooms.Account.Grant(ctx, by, p.ID, account.Granted{Role: account.RoleFocalPoint, Scope: account.InOrganisation(demoBody)},
		account.Resource{Kind: "organisation", City: demoCity, Organisation: demoBody})
	if err != nil {
		return err
	}
	_, err = rooms.Assessment.Save(ctx, p.Actor(), assessment.Writing{City: demoCity, Period: answerPeriod, Answer: assessment.Answer{
		Requirement: heavyQuestion, Organisation: demoBody, Language: "en", Reasons: answerText}})
	return err
}

// signIn gives the cookie of the contact's session.
func signIn(ctx context.Context, handler http.Handler) (*http.Cookie, error) {
	form := url.Values{"email": {contactEmail}, "password": {contactPassword}}
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/en/sign-in", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	cookies := answer.Result().Cookies()
	if len(cookies) == 0 {
		return nil, fmt.Errorf("sign-in: status %d", answer.Code)
	}
	return cookies[0], nil
}

func unzipped(body []byte) (string, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	plain, err := io.ReadAll(z)
	return string(plain), err
}
