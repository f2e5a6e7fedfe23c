package scorecard_test

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// A practice that was denied, and a city's own rule that it lacks, judge nothing: what a met requirement says of its grounds holds beside them.
func TestGroundsThatHoldAreThoseThatTheStandardAsksFor(t *testing.T) {
	std := oneRequirement(true, true)
	q := &std.Dimensions[0].Requirements[0]
	for _, in := range []standard.Indicator{{ID: "XXX.1.P1", Kind: standard.Process, Title: "A practice"}, {ID: "L.XXX.1.S1", Kind: standard.Structure, Title: "An own rule"}} {
		in.Requirement, in.Value, in.Good, in.AnsweredBy = "XXX.1", "bool", standard.Yes, organisations
		q.Indicators = append(q.Indicators, in)
	}
	yes, no, share, grade := true, false, 60.0, 3
	card := compute(t, std, scorecard.Input{City: "example", Period: "2024", Answers: []scorecard.Given{{Requirement: "XXX.1", Answer: scorecard.Answer{
		Party: scorecard.Authority, Organisation: "Council", Grade: &grade, Indicators: []scorecard.Indicated{{Indicator: "XXX.1.S1", Yes: &yes, Evidence: true},
			{Indicator: "XXX.1.O1", Value: &share}, {Indicator: "XXX.1.P1", Yes: &no}, {Indicator: "L.XXX.1.S1", Yes: &no}}}}}})
	met := card.Dimensions[0].Requirements[0]
	if met.State != scorecard.Met {
		t.Fatalf("the requirement is %s: %s", met.State, met.Reason)
	}
	want := "Where the standard asks for a rule, plan, body or the like, it is in place, with evidence. Where it sets a minimum for a figure, the figure reaches it."
	if said := met.Reasons[1].English(); met.Reasons[1].Code != scorecard.GroundsHold || said != want {
		t.Errorf("it says %q, want %q", said, want)
	}
}

// Who says that a requirement does not apply has not said that the city cannot decide, nor the other way round.
func TestADisputeOnScopePutsNoWordsIntoAMouth(t *testing.T) {
	grade := 3
	for value, theirs := range map[string]string{
		scorecard.NotApplicable: "This does not apply to this city, according to Council.",
		scorecard.NotLocal:      "The city cannot decide on this, according to Council.",
	} {
		card := compute(t, oneRequirement(false, false), scorecard.Input{City: "example", Period: "2024", Answers: []scorecard.Given{
			{Requirement: "XXX.1", Answer: scorecard.Answer{Party: scorecard.Authority, Organisation: "Council", Value: value}},
			{Requirement: "XXX.1", Answer: scorecard.Answer{Party: scorecard.CivilSociety, Organisation: "Tenants", Grade: &grade}},
		}})
		want := "The organisations disagree on whether this can be asked of the city. No, it does not apply or is not for the city to decide: Council. " +
			"Yes, and they give a grade: Tenants. " + theirs
		if said := card.Dimensions[0].Requirements[0].Reason; !strings.HasPrefix(said, want) {
			t.Errorf("%s: it says %q, want %q", value, said, want)
		}
	}
}
