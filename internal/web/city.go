package web

import (
	"strconv"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/web/chart"
	"github.com/cityrights/cityrights/measure/scorecard"
)

type cityView struct {
	Facts       []string
	Name        string
	Says        []string
	About       *text
	Rows        []cityRow
	Period      string
	Assessment  string
	Figures     []figureCard // the first nine, as cards
	More        []figureLine // the others, as a list
	MoreCount   string
	OnlyFigures bool // nobody has answered: the figures come first
	Gap         string
	Periods     []link
	Downloads   []link
}

type cityRow struct {
	URL    string
	Title  text
	Strip  string // the strip in words
	States chart.Strip
	Says   string
}

type figureCard struct {
	Kicker, URL, Value, Says string
	Title                    text
	Close                    bool // the source measures something near, not the same
	Own                      bool // the city's own indicator, not the standard's
}

// city answers: how is my city doing, and what is known about it?
func (s *Server) city(q *request) (answer, error) {
	c, err := s.rooms.Publication.City(q.Context(), q.PathValue("city"))
	if err != nil {
		return answer{}, err
	}
	v := cityView{Facts: []string{q.country(c.Country)}, Name: c.Name, Says: []string{q.t("city.nothing")}}
	if c.Population != nil {
		population := q.t("cities.inhabitants", "Count", int(*c.Population))
		if c.PopulationYear > 0 {
			population += " (" + strconv.Itoa(c.PopulationYear) + ")"
		}
		v.Facts = append(v.Facts, population)
	}
	if c.Since != "" {
		v.Facts = append(v.Facts, q.t("city.since", "Year", c.Since))
	}
	if c.About != "" {
		about := q.foreign(c.About, c.AboutLanguage)
		v.About = &about
	}
	for _, p := range c.Periods {
		v.Periods = append(v.Periods, link{Text: q.period(p), URL: q.path("cities", c.ID, p.Period)})
	}
	if n := c.Newest; n != nil {
		v.Says, v.Period, v.Assessment = q.summary(n.Digest()), n.Period.Period, q.path("cities", c.ID, n.Period.Period)
		if n.Change != nil {
			v.Says = append(v.Says, q.compared(*n.Change))
		}
		for _, d := range n.Dimensions {
			v.Rows = append(v.Rows, q.cityRow(c.ID, n.Period.Period, d))
		}
		for _, f := range n.Figures {
			if len(v.Figures) < 9 {
				v.Figures = append(v.Figures, q.figureCard(c.ID, f))
			} else {
				v.More = append(v.More, q.moreFigure(c.ID, f))
			}
		}
		v.MoreCount, v.OnlyFigures = q.t("city.more_figures", "Count", len(v.More)), n.State == "statistics"
		if n.Missing > 0 {
			v.Gap = q.t("city.missing_text", "Missing", n.Missing, "All", n.Asked)
		}
		v.Downloads = q.tables("download.assessment_csv", v.Assessment)
	}
	return q.page(c.Name, []string{"cities", c.ID}, view{
		Section: "cities", Body: cityPage(q.locale, v), Fictional: c.Fictional, Description: v.Says[0],
		Crumbs: q.crumbs(link{Text: q.t("nav.cities"), URL: q.path("cities")}, link{Text: c.Name}),
	}), nil
}

func (q *request) period(p publication.Period) string {
	if p.State == "statistics" {
		return q.t("city.period_statistics", "Period", p.Period)
	}
	return q.t("city.period_cycle", "Period", p.Period)
}

// summary says an assessment in a few sentences: what is not met and where the parties disagree first, then what is unknown. There is no
// count of what is met: one requirement never makes up for another.
func (q *request) summary(n *publication.Digest) []string {
	if n.State == "statistics" {
		return []string{q.t("city.statistics_only", "Count", n.WithFigures, "All", n.Requirements)}
	}
	var says []string
	if n.NotMet != nil {
		says = append(says, q.t("city.not_met", "List", q.several(n.NotMet)))
	}
	if n.Disputed != nil {
		says = append(says, q.t("city.disputed", "List", q.several(n.Disputed)))
	}
	if n.Unknown > 0 {
		return append(says, q.t("city.unknown_in", "Count", n.Unknown))
	}
	return append(says, q.t("city.all_answered"))
}

// several lists the titles of up to three requirements and how many more there are.
func (q *request) several(requirements []string) string {
	const shown = 3
	said := ""
	for i, id := range requirements[:min(shown, len(requirements))] {
		if i > 0 {
			said += q.t("list.semicolon")
		}
		said += q.requirementTitle(id).S
	}
	if more := len(requirements) - shown; more > 0 {
		said += q.t("list.more", "Count", more)
	}
	return said
}

func (q *request) cityRow(city, period string, d publication.DimensionSummary) cityRow {
	below := q.path("cities", city, period)
	row := cityRow{URL: below + "#" + d.ID, Title: q.dimensionTitle(d.ID), Strip: q.counts(d.Counts), Says: q.t("city.row.nothing")}
	row.States = make(chart.Strip, len(d.Requirements))
	for i, r := range d.Requirements {
		row.States[i] = chart.Mark{Link: under(below, r.ID), Title: q.requirementTitle(r.ID).S, Word: q.t("state." + string(r.State)), State: string(r.State)}
		if d.Weakest != nil && r.ID == *d.Weakest {
			row.Says = q.t("city.row.weakest", "Title", q.requirementTitle(r.ID).S, "State", q.t("state."+string(r.State)))
		}
	}
	if d.Weakest == nil && d.WithFigures > 0 {
		row.Says = q.t("city.row.figures", "Count", d.WithFigures)
	}
	if d.Counts.Unknown > 0 && d.Weakest != nil {
		row.Says += " " + q.t("city.unknown_in", "Count", d.Counts.Unknown)
	}
	if d.Change != nil && !d.Change.None() {
		row.Says += " " + q.compared(*d.Change)
	}
	return row
}

// counts says a distribution, leaving out states that do not occur.
func (q *request) counts(c scorecard.Counts) string {
	var said []string
	for _, s := range []struct {
		state string
		n     int
	}{{"met", c.Met}, {"partly", c.Partly}, {"not_met", c.NotMet}, {"disputed", c.Disputed}, {"unknown", c.Unknown}, {"outside", c.Outside}} {
		if s.n > 0 {
			said = append(said, q.t("state.count."+s.state, "Count", s.n))
		}
	}
	return q.list(said)
}

func (q *request) figureCard(city string, f publication.Figure) figureCard {
	card := figureCard{
		Kicker: dotted([]string{q.locale.Code(f.Indicator), q.locale.Code(f.Period)}), URL: q.path("cities", city, "data", f.Indicator),
		Title: q.titleWith(f.Indicator, f.Own), Own: f.Own != nil, Value: q.headlineOf(f), Says: q.trend(f.Trend), Close: f.Fit == scorecard.Close,
	}
	if f.Gap != nil {
		card.Says = q.gap(f.Gap, f.Unit)
	}
	return card
}

// moreFigure is a figure in the size of a line.
func (q *request) moreFigure(city string, f publication.Figure) figureLine {
	line := figureLine{URL: q.path("cities", city, "data", f.Indicator), Title: q.titleWith(f.Indicator, f.Own), Own: f.Own != nil, Value: q.headlineOf(f)}
	if f.Fit == scorecard.Close {
		line.Says = "(" + q.t("figure.close_short") + ")"
	}
	return line
}

// gap says who is how far apart.
func (q *request) gap(g *scorecard.Gap, unit string) string {
	return q.t("city.figure.gap", "High", q.groupName(g.Highest.Group), "HighValue", q.bare(g.Highest.Value, unit),
		"Low", q.groupName(g.Lowest.Group), "LowValue", q.bare(g.Lowest.Value, unit), "Size", q.apart(g.Size, unit))
}
