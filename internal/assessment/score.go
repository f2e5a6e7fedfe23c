package assessment

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// Score judges a city in a period by everything that the node knows, whether public or not: it is for the city's own eyes. Without a cycle
// for the period it is made from statistics alone, by the newest standard in full. Returns NotFound where the city is not known, and
// Invalid where the period is none.
func (r *Room) Score(ctx context.Context, tx database.Tx, cityID, period string) (scorecard.Scorecard, error) {
	if _, _, err := scorecard.Span(period); err != nil {
		return scorecard.Scorecard{}, notAPeriod(period)
	}
	c, err := r.cities.Get(ctx, tx, cityID)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	cycle, err := r.Cycle(ctx, tx, cityID, period)
	if fault.KindOf(err) == fault.NotFound {
		cycle, err = r.WithoutCycle(cityID, period), nil
	}
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	own, err := r.cities.Additions(ctx, tx, cityID)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	answers, err := r.Answers(ctx, tx, cityID, period)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	evidence, err := r.CycleEvidence(ctx, tx, cityID, period)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	if answers, err = r.Support(ctx, tx, cityID, answers, evidence, func(e Evidence) bool { return e.Level != LevelSealed }); err != nil {
		return scorecard.Scorecard{}, err
	}
	series, err := r.figures.Series(ctx, tx, cityID)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	return r.Compute(cycle, c, own, answers, series)
}

// WithoutCycle stands for a cycle where there is none: the newest standard in full, and no state.
func (r *Room) WithoutCycle(cityID, period string) Cycle {
	return Cycle{City: cityID, Period: period, Standard: r.Standard().Ref(), Profile: standard.Full}
}

// Compute judges a city by exactly the answers and series that are handed in. The city's own indicators are shown in it and judge nothing.
func (r *Room) Compute(cycle Cycle, c city.City, own city.Additions, answers []scorecard.Given, series []statistics.Series) (scorecard.Scorecard, error) {
	std, profile, err := r.standardOf(cycle)
	if err != nil {
		return scorecard.Scorecard{}, err
	}
	std = own.Under(std)
	in := scorecard.Input{City: cycle.City, Name: c.Name, Country: c.Country, Fictional: c.Fictional, Period: cycle.Period, State: string(cycle.State), Competences: c.Competent(), Answers: stillAsked(answers, std)}
	for _, s := range series {
		in.Series = append(in.Series, Measured(s))
	}
	card, err := scorecard.Compute(std, profile, in)
	for d := range card.Dimensions {
		for q := range card.Dimensions[d].Requirements {
			indicators := card.Dimensions[d].Requirements[q].Indicators
			for i := range indicators {
				if indicators[i].Local {
					indicators[i].Language = own.Language
				}
			}
		}
	}
	return card, err
}

// stillAsked leaves out what answers say of a city's own indicators that it has taken back since; an answer that spoke of nothing else goes
// with them. They stay as they were given, and count again if the indicator comes back.
func stillAsked(answers []scorecard.Given, std *standard.Standard) (asked []scorecard.Given) {
	gone := func(said scorecard.Indicated) bool {
		_, known := std.Indicator(said.Indicator)
		return !known && standard.IsLocal(said.Indicator)
	}
	for _, a := range answers {
		if slices.ContainsFunc(a.Indicators, gone) {
			a.Indicators = slices.DeleteFunc(slices.Clone(a.Indicators), gone)
			if a.Grade == nil && a.Value == "" && a.Share == nil && len(a.Indicators) == 0 {
				continue
			}
		}
		asked = append(asked, a)
	}
	return asked
}

// Measured gives a series in the form that scorecards are computed from.
func Measured(s statistics.Series) scorecard.Series {
	out := scorecard.Series{Indicator: s.Indicator, Unit: s.Unit, Fit: s.Fit, Headline: points(s.Headline)}
	out.Source = eachOnce(s.Sources, Line)
	out.URL = eachOnce(s.Sources, func(source statistics.Source) string { return source.URL })
	out.Licence = eachOnce(s.Sources, func(source statistics.Source) string { return source.Licence })
	for _, g := range s.Groups {
		out.Groups = append(out.Groups, scorecard.GroupSeries{Dimension: Breakdown(s.Groups, g), Group: g.Name, Points: points(g.Points)})
	}
	return out
}

// eachOnce joins what is said of the sources by semicolons, each once.
func eachOnce(sources []statistics.Source, say func(statistics.Source) string) string {
	var all []string
	for _, source := range sources {
		if one := say(source); one != "" && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return strings.Join(all, "; ")
}

// Breakdown names what a group is a part of: the source's own column or, where one column holds groups of several grounds, the column and
// the ground, so that women are never compared with young people.
func Breakdown(all []statistics.Group, g statistics.Group) string {
	for _, other := range all {
		if other.Dimension == g.Dimension && other.Ground != g.Ground {
			if g.Ground == "" {
				return g.Dimension + " (other)"
			}
			return g.Dimension + " (" + g.Ground + ")"
		}
	}
	return g.Dimension
}

// Line names a source in one line: publisher, title and address, as far as known.
func Line(s statistics.Source) string {
	parts := slices.DeleteFunc([]string{s.Publisher, s.Title, s.URL}, func(part string) bool { return part == "" })
	return strings.Join(parts, ", ")
}

func points(from []statistics.Point) []scorecard.Point {
	out := make([]scorecard.Point, len(from))
	for i, p := range from {
		out[i] = scorecard.Point{Period: p.Period, Start: p.Start, End: p.End, Value: p.Value, Interval: scorecard.Interval{Lower: p.Lower, Upper: p.Upper}}
	}
	return out
}
