package browser

import (
	"context"
	"path/filepath"
	"testing"
)

// weeks is what the officer's three weeks hand on from step to step.
type weeks struct {
	test    *testing.T // of all the weeks: what a step opens stays open for the next
	browser context.Context
	node    served
	data    string // the node's folder

	officer   *person // of the city; she also looks after the node
	colleague *person // answers in Arabic, on a phone
	validator *person // checks what was answered
	contact   string  // the address that is sent to the colleague
	until     string  // the year in whose March the answers are due: one that has not come yet
}

const (
	lake    = "/desk/cities/lakeview"
	cycle   = lake + "/cycles/2026"
	council = cycle + "/lakeview-council"
)

// From an empty folder to a scorecard that everybody can read, and to the same node on another machine: two people, a phone, and nobody who
// knows about computers.
func TestTheOfficersThreeWeeks(t *testing.T) {
	w := &weeks{test: t, browser: chromium(t), data: filepath.Join(t.TempDir(), "node")}
	w.node = serve(t, w.data, "127.0.0.1:0")
	w.officer = newPerson(w.browser, t, w.node.origin, "en", 1280)
	for _, step := range []struct {
		name string
		take func(*weeks, *testing.T)
	}{
		{"the node is set up in the browser", (*weeks).setUp},
		{"the city gets its organisation and its people", (*weeks).people},
		{"an assessment begins with twelve questions", (*weeks).begin},
		{"statistics come in", (*weeks).statistics},
		{"questions are shared out", (*weeks).share},
		{"a question is answered by keyboard alone", (*weeks).byKeyboard},
		{"a question is answered on a line that drops", (*weeks).onALineThatDrops},
		{"questions are answered without JavaScript", (*weeks).withoutJavaScript},
		{"questions are answered in Arabic on a phone", (*weeks).inArabicOnAPhone},
		{"two people answer the same question", (*weeks).conflict},
		{"an answer is sent back while others are written", (*weeks).sendBack},
		{"evidence is given by file and by link", (*weeks).evidence},
		{"the rest is answered and handed in", (*weeks).handIn},
		{"an answer is returned and handed in again", (*weeks).review},
		{"the scorecard is public", (*weeks).publish},
		{"the node is restored elsewhere and shows the same", (*weeks).restore},
	} {
		if !t.Run(step.name, func(t *testing.T) { step.take(w, t) }) {
			t.FailNow() // each step stands on those before it
		}
	}
}

// calm fails the test on what went wrong in the background of people's pages: errors in the console, and requests to elsewhere.
func (w *weeks) calm(t *testing.T, expected ...string) {
	t.Helper()
	for _, p := range []*person{w.officer, w.colleague, w.validator} {
		if p != nil {
			for _, fault := range p.faults() {
				if !containsAny(fault, expected) {
					t.Error(fault)
				}
			}
		}
	}
}
