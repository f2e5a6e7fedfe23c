package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/run"
)

const (
	town     = "crashford"
	council  = "crashford-council"
	period   = "2026"
	email    = "officer@crashford.example"
	password = "a password for a crash"
)

// prepare makes a node with an open assessment and one person who may answer, and gives the questions.
func (l *loop) prepare(ctx context.Context) (questions []string, err error) {
	rooms, err := run.Open(ctx, cli.Node{Data: l.data, Database: l.database})
	if err != nil {
		return nil, err
	}
	defer func() { _ = rooms.DB.Close() }()
	cycle := assessment.Cycle{City: town, Period: period, Standard: rooms.Standard.Ref(), Profile: "core"}
	var person account.Person
	for _, step := range []func() error{
		func() error {
			return rooms.City.Add(ctx, "crash", city.City{ID: town, Name: "Crashford", Country: "XA", Fictional: true})
		},
		func() error {
			return rooms.City.AddOrganisation(ctx, "crash", city.Organisation{ID: council, City: town, Kind: city.Authority, Name: "Council", Country: "XA"})
		},
		func() (err error) {
			person, err = rooms.Account.Add(ctx, account.Operator(), account.Person{Email: email, Name: "Officer"}, password)
			return err
		},
		func() error {
			return rooms.Account.Grant(ctx, account.Operator(), person.ID, account.Granted{Role: account.RoleCoordinator, Scope: account.InCity(town)}, account.Resource{Kind: "city", City: town})
		},
		func() error { return rooms.Assessment.Begin(ctx, account.Operator(), cycle) },
		func() error {
			return rooms.Assessment.Step(ctx, account.Operator(), assessment.Move{City: town, Period: period, To: assessment.Open})
		},
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return rooms.Assessment.Requirements(cycle)
}

// node is a running program.
type node struct{ command *exec.Cmd }

func (n node) kill() {
	_ = n.command.Process.Kill()
	_ = n.command.Wait()
}

// start starts the program and waits until it answers. The first time, it signs the person in.
func (l *loop) start(ctx context.Context) (node, error) {
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return node{}, err
	}
	address := free.Addr().String()
	_ = free.Close()
	args := []string{"serve", "--data", l.data, "--listen", address}
	if l.database != "" {
		args = append(args, "--database", l.database)
	}
	n := node{exec.CommandContext(ctx, l.program, args...)} //nolint:gosec // the program that the caller names, to be killed
	n.command.Stderr = os.Stderr
	if err := n.command.Start(); err != nil {
		return node{}, err
	}
	l.base = "http://" + address
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		request, _ := http.NewRequestWithContext(ctx, http.MethodGet, l.base+"/readyz", nil)
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Now().After(end) || ctx.Err() != nil {
			n.kill()
			return node{}, fmt.Errorf("the program does not answer at %s", address)
		}
	}
	if l.cookies == "" {
		err = l.signIn(ctx)
	}
	if err != nil {
		n.kill()
	}
	return n, err
}

func (l *loop) signIn(ctx context.Context) error {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(l.request(ctx, http.MethodPost, "/en/sign-in", url.Values{"email": {email}, "password": {password}}))
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	for _, cookie := range answer.Cookies() {
		l.cookies = cookie.Name + "=" + cookie.Value
	}
	if answer.StatusCode != http.StatusSeeOther || l.cookies == "" {
		return fmt.Errorf("signing in has status %d", answer.StatusCode)
	}
	return nil
}

// request is one as a browser sends it from our own page.
func (l *loop) request(ctx context.Context, method, path string, form url.Values) *http.Request {
	request, _ := http.NewRequestWithContext(ctx, method, l.base+path, strings.NewReader(form.Encode())) // the address is our own
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if l.cookies != "" {
		request.Header.Set("Cookie", l.cookies)
	}
	return request
}
