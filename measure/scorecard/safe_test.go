package scorecard

import "testing"

func TestNoCellIsTakenForAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\tx": "'\tx", "＝1": "'＝1", "\ufeff=1": "'\ufeff=1", "\ufeff\ufeff@a": "'\ufeff\ufeff@a",
		"": "", "a=1": "a=1", "1": "1", "\ufeff": "\ufeff", "\ufeffa": "\ufeffa", "\xff": "\xff",
	} {
		if got := safe(text); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}
