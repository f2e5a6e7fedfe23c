package run

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/web"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// programs is the door for programs of a node with the invented city.
type programs struct {
	address string
	data    string
	rooms   *cli.Rooms
}

func demoAPI(t *testing.T, url string) programs {
	t.Helper()
	data := t.TempDir()
	rooms, err := Open(t.Context(), cli.Node{Data: data, Database: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rooms.DB.Close() })
	if err := FillDemo(t.Context(), rooms, "arvenholt"); err != nil {
		t.Fatal(err)
	}
	handler, err := Handler(rooms, web.Node{Name: "test", Operator: "the tests"}, data, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return programs{server.URL, data, rooms}
}

// reply is an answer that has been read to its end.
type reply struct {
	StatusCode int
	Header     http.Header
}

// ask sends a request with headers, pairs of name and value, and gives the answer with its body.
func (p programs) ask(t *testing.T, method, path string, headers ...string) (reply, string) {
	t.Helper()
	return p.send(t, method, path, "", headers...)
}

// send is ask with a body.
func (p programs) send(t *testing.T, method, path, text string, headers ...string) (reply, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, p.address+path, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header}, string(body)
}

// get asks for something that is there.
func (p programs) get(t *testing.T, path string) string {
	t.Helper()
	answer, body := p.ask(t, http.MethodGet, path)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d\n%s", path, answer.StatusCode, body)
	}
	return body
}

func TestTheAPIGivesTheSameOnBothEnginesAndTheTablesOfThePages(t *testing.T) {
	given := map[string]map[string]string{}
	dbtest.EachURL(t, func(t *testing.T, url string) {
		p := demoAPI(t, url)
		_, operations := readDocument(t, p.get(t, "/api/openapi.json"))
		answers := map[string]string{}
		for _, o := range operations {
			if body := p.get(t, o.path); o.kind == "text/csv" || o.id == "get-scorecard" || o.id == "get-standard" || o.id == "list-answers" {
				answers[o.id] = body
			}
		}
		given[url[:6]] = answers
		public, err := p.rooms.Publication.Assessment(t.Context(), "arvenholt", "2025")
		if err != nil {
			t.Fatal(err)
		}
		var printed strings.Builder
		if err := scorecard.WriteJSON(&printed, public.Scorecard); err != nil {
			t.Fatal(err)
		}
		if answers["get-scorecard"] != printed.String() {
			t.Error("the scorecard is not the public one as the command line prints scorecards")
		}
		for api, page := range map[string]string{
			"/api/v1/cities.csv": "/en/cities.csv", "/api/v1/cities/arvenholt/assessments/2025/scorecard.csv": "/en/cities/arvenholt/2025.csv",
			"/api/v1/cities/arvenholt/series/ENV.1.O2.csv": "/en/cities/arvenholt/data/ENV.1.O2.csv", "/api/v1/standards/hrc-ms/0.2.csv": "/en/standard.csv",
		} {
			if p.get(t, api) != strings.TrimPrefix(p.get(t, page), "\ufeff") { // programs need no byte order mark
				t.Errorf("%s is another table than %s", api, page)
			}
		}
		if got := p.get(t, "/readyz"); got != "ready\n" {
			t.Errorf("/readyz says %q", got)
		}
	})
	if post := given["postgr"]; post != nil {
		if diff := cmp.Diff(given["sqlite"], post); diff != "" {
			t.Errorf("the two engines give different answers:\n%s", diff)
		}
	}
}

func TestTheScorecardIsWhatTheCommandPrintsWhereAllIsPublic(t *testing.T) {
	files, data := lakeview(t), t.TempDir()
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", data)
	must(t, "import", "statistics", "--city", "lake", "--from", "opensdg", "--mapping", filepath.Join(files, "mapping.csv"), "--data", data, filepath.Join(files, "sdg"))
	want := must(t, "score", "--city", "lake", "--period", "2021", "--format", "json", "--data", data)
	if got := pages(t, cli.Node{Data: data})("/api/v1/cities/lake/assessments/2021/scorecard"); got != want {
		t.Errorf("the API gives another scorecard than the command:\n%s", cmp.Diff(want, got))
	}
}

func TestTheAPIIsTheSameForEverybodyAndLeavesNoTrace(t *testing.T) {
	p := demoAPI(t, "")
	const path = "/api/v1/cities/arvenholt/series/ENV.1.O2"
	for _, asked := range []string{path, path + "?x=1", path + ".csv", "/api/openapi.json"} {
		fresh, body := p.ask(t, http.MethodGet, asked, "Cookie", "session=somebody", "Origin", "https://elsewhere.example")
		h := fresh.Header
		if h.Get("Set-Cookie") != "" || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" ||
			h.Get("ETag") == "" || h.Get("Cache-Control") != "public, max-age=0, must-revalidate" || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: headers %v", asked, h)
		}
		again, second := p.ask(t, http.MethodGet, asked)
		if second != body || again.Header.Get("ETag") != h.Get("ETag") {
			t.Errorf("%s: another reader gets another answer", asked)
		}
		if known, rest := p.ask(t, http.MethodGet, asked, "If-None-Match", h.Get("ETag")); known.StatusCode != http.StatusNotModified || rest != "" {
			t.Errorf("%s: who has it already gets status %d and %d bytes", asked, known.StatusCode, len(rest))
		}
		if packed, less := p.ask(t, http.MethodGet, asked, "Accept-Encoding", "gzip"); packed.Header.Get("Content-Encoding") != "gzip" || len(less) >= len(body) {
			t.Errorf("%s: in gzip %d bytes of %d", asked, len(less), len(body))
		}
		if head, none := p.ask(t, http.MethodHead, asked); head.StatusCode != http.StatusOK || none != "" || head.Header.Get("ETag") != h.Get("ETag") {
			t.Errorf("%s: HEAD gives status %d, %v", asked, head.StatusCode, head.Header)
		}
	}
	asked, _ := p.ask(t, http.MethodOptions, path, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	if asked.StatusCode != http.StatusNoContent || asked.Header.Get("Access-Control-Allow-Methods") != "GET, HEAD" || !strings.Contains(asked.Header.Get("Access-Control-Allow-Headers"), "If-None-Match") {
		t.Errorf("a browser that asks first gets status %d, %v", asked.StatusCode, asked.Header)
	}
}

func TestAnAnswerFollowsAChangeOfPublicContent(t *testing.T) {
	p := demoAPI(t, "")
	before, _ := p.ask(t, http.MethodGet, "/api/v1/cities/arvenholt")
	c, err := p.rooms.City.One(t.Context(), "arvenholt")
	if err != nil {
		t.Fatal(err)
	}
	c.Name = "Arvenhaven"
	if err := p.rooms.City.Update(t.Context(), "test", c); err != nil {
		t.Fatal(err)
	}
	after, body := p.ask(t, http.MethodGet, "/api/v1/cities/arvenholt", "If-None-Match", before.Header.Get("ETag"))
	if after.StatusCode != http.StatusOK || !strings.Contains(body, "Arvenhaven") {
		t.Errorf("status %d: %s", after.StatusCode, body)
	}
}

func TestWhatIsNotThereOrNotRightIsAProblem(t *testing.T) {
	p := demoAPI(t, "")
	for _, c := range []struct {
		method, path string
		status       int
		detail       string
	}{
		{http.MethodGet, "/api/v1/cities/nowhere", http.StatusNotFound, `there is no city with the code "nowhere"`},
		{http.MethodGet, "/api/v1/cities/nowhere/series", http.StatusNotFound, `there is no city with the code "nowhere"`},
		{http.MethodGet, "/api/v1/cities/nowhere/assessments?limit=2", http.StatusNotFound, `there is no city with the code "nowhere"`},
		{http.MethodGet, "/api/v1/cities/arvenholt/series/LIV.99.O1", http.StatusNotFound, "arvenholt has no public figures on LIV.99.O1"},
		{http.MethodGet, "/api/v1/cities/arvenholt/series/LIV.99.O1.csv", http.StatusNotFound, "arvenholt has no public figures on LIV.99.O1"},
		{http.MethodGet, "/api/v1/cities/arvenholt/assessments/1999/scorecard", http.StatusNotFound, "arvenholt has no public assessment for 1999"},
		{http.MethodGet, "/api/v1/standards/hrc-ms/9.9", http.StatusNotFound, "this node does not carry hrc-ms@9.9"},
		{http.MethodGet, "/api/v1/cities?limit=0", http.StatusUnprocessableEntity, "validation failed"},
		{http.MethodGet, "/api/v1/cities?limit=1001", http.StatusUnprocessableEntity, "validation failed"},
		{http.MethodGet, "/api/v1/cities?cursor=!", http.StatusUnprocessableEntity, "this is no cursor; hand on what next said, or none to begin"},
		{http.MethodGet, "/api/v1/", http.StatusNotFound, "there is no such address; /api/openapi.json lists all"},
		{http.MethodGet, "/api/v1/cities/", http.StatusNotFound, "there is no such address; /api/openapi.json lists all"},
		{http.MethodGet, "/api/v1//cities.csv", http.StatusNotFound, "there is no such address; /api/openapi.json lists all"},
		{http.MethodGet, "/api/v1/cities/arvenholt.csv", http.StatusNotFound, "there is no such address; /api/openapi.json lists all"},
		{http.MethodPost, "/api/v1/cities", http.StatusMethodNotAllowed, "here one asks by GET, HEAD"},
		{http.MethodPost, "/api/v1/cities.csv", http.StatusMethodNotAllowed, "here one asks by GET, HEAD"},
		{http.MethodDelete, "/api/v1/cities/arvenholt", http.StatusMethodNotAllowed, "here one asks by GET, HEAD"},
		{http.MethodGet, "/api/v1/cities/arvenholt/statistics", http.StatusMethodNotAllowed, "here one asks by POST"},
		{http.MethodPost, "/api/v1/cities/arvenholt/statistics", http.StatusUnauthorized, "this needs a token: Authorization: Bearer crt_…"},
		{http.MethodPut, "/api/v1/nothing", http.StatusNotFound, "there is no such address; /api/openapi.json lists all"},
	} {
		answer, body := p.ask(t, c.method, c.path)
		var problem struct {
			Title, Detail string
			Status        int
		}
		if err := json.Unmarshal([]byte(body), &problem); err != nil {
			t.Errorf("%s %s: %v\n%s", c.method, c.path, err, body)
			continue
		}
		if answer.StatusCode != c.status || problem.Status != c.status || problem.Detail != c.detail || problem.Title != http.StatusText(c.status) ||
			answer.Header.Get("Content-Type") != "application/problem+json" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: status %d, %v\n%s", c.method, c.path, answer.StatusCode, answer.Header, body)
		}
	}
}

func TestAListIsReadToItsEndPageByPage(t *testing.T) {
	p := demoAPI(t, "")
	for _, path := range []string{"/api/v1/cities/arvenholt/series", "/api/v1/cities/arvenholt/assessments/2025/answers", "/api/v1/cities/arvenholt/assessments"} {
		type list struct {
			Items []json.RawMessage
			Next  string
		}
		read := func(query string) (l list) {
			t.Helper()
			if err := json.Unmarshal([]byte(p.get(t, path+query)), &l); err != nil {
				t.Fatal(err)
			}
			return l
		}
		all := read("?limit=1000")
		if all.Next != "" || len(all.Items) == 0 {
			t.Fatalf("%s: %d items and then %q", path, len(all.Items), all.Next)
		}
		var byPage []json.RawMessage
		for cursor, pages := "", 0; ; pages++ {
			part := read("?limit=7&cursor=" + cursor)
			byPage = append(byPage, part.Items...)
			if cursor = part.Next; cursor == "" || pages > len(all.Items) {
				break
			}
		}
		if diff := cmp.Diff(all.Items, byPage); diff != "" {
			t.Errorf("%s: page by page it is another list:\n%s", path, diff)
		}
	}
}
