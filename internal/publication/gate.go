package publication

import (
	"net/url"
	"slices"

	"github.com/cityrights/cityrights/disclosure"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// Reasons for which the gate keeps something back.
const (
	CycleNotPublished = "cycle_not_published" // the assessment is not in a public state yet
	NotInStandard     = "not_in_standard"     // the standard has no such indicator
	NotAdded          = "not_added"           // the city has no such indicator of its own, or not any more
	NoUnit            = "no_unit"             // nobody has said in what the values are measured
	NoPeriod          = "no_period"           // a value without a first and a last day
	NoSource          = "no_source"           // nobody is named who published the values, and their counts are not known
	NoAddress         = "no_address"          // the source gives no address, and the counts are not known
	SmallCount        = "small_count"         // too few people behind a figure, or it would give away another one
)

// HeldReasons lists all reasons.
var HeldReasons = []string{CycleNotPublished, NotInStandard, NotAdded, NoUnit, NoPeriod, NoSource, NoAddress, SmallCount}

// gate knows which indicators there are and by which threshold it decides.
type gate struct {
	indicator func(id string) (*standard.Indicator, bool)
	threshold disclosure.Threshold
}

// passed is what may be shown of a series.
type passed struct {
	statistics.Series
	hidden int // values that are hidden because of the threshold
}

// series lets pass what may be shown of one series; false where nothing is left.
func (g gate) series(s statistics.Series) (p passed, held []Held, ok bool) {
	hold := func(reason string, figures int) {
		if figures > 0 {
			held = append(held, Held{Indicator: s.Indicator, Reason: reason, Figures: figures})
		}
	}
	all := count(s)
	indicator, known := g.indicator(s.Indicator)
	switch {
	case !known && standard.IsLocal(s.Indicator):
		hold(NotAdded, all)
		return passed{}, held, false
	case !known:
		hold(NotInStandard, all)
		return passed{}, held, false
	case s.Unit == "" && (s.Fit != scorecard.Exact || indicator.Unit == ""):
		hold(NoUnit, all)
		return passed{}, held, false
	case len(s.Sources) == 0 || slices.ContainsFunc(s.Sources, func(source statistics.Source) bool { return !named(source) }):
		hold(NoSource, all)
		return passed{}, held, false
	}
	if s.Unit == "" {
		s.Unit = indicator.Unit
	}
	s = withPeriods(s)
	hold(NoPeriod, all-count(s))
	p = passed{Series: s}
	if official(s) {
		return p, held, count(s) > 0
	}
	missing := NoAddress
	if slices.ContainsFunc(s.Sources, func(source statistics.Source) bool { return address(source.URL) != "" && !published(source) }) {
		missing = NoSource
	}
	var uncounted int
	p.Series, uncounted, p.hidden = g.byCounts(s, indicator.Value == "count")
	hold(missing, uncounted)
	hold(SmallCount, p.hidden)
	return p, held, count(p.Series) > 0
}

// named tells whether a source says who measured or what was measured.
func named(s statistics.Source) bool { return s.Publisher != "" || s.Title != "" }

// published tells whether an official source has published the figures at an address already, so that nothing is disclosed by showing them.
func published(s statistics.Source) bool { return s.Official && address(s.URL) != "" }

// official tells whether all sources of a series have published it, and all of its denominators; the number of all inhabitants, which the city's
// own page shows, gives nobody away.
func official(s statistics.Series) bool {
	return len(s.Sources) > 0 && !slices.ContainsFunc(s.Sources, func(source statistics.Source) bool { return !published(source) }) &&
		!slices.ContainsFunc(s.Bases, func(base statistics.Source) bool { return base.Code != "" && !published(base) })
}

// address gives a web address that a page may link to, else nothing.
func address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return text
}

func count(s statistics.Series) int {
	n := len(s.Headline)
	for _, group := range s.Groups {
		n += len(group.Points)
	}
	return n
}

// withPeriods leaves out values whose period is not known.
func withPeriods(s statistics.Series) statistics.Series {
	return filtered(s, func(_ int, p statistics.Point) bool { return p.Period != "" && p.Start > 0 && p.End >= p.Start })
}

// filtered gives a copy of a series with those of its points that keep accepts; the group is -1 for the headline. Groups of which nothing
// is left are left out.
func filtered(s statistics.Series, keep func(group int, p statistics.Point) bool) statistics.Series {
	some := func(group int, points []statistics.Point) (kept []statistics.Point) {
		for _, p := range points {
			if keep(group, p) {
				kept = append(kept, p)
			}
		}
		return kept
	}
	groups := s.Groups
	s.Headline, s.Groups = some(-1, s.Headline), nil
	for i, group := range groups {
		if group.Points = some(i, group.Points); group.Points != nil {
			s.Groups = append(s.Groups, group)
		}
	}
	return s
}

// shown tells whether a piece of evidence may be shown once its cycle is public: where its organisation says so, and somebody has checked it.
func shown(e assessment.Evidence) bool {
	return e.Level == assessment.LevelPublic && e.Checked != 0 && e.Removed == 0
}

// withdrawn gives the ids of what was once checked for the public and is not shown any more, by requirement.
func withdrawn(all []assessment.Evidence) map[string][]string {
	ids := map[string][]string{}
	for _, e := range all {
		if e.Checked != 0 && !shown(e) {
			ids[e.Requirement] = append(ids[e.Requirement], e.ID)
		}
	}
	return ids
}

// answers lets pass what may be shown of a public cycle's answers; one of which nothing is left but what was written beside it is left out.
func (g gate) answers(cycle assessment.Cycle, given []scorecard.Given) (public []scorecard.Given, held []Held) {
	if !cycle.State.Public() {
		return nil, nil
	}
	for _, a := range given {
		if n := a.Share; n != nil && g.threshold.HidesFigure(new(int64(n.N))) {
			held = append(held, Held{Indicator: a.Requirement, Reason: SmallCount, Detail: cycle.Period, Figures: 1})
			// What was written of the share may tell it, so all but a grade or an honest value goes with it.
			a.Share, a.Reasons, a.Language, a.Translations, a.Whose, a.Evidence, a.Indicators = nil, "", "", nil, "", nil, nil
		}
		a.Evidence = slices.Clone(a.Evidence)
		linked := false
		for i := range a.Evidence {
			a.Evidence[i].URL = address(a.Evidence[i].URL)
			linked = linked || a.Evidence[i].URL != "" || a.Evidence[i].File != nil
		}
		// A number in an answer is a figure like any other: it passes where it is published at an address.
		said := a.Indicators
		a.Indicators = nil
		for _, in := range said {
			if in.Value != nil && !(in.Evidence && linked) {
				held = append(held, Held{Indicator: in.Indicator, Reason: NoAddress, Detail: cycle.Period, Figures: 1})
				continue
			}
			a.Indicators = append(a.Indicators, in)
		}
		if a.Grade != nil || a.Value != "" || a.Share != nil || a.Indicators != nil && a.Party != scorecard.Residents {
			public = append(public, a)
		}
	}
	return public, held
}
