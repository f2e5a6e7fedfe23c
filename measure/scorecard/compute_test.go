package scorecard_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

func compute(t interface {
	Helper()
	Fatal(...any)
}, std *standard.Standard, in scorecard.Input) scorecard.Scorecard {
	t.Helper()
	card, err := scorecard.Compute(std, full, in)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func written(t *rapid.T, card scorecard.Scorecard) string {
	var out bytes.Buffer
	for _, write := range []func() error{
		func() error { return scorecard.WriteJSON(&out, card) },
		func() error { return scorecard.WriteCSV(&out, card) },
		func() error { return scorecard.WriteText(&out, card) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func TestSameInputGivesTheSameBytesInWhateverOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := inputs(t)
		first := written(t, compute(t, aStandard(), in))
		again := written(t, compute(t, aStandard(), shuffled(in, rapid.Uint64().Draw(t, "seed"))))
		if first != again {
			t.Fatalf("the order of the input changed the output:\n%s\n%s", first, again)
		}
	})
}

func TestCountsAndWeakestAgreeWithTheRequirements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card := compute(t, aStandard(), inputs(t))
		for _, d := range card.Dimensions {
			counted := map[scorecard.State]int{}
			var graded []scorecard.Requirement
			for _, q := range d.Requirements {
				counted[q.State]++
				if q.State != scorecard.Unknown && q.State != scorecard.Outside {
					graded = append(graded, q)
				}
				if len(q.Reasons) == 0 || q.Reason == "" {
					t.Fatalf("%s is %s without a reason", q.ID, q.State)
				}
				if met := q.State == scorecard.Met; met && *q.Settled < 3 {
					t.Fatalf("%s is met with grade %d", q.ID, *q.Settled)
				}
			}
			want := scorecard.Counts{Met: counted[scorecard.Met], Partly: counted[scorecard.Partly], NotMet: counted[scorecard.NotMet],
				Disputed: counted[scorecard.Disputed], Unknown: counted[scorecard.Unknown], Outside: counted[scorecard.Outside]}
			if d.Counts != want {
				t.Fatalf("%s counts %+v, want %+v", d.ID, d.Counts, want)
			}
			if (d.Weakest == nil) != (len(graded) == 0) {
				t.Fatalf("%s has %d graded requirements and weakest %v", d.ID, len(graded), d.Weakest)
			}
			for _, q := range graded {
				if q.ID != *d.Weakest && q.Settled != nil && *q.Settled == 0 && settledOf(d, *d.Weakest) > 0 {
					t.Fatalf("%s has grade 0, and yet %s is called weakest", q.ID, *d.Weakest)
				}
			}
		}
	})
}

func settledOf(d scorecard.Dimension, id string) int {
	for _, q := range d.Requirements {
		if q.ID == id && q.Settled != nil {
			return *q.Settled
		}
	}
	return 0 // disputed: the lowest grade given is not in the output
}

// A city gains nothing by a worse answer: lowering one grade never improves a state.
func TestALowerGradeNeverHelps(t *testing.T) {
	order := map[scorecard.State]int{scorecard.NotMet: 0, scorecard.Partly: 1, scorecard.Disputed: 1, scorecard.Met: 2}
	rapid.Check(t, func(t *rapid.T) {
		in := inputs(t)
		before := compute(t, aStandard(), in)
		for i := range in.Answers {
			if g := in.Answers[i].Grade; g != nil && *g > 0 {
				lower := *g - 1
				in.Answers[i].Grade = &lower
				break
			}
		}
		after := compute(t, aStandard(), in)
		for d := range before.Dimensions {
			for r, was := range before.Dimensions[d].Requirements {
				is := after.Dimensions[d].Requirements[r]
				from, graded := order[was.State]
				if to := order[is.State]; graded && to > from {
					t.Fatalf("a lower grade turned %s of %s into %s", was.State, was.ID, is.State)
				}
			}
		}
	})
}

func TestWhatResidentsSayIsShownAndNeverJudges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := inputs(t)
		before := compute(t, aStandard(), in)
		in.Answers = append(in.Answers, scorecard.Given{Requirement: "AAA.1", Answer: scorecard.Answer{Party: scorecard.Residents,
			Share: &scorecard.Share{Yes: rapid.Float64Range(0, 100).Draw(t, "share"), Lower: 0, Upper: 100, N: 400}}})
		v := rapid.Float64Range(0, 100).Draw(t, "value")
		in.Answers[len(in.Answers)-1].Indicators = []scorecard.Indicated{{Indicator: "AAA.1.O1", Value: &v, Evidence: true}}
		after := compute(t, aStandard(), in)
		was, is := before.Dimensions[0].Requirements[0], after.Dimensions[0].Requirements[0]
		if was.State != is.State || was.Reason != is.Reason || was.SelfOnly != is.SelfOnly {
			t.Fatalf("what residents say turned %s into %s", was.State, is.State)
		}
		if last := is.Answers[len(is.Answers)-1]; last.Party != scorecard.Residents || last.Share == nil {
			t.Fatalf("the share is not shown last: %+v", is.Answers)
		}
	})
}

func TestServicesOfOthersAreAReasonAndNoState(t *testing.T) {
	for _, c := range []struct {
		own  map[string]bool
		want bool
	}{
		{map[string]bool{"housing": false, "social": false}, true},
		{map[string]bool{"housing": false, "social": true}, false},
		{map[string]bool{"housing": false}, false}, // of social services nothing is known
		{nil, false},
	} {
		in := scorecard.Input{City: "x", Period: "2024", Competences: c.own}
		q := compute(t, oneRequirement(true, true), in).Dimensions[0].Requirements[0]
		if q.State != scorecard.Unknown {
			t.Errorf("%v makes the state %s", c.own, q.State)
		}
		if got := strings.Contains(q.Reason, "The city itself runs none of these services: housing, social services."); got != c.want {
			t.Errorf("%v gives the reason %q", c.own, q.Reason)
		}
	}
}

func TestLocalIndicatorsInformAndNeverJudge(t *testing.T) {
	std := standard.WithLocal(oneRequirement(false, false), standard.Local{Indicators: []standard.Indicator{
		{ID: "L.XXX.1.S1", Requirement: "XXX.1", Kind: standard.Structure, Value: "bool", Good: standard.Yes, Title: "Own rule", AnsweredBy: organisations}}})
	grade := 3
	in := scorecard.Input{City: "x", Period: "2024", Answers: []scorecard.Given{{Requirement: "XXX.1",
		Answer: scorecard.Answer{Party: scorecard.Authority, Organisation: "City hall", Grade: &grade}}}}
	q := compute(t, std, in).Dimensions[0].Requirements[0]
	if q.State != scorecard.Met || len(q.Indicators) != 1 {
		t.Fatalf("got %s with %d indicators", q.State, len(q.Indicators))
	}
}

func TestProfileSelectsRequirementsAndIndicators(t *testing.T) {
	short := standard.Profile{Key: "short", Requirements: []string{"BBB.2"}, DecisiveOnly: true}
	grade, v := 3, 1.0
	in := scorecard.Input{City: "x", Period: "2024", State: "open", Answers: []scorecard.Given{
		{Requirement: "AAA.1", Answer: scorecard.Answer{Party: scorecard.Authority, Organisation: "City hall", Grade: &grade}},
		{Requirement: "BBB.2", Answer: scorecard.Answer{Party: scorecard.Authority, Organisation: "City hall", Grade: &grade,
			Indicators: []scorecard.Indicated{{Indicator: "BBB.2.O1", Value: &v}}}}}}
	card, err := scorecard.Compute(aStandard(), short, in)
	if err != nil {
		t.Fatal(err)
	}
	if card.Profile != "short" || card.State != "open" || len(card.Dimensions) != 1 || len(card.Dimensions[0].Requirements) != 1 {
		t.Fatalf("got %+v", card)
	}
	if q := card.Dimensions[0].Requirements[0]; len(q.Indicators) != 1 || q.Indicators[0].ID != "BBB.2.S1" {
		t.Fatalf("got indicators %+v", q.Indicators)
	}
}

func TestWeakestRequirement(t *testing.T) {
	graded := func(first, second, third string) []scorecard.Given {
		var list []scorecard.Given
		for i, cells := range []string{first, second, third} {
			for n, cell := range strings.Fields(cells) {
				a := scorecard.Answer{Party: scorecard.Authority, Organisation: string(rune('A' + n))}
				a.Grade, a.Value = gradeOrValue(cell)
				list = append(list, scorecard.Given{Requirement: "AAA." + string(rune('1'+i)), Answer: a})
			}
		}
		return list
	}
	for _, c := range []struct{ first, second, third, want string }{
		{"4", "1", "3", "AAA.2"},
		{"1", "1", "0", "AAA.3"},
		{"2", "2", "2", "AAA.1"},
		{"2", "2 3", "2", "AAA.2"}, // disputed before partly
		{"1 4", "2", "1", "AAA.3"}, // not met before disputed
		{"not_available", "4", "not_local", "AAA.2"},
		{"not_available", "", "not_local", ""},
		{"", "", "", ""},
	} {
		card := compute(t, aStandard(), scorecard.Input{City: "x", Period: "2024", Answers: graded(c.first, c.second, c.third)})
		got := ""
		if w := card.Dimensions[0].Weakest; w != nil {
			got = *w
		}
		if got != c.want {
			t.Errorf("grades %q, %q, %q: weakest %q, want %q", c.first, c.second, c.third, got, c.want)
		}
	}
}

func TestImpossibleInputIsNamed(t *testing.T) {
	five, three, nan := 5, 3, math.NaN()
	yes, half := true, 50.0
	answer := func(requirement string, a scorecard.Answer) scorecard.Input {
		return scorecard.Input{City: "x", Period: "2024", Answers: []scorecard.Given{{Requirement: requirement, Answer: a}}}
	}
	hall := scorecard.Answer{Party: scorecard.Authority, Organisation: "City hall", Grade: &three}
	indicated := func(in scorecard.Indicated) scorecard.Answer {
		a := hall
		a.Indicators = []scorecard.Indicated{in}
		return a
	}
	series := func(s scorecard.Series) scorecard.Input {
		s.Indicator = "AAA.1.O1"
		return scorecard.Input{City: "x", Period: "2024", Series: []scorecard.Series{s}}
	}
	twice := answer("AAA.1", hall)
	twice.Answers = append(twice.Answers, twice.Answers[0])
	for want, in := range map[string]scorecard.Input{
		`the period "soon" is neither a year`:                 {City: "x", Period: "soon"},
		`answer of "City hall" to ZZZ.1: the standard has no`: answer("ZZZ.1", hall),
		`answer of "City hall" to AAA.1: given twice`:         twice,
		`the grade 5 is not between 0 and 4`:                  answer("AAA.1", scorecard.Answer{Party: scorecard.Authority, Grade: &five}),
		`"mayor" is not a party`:                              answer("AAA.1", scorecard.Answer{Party: "mayor"}),
		`"maybe" is not an honest value`:                      answer("AAA.1", scorecard.Answer{Party: scorecard.Authority, Value: "maybe"}),
		`both a grade and the value not_local`:                answer("AAA.1", scorecard.Answer{Party: scorecard.Authority, Grade: &three, Value: "not_local"}),
		`residents give a share, never a grade`:               answer("AAA.1", scorecard.Answer{Party: scorecard.Residents, Grade: &three}),
		`answer of "City hall" to AAA.1: it says nothing`:     answer("AAA.1", scorecard.Answer{Party: scorecard.Authority, Organisation: "City hall", Reasons: "Because."}),
		`answer of "" to AAA.1: it says nothing`: answer("AAA.1", scorecard.Answer{Party: scorecard.Residents,
			Indicators: []scorecard.Indicated{{Indicator: "AAA.1.O1", Value: &half}}}),
		`AAA.1.S1 is not answered by residents`: answer("AAA.1", scorecard.Answer{Party: scorecard.Residents, Share: &scorecard.Share{Yes: 50, N: 400},
			Indicators: []scorecard.Indicated{{Indicator: "AAA.1.S1", Yes: &yes}}}),
		`the share is not a number`:                                 answer("AAA.1", scorecard.Answer{Party: scorecard.Residents, Share: &scorecard.Share{Yes: nan}}),
		`BBB.1.S1 is not one of its indicators`:                     answer("AAA.1", indicated(scorecard.Indicated{Indicator: "BBB.1.S1", Yes: &yes})),
		`AAA.1.O1 asks for a number`:                                answer("AAA.1", indicated(scorecard.Indicated{Indicator: "AAA.1.O1", Yes: &yes})),
		`AAA.1.S1 asks for yes or no`:                               answer("AAA.1", indicated(scorecard.Indicated{Indicator: "AAA.1.S1"})),
		`settlement of AAA.1: it needs a grade or an honest value`:  {City: "x", Period: "2024", Settlements: []scorecard.Settlement{{Requirement: "AAA.1", How: "verified"}}},
		`settlement of AAA.1: "guessed" is not a way to settle`:     {City: "x", Period: "2024", Settlements: []scorecard.Settlement{{Requirement: "AAA.1", How: "guessed", Grade: &three}}},
		`series of AAA.1.O1: the fit "" is neither exact nor close`: series(scorecard.Series{}),
		`the value of 2020 is not a number`:                         series(scorecard.Series{Fit: "exact", Headline: []scorecard.Point{{Period: "2020", Start: 20200101, End: 20201231, Value: nan}}}),
		`a bound of the interval of 2020 is not a number`: series(scorecard.Series{Fit: "exact", Headline: []scorecard.Point{{Period: "2020", Start: 20200101, End: 20201231, Value: 1,
			Interval: scorecard.Interval{Upper: new(math.Inf(1))}}}}),
		`the period 2020 does not run from a day 0 to a day 0`: series(scorecard.Series{Fit: "exact", Headline: []scorecard.Point{{Period: "2020"}}}),
		`Sex, women: the value of 2020 is not a number`: series(scorecard.Series{Fit: "exact", Groups: []scorecard.GroupSeries{
			{Dimension: "Sex", Group: "women", Points: []scorecard.Point{{Period: "2020", Start: 20200101, End: 20201231, Value: math.Inf(1)}}}}}),
	} {
		_, err := scorecard.Compute(aStandard(), full, in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}
