package run

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var updateExamples = flag.Bool("update-examples", false, "write the examples of the API anew")

// described is an operation as a reader of the OpenAPI document finds it.
type described struct {
	id, path, kind string // path with the examples of its parameters
	schema         string // place in the document; empty for a table
	example        any
}

// readDocument gives the document as values, and its operations.
func readDocument(t *testing.T, text string) (document any, operations []described) {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Paths map[string]struct {
			Get struct {
				ID         string `json:"operationId"`
				Parameters []struct {
					Name, In string
					Schema   struct{ Examples []any }
				}
				Responses map[string]struct {
					Content map[string]struct{ Example any }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	for path, item := range read.Paths {
		if item.Get.ID == "" {
			continue // it is sent something: api_token_test.go
		}
		one := described{id: item.Get.ID, path: path}
		for _, p := range item.Get.Parameters {
			if examples := p.Schema.Examples; p.In == "path" && len(examples) > 0 {
				one.path = strings.ReplaceAll(one.path, "{"+p.Name+"}", fmt.Sprint(examples[0]))
			}
		}
		for kind, media := range item.Get.Responses["200"].Content {
			one.kind, one.example = kind, media.Example
			if kind == "application/json" {
				one.schema = "#/paths/" + escape.Replace(path) + "/get/responses/200/content/application~1json/schema"
			}
		}
		operations = append(operations, one)
	}
	return document, operations
}

func TestTheExamplesOfTheAPIAreWhatTheDemoAnswersAndFitTheirSchemas(t *testing.T) {
	p := demoAPI(t, "")
	document, operations := readDocument(t, p.get(t, "/api/openapi.json"))
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	for _, o := range operations {
		t.Run(o.id, func(t *testing.T) {
			answer, body := p.ask(t, http.MethodGet, o.path)
			if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), o.kind) {
				t.Fatalf("%s: status %d, %s", o.path, answer.StatusCode, answer.Header.Get("Content-Type"))
			}
			if o.schema == "" {
				wantExample(t, o.id+".csv", o.example, firstLines(body, 4))
				return
			}
			schema, err := compiler.Compile("openapi.json" + o.schema)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(whole); err != nil {
				t.Error(err)
			}
			var values any
			if err := json.Unmarshal([]byte(body), &values); err != nil {
				t.Fatal(err)
			}
			wantExample(t, o.id+".json", o.example, cut("", values))
		})
	}
}

// wantExample compares an operation's example with what it should be, or writes it.
func wantExample(t *testing.T, name string, has, want any) {
	t.Helper()
	if *updateExamples {
		text, isText := want.(string)
		if !isText {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(want); err != nil {
				t.Fatal(err)
			}
			text = b.String()
		}
		if err := os.WriteFile(filepath.Join("..", "api", "examples", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(has, want); diff != "" {
		t.Errorf("the example is not what the node answers; go test ./internal/run -run Examples -update-examples writes it anew:\n%s", diff)
	}
}

// cut shortens lists to their first item, texts by ids to one of them and times to a fixed one, so that an example is short and stays.
func cut(name string, value any) any {
	switch v := value.(type) {
	case []any:
		if len(v) > 1 && name != "grades" {
			v = v[:1]
		}
		for i := range v {
			v[i] = cut("", v[i])
		}
		return v
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		if name != "" && len(keys) > 1 && keys[0] == strings.ToUpper(keys[0]) { // texts by the ids of what they are about
			v = map[string]any{keys[0]: v[keys[0]]}
		}
		for key := range v {
			v[key] = cut(key, v[key])
		}
		return v
	}
	if name == "changed" || name == "retrieved" || name == "at" {
		return "2026-01-15T12:00:00Z"
	}
	return value
}

func firstLines(text string, n int) string {
	lines := strings.SplitAfterN(text, "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], "")
}
