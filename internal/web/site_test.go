package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/seal"
	"github.com/cityrights/cityrights/internal/platform/settings"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

const mapping = "standard_indicator,source_indicator,select,transform,unit,fit,note\nLIV.5.O1,LIV.5.O1,,value,%,exact,\n"

// site is a node with one city, example, that has one figure.
type site struct {
	server *Server
	url    string
	rooms  Rooms
	db     *database.DB
}

const figures = `indicator,title,period,value,unit,Sex,source,url,licence
LIV.5.O1,Unemployment,2024,8.1,%,,Statistics Office,https://statistics.example/u,CC0-1.0
LIV.5.O1,Unemployment,2024,9.3,%,Women,Statistics Office,https://statistics.example/u,CC0-1.0
LIV.5.O1,Unemployment,2024,6.9,%,Men,Statistics Office,https://statistics.example/u,CC0-1.0
`

func newSite(t *testing.T) *site {
	t.Helper()
	ctx := context.Background()
	db, err := database.Open(ctx, "sqlite:"+t.TempDir()+"/node.sqlite")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	std, err := standards.Load("hrc-ms")
	if err != nil {
		t.Fatal(err)
	}
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	keys := seal.By(t.TempDir() + "/secret.key")
	rooms := Rooms{
		Account: account.New(db, account.Options{Cost: account.Cost{Memory: 64, Time: 1, Threads: 1}}), City: city.New(db), Statistics: statistics.New(db, std),
		Settings: settings.New(db, keys), Standard: std, View: db.Read, Version: db.Version, Uploads: t.TempDir(), Files: files.New(t.TempDir(), files.Default),
	}
	rooms.Notice = notice.New(db, rooms.Account, rooms.Settings, jobs.New(db), keys, locale.Load)
	rooms.Account.Invited = rooms.Notice.Invited
	rooms.City.Trail = rooms.Account.Note
	rooms.Statistics.Places = func(context.Context, database.Tx) ([]statistics.Known, error) {
		return []statistics.Known{{City: "example", Source: "X", Code: "XA001C"}}, nil
	}
	rooms.Statistics.Own = func(ctx context.Context, tx database.Tx, id string, std *standard.Standard) (*standard.Standard, error) {
		own, err := rooms.City.Additions(ctx, tx, id)
		return own.Under(std), err
	}
	judge := assessment.New(db, rooms.City, rooms.Statistics, std)
	judge.Able, judge.Accounts, rooms.Account.Asked = rooms.Account.Able, rooms.Account, judge.Asked
	rooms.Assessment = judge
	rooms.Publication = publication.New(db, rooms.City, rooms.Statistics, judge)
	rooms.City.Changed, rooms.Statistics.Changed = rooms.Publication.Refresh, rooms.Publication.Refresh
	if err := rooms.City.Add(ctx, "test", city.City{ID: "example", Name: "Example", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	_, err = rooms.Statistics.Import(ctx, statistics.Request{
		City: "example", Format: statistics.TidyCSV, Name: "figures", Actor: "test", Mapping: strings.NewReader(mapping), Files: fstest.MapFS{"figures.csv": {Data: []byte(figures)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	judge.Changed = rooms.Publication.Refresh
	publishAnswers(t, rooms, judge, db)
	server := New(Node{Name: "test node", Operator: "the tests"}, rooms, locales, slog.New(slog.DiscardHandler))
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	return &site{server: server, url: web.URL, rooms: rooms, db: db}
}

// publishAnswers gives the city a published assessment in which the city and an organisation disagree and residents were asked.
func publishAnswers(t *testing.T, rooms Rooms, judge *assessment.Room, db *database.DB) {
	t.Helper()
	ctx := context.Background()
	for _, o := range []city.Organisation{{ID: "council", Name: "Council", Kind: city.Authority}, {ID: "union", Name: "Tenants", Kind: city.CivilSociety}} {
		o.City, o.Country = "example", "XA"
		if err := rooms.City.AddOrganisation(ctx, "test", o); err != nil {
			t.Fatal(err)
		}
	}
	grade := func(g int) *int { return &g }
	yes := true
	err := db.Write(ctx, func(tx database.Tx) error {
		if err := judge.Start(ctx, tx, assessment.Cycle{City: "example", Period: "2024", Standard: rooms.Standard.Ref(), Profile: "full"}); err != nil {
			return err
		}
		if err := judge.Advance(ctx, tx, "example", "2024", assessment.Open); err != nil {
			return err
		}
		for _, a := range []assessment.Answer{
			{Requirement: "LIV.5", Organisation: "council", Grade: grade(3), Reasons: "We pay fairly.", Language: "en", Evidence: []scorecard.Evidence{{Title: "Pay scale", URL: "https://city.example/pay"}},
				Indicators: []scorecard.Indicated{{Indicator: "LIV.5.S1", Yes: &yes, Evidence: true}}},
			{Requirement: "LIV.5", Organisation: "union", Grade: grade(1), Reasons: "Cleaners are paid by contractors.", Language: "en"},
			{Requirement: "LIV.5", Share: &scorecard.Share{Yes: 38, Lower: 31, Upper: 45, N: 412}},
			{Requirement: "LIV.1", Organisation: "council", Value: scorecard.NotAvailable},
			{Requirement: "LIV.3", Organisation: "council", Value: scorecard.NotLocal, Reasons: "The region runs the hospitals.", Language: "en"},
			{Requirement: "COM.1", Organisation: "council", Grade: grade(0)},
			{Requirement: "COM.2", Organisation: "council", Grade: grade(2)},
			{Requirement: "INS.1", Organisation: "council", Grade: grade(4)},
			{Requirement: "INS.1", Organisation: "union", Grade: grade(3)},
		} {
			if err := judge.Record(ctx, tx, "example", "2024", a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	giveEvidence(t, rooms)
	err = db.Write(ctx, func(tx database.Tx) error {
		for _, to := range []assessment.State{assessment.Review, assessment.Reply, assessment.Validated, assessment.Published} {
			if err := judge.Advance(ctx, tx, "example", "2024", to); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// person signs somebody in with the given grants; the client keeps their cookie and follows no redirect.
func (s *site) person(t *testing.T, email string, grants ...account.Granted) *http.Client {
	t.Helper()
	ctx := context.Background()
	const password = "a short sentence"
	p, err := s.rooms.Account.Add(ctx, account.Operator(), account.Person{Email: email, Name: email}, password)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		if err := s.rooms.Account.Grant(ctx, account.Operator(), p.ID, g, scoped(g.Scope)); err != nil {
			t.Fatal(err)
		}
	}
	client := visitor()
	answer := s.post(t, client, "/en/sign-in", url.Values{"email": {email}, "password": {password}})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign-in of %s: status %d", email, answer.StatusCode)
	}
	return client
}

// scoped is what a scope names.
func scoped(scope account.Scope) account.Resource {
	_, id, _ := strings.Cut(string(scope), "/")
	switch scope.Kind() {
	case "city":
		return cityResource(id)
	case "organisation":
		return account.Resource{Kind: "organisation", City: "example", Organisation: id, Independent: id != "council"}
	case "network":
		return account.Resource{Kind: "organisation", Organisation: id}
	}
	return account.Resource{Kind: "node"}
}

func visitor() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// reply is an answer that has been read to its end.
type reply struct {
	StatusCode int
	Header     http.Header
	Body       string
}

// post sends a form as a browser does from our own page.
func (s *site) post(t *testing.T, client *http.Client, path string, form url.Values) reply {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return send(t, client, request)
}

func (s *site) get(t *testing.T, client *http.Client, path string) (reply, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer := send(t, client, request)
	return answer, answer.Body
}

func send(t *testing.T, client *http.Client, request *http.Request) reply {
	t.Helper()
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{StatusCode: answer.StatusCode, Header: answer.Header, Body: string(body)}
}
