package scorecard_test

import (
	"fmt"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// organisations are the parties that answer the yes-or-no indicators of aStandard; its shares are answered by all.
var organisations = []string{scorecard.Authority, scorecard.CivilSociety}

// aStandard has two dimensions with three requirements each; every requirement has a yes-or-no structure indicator, a share with a minimum and
// a count without a good direction.
func aStandard() *standard.Standard {
	std := &standard.Standard{ID: "test", Version: "1.0", Language: "en"}
	for _, d := range []string{"AAA", "BBB"} {
		dimension := standard.Dimension{ID: d, Title: "Dimension " + d}
		for n := 1; n <= 3; n++ {
			id := fmt.Sprintf("%s.%d", d, n)
			dimension.Requirements = append(dimension.Requirements, standard.Requirement{ID: id, Dimension: d, Title: "Requirement " + id,
				Services: []string{"housing"}, Indicators: []standard.Indicator{
					{ID: id + ".S1", Requirement: id, Kind: standard.Structure, Title: "Rule", Value: "bool", Good: standard.Yes, Decisive: true, AnsweredBy: organisations},
					{ID: id + ".O1", Requirement: id, Kind: standard.Outcome, Title: "Share", Value: "pct", Unit: "%", Good: standard.Up,
						Minimum: &standard.Minimum{Value: 50, Source: "a law"}, AnsweredBy: scorecard.Parties},
					{ID: id + ".O2", Requirement: id, Kind: standard.Outcome, Title: "Recorded cases", Value: "count", Unit: "cases", Good: standard.None, AnsweredBy: organisations},
				}})
		}
		std.Dimensions = append(std.Dimensions, dimension)
	}
	return std
}

var full = standard.Profile{Key: "full"}

// inputs draws answers, settlements and series for aStandard.
func inputs(t *rapid.T) scorecard.Input {
	in := scorecard.Input{City: "somewhere", Period: "2024", State: rapid.SampledFrom([]string{"", "review", "published"}).Draw(t, "state"),
		Competences: rapid.MapOf(rapid.Just("housing"), rapid.Bool()).Draw(t, "competences")}
	for _, d := range aStandard().Dimensions {
		for _, q := range d.Requirements {
			for _, organisation := range []string{"City hall", "Union", "Institute"} {
				if rapid.Bool().Draw(t, "answers") {
					in.Answers = append(in.Answers, anAnswer(t, q.ID, organisation))
				}
			}
			if rapid.IntRange(0, 4).Draw(t, "settled") == 0 {
				grade := rapid.IntRange(0, 4).Draw(t, "settled grade")
				in.Settlements = append(in.Settlements, scorecard.Settlement{Requirement: q.ID, How: scorecard.Verified, Grade: &grade})
			}
			for _, indicator := range []string{q.ID + ".O1", q.ID + ".O2"} {
				for range rapid.IntRange(0, 2).Draw(t, "series") {
					in.Series = append(in.Series, aSeries(t, indicator))
				}
			}
		}
	}
	return in
}

func anAnswer(t *rapid.T, requirement, organisation string) scorecard.Given {
	a := scorecard.Answer{Party: rapid.SampledFrom([]string{scorecard.Authority, scorecard.CivilSociety}).Draw(t, "party"), Organisation: organisation}
	if rapid.IntRange(0, 3).Draw(t, "honest") == 0 {
		a.Value = rapid.SampledFrom([]string{"", scorecard.NotAvailable, scorecard.NotApplicable, scorecard.NotLocal}).Draw(t, "value")
	} else {
		grade := rapid.IntRange(0, 4).Draw(t, "grade")
		a.Grade = &grade
	}
	if rapid.Bool().Draw(t, "speaks of S1") || a.Grade == nil && a.Value == "" {
		yes := rapid.Bool().Draw(t, "yes")
		a.Indicators = append(a.Indicators, scorecard.Indicated{Indicator: requirement + ".S1", Yes: &yes, Evidence: rapid.Bool().Draw(t, "evidence")})
	}
	if rapid.Bool().Draw(t, "speaks of O1") {
		v := float64(rapid.IntRange(49, 51).Draw(t, "answered"))
		a.Indicators = append(a.Indicators, scorecard.Indicated{Indicator: requirement + ".O1", Value: &v})
	}
	return scorecard.Given{Requirement: requirement, Answer: a}
}

func aSeries(t *rapid.T, indicator string) scorecard.Series {
	s := scorecard.Series{Indicator: indicator, Fit: rapid.SampledFrom([]string{scorecard.Exact, scorecard.Close}).Draw(t, "fit"),
		Unit:     rapid.SampledFrom([]string{"%", "cases", ""}).Draw(t, "unit"),
		Source:   rapid.SampledFrom([]string{"Office", "Survey"}).Draw(t, "source"),
		Headline: somePoints(t)}
	for range rapid.IntRange(0, 4).Draw(t, "groups") {
		s.Groups = append(s.Groups, scorecard.GroupSeries{Dimension: rapid.SampledFrom([]string{"Sex", "Ward"}).Draw(t, "dimension"),
			Group: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "group"), Points: somePoints(t)})
	}
	return s
}

func somePoints(t *rapid.T) []scorecard.Point {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scorecard.Point {
		year := rapid.IntRange(2017, 2026).Draw(t, "year")
		p := scorecard.Point{Period: fmt.Sprint(year), Start: year*10000 + 101, End: year*10000 + 1231,
			Value: float64(rapid.IntRange(0, 100).Draw(t, "value"))}
		if rapid.Bool().Draw(t, "has an interval") {
			p.Lower, p.Upper = new(p.Value-float64(rapid.IntRange(0, 2).Draw(t, "below"))), new(p.Value+1)
		}
		return p
	}), 0, 8).Draw(t, "points")
}

// shuffled gives the same input with everything in another order whose order is said to make no difference.
func shuffled(in scorecard.Input, seed uint64) scorecard.Input {
	random := rand.New(rand.NewPCG(seed, seed))
	in.Answers = inAnyOrder(random, in.Answers)
	in.Settlements = inAnyOrder(random, in.Settlements)
	in.Series = inAnyOrder(random, in.Series)
	for i := range in.Series {
		s := &in.Series[i]
		s.Headline = inAnyOrder(random, s.Headline)
		s.Groups = inAnyOrder(random, s.Groups)
		for g := range s.Groups {
			s.Groups[g].Points = inAnyOrder(random, s.Groups[g].Points)
		}
	}
	return in
}

func inAnyOrder[T any](random *rand.Rand, list []T) []T {
	out := make([]T, len(list))
	for i, j := range random.Perm(len(list)) {
		out[i] = list[j]
	}
	return out
}
