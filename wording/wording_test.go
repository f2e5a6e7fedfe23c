package wording_test

import (
	"testing"

	"github.com/cityrights/cityrights/wording"
)

func TestArgumentsStandInTheSentence(t *testing.T) {
	for _, c := range []struct {
		sentence string
		args     []string
		want     string
	}{
		{"Nobody has answered.", nil, "Nobody has answered."},
		{"{who} gives {grade} of 4: {grade}.", []string{"who", "Arle", "grade", "3"}, "Arle gives 3 of 4: 3."},
		{"{a} and {b}", []string{"a", "{b}", "b", "{a}"}, "{b} and {a}"},
		{"{unknown} stays", []string{"a", "1"}, "{unknown} stays"},
	} {
		if got := wording.Fill(c.sentence, wording.Args(c.args...)); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
	if wording.Args() != nil {
		t.Error("no arguments are an empty object, where a document would have none")
	}
}
