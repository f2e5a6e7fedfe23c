package scorecard_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/scorecard"
)

func TestNumberInJSON(t *testing.T) {
	for text, want := range map[string]*scorecard.Number{"true": scorecard.YesNo(true), "false": scorecard.YesNo(false), "32.9": scorecard.Numeric(32.9),
		"-0.5": scorecard.Numeric(-0.5), "0": scorecard.Numeric(0), "1e+21": scorecard.Numeric(1e21), "null": nil} {
		var holder struct{ Value *scorecard.Number }
		if err := json.Unmarshal([]byte(`{"Value":`+text+`}`), &holder); err != nil {
			t.Errorf("%s: %v", text, err)
		} else if (holder.Value == nil) != (want == nil) || want != nil && !holder.Value.Equal(*want) {
			t.Errorf("%s reads as %v", text, holder.Value)
		}
		if out, err := json.Marshal(holder.Value); err != nil || string(out) != text {
			t.Errorf("%s is written as %s, %v", text, out, err)
		}
	}
	for _, text := range []string{`"1"`, `[]`, `{}`, `1e999`} {
		var n scorecard.Number
		if err := json.Unmarshal([]byte(text), &n); err == nil {
			t.Errorf("%s reads as %v", text, n)
		}
	}
}

func TestNumberTellsWhatItIs(t *testing.T) {
	if v, ok := scorecard.Numeric(1).Float(); v != 1 || !ok {
		t.Error("a number is not one")
	}
	if _, ok := scorecard.Numeric(1).Bool(); ok {
		t.Error("a number is yes or no")
	}
	if yes, ok := scorecard.YesNo(true).Bool(); !yes || !ok {
		t.Error("yes is not yes")
	}
	if _, ok := scorecard.YesNo(true).Float(); ok {
		t.Error("yes is a number")
	}
}

func TestNumberReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := scorecard.Numeric(rapid.Float64().Draw(t, "v"))
		text, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		var back scorecard.Number
		if err := json.Unmarshal(text, &back); err != nil || !back.Equal(*n) {
			t.Fatalf("%v reads back from %s as %v, %v", n, text, back, err)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"true", "false", "null", "1", "-0.5e3", `"x"`, "[1]", "1e999"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var n scorecard.Number
		if json.Unmarshal(text, &n) != nil {
			return
		}
		written, err := json.Marshal(n)
		if err != nil {
			t.Fatalf("%s reads as %v, which cannot be written: %v", text, n, err)
		}
		var back scorecard.Number
		if err := json.Unmarshal(written, &back); err != nil || !back.Equal(n) {
			t.Fatalf("%s reads as %v, and %s as %v", text, n, written, back)
		}
	})
}
