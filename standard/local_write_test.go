package standard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// aText draws what a person may write into a file: any script, and everything that YAML could take for something else.
func aText(t *rapid.T, label string) string {
	odd := rapid.SampledFrom([]string{"yes", "no", "null", "~", "3", "1e3", "2024-01-01", "- a", "a: b", "#", "{x", "'", `"`, "متوسط", "a\nb", "|", "L", "%", "@x", "=1",
		"a\u2028b", "a\u00a0\u00a0b", "a\ufeffb", "\ufeffa", "👍🏽", "\u202ea", "a  b", "a\n\n  b", "a \n b", "- \n-", "!!str a", "&a *a"})
	plain := rapid.StringOfN(rapid.RuneFrom([]rune("abcé ü?:#-'\"\n\t")), 1, 30, -1)
	text := strings.TrimSpace(rapid.OneOf(odd, plain).Draw(t, label))
	if text == "" {
		return "x"
	}
	return text
}

func aLocal(t *rapid.T) Local {
	l := Local{Base: "mini@1.0", City: "bristol"}
	for i := range rapid.IntRange(1, 4).Draw(t, "indicators") {
		in := Indicator{ID: fmt.Sprintf("L.HOM.1.O%d", i+1), Requirement: "HOM.1", Kind: Outcome, Title: aText(t, "title"), Question: aText(t, "question") + "?",
			Value: "rate", Unit: aText(t, "unit"), Good: Down, Evidence: []string{"dataset"}, AnsweredBy: []string{"authority", "civil_society"}}
		if rapid.Bool().Draw(t, "yes or no") {
			in.Value, in.Unit, in.Good = "bool", "", Yes
		}
		if rapid.Bool().Draw(t, "broken down") {
			in.By = []string{"sex", "area"}
		}
		if rapid.Bool().Draw(t, "with SDG") {
			in.SDG = &SDG{Indicator: "11.1.1", Fit: "close"}
		}
		if rapid.Bool().Draw(t, "with note") {
			in.Note = aText(t, "note")
		}
		l.Indicators = append(l.Indicators, in)
	}
	return l
}

func TestAdditionsReadBackAsTheyWereWritten(t *testing.T) {
	base := loadMini(t)
	rapid.Check(t, func(t *rapid.T) {
		l := aLocal(t)
		if err := ValidateLocal(l, base); err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := WriteLocal(&file, l); err != nil {
			t.Fatal(err)
		}
		text := file.String()
		again, err := LoadLocal(&file, "own.yaml", base)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if diff := cmp.Diff(l, again); diff != "" {
			t.Fatalf("%s\nin\n%s", diff, text)
		}
		data, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var kept Local
		if err := json.Unmarshal(data, &kept); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(l, kept); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAdditionsMadeInMemoryAreHeldToTheSameRules(t *testing.T) {
	good := Indicator{ID: "L.HOM.1.O1", Title: "Families in hotels", Question: "¿Cuántas?", Value: "rate", Unit: "per 1,000", Good: Down,
		Evidence: []string{"dataset"}, AnsweredBy: []string{"authority"}}
	for _, c := range []struct {
		name      string
		change    func(*Indicator)
		key, want string
	}{
		{"no title", func(in *Indicator) { in.Title = " " }, "title", `L.HOM.1.O1: "title" is empty`},
		{"no question mark", func(in *Indicator) { in.Question = "How many" }, "question", "L.HOM.1.O1: the question must end with a question mark"},
		{"no unit", func(in *Indicator) { in.Unit = "" }, "unit", "L.HOM.1.O1: a figure needs the unit that is printed behind it"},
		{"no evidence", func(in *Indicator) { in.Evidence = nil }, "evidence", ""},
		{"a minimum", func(in *Indicator) { in.Minimum = &Minimum{Value: 1, Source: "ours", Check: "known"} }, "minimum", "L.HOM.1.O1: a local indicator has no minimum, since it never judges"},
		{"no id", func(in *Indicator) { in.ID = "" }, "id", "an indicator has no id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := good
			c.change(&in)
			err := ValidateLocal(Local{Base: "mini@1.0", City: "bristol", Indicators: []Indicator{in}}.Tidied(), loadMini(t))
			var problems Problems
			if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Key != c.key || c.want != "" && problems[0].Error() != c.want {
				t.Errorf("got %v", err)
			}
		})
	}
	arabic := good
	arabic.Question = "كم عدد الأسر؟"
	if err := ValidateLocal(Local{Base: "mini@1.0", City: "bristol", Indicators: []Indicator{arabic}}.Tidied(), loadMini(t)); err != nil {
		t.Errorf("a question in Arabic: %v", err)
	}
}
