package api

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// asked is what each operation asks for, written down once more on purpose: by method and address where the method is not GET.
var asked = map[string]string{
	"/api/v1/cities":                                                 "public",
	"/api/v1/cities.csv":                                             "public",
	"/api/v1/cities/{city}":                                          "public",
	"/api/v1/cities/{city}/assessments":                              "public",
	"/api/v1/cities/{city}/assessments/{period}/scorecard":           "public",
	"/api/v1/cities/{city}/assessments/{period}/scorecard.csv":       "public",
	"/api/v1/cities/{city}/assessments/{period}/answers":             "public",
	"/api/v1/cities/{city}/series":                                   "public",
	"/api/v1/cities/{city}/series/{indicator}":                       "public",
	"/api/v1/cities/{city}/series/{indicator}.csv":                   "public",
	"/api/v1/standards":                                              "public",
	"/api/v1/standards/{standard}/{version}":                         "public",
	"/api/v1/standards/{standard}/{version}.csv":                     "public",
	"/api/v1/standards/{standard}/{version}/translations/{language}": "public",
	"/api/v1/cities/{city}/cycles/{period}/answers":                  "either",
	"POST /api/v1/cities/{city}/statistics":                          "token import",
}

func newServer() *Server { return New(Rooms{Version: noVersion}, false, slog.New(slog.DiscardHandler)) }

// ask gives the answer to a request that needs no room.
func ask(s http.Handler, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestEveryOperationAsksForWhatIsWrittenDown(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range operations() {
		if o.may.kind == "" {
			t.Errorf("%s names no permission", o.path)
		}
		address, got := strings.TrimPrefix(o.verb()+" "+o.path, "GET "), strings.TrimSpace(o.may.kind+" "+string(o.may.verb))
		if want := asked[address]; got != want {
			t.Errorf("%s asks for %q, want %q", address, got, want)
		}
		if seen[o.path] || seen[o.id] {
			t.Errorf("%s or its name %s stands twice", o.path, o.id)
		}
		seen[o.path], seen[o.id] = true, true
	}
	if len(seen) != 2*len(asked) {
		t.Errorf("%d operations, want %d", len(seen)/2, len(asked))
	}
}

func TestTheDocumentDescribesEveryOperationAndNothingElse(t *testing.T) {
	type operation struct {
		OperationID, Summary string
		Responses            map[string]struct {
			Description string
			Content     map[string]struct{ Schema, Example any }
		}
		Parameters  []struct{ Name, In string }
		RequestBody struct {
			Content map[string]struct{ Schema, Example any }
		}
		Security []map[string][]string
	}
	var document struct {
		OpenAPI string
		Paths   map[string]map[string]operation
	}
	if err := json.Unmarshal(ask(newServer(), documentPath).Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(document.OpenAPI, "3.1.") || len(document.Paths) != len(operations()) {
		t.Errorf("OpenAPI %s with %d paths", document.OpenAPI, len(document.Paths))
	}
	for _, o := range operations() {
		item := document.Paths[o.path]
		got, ok := item[strings.ToLower(o.verb())]
		if !ok || len(item) != 1 || got.OperationID != o.id || got.Summary == "" {
			t.Errorf("%s is described as %+v", o.path, item)
			continue
		}
		statuses := []string{"200", "404", "429", "500", "503"}
		if o.verb() == http.MethodGet {
			statuses = append(statuses, "304")
		}
		switch o.may.kind {
		case "token":
			statuses = append(statuses, "401", "403")
		case "either":
			statuses = append(statuses, "401")
		}
		if secured := len(got.Security) > 0; secured != (o.may != public) || o.may.kind == "token" && len(got.Security[0]) == 0 {
			t.Errorf("%s says that it needs %v", o.path, got.Security)
		}
		for kind, media := range got.RequestBody.Content {
			if media.Schema == nil || media.Example == nil {
				t.Errorf("%s takes %s without a schema or an example", o.path, kind)
			}
		}
		for _, status := range statuses {
			if got.Responses[status].Description == "" {
				t.Errorf("%s does not say what %s means", o.path, status)
			}
		}
		for kind, media := range got.Responses["200"].Content {
			if media.Schema == nil || media.Example == nil {
				t.Errorf("%s gives %s without a schema or an example", o.path, kind)
			}
		}
		if problem := got.Responses["404"].Content["application/problem+json"]; problem.Schema == nil {
			t.Errorf("%s does not describe its problems", o.path)
		}
		named := map[string]bool{}
		for _, p := range got.Parameters {
			named[p.In+" "+p.Name] = true
		}
		for part := range strings.SplitSeq(o.path, "/") {
			if begin, end := strings.Index(part, "{"), strings.Index(part, "}"); begin >= 0 && !named["path "+part[begin+1:end]] {
				t.Errorf("%s does not describe %s", o.path, part)
			}
		}
		if strings.HasPrefix(o.id, "list-") && !strings.HasSuffix(o.path, table) && (!named["query limit"] || !named["query cursor"]) {
			t.Errorf("%s is a list that cannot be paged", o.path)
		}
	}
}

func TestAnOperationThatIsNotPublicIsNotServed(t *testing.T) {
	for _, may := range []permission{{}, {kind: "signed in"}, {kind: "token"}, {kind: "public", verb: "view"}} {
		o := gives("test", root+"/test", may, "A test", (*Server).standards)
		routes, err := newServer().build([]operation{o})
		if err != nil {
			t.Fatal(err)
		}
		if answer := ask(routes, o.path); answer.Code != http.StatusNotFound {
			t.Errorf("an operation with the permission %q is served: status %d", may.kind, answer.Code)
		}
		o.may = public
		if routes, err = newServer().build([]operation{o}); err != nil || ask(routes, o.path).Code != http.StatusOK {
			t.Errorf("the same operation, public, is not served: %v", err)
		}
	}
}
