package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database"
	program "github.com/cityrights/cityrights/internal/run"
	"github.com/cityrights/cityrights/internal/web"
	"github.com/cityrights/cityrights/measure/scorecard"
)

const evidenceOfEach = 10 // links with the answer to each of 53 requirements: more than 500 in all

// desk measures the desk at the server, in this process, without a line: of a city whose 53 requirements are all assigned to the reader, each with
// an answer that is begun and ten pieces of evidence.
func (b *bench) desk(ctx context.Context) (err error) {
	data := filepath.Join(b.work, "desk")
	rooms, err := program.Open(ctx, cli.Node{Data: data})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooms.DB.Close()) }()
	requirements, err := openForAnswers(ctx, rooms)
	if err != nil {
		return err
	}
	if err := addContact(ctx, rooms); err != nil {
		return err
	}
	if err := fillDesk(ctx, rooms, requirements); err != nil {
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
	b.report.part("Desk")
	b.report.say("The desk of somebody with %d open tasks in a city with %d pieces of evidence, and the page on which questions are given to people: milliseconds at the server.\n",
		len(requirements), len(requirements)*evidenceOfEach)
	b.report.header("page", "at the server", "over the turns", "bytes")
	for _, path := range []string{"/en/desk", "/en/desk/cities/" + demoCity + "/cycles/" + answerPeriod + "/" + demoBody + "/assign"} {
		bytes := 0
		took := func() (float64, error) {
			const times = 50
			began := time.Now()
			for range times {
				request := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
				request.AddCookie(cookie)
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, request)
				if bytes = answer.Body.Len(); answer.Code != http.StatusOK {
					return 0, fmt.Errorf("%s: status %d", path, answer.Code)
				}
			}
			return time.Since(began).Seconds() * 1000 / times, nil
		}
		all, err := alternate(3*b.rounds, took)
		if err != nil {
			return err
		}
		cell := fmt.Sprintf("%.3g ms", median(all[0])) // nothing is promised of assigning
		if path == "/en/desk" {
			cell = b.report.promise("the desk", median(all[0]), 15, " ms", false)
		}
		b.report.line(path, cell, spread(all[0]), fmt.Sprint(bytes))
	}
	return nil
}

// fillDesk assigns every requirement to the contact, who is also the city's coordinator, and begins every answer.
func fillDesk(ctx context.Context, rooms *cli.Rooms, requirements []string) error {
	by := account.Operator()
	people, err := rooms.Account.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Email != contactEmail {
			continue
		}
		coordinator := account.Granted{Role: account.RoleCoordinator, Scope: account.InCity(demoCity)}
		if err := rooms.Account.Grant(ctx, by, p.ID, coordinator, account.Resource{Kind: "city", City: demoCity}); err != nil {
			return err
		}
		err := rooms.Assessment.Assign(ctx, by, assessment.Assigning{City: demoCity, Period: answerPeriod, Organisation: demoBody, Requirements: requirements, Person: p.ID})
		if err != nil {
			return err
		}
	}
	for _, id := range requirements {
		grade := 2
		a := assessment.Answer{Grade: &grade, Requirement: id, Organisation: demoBody, Language: "en", Reasons: answerText}
		for n := range evidenceOfEach {
			a.Evidence = append(a.Evidence, scorecard.Evidence{Title: fmt.Sprintf("Decision %d of the council", n), URL: fmt.Sprintf("https://arvenholt.example/decisions/%d", n)})
		}
		if err := keepDraft(ctx, rooms, a); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// keepDraft records an answer with its evidence and takes it back, so that it is one that is begun.
func keepDraft(ctx context.Context, rooms *cli.Rooms, a assessment.Answer) error {
	key := assessment.Key{City: demoCity, Period: answerPeriod, Requirement: a.Requirement, Organisation: a.Organisation}
	var e assessment.Entry
	err := rooms.DB.Write(ctx, func(tx database.Tx) (err error) {
		if err = rooms.Assessment.Record(ctx, tx, key.City, key.Period, a); err == nil {
			e, err = rooms.Assessment.Entry(ctx, tx, key)
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = rooms.Assessment.Decide(ctx, account.Operator(), key, e.Version, assessment.TakenBack, "")
	return err
}
