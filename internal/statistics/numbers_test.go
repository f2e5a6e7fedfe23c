package statistics

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestListsOfDocumentsAreReadAsJSONReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.Float64()).Draw(t, "values")
		whole := rapid.SliceOf(rapid.Int()).Draw(t, "whole")
		some := make([]*float64, len(values))
		for i := range values {
			if rapid.Bool().Draw(t, "known") {
				some[i] = &values[i]
			}
		}
		write := json.Marshal
		if rapid.Bool().Draw(t, "indented") {
			write = func(v any) ([]byte, error) { return json.MarshalIndent(v, " ", "\t") }
		}
		text, err := write(map[string]any{"v": values, "p": whole, "lower": some})
		if err != nil {
			t.Fatal(err)
		}
		var d document
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(values, []float64(d.V)) + cmp.Diff(whole, []int(d.P)) + cmp.Diff(some, []*float64(d.Lower)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestListsOfDocumentsHoldNumbersOnly(t *testing.T) {
	for _, text := range []string{`{"v":["1"]}`, `{"v":[null]}`, `{"v":[[1]]}`, `{"v":{}}`, `{"v":[1e999]}`, `{"p":[1.5]}`, `{"p":"1"}`, `{"lower":[true]}`} {
		if err := json.Unmarshal([]byte(text), &document{}); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
