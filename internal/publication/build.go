package publication

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

func headOf(c city.City) Head {
	return Head{ID: c.ID, Name: c.Name, Country: c.Country, Fictional: c.Fictional}
}

// cityOf makes the city's document but for its assessments. What a city says of itself is in the first of its languages.
func cityOf(c city.City) City {
	doc := City{Head: headOf(c), Population: c.Population, PopulationYear: c.PopulationYear, Languages: c.Languages,
		Latitude: c.Latitude, Longitude: c.Longitude, Since: c.Since, About: c.About, Periods: []Period{}}
	if doc.Languages == nil {
		doc.Languages = []string{}
	}
	if c.About != "" && len(c.Languages) > 0 {
		doc.AboutLanguage = c.Languages[0]
	}
	return doc
}

func periodOf(card scorecard.Scorecard) Period {
	return Period{Period: card.Period, State: card.State, Standard: card.Standard, Profile: card.Profile}
}

// gapsTold is how many figures of a summary tell their gap, so that a city's page stays quick to read.
const gapsTold = 12

// summaryOf shortens a scorecard to what a first screen shows.
func summaryOf(card scorecard.Scorecard) *Summary {
	s := &Summary{Period: periodOf(card), Dimensions: []DimensionSummary{}, Figures: []Figure{}}
	for _, d := range card.Dimensions {
		row := DimensionSummary{ID: d.ID, Counts: d.Counts, Weakest: d.Weakest}
		for _, q := range d.Requirements {
			row.Requirements = append(row.Requirements, RequirementState{ID: q.ID, State: q.State})
			if slices.ContainsFunc(q.Indicators, func(i scorecard.Indicator) bool { return measured(i) && !i.Local }) {
				row.WithFigures++
			}
			for _, i := range q.Indicators {
				if !i.Local {
					s.Asked++
				}
				if !measured(i) && i.Value == nil && !i.Local {
					s.Missing++
				}
				if measured(i) {
					s.Figures = append(s.Figures, figureOf(q.ID, i))
				}
			}
		}
		s.Dimensions = append(s.Dimensions, row)
	}
	slices.SortStableFunc(s.Figures, func(a, b Figure) int { return cmp.Compare(relative(b.Gap), relative(a.Gap)) })
	for i := gapsTold; i < len(s.Figures); i++ {
		s.Figures[i].Gap = nil
	}
	return s
}

// beside adds what is known of an indicator that the assessment does not ask for: what is public is found from the city's page, whatever profile
// an assessment takes.
func (s *Summary) beside(requirement string, i scorecard.Indicator) {
	if s != nil && !i.Local && !slices.ContainsFunc(s.Figures, func(f Figure) bool { return f.Indicator == i.ID }) {
		f := figureOf(requirement, i)
		f.Gap = nil
		s.Figures = append(s.Figures, f)
	}
}

// measured tells whether there are public figures of an indicator, rather than an answer or nothing.
func measured(i scorecard.Indicator) bool { return i.Fit != "" }

func figureOf(requirement string, i scorecard.Indicator) Figure {
	f := Figure{Indicator: i.ID, Value: i.Value, Unit: i.Unit, Period: i.Period, Fit: i.Fit, Trend: i.Trend}
	if i.Local {
		f.Own = &Own{Requirement: requirement, Title: i.Title, Language: i.Language}
	}
	if gaps := inOrder(i); len(gaps) > 0 {
		f.Gap = &gaps[0]
	}
	if f.Period == "" && f.Gap != nil {
		f.Period = f.Gap.Period
	} else if f.Period == "" && len(i.Groups) > 0 {
		f.Period = i.Groups[0].Period
	}
	return f
}

// manyGroups is from how many groups on the widest gap of a breakdown says little: among 34 wards two are always far apart.
const manyGroups = 13

// inOrder gives the gaps as pages tell them: breakdowns with few groups first, then those with many, each by the widest.
func inOrder(i scorecard.Indicator) []scorecard.Gap {
	groups := map[string]int{}
	for _, g := range i.Groups {
		groups[g.Dimension]++
	}
	gaps := slices.Clone(i.Gaps)
	slices.SortStableFunc(gaps, func(a, b scorecard.Gap) int {
		return cmp.Compare(groups[a.Dimension]/manyGroups, groups[b.Dimension]/manyGroups)
	})
	return gaps
}

// relative gives the size of a gap as a part of its larger end, so that gaps in different units can stand in one order; -1 where there
// is none.
func relative(g *scorecard.Gap) float64 {
	if g == nil {
		return -1
	}
	larger := max(math.Abs(g.Lowest.Value), math.Abs(g.Highest.Value))
	if larger == 0 {
		return 0
	}
	return g.Size / larger
}

// requirementOf keeps a requirement's document small: of the groups, those that its page draws, which are those of the gap that is told first. The
// indicator's own document has all.
func requirementOf(c city.City, card scorecard.Scorecard, q scorecard.Requirement, withdrawn []string) Requirement {
	q.Indicators = slices.Clone(q.Indicators)
	for n := range q.Indicators {
		i := &q.Indicators[n]
		if len(i.Gaps) == 0 {
			continue
		}
		i.Gaps = inOrder(*i)
		widest := i.Gaps[0]
		i.Groups = slices.DeleteFunc(slices.Clone(i.Groups), func(g scorecard.Group) bool {
			return g.Dimension != widest.Dimension || g.Period != widest.Period
		})
	}
	return Requirement{Head: headOf(c), Period: periodOf(card), Result: q, Withdrawn: withdrawn}
}

// telling tells whether there is anything to read about a requirement.
func telling(q scorecard.Requirement) bool {
	return len(q.Answers) > 0 || slices.ContainsFunc(q.Indicators, func(i scorecard.Indicator) bool { return measured(i) || i.Value != nil })
}

// seriesOf makes the document of an indicator from the one of its series that is shown and from what it comes to.
func seriesOf(c city.City, own city.Additions, i *standard.Indicator, shown passed, figures scorecard.Indicator) Series {
	s := shown.Series
	doc := Series{Head: headOf(c), Indicator: s.Indicator, Unit: s.Unit, Fit: s.Fit, Note: s.Note, Transform: s.Transform,
		Sources: []Source{}, Headline: []Point{}, Groups: []Group{}, Trend: figures.Trend, Slope: figures.Slope, Gaps: inOrder(figures),
		Minimum: figures.Minimum, Grounds: Grounds{Present: []string{}, Missing: []string{}}, Hidden: shown.hidden}
	if i.Local() {
		doc.Own = &Own{Requirement: i.Requirement, Title: i.Title, Question: i.Question, Note: i.Note, Language: own.Language}
	}
	if doc.Transform == "value" {
		doc.Transform = ""
	}
	for _, source := range s.Sources {
		doc.Sources = append(doc.Sources, sourceOf(source))
	}
	for _, base := range s.Bases {
		doc.Bases = append(doc.Bases, sourceOf(base))
	}
	for _, p := range s.Headline {
		doc.Headline = append(doc.Headline, pointOf(p))
	}
	for _, group := range s.Groups {
		g := Group{Ground: group.Ground, Dimension: assessment.Breakdown(s.Groups, group), Name: group.Name, Code: group.Code}
		for _, p := range group.Points {
			g.Points = append(g.Points, pointOf(p))
		}
		doc.Groups = append(doc.Groups, g)
	}
	for _, ground := range i.By {
		if slices.ContainsFunc(s.Groups, func(g statistics.Group) bool { return g.Ground == ground }) {
			doc.Grounds.Present = append(doc.Grounds.Present, ground)
		} else {
			doc.Grounds.Missing = append(doc.Grounds.Missing, ground)
		}
	}
	return doc
}

func sourceOf(source statistics.Source) Source {
	return Source{Code: source.Code, Title: source.Title, Publisher: source.Publisher, URL: address(source.URL),
		URLText: source.URLText, Licence: source.Licence, Periodicity: source.Periodicity, Released: source.Released,
		Classification: source.Classification, Method: source.Method, Coverage: source.Coverage, Retrieved: source.Retrieved}
}

func pointOf(p statistics.Point) Point {
	out := Point{Period: p.Period, Start: p.Start, End: p.End, Value: p.Value, Count: p.Count, Status: p.Status, Lower: p.Lower, Upper: p.Upper}
	if p.Base != nil {
		base := Base(*p.Base)
		out.Base = &base
	}
	return out
}

// byPeriod orders periods from the newest on.
func byPeriod(a, b Period) int {
	aStart, aEnd, _ := scorecard.Span(a.Period)
	bStart, bEnd, _ := scorecard.Span(b.Period)
	return cmp.Or(bEnd-aEnd, bStart-aStart, strings.Compare(a.Period, b.Period))
}
