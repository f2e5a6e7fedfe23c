package mistakes

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestMistakesAreToldOneByOneUpToALimit(t *testing.T) {
	var l List
	if l.Joined() != nil {
		t.Fatal("nothing is wrong, and something is told")
	}
	first := errors.New("first")
	if l.Add(first); l.Joined() != first { //nolint:errorlint // it must be the same
		t.Fatal("one mistake is not given as it is")
	}
	l.Add(errors.Join(errors.New("second"), errors.New("third")))
	if got := l.Joined().Error(); got != "first\nsecond\nthird" {
		t.Fatalf("%q", got)
	}
	for i := range 30 {
		l.Add(fmt.Errorf("number %d", i))
	}
	lines := strings.Split(l.Joined().Error(), "\n")
	if len(lines) != Told+1 || lines[Told] != "and 13 more mistakes" || lines[Told-1] != "number 16" {
		t.Fatalf("%q", lines)
	}
}
