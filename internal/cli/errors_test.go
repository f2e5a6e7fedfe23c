package cli

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestEachErrorStandsOnALineOfItsOwn(t *testing.T) {
	one, two := errors.New("one"), errors.New("two")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"one":                     {one, "cityrights: one\n"},
		"joined":                  {errors.Join(one, errors.Join(two)), "cityrights: one\ncityrights: two\n"},
		"of several lines":        {errors.New("connect:\n\tthere: refused"), "cityrights: connect: there: refused\n"},
		"with two causes":         {fmt.Errorf("open %w or %w", one, two), "cityrights: open one or two\n"},
		"around several":          {fmt.Errorf("fill: %w", errors.Join(one, two)), "cityrights: fill: one two\n"},
		"that steers a terminal":  {errors.New("a\x1b[2Jb\u202ec"), "cityrights: a\ufffd[2Jb\ufffdc\n"},
		"that was printed before": {errFailed, ""},
	} {
		var out bytes.Buffer
		report(&out, c.err)
		if out.String() != c.want {
			t.Errorf("an error %s is printed as %q, not %q", name, &out, c.want)
		}
	}
}

func TestAFaultOfWhatAFileHoldsNamesTheFile(t *testing.T) {
	title, note := fault.Field("title", "too long"), fault.Field("note", "empty")
	elsewhere := &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: "b.yaml", Row: 3}, Text: "wrong"}
	for name, c := range map[string]struct {
		file string
		err  error
		want string
		code int
	}{
		"one":                    {"a.yaml", title, "cityrights: a.yaml: title: too long\n", 1},
		"several":                {"a.yaml", errors.Join(title, errors.Join(note)), "cityrights: a.yaml: title: too long\ncityrights: a.yaml: note: empty\n", 1},
		"around which is more":   {"a.yaml", fmt.Errorf("fill: %w", errors.Join(title, note)), "cityrights: a.yaml: fill: title: too long note: empty\n", 1},
		"with its own file":      {"a.yaml", errors.Join(elsewhere, title), "cityrights: b.yaml:3: wrong\ncityrights: a.yaml: title: too long\n", 1},
		"that is no fault":       {"a.yaml", errors.New("any"), "cityrights: any\n", 1},
		"of another kind":        {"a.yaml", fault.New(fault.NotFound, "no city"), "cityrights: no city\n", 1},
		"where there is no file": {"", title, "cityrights: title: too long\n", 2},
	} {
		var out bytes.Buffer
		err := inFile(c.file, c.err)
		report(&out, err)
		if out.String() != c.want || status(err) != c.code {
			t.Errorf("a fault %s is printed as %q with status %d, not as %q with %d", name, &out, status(err), c.want, c.code)
		}
	}
	if title.Place.File != "" {
		t.Error("the fault that was handed in was changed")
	}
}

func TestExitStatusTellsWrongUseFromFailure(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{errFailed, 1},
		{errors.New("any"), 1},
		{usageError{"wrong"}, 2},
		{fmt.Errorf("around: %w", usageError{"wrong"}), 2},
		{fault.Field("period", "no period"), 2},
		{&fault.Error{Kind: fault.Invalid, Place: fault.Place{File: "a.csv", Field: "x"}}, 1},
		{fault.New(fault.NotFound, "no city"), 1},
		{&fault.Error{Kind: fault.Conflict, Place: fault.Place{Field: "code"}}, 1},
		{fault.New(fault.Unavailable, "no database"), 1},
	} {
		if got := status(c.err); got != c.want {
			t.Errorf("%v: exit status %d, not %d", c.err, got, c.want)
		}
	}
}
