package scorecard_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// localAdditions draws a city's own indicators for aStandard, of every kind and value.
func localAdditions(t *rapid.T) standard.Local {
	var l standard.Local
	for _, q := range aStandard().Dimensions[0].Requirements {
		if rapid.Bool().Draw(t, "adds") {
			l.Indicators = append(l.Indicators, standard.Indicator{ID: "L." + q.ID + ".S1", Requirement: q.ID, Kind: standard.Structure,
				Title: "Own rule", Value: "bool", Good: standard.Yes, AnsweredBy: organisations})
		}
		if rapid.Bool().Draw(t, "measures") {
			l.Indicators = append(l.Indicators, standard.Indicator{ID: "L." + q.ID + ".O1", Requirement: q.ID, Kind: standard.Outcome,
				Title: "Own figure", Value: "days", Unit: "days", Good: standard.Down, AnsweredBy: organisations})
		}
	}
	return l
}

// withOwnFigures adds series and statements on the city's own indicators.
func withOwnFigures(t *rapid.T, in scorecard.Input, l standard.Local) scorecard.Input {
	in.Series, in.Answers = slices.Clone(in.Series), slices.Clone(in.Answers)
	for i := range l.Indicators {
		own := &l.Indicators[i]
		if own.Value != "bool" {
			in.Series = append(in.Series, aSeries(t, own.ID))
			continue
		}
		yes := true
		in.Answers = append(in.Answers, scorecard.Given{Requirement: own.Requirement, Answer: scorecard.Answer{Party: scorecard.CivilSociety,
			Organisation: "Registry", Indicators: []scorecard.Indicated{{Indicator: own.ID, Yes: &yes, Evidence: true}}}})
		for a := range in.Answers[:len(in.Answers)-1] {
			if in.Answers[a].Requirement == own.Requirement {
				yes := rapid.Bool().Draw(t, "own yes")
				in.Answers[a].Indicators = append(slices.Clone(in.Answers[a].Indicators), scorecard.Indicated{Indicator: own.ID, Yes: &yes, Evidence: rapid.Bool().Draw(t, "own evidence")})
			}
		}
	}
	return in
}

// withoutOwn takes the city's own indicators out of a card, and tells how many there were.
func withoutOwn(card scorecard.Scorecard) (rest scorecard.Scorecard, own int) {
	card.Dimensions = slices.Clone(card.Dimensions)
	for d := range card.Dimensions {
		requirements := slices.Clone(card.Dimensions[d].Requirements)
		for q := range requirements {
			all := requirements[q].Indicators
			requirements[q].Indicators = slices.DeleteFunc(slices.Clone(all), func(i scorecard.Indicator) bool { return i.Local })
			own += len(all) - len(requirements[q].Indicators)
			for a := range requirements[q].Answers {
				said := &requirements[q].Answers[a]
				said.Indicators = slices.DeleteFunc(slices.Clone(said.Indicators), func(i scorecard.Indicated) bool { return strings.HasPrefix(i.Indicator, "L.") })
			}
			requirements[q].Answers = slices.DeleteFunc(requirements[q].Answers, func(a scorecard.Answer) bool { return a.Organisation == "Registry" })
		}
		card.Dimensions[d].Requirements = requirements
	}
	return card, own
}

// Whatever a city adds, and whatever it measures or says of it: no state, count, weakest requirement, reason or figure of the standard moves.
func TestACitysOwnIndicatorsChangeNothingButTheirOwnLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, own := inputs(t), localAdditions(t)
		before := compute(t, aStandard(), in)
		after, shown := withoutOwn(compute(t, standard.WithLocal(aStandard(), own), withOwnFigures(t, in, own)))
		if shown != len(own.Indicators) {
			t.Fatalf("%d of %d own indicators are shown", shown, len(own.Indicators))
		}
		before, _ = withoutOwn(before)
		if diff := cmp.Diff(before, after, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b scorecard.Number) bool { return a.String() == b.String() })); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEveryFormMarksWhatIsTheCitysOwn(t *testing.T) {
	own := standard.Local{Indicators: []standard.Indicator{{ID: "L.AAA.1.O1", Requirement: "AAA.1", Kind: standard.Outcome, Title: "Wait", Value: "days", Unit: "days", Good: standard.Down}}}
	in := scorecard.Input{City: "x", Period: "2024", Series: []scorecard.Series{
		{Indicator: "L.AAA.1.O1", Fit: scorecard.Exact, Unit: "days", Source: "Office",
			Headline: []scorecard.Point{{Period: "2024", Start: 20240101, End: 20241231, Value: 34}}},
		{Indicator: "L.AAA.9.O1", Fit: scorecard.Exact, Unit: "days", Source: "Office"}, // of an addition that was taken back
	}}
	card := compute(t, standard.WithLocal(aStandard(), own), in)
	for _, c := range []struct {
		write func(*bytes.Buffer) error
		want  string
	}{
		{func(b *bytes.Buffer) error { return scorecard.WriteText(b, card) }, "L.AAA.1.O1 (the city's own) Wait: 34 days (2024)"},
		{func(b *bytes.Buffer) error { return scorecard.WriteJSON(b, card) }, "\"id\": \"L.AAA.1.O1\",\n              \"local\": true,"},
		{func(b *bytes.Buffer) error { return scorecard.WriteCSV(b, card) }, ",L.AAA.1.O1,Wait,34,,,days,2024,Office,,,exact,too_little_data,,,,,,,,,,,,,,true,\n"},
		{func(b *bytes.Buffer) error { return scorecard.WriteCSV(b, card) }, ",AAA.1.S1,Rule,,,,,,,,,,,,,,,,,,,,,,,,false,\n"},
	} {
		var out bytes.Buffer
		if err := c.write(&out); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), c.want) {
			t.Errorf("no %q in\n%s", c.want, out.String())
		}
		if strings.Contains(out.String(), "L.AAA.9") {
			t.Error("an addition that was taken back is shown")
		}
	}
}
