package web

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

// Sizes in bytes as they go over the line, with all that a page loads and with the page alone, when the rest is in the browser already.
const (
	firstVisit = 60_000
	laterVisit = 15_000
)

// onTheLine gives how many bytes an answer has for a browser, which takes gzip, and what it says.
func (s *site) onTheLine(t *testing.T, client *http.Client, path string) (sent int, body string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", path, answer.StatusCode, err)
	}
	_, body = s.get(t, client, path)
	return len(raw), body
}

func TestAQuestionIsLightOnTheLine(t *testing.T) {
	d := newDesk(t)
	d.post(t, d.officer, theQuestion, answered(0, "save", "2", strings.Repeat("The council has decided, and the plan is in force. ", 40)))
	loaded := regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)
	heaviest := 0
	for _, lang := range locale.Shipped {
		for _, dimension := range d.rooms.Standard.Dimensions {
			for _, requirement := range dimension.Requirements {
				path := "/" + lang + strings.TrimPrefix(theList, "/en") + "/" + requirement.ID
				page, body := d.onTheLine(t, d.officer, path)
				if page > laterVisit {
					t.Errorf("%s has %d bytes", path, page)
				}
				heaviest = max(heaviest, page)
				if requirement.ID != "LIV.5" {
					continue
				}
				all := page
				for _, asset := range loaded.FindAllStringSubmatch(body, -1) {
					bytes, _ := d.onTheLine(t, d.officer, asset[1])
					all += bytes
				}
				if all > firstVisit {
					t.Errorf("%s has %d bytes with all that it loads", path, all)
				}
				t.Logf("%s: %d bytes, %d with all that it loads, %d before compression", path, page, all, len(body))
			}
		}
	}
	t.Logf("the heaviest page has %d bytes", heaviest)
}
