package jsonread

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// anything reads any value as encoding/json gives it.
func anything(r *Reader) any {
	switch r.next() {
	case '{':
		all := map[string]any{}
		r.Object(func(name string) { all[name] = anything(r) })
		return all
	case '[':
		return List(r, func(v *any) { *v = anything(r) })
	case '"':
		return r.String()
	case 't', 'f':
		return r.Bool()
	case 'n':
		r.Null()
		return nil
	}
	return r.Float()
}

func TestWhatIsReadIsWhatStandsThere(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `null`, `"a"`, ` { "a" : [ 1 , -2.5e3 , true , false , null ] , "b" : { "c" : "\u00e9\n\"\\" } } `,
		`["<b>","العربية","\ud83d\ude00"]`, `{"a":[[],[{}]]}`, `1234567890123`,
	} {
		var want any
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		r := New(text)
		got := anything(r)
		if diff := cmp.Diff(want, got); diff != "" || r.End() != nil {
			t.Errorf("%s: %v %s", text, r.End(), diff)
		}
		skipped := New(text)
		if skipped.Skip(); skipped.End() != nil {
			t.Errorf("%s is not skipped: %v", text, skipped.End())
		}
	}
}

func TestAMistakeIsNamedWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		``: "JSON at byte 0: there should be a number", `{`: `JSON at byte 1: there should be '"'`, `[1 2]`: "JSON at byte 3: there should be a comma or ']'",
		`{"a" 1}`: `JSON at byte 5: there should be ':'`, `"a`: "JSON at byte 2: there should be the end of a string", `truth`: "JSON at byte 0: there should be true",
		`[1] x`: "JSON at byte 4: there should be the end", `1.2.3`: "JSON at byte 0: there should be a number", "\"a\nb\"": "JSON at byte 2: there should be a string",
		`[1,]`: "JSON at byte 3: there should be a number",
	} {
		r := New(text)
		r.Skip()
		if err := r.End(); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestAfterAMistakeNothingIsRead(t *testing.T) {
	r := New(`{"a": x, "b": 2}`)
	values := 0
	r.Object(func(string) { values += r.Int() })
	if r.End() == nil || values != 0 || r.String() != "" || r.Float() != 0 {
		t.Errorf("read %d, %v", values, r.End())
	}
}

func TestADeepTextIsRefusedRatherThanFollowed(t *testing.T) {
	deep := make([]byte, 1<<20)
	for i := range deep {
		deep[i] = '['
	}
	r := New(string(deep))
	if r.Skip(); r.End() == nil {
		t.Error("a million brackets are a value")
	}
}

// What encoding/json takes is read as the same value, and no text makes the reader panic or go on for ever.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5,"x\n",null,true]}`, `[`, `"\ud800"`, `{"a":{"b":[{}]}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		New(text).Skip()
		var want any
		if json.Unmarshal([]byte(text), &want) != nil || !utf8.ValidString(text) { // other bytes are for encoding/json to mend
			return
		}
		r := New(text)
		got := anything(r)
		if err := r.End(); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if expected, _ := json.Marshal(want); string(again) != string(expected) {
			t.Fatalf("%q is read as %s, not %s", text, again, expected)
		}
	})
}
