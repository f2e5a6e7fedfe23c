package standard

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// someStandard draws a small standard in which any part may be missing, so that two of them share some parts and differ in others.
func someStandard(t *rapid.T, name string) *Standard {
	word := rapid.SampledFrom([]string{"one", "two", "three", "one.", ""})
	keys := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3, rapid.ID[string])
	yes := rapid.Bool()
	s := &Standard{ID: "law", Version: "1.0", Title: word.Draw(t, name+" title"), Translations: map[string]*Translation{}}
	for _, key := range keys.Draw(t, name+" groups") {
		s.Terms.Groups = append(s.Terms.Groups, Term{key, word.Draw(t, name+" term")})
	}
	for _, key := range keys.Draw(t, name+" rules") {
		s.Rules = append(s.Rules, Rule{key, word.Draw(t, name+" rule")})
	}
	for _, key := range keys.Draw(t, name+" profiles") {
		s.Profiles = append(s.Profiles, Profile{Key: key, Requirements: keys.Draw(t, name+" selection"), DecisiveOnly: yes.Draw(t, name+" depth")})
	}
	for _, key := range keys.Draw(t, name+" languages") {
		detail := &Detail{Requirements: map[string]RequirementDetail{"AAA.1": {Why: word.Draw(t, name+" reason")}}, Indicators: map[string]IndicatorDetail{"AAA.1.S1": {Unit: word.Draw(t, name+" translated unit")}}}
		s.Translations[key] = &Translation{Language: key, Requirements: map[string]RequirementText{"AAA.1": {Question: word.Draw(t, name+" translated")}},
			detail: func() (*Detail, error) { return detail, nil }}
	}
	for _, d := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"AAA", "BBB"}), 0, 2, rapid.ID[string]).Draw(t, name+" dimensions") {
		dimension := Dimension{ID: d, Title: word.Draw(t, name+" title")}
		for r := range rapid.IntRange(0, 2).Draw(t, name+" requirements") {
			q := Requirement{ID: fmt.Sprintf("%s.%d", d, r+1), Dimension: d, Minimum: word.Draw(t, name+" minimum"), Groups: keys.Draw(t, name+" groups")}
			for _, article := range keys.Draw(t, name+" links") {
				q.Links = append(q.Links, Link{"X", article})
			}
			for i := range rapid.IntRange(0, 2).Draw(t, name+" indicators") {
				in := Indicator{ID: fmt.Sprintf("%s.S%d", q.ID, i+1), Kind: Structure, Value: "rate", Unit: word.Draw(t, name+" unit"), Good: Up}
				if yes.Draw(t, name+" has minimum") {
					in.Minimum = &Minimum{Value: float64(rapid.IntRange(0, 3).Draw(t, name+" minimum"))}
				}
				q.Indicators = append(q.Indicators, in)
			}
			dimension.Requirements = append(dimension.Requirements, q)
		}
		s.Dimensions = append(s.Dimensions, dimension)
	}
	return s
}

func TestAStandardDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someStandard(t, "s")
		if d := Compare(s, s); len(d.Changes) != 0 || d.Step() != NoStep || d.Lowers() != NotLowered {
			t.Fatalf("Compare(s, s) = %+v", d)
		}
	})
}

func TestTheOrderOfPartsIsNoChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someStandard(t, "s")
		turned := *s
		turned.Dimensions = slices.Clone(s.Dimensions)
		slices.Reverse(turned.Dimensions)
		turned.Rules = slices.Clone(s.Rules)
		slices.Reverse(turned.Rules)
		if d := Compare(s, &turned); len(d.Changes) != 0 {
			t.Fatalf("changes: %+v", d.Changes)
		}
	})
}

func TestTheWayBackMirrorsTheWayThere(t *testing.T) {
	mirrored := map[Operation]Operation{Added: Removed, Removed: Added, Changed: Changed}
	rapid.Check(t, func(t *rapid.T) {
		a, b := someStandard(t, "a"), someStandard(t, "b")
		there, back := Compare(a, b), Compare(b, a)
		// What was added is removed, and old and new change places. Class, effect and lowering depend on the way; for a changed field
		// class and effect do not.
		bare := func(changes []Change, mirror bool) []Change {
			out := slices.Clone(changes)
			for i := range out {
				c := &out[i]
				c.Lowers = ""
				if c.Operation != Changed {
					c.Class, c.Effect = "", ""
				}
				if mirror {
					c.Operation, c.Old, c.New = mirrored[c.Operation], c.New, c.Old
				}
			}
			slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			return out
		}
		if diff := gocmp.Diff(bare(there.Changes, false), bare(back.Changes, true)); diff != "" {
			t.Fatalf("there and back differ:\n%s", diff)
		}
		for _, c := range there.Changes {
			if c.Lowers == Lowered && slices.ContainsFunc(back.Changes, func(b Change) bool {
				return b.ID == c.ID && b.Field == c.Field && b.Part == c.Part && b.Lowers == Lowered && b.Operation == Changed
			}) {
				t.Fatalf("%s %s is lowered both ways", c.ID, c.Field)
			}
		}
	})
}

func TestEveryChangeHasClassAndEffectAndDemandsAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someStandard(t, "a"), someStandard(t, "b")
		d := Compare(a, b)
		for _, c := range d.Changes {
			if c.Class == "" || c.Effect.Words() == "" || c.ID == "" {
				t.Fatalf("half a change: %+v", c)
			}
		}
		if (len(d.Changes) == 0) != (d.Step() == NoStep) || (len(d.Changes) > 0) == d.Enough() {
			t.Fatalf("%d changes, step %q, enough %v", len(d.Changes), d.Step(), d.Enough())
		}
	})
}
