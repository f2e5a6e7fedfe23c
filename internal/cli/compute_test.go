package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

func TestProgressIsForTerminals(t *testing.T) {
	for terminal, want := range map[bool]int{true: 101, false: 0} {
		var out bytes.Buffer
		c := &call{Context: t.Context(), World: World{Stderr: &out, Terminal: terminal}}
		show, end := c.progress(1000, "replications")
		for done := range 1001 {
			if err := show(done); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Count(out.String(), " of 1000 replications"); got != want {
			t.Errorf("on a terminal (%t) progress is shown %d times, not %d", terminal, got, want)
		}
		out.Reset()
		if end(); (out.Len() > 0) != terminal {
			t.Errorf("on a terminal (%t) it ends with %q", terminal, out.String())
		}
	}
}

func TestProgressEndsAJobThatIsToStop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	show, _ := (&call{Context: ctx, World: World{Stderr: &bytes.Buffer{}}}).progress(10, "replications")
	stop()
	if err := show(1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
