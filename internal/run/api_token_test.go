package run

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
)

// person keeps somebody with a role and gives who they are.
func (p programs) person(t *testing.T, email string, g account.Granted, about account.Resource) account.Actor {
	t.Helper()
	people := p.rooms.Account
	added, err := people.Add(t.Context(), account.Operator(), account.Person{Name: "Ana Lima", Email: email}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := people.Grant(t.Context(), account.Operator(), added.ID, g, about); err != nil {
		t.Fatal(err)
	}
	added.Grants = []account.Granted{g}
	return added.Actor()
}

// token gives the header with which a program speaks for somebody.
func (p programs) token(t *testing.T, by account.Actor, scope account.Scope, verbs ...account.Verb) []string {
	t.Helper()
	_, secret, err := p.rooms.Account.MakeToken(t.Context(), by, "test", verbs, scope, 30)
	if err != nil {
		t.Fatal(err)
	}
	return []string{"Authorization", "Bearer " + secret, "Content-Type", "text/csv"}
}

func (p programs) coordinator(t *testing.T) account.Actor {
	t.Helper()
	return p.person(t, "coordinator@example.org", account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("arvenholt")}, account.Resource{City: "arvenholt"})
}

const sendingPath = "/api/v1/cities/arvenholt/statistics"

func sendingExample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../api/examples/import-statistics-body.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAProgramImportsStatisticsByAToken(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		p := demoAPI(t, url)
		by := p.coordinator(t)
		token, started := p.token(t, by, account.InCity("arvenholt"), account.Import), time.Now().Add(-time.Minute)

		before := p.get(t, "/api/v1/cities/arvenholt/series/ENV.1.O2.csv")
		answer, body := p.send(t, http.MethodPost, sendingPath+"?dry_run=true", sendingExample(t), token...)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Content-Type") != "application/json" {
			t.Fatalf("status %d, %v: %s", answer.StatusCode, answer.Header, body)
		}
		if p.get(t, "/api/v1/cities/arvenholt/series/ENV.1.O2.csv") != before {
			t.Error("a dry run changed the figures")
		}
		var document struct {
			Paths map[string]struct {
				Post struct {
					Responses map[string]struct {
						Content map[string]struct{ Example any }
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(p.get(t, "/api/openapi.json")), &document); err != nil {
			t.Fatal(err)
		}
		var said any
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			t.Fatal(err)
		}
		described := document.Paths["/api/v1/cities/{city}/statistics"].Post.Responses["200"].Content["application/json"].Example
		wantExample(t, "import-statistics.json", described, said)

		answer, body = p.send(t, http.MethodPost, sendingPath+"?reason=Survey+of+2026", sendingExample(t), token...)
		var done struct {
			Import string
			Values struct{ New int }
		}
		if err := json.Unmarshal([]byte(body), &done); err != nil || answer.StatusCode != http.StatusOK || done.Import == "" || done.Values.New != 2 {
			t.Fatalf("status %d: %s (%v)", answer.StatusCode, body, err)
		}
		if after := p.get(t, "/api/v1/cities/arvenholt/series/ENV.1.O2.csv"); !strings.Contains(after, ",2026,") {
			t.Error("the figures are not public")
		}
		if _, body = p.send(t, http.MethodPost, sendingPath, sendingExample(t), token...); !strings.Contains(body, `"import":""`) {
			t.Errorf("the same table again: %s", body)
		}
		acts, err := p.rooms.Account.Trail(t.Context(), started)
		if err != nil {
			t.Fatal(err)
		}
		last := acts[len(acts)-1]
		if last.Act != "statistics imported" || last.Actor != by.Person || last.Subject != done.Import || last.Details["city"] != "arvenholt" {
			t.Errorf("the trail ends with %+v", last)
		}
	})
}

func TestAnImportIsRefusedWhereTheTokenDoesNotReach(t *testing.T) {
	p := demoAPI(t, "")
	by := p.coordinator(t)
	if err := p.rooms.City.Add(t.Context(), "test", city.City{ID: "brisa", Name: "Brisa", Country: "XA", Fictional: true}); err != nil {
		t.Fatal(err)
	}
	right := p.token(t, by, account.Node, account.Import)
	for name, c := range map[string]struct {
		path    string
		headers []string
		status  int
		says    string
	}{
		"another city":              {"/api/v1/cities/brisa/statistics", right, http.StatusForbidden, "may not import in brisa"},
		"a city that is not there":  {"/api/v1/cities/nowhere/statistics", right, http.StatusForbidden, "may not import in nowhere"},
		"a token to read":           {sendingPath, p.token(t, by, account.Node, account.View), http.StatusForbidden, "may not import in arvenholt"},
		"a token for another scope": {sendingPath, p.token(t, by, account.InCity("brisa"), account.Import), http.StatusForbidden, "may not import in arvenholt"},
		"no token":                  {sendingPath, []string{"Content-Type", "text/csv"}, http.StatusUnauthorized, "this needs a token"},
		"a cookie":                  {sendingPath, []string{"Content-Type", "text/csv", "Cookie", "cityrights=x"}, http.StatusUnauthorized, "this needs a token"},
		"a wrong token":             {sendingPath, []string{"Authorization", "Bearer crt_" + strings.Repeat("A", 33)}, http.StatusUnauthorized, "not known"},
		"a password":                {sendingPath, []string{"Authorization", "Basic YTpi"}, http.StatusUnauthorized, "says Bearer"},
		"a token in the address":    {sendingPath + "?access_token=" + strings.TrimPrefix(right[1], "Bearer "), nil, http.StatusUnauthorized, "this needs a token"},
	} {
		answer, body := p.send(t, http.MethodPost, c.path, sendingExample(t), c.headers...)
		if answer.StatusCode != c.status || !strings.Contains(body, c.says) || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d: %s", name, answer.StatusCode, body)
		}
		if challenge := answer.Header.Get("WWW-Authenticate"); (challenge != "") != (c.status == http.StatusUnauthorized) {
			t.Errorf("%s: the challenge is %q", name, challenge)
		}
	}
	if answer, _ := p.ask(t, http.MethodGet, "/api/v1/cities", "Authorization", "Bearer nonsense"); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a public address with a token that is none: status %d", answer.StatusCode)
	}
}

func TestATableThatCannotBeImportedSaysWhatIsWrongAndWhere(t *testing.T) {
	p := demoAPI(t, "")
	token := p.token(t, p.coordinator(t), account.Node, account.Import)
	for name, c := range map[string]struct {
		body    string
		headers []string
		status  int
		says    string
	}{
		"a figure that is none": {"indicator,title,period,value,unit\nENV.1.O2,Safe,2026,many,%\n", nil, http.StatusUnprocessableEntity, "table.csv:2: value"},
		"nothing":               {"", nil, http.StatusBadRequest, ""},
		"packed":                {"x", []string{"Content-Encoding", "gzip"}, http.StatusUnsupportedMediaType, "without Content-Encoding"},
	} {
		answer, body := p.send(t, http.MethodPost, sendingPath, c.body, append(token, c.headers...)...)
		if answer.StatusCode != c.status || !strings.Contains(body, c.says) || answer.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d: %s", name, answer.StatusCode, body)
		}
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.address+sendingPath, io.LimitReader(endless{}, 40<<20))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", token[1])
	request.Header.Set("Content-Type", "text/csv")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("40 MB of which nobody knew the length: status %d", answer.StatusCode)
	}
}

// endless is a text without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte("a,"), len(p)/2+1))
	return len(p), nil
}

// openCycle gives the invented city a cycle in which its authority and an organisation have begun to answer.
func (p programs) openCycle(t *testing.T) {
	t.Helper()
	grade := func(g int) *int { return &g }
	var organisations []city.Organisation
	err := p.rooms.DB.Write(t.Context(), func(tx database.Tx) error {
		c := assessment.Cycle{City: "arvenholt", Period: "2027", Standard: p.rooms.Standard.Ref(), Profile: "full"}
		if err := p.rooms.Assessment.Start(t.Context(), tx, c); err != nil {
			return err
		}
		if err := p.rooms.Assessment.Advance(t.Context(), tx, "arvenholt", "2027", assessment.Open); err != nil {
			return err
		}
		all, err := p.rooms.City.Organisations(t.Context(), tx, "arvenholt")
		organisations = slices.DeleteFunc(all, func(o city.Organisation) bool { return o.Kind.Party() == "" })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range organisations {
		_, err := p.rooms.Assessment.Save(t.Context(), account.Operator(), assessment.Writing{City: "arvenholt", Period: "2027", Answer: assessment.Answer{
			Requirement: "LIV.1", Organisation: o.ID, Grade: grade(1), Reasons: "word of " + o.ID, Language: "en"}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnswersThatAreNotPublicAreGivenToThoseWhoMaySeeThem(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		p := demoAPI(t, url)
		p.openCycle(t)
		var authority, society city.Organisation
		err := p.rooms.DB.Read(t.Context(), func(tx database.Tx) error {
			all, err := p.rooms.City.Organisations(t.Context(), tx, "arvenholt")
			for _, o := range all {
				switch o.Kind {
				case city.Authority:
					authority = o
				case city.CivilSociety:
					society = o
				}
			}
			return err
		})
		if err != nil || authority.ID == "" || society.ID == "" {
			t.Fatalf("%v: %+v %+v", err, authority, society)
		}
		const path = "/api/v1/cities/arvenholt/cycles/2027/answers"
		said := func(headers []string) (int, string) {
			t.Helper()
			answer, body := p.ask(t, http.MethodGet, path, headers...)
			if len(headers) > 0 && answer.StatusCode == http.StatusOK && (answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("ETag") != "") {
				t.Errorf("what is not public may be kept: %v", answer.Header)
			}
			return answer.StatusCode, body
		}
		coordinator := p.token(t, p.coordinator(t), account.Node, account.View)
		member := p.person(t, "member@example.org", account.Granted{Role: account.RoleContributor, Scope: account.InOrganisation(society.ID)},
			account.Resource{City: "arvenholt", Organisation: society.ID, Independent: true})
		importer := p.token(t, member, account.Node, account.Import)
		readers := []struct {
			who              string
			headers          []string
			own, independent bool
		}{
			{"the city's coordinator", coordinator, true, false},
			{"a member of the organisation", p.token(t, member, account.Node, account.View), false, true},
			{"a token that may not view", importer, false, false},
			{"a visitor", nil, false, false},
		}
		// A draft that was never handed in stays its organisation's own, also when the cycle has gone on to its end.
		for _, state := range assessment.States[1:] {
			if state == assessment.Published {
				break
			}
			if state != assessment.Open {
				if err := p.rooms.DB.Write(t.Context(), func(tx database.Tx) error {
					return p.rooms.Assessment.Advance(t.Context(), tx, "arvenholt", "2027", state)
				}); err != nil {
					t.Fatal(err)
				}
			}
			for _, c := range readers {
				status, body := said(c.headers)
				if (status == http.StatusOK) != (c.own || c.independent) || strings.Contains(body, "word of "+authority.ID) != c.own || strings.Contains(body, "word of "+society.ID) != c.independent {
					t.Errorf("%s, %s: status %d: %s", state, c.who, status, body)
				}
			}
		}
		if status, _ := said(nil); status != http.StatusNotFound {
			t.Errorf("after others have read it, a visitor gets status %d", status)
		}
		acts, more, err := p.rooms.Account.TrailOf(t.Context(), member, account.Resource{City: "arvenholt", Organisation: society.ID, Independent: true}, account.TrailQuery{Act: "exported"})
		if err != nil || more || len(acts) != 4 || acts[0].Actor != member.Person || acts[0].Subject != "answers" {
			t.Errorf("the organisation reads in its trail %+v (%v)", acts, err)
		}
	})
}

func TestPublicAnswersOfACycleAreTheSameWithAndWithoutAToken(t *testing.T) {
	p := demoAPI(t, "")
	const path = "/api/v1/cities/arvenholt/cycles/2025/answers?limit=1000"
	var without, with struct {
		Items []struct {
			Requirement, Party, Organisation string
			Public                           bool
		}
	}
	if err := json.Unmarshal([]byte(p.get(t, path)), &without); err != nil {
		t.Fatal(err)
	}
	_, body := p.ask(t, http.MethodGet, path, p.token(t, p.coordinator(t), account.Node, account.View)...)
	if err := json.Unmarshal([]byte(body), &with); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(without, with); diff != "" || len(with.Items) == 0 || !with.Items[0].Public {
		t.Errorf("%d answers: %s", len(with.Items), diff)
	}
}

func TestWhoAsksTooFastIsToldWhenToComeAgain(t *testing.T) {
	p := demoAPI(t, "")
	from := []string{"X-Forwarded-For", "203.0.113.7"}
	guess := append([]string{"Authorization", "Bearer crt_" + strings.Repeat("A", 33)}, from...)
	var answer reply
	var body string
	for range 25 {
		answer, body = p.ask(t, http.MethodGet, "/api/v1/cities", guess...)
	}
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" || answer.Header.Get("Content-Type") != "application/problem+json" || strings.Contains(body, "203.0.113") {
		t.Errorf("after 25 guesses: status %d, %v: %s", answer.StatusCode, answer.Header, body)
	}
	if answer, _ = p.ask(t, http.MethodGet, "/api/v1/cities", from...); answer.StatusCode != http.StatusOK {
		t.Errorf("reading is refused to whoever has guessed: status %d", answer.StatusCode)
	}
	guess[3] = "198.51.100.7"
	if answer, _ = p.ask(t, http.MethodGet, "/api/v1/cities", guess...); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("somebody elsewhere: status %d", answer.StatusCode)
	}
}

func TestAnotherSitesPageCannotSendAToken(t *testing.T) {
	p := demoAPI(t, "")
	answer, _ := p.ask(t, http.MethodOptions, sendingPath, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization")
	if strings.Contains(answer.Header.Get("Access-Control-Allow-Methods"), "POST") || strings.Contains(strings.ToLower(answer.Header.Get("Access-Control-Allow-Headers")), "authorization") ||
		answer.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("a browser is told %v", answer.Header)
	}
}
