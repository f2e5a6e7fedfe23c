package run

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A worked example: an indented line with curl, its address and perhaps how many lines of the answer are shown, and the answer in a block.
var worked = regexp.MustCompile("(?m)^    curl '?http://127\\.0\\.0\\.1:8080(/[^' \n]*)'?(?: \\| head -(\\d+))?\n\n```(json|csv)\n([^`]*)```$")

func TestTheExamplesInTheAPIsDocumentationAreWhatTheDemoAnswers(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	p := demoAPI(t, "")
	examples := worked.FindAllStringSubmatch(string(text), -1)
	if len(examples) != 3 || len(examples) != strings.Count(string(text), "\n    curl ") {
		t.Fatalf("found %d examples", len(examples))
	}
	for _, example := range examples {
		path, lines, kind, want := example[1], example[2], example[3], example[4]
		got := p.get(t, path)
		if n, err := strconv.Atoi(lines); err == nil {
			got = firstLines(got, n)
		}
		if kind == "csv" {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s:\n%s", path, diff)
			}
			continue
		}
		var told, given any
		if err := json.Unmarshal([]byte(want), &told); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := json.Unmarshal([]byte(got), &given); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(told, given); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
}

func TestTheAPIsDocumentationNamesEveryAddress(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]any
	}
	p := demoAPI(t, "")
	if err := json.Unmarshal([]byte(p.get(t, "/api/openapi.json")), &document); err != nil {
		t.Fatal(err)
	}
	for path := range document.Paths {
		address, table := strings.CutSuffix(path, ".csv")
		row := "| `" + address + "` |"
		begin := strings.Index(string(text), row)
		if begin < 0 {
			t.Errorf("%s is not in the table", path)
			continue
		}
		if line, _, _ := strings.Cut(string(text)[begin:], "\n"); table && !strings.HasSuffix(line, "| `.csv` |") {
			t.Errorf("%s: the table does not say that there is a CSV", address)
		}
	}
	for _, gone := range regexp.MustCompile("(?m)^\\| `(/api/v1/[^`]*)` ").FindAllStringSubmatch(string(text), -1) {
		if document.Paths[gone[1]] == nil {
			t.Errorf("%s is in the table and not there", gone[1])
		}
	}
}

func TestTheMachineReadableDescriptionNeedsNothingFromElsewhere(t *testing.T) {
	p := demoAPI(t, "")
	answer, body := p.ask(t, http.MethodGet, "/api/openapi.json")
	if found := regexp.MustCompile(`"\$(?:ref|schema)":"([^#"][^"]*)"`).FindStringSubmatch(body); found != nil || answer.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s: it refers to %v", answer.Header.Get("Content-Type"), found)
	}
}
