package publication

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// theGate knows LIV.1.O1, a rate, and PAR.1.P1, a count.
var theGate = gate{indicator: func(id string) (*standard.Indicator, bool) {
	switch id {
	case "LIV.1.O1":
		return &standard.Indicator{ID: id, Value: "rate", Unit: "per 100,000 inhabitants"}, true
	case "PAR.1.P1":
		return &standard.Indicator{ID: id, Value: "count", Unit: "people"}, true
	case "COM.1.S1":
		return &standard.Indicator{ID: id, Value: "bool"}, true
	}
	return nil, false
}}

var (
	office  = statistics.Source{Title: "Homelessness", Publisher: "Statistics office", URL: "https://office.example/1", Official: true}
	survey  = statistics.Source{Title: "Own survey", Publisher: "City", Official: false}
	website = statistics.Source{Title: "A table", URL: "https://city.example/table"}
)

// at makes a point of a year; a negative count is not known.
func at(year int, value float64, count int64) statistics.Point {
	p := statistics.Point{Period: fmt.Sprint(year), Start: year*10000 + 101, End: year*10000 + 1231, Value: value}
	if count >= 0 {
		p.Count = &count
	}
	return p
}

// mixed is one column that holds groups of two grounds.
func mixed(women, men, young, old int64) []statistics.Group {
	groups := append(sexes(women, men),
		statistics.Group{Ground: "age", Dimension: "Sex", Name: "young", Points: []statistics.Point{at(2020, 3, young)}},
		statistics.Group{Ground: "age", Dimension: "Sex", Name: "old", Points: []statistics.Point{at(2020, 4, old)}})
	for i := range groups {
		groups[i].Dimension = "Series"
	}
	return groups
}

func sexes(women, men int64) []statistics.Group {
	return []statistics.Group{
		{Ground: "sex", Dimension: "Sex", Name: "women", Points: []statistics.Point{at(2020, 1, women)}},
		{Ground: "sex", Dimension: "Sex", Name: "men", Points: []statistics.Point{at(2020, 2, men)}},
	}
}

// told writes what passed and what was held: "headline 2020 | women 2020; small_count 1".
func told(p passed, held []Held) string {
	var shown, kept []string
	add := func(name string, points []statistics.Point) {
		for _, point := range points {
			shown = append(shown, name+" "+point.Period)
		}
	}
	add("headline", p.Headline)
	for _, g := range p.Groups {
		add(g.Name, g.Points)
	}
	for _, h := range held {
		kept = append(kept, fmt.Sprintf("%s %d", h.Reason, h.Figures))
	}
	return strings.Join(shown, ", ") + "; " + strings.Join(kept, ", ")
}

func TestWhatPassesOfASeries(t *testing.T) {
	for _, c := range []struct {
		name   string
		series statistics.Series
		want   string
	}{
		{"an official source at an address", statistics.Series{Sources: []statistics.Source{office}, Headline: []statistics.Point{at(2020, 1, -1)}, Groups: sexes(1, -1)},
			"headline 2020, women 2020, men 2020; "},
		{"two official sources", statistics.Series{Sources: []statistics.Source{office, office}, Headline: []statistics.Point{at(2020, 1, -1)}}, "headline 2020; "},
		{"an official and another source, which cannot be told apart", statistics.Series{Sources: []statistics.Source{office, survey}, Headline: []statistics.Point{at(2020, 1, -1)}}, "; no_address 1"},
		{"an official source with an address that is none", statistics.Series{Sources: []statistics.Source{{Title: "x", Publisher: "Office", URL: "javascript:alert(1)", Official: true}},
			Headline: []statistics.Point{at(2020, 1, -1)}}, "; no_address 1"},
		{"no source at all", statistics.Series{Headline: []statistics.Point{at(2020, 1, 500)}}, "; no_source 1"},
		{"a source without a name", statistics.Series{Sources: []statistics.Source{{URL: "https://x.example", Official: true}}, Headline: []statistics.Point{at(2020, 1, 500)}}, "; no_source 1"},
		{"no address and no counts", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, -1), at(2021, 1, -1)}}, "; no_address 2"},
		{"an address that nobody answers for, and no counts", statistics.Series{Sources: []statistics.Source{website}, Headline: []statistics.Point{at(2020, 1, -1)}}, "; no_source 1"},
		{"enough people", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30)}, Groups: sexes(20, 10)},
			"headline 2020, women 2020, men 2020; "},
		{"too few in one year", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30), at(2021, 1, 9)}}, "headline 2020; small_count 1"},
		{"too few women, so the men go too", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30)}, Groups: sexes(5, 25)},
			"headline 2020; small_count 2"},
		{"too few women in a column of all groups: hiding the young would not protect them", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30)},
			Groups: mixed(5, 25, 10, 20)}, "headline 2020, young 2020, old 2020; small_count 2"},
		{"women of unknown number, whom the men and the whole would give away", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30)},
			Groups: sexes(-1, 25)}, "headline 2020; no_address 1, small_count 1"},
		{"too few women where the whole is not given: it may be known from elsewhere", statistics.Series{Sources: []statistics.Source{survey}, Groups: sexes(5, 25)}, "; small_count 2"},
		{"the whole has no count, so it is private", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, -1)}, Groups: sexes(15, 25)},
			"women 2020, men 2020; no_address 1"},
		{"one group only, and too small: the whole would give it away", statistics.Series{Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 1, 30)},
			Groups: sexes(5, 0)[:1]}, "; small_count 2"},
		{"a number of people that is small itself", statistics.Series{Indicator: "PAR.1.P1", Sources: []statistics.Source{survey}, Headline: []statistics.Point{at(2020, 3, 400), at(2021, 40, 400)}},
			"headline 2021; small_count 1"},
		{"no unit, but it fits exactly", statistics.Series{Unit: "-", Fit: "exact", Sources: []statistics.Source{office}, Headline: []statistics.Point{at(2020, 1, -1)}}, "headline 2020; "},
		{"no unit of a close series", statistics.Series{Unit: "-", Fit: "close", Sources: []statistics.Source{office}, Headline: []statistics.Point{at(2020, 1, -1)}}, "; no_unit 1"},
		{"an indicator that the standard does not have", statistics.Series{Indicator: "LIV.9.O9", Sources: []statistics.Source{office}, Headline: []statistics.Point{at(2020, 1, -1)}}, "; not_in_standard 1"},
		{"a value without a period", statistics.Series{Sources: []statistics.Source{office}, Headline: []statistics.Point{{Value: 1}, at(2020, 1, -1)}}, "headline 2020; no_period 1"},
		{"nothing", statistics.Series{Sources: []statistics.Source{office}}, "; "},
	} {
		if c.series.Indicator == "" {
			c.series.Indicator = "LIV.1.O1"
		}
		if c.series.Fit == "" {
			c.series.Fit = scorecard.Exact
		}
		switch c.series.Unit {
		case "":
			c.series.Unit = "%"
		case "-":
			c.series.Unit = ""
		}
		p, held, ok := theGate.series(c.series)
		if got := told(p, held); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if ok != !strings.HasPrefix(c.want, ";") {
			t.Errorf("%s: something passed: %v", c.name, ok)
		}
		for _, h := range held {
			if !slices.Contains(HeldReasons, h.Reason) || h.Indicator != c.series.Indicator {
				t.Errorf("%s: held %+v", c.name, h)
			}
		}
	}
}

// Of a source that is not official, no figure passes behind which fewer people stand than the threshold asks for, and no group that is hidden
// is the only one of its breakdown to be.
func TestSmallGroupsNeverPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := theGate
		k := rapid.Int64Range(disclosure.Lowest, 15).Draw(t, "k")
		g.threshold, _ = disclosure.NewThreshold(k, "a decision")
		s := statistics.Series{Indicator: "LIV.1.O1", Unit: "%", Fit: "exact", Sources: []statistics.Source{survey}}
		n := func(label string) int64 { return rapid.Int64Range(-1, 30).Draw(t, label) }
		for _, year := range []int{2019, 2020} {
			s.Headline = append(s.Headline, at(year, 1, n("whole")))
		}
		for _, dimension := range []string{"Sex", "Age"} {
			for i := range rapid.IntRange(0, 4).Draw(t, "groups") {
				s.Groups = append(s.Groups, statistics.Group{Dimension: dimension, Name: fmt.Sprint(dimension, i),
					Points: []statistics.Point{at(2019, 1, n("2019")), at(2020, 1, n("2020"))}})
			}
		}
		p, held, _ := g.series(s)
		for _, points := range append([][]statistics.Point{p.Headline}, pointsOf(p.Series)...) {
			for _, point := range points {
				if point.Count == nil || *point.Count < k {
					t.Fatalf("threshold %d lets pass %+v", k, point)
				}
			}
		}
		figures := 0
		for _, h := range held {
			figures += h.Figures
		}
		if passed := count(p.Series); passed+figures != count(s) {
			t.Fatalf("%d figures: %d pass and %d are held", count(s), passed, figures)
		}
		for _, b := range breakdowns(s) {
			var hidden, small, known int
			for i := range b.points {
				name := s.Groups[b.groups[i]].Name
				if slices.ContainsFunc(p.Groups, func(g statistics.Group) bool {
					return g.Name == name && slices.ContainsFunc(g.Points, func(q statistics.Point) bool { return q.End == b.span[1] })
				}) {
					continue
				}
				switch n := b.points[i].Count; {
				case n == nil:
					hidden++
				case *n > 0:
					hidden, known = hidden+1, known+1
					if *n < k {
						small++
					}
				}
			}
			whole := slices.ContainsFunc(p.Headline, func(q statistics.Point) bool { return q.End == b.span[1] })
			if whole && (hidden == 1 || small == 1 && known == 1) { // those of unknown number may be empty
				t.Fatalf("one hidden group of %d beside the whole", len(b.points))
			}
		}
	})
}

// Of a figure that is held back its interval is too, whichever way the figure would have gone.
func TestNoBoundOfAHeldFigurePasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := statistics.Series{Indicator: "LIV.1.O1", Unit: "%", Fit: "exact", Sources: []statistics.Source{rapid.SampledFrom([]statistics.Source{survey, website, office}).Draw(t, "source")}}
		if rapid.Bool().Draw(t, "another source") {
			s.Sources = append(s.Sources, survey)
		}
		id := 0
		bounded := func(label string) statistics.Point {
			id++
			p := at(2019+rapid.IntRange(0, 1).Draw(t, label+" year"), 50, rapid.Int64Range(-1, 30).Draw(t, label))
			if p.Lower = new(float64(id) + 0.125); rapid.Bool().Draw(t, label+" has both") {
				p.Upper = new(float64(id) + 1000.125)
			}
			if rapid.IntRange(0, 5).Draw(t, label+" period") == 0 {
				p.Start = 0
			}
			return p
		}
		s.Headline = []statistics.Point{bounded("whole")}
		for i := range rapid.IntRange(0, 4).Draw(t, "groups") {
			s.Groups = append(s.Groups, statistics.Group{Dimension: "Sex", Name: fmt.Sprint("group ", i), Points: []statistics.Point{bounded("group")}})
		}
		p, _, _ := theGate.series(s)
		indicator, _ := theGate.indicator("LIV.1.O1")
		document, err := packSeries(seriesOf(city.City{ID: "aldea"}, city.Additions{}, indicator, p, scorecard.Figures(indicator, []scorecard.Series{assessment.Measured(p.Series)}, 20301231)))
		if err != nil {
			t.Fatal(err)
		}
		bounds := map[string]bool{}
		for _, number := range strings.FieldsFunc(string(document), func(r rune) bool { return r != '.' && (r < '0' || r > '9') }) {
			bounds[number] = true
		}
		shown := map[float64]bool{}
		for _, points := range append([][]statistics.Point{p.Headline}, pointsOf(p.Series)...) {
			for _, point := range points {
				shown[*point.Lower] = true
			}
		}
		for n := 1; n <= id; n++ {
			lower := float64(n) + 0.125
			inside := bounds[fmt.Sprint(lower)] || bounds[fmt.Sprint(lower+1000)]
			if inside != shown[lower] {
				t.Fatalf("the figure %d is shown: %v, its bounds: %v, in %s", n, shown[lower], inside, document)
			}
		}
	})
}

func pointsOf(s statistics.Series) (all [][]statistics.Point) {
	for _, g := range s.Groups {
		all = append(all, g.Points)
	}
	return all
}

func TestWhatPassesOfAnswers(t *testing.T) {
	three, yes, v := 3, true, 12.5
	published := assessment.Cycle{Period: "2025", State: assessment.Published}
	link := []scorecard.Evidence{{Title: "Plan", URL: "https://city.example/plan"}}
	number := []scorecard.Indicated{{Indicator: "LIV.1.O1", Value: &v, Evidence: true}}
	for _, c := range []struct {
		name   string
		cycle  assessment.Cycle
		answer scorecard.Answer
		want   string // what is left: grade, share, link, statements, reasons
		held   string
	}{
		{"a grade", published, scorecard.Answer{Party: "authority", Grade: &three, Evidence: link}, "grade link", ""},
		{"of an archived cycle", assessment.Cycle{State: assessment.Archived}, scorecard.Answer{Party: "authority", Grade: &three}, "grade", ""},
		{"of a cycle under review", assessment.Cycle{State: assessment.Review}, scorecard.Answer{Party: "authority", Grade: &three}, "nothing", ""},
		{"of a validated cycle", assessment.Cycle{State: assessment.Validated}, scorecard.Answer{Party: "authority", Grade: &three}, "nothing", ""},
		{"a share of enough residents", published, scorecard.Answer{Party: "residents", Share: &scorecard.Share{N: 10}}, "share", ""},
		{"a share of too few residents", published, scorecard.Answer{Party: "residents", Share: &scorecard.Share{N: 9}}, "nothing", "small_count"},
		{"a share of too few residents with what they wrote", published, scorecard.Answer{Party: "residents", Share: &scorecard.Share{N: 9}, Reasons: "We were all sick.", Evidence: link,
			Indicators: []scorecard.Indicated{{Indicator: "COM.1.S1", Yes: &yes, Evidence: true}}}, "nothing", "small_count"},
		{"a share of too few beside a grade", published, scorecard.Answer{Party: "authority", Grade: &three, Share: &scorecard.Share{N: 9}, Reasons: "Of nine.", Language: "en",
			Translations: []scorecard.Translation{{Language: "fr", Text: "Sur neuf."}}, Whose: "nine of us", Evidence: link},
			"grade", "small_count"},
		{"reasons of a share of enough residents", published, scorecard.Answer{Party: "residents", Share: &scorecard.Share{N: 10}, Reasons: "Few were asked.", Language: "en"}, "share why", ""},
		{"reasons alone", published, scorecard.Answer{Party: "residents", Reasons: "We were all sick."}, "nothing", ""},
		{"evidence at no web address keeps its title", published, scorecard.Answer{Party: "authority", Grade: &three,
			Evidence: []scorecard.Evidence{{Title: "Plan", URL: "javascript:alert(1)"}}}, "grade", ""},
		{"yes with evidence", published, scorecard.Answer{Party: "authority", Indicators: []scorecard.Indicated{{Indicator: "COM.1.S1", Yes: &yes, Evidence: true}}}, "said", ""},
		{"a number published at an address", published, scorecard.Answer{Party: "authority", Evidence: link, Indicators: number}, "link said", ""},
		{"a number published nowhere", published, scorecard.Answer{Party: "authority", Grade: &three, Indicators: number}, "grade", "no_address"},
		{"nothing said yet", published, scorecard.Answer{Party: "authority"}, "nothing", ""},
	} {
		before := fmt.Sprintf("%+v", c.answer)
		public, held := theGate.answers(c.cycle, []scorecard.Given{{Requirement: "LIV.1", Answer: c.answer}})
		var got []string
		for _, a := range public {
			for word, there := range map[string]bool{"grade": a.Grade != nil, "share": a.Share != nil, "said": len(a.Indicators) > 0, "why": a.Reasons != "" || a.Language != "" || a.Whose != "" || len(a.Translations) > 0,
				"link": slices.ContainsFunc(a.Evidence, func(e scorecard.Evidence) bool { return e.URL != "" })} {
				if there {
					got = append(got, word)
				}
			}
		}
		if public == nil {
			got = []string{"nothing"}
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %s passes, want %s", c.name, text, c.want)
		}
		var reasons []string
		for _, h := range held {
			reasons = append(reasons, h.Reason)
		}
		if text := strings.Join(reasons, " "); text != c.held {
			t.Errorf("%s: held for %q, want %q", c.name, text, c.held)
		}
		if after := fmt.Sprintf("%+v", c.answer); after != before {
			t.Errorf("%s: the answer itself was changed", c.name)
		}
	}
}
