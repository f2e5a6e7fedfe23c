package web

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/web/chart"
	"github.com/cityrights/cityrights/measure/scorecard"
)

type seriesView struct {
	Kicker, Finding, Subtitle, Unit string
	Close                           string // what the source measures instead, where it is not the same
	Title                           text
	Own                             bool // the city's own indicator, which no standard asks for
	Question, Note                  text // of the city's own
	DraftTranslation                bool
	Line                            chart.Drawing
	Trend                           string
	Grounds                         []groundView
	Table, Older                    []seriesRow // rows of the latest period, and of those before it
	OlderCount                      string
	Bounds                          []string // heads of the columns of intervals, where there are any
	Rated                           string   // head of the column of what rates were made of, where they are rates
	Downloads                       []link
	Sources                         [][]fact
	Quality                         []string
	Revisions                       []string
	Requirement                     link
}

type groundView struct {
	Heading, Says, Left string
	Dots                chart.Drawing
}

type seriesRow struct{ Period, Ground, Group, Value, Lower, Upper, Base string }

type fact struct{ Name, Text, URL string }

// series answers: what do the numbers say, and for whom?
func (s *Server) series(q *request) (answer, error) {
	id, kind := tableEnding(q.PathValue("indicator"))
	doc, err := s.rooms.Publication.Series(q.Context(), q.PathValue("city"), id)
	if err != nil {
		return answer{}, err
	}
	if kind != "" {
		return q.seriesTableFile(kind, doc)
	}
	std := s.rooms.Standard
	title := q.titleWith(doc.Indicator, doc.Own)
	v := seriesView{
		Kicker: dotted([]string{q.locale.Code(doc.Indicator), doc.Head.Name}), Title: title, Unit: q.unit(doc.Unit), DraftTranslation: std.In(q.locale.Tag).Draft(),
		Trend:     q.trend(doc.Trend),
		Downloads: q.tables("download.csv", q.path("cities", doc.Head.ID, "data", doc.Indicator)),
	}
	v.Finding, v.Subtitle = q.finding(doc)
	if doc.Fit == scorecard.Close {
		v.Close = q.closeNote(doc)
	}
	if doc.Slope != nil && len(doc.Headline) > 1 {
		v.Trend += " " + q.t("figure.slope", "Change", q.change(doc.Slope.PerYear, doc.Unit), "First", doc.Headline[0].Period, "Last", doc.Headline[len(doc.Headline)-1].Period)
	}
	if len(doc.Headline) > 1 {
		v.Line = q.line(doc, title.S)
	}
	v.Grounds = q.grounds(doc)
	table := q.table(doc)
	latest := len(table)
	for i := range table {
		if table[i].Period != table[0].Period {
			latest = i
			v.OlderCount = q.t("series.older", "Count", len(table)-i)
			break
		}
	}
	bounded := bounded(doc)
	if bounded > 0 {
		v.Bounds = []string{q.t("series.lower"), q.t("series.upper")}
	}
	v.Table, v.Older = table[:latest], table[latest:]
	for _, source := range doc.Sources {
		v.Sources = append(v.Sources, q.source(source))
	}
	for _, base := range doc.Bases {
		v.Sources = append(v.Sources, q.baseSource(base))
	}
	if len(doc.Bases) > 0 {
		v.Rated = q.t("series.rate.of")
	}
	v.Quality = append(q.rated(doc), q.quality(doc, time.Now())...)
	for _, r := range doc.Revisions {
		v.Revisions = append(v.Revisions, q.revision(r))
	}
	if requirement := q.askedUnder(doc); requirement != "" {
		v.Requirement = link{Text: q.requirementTitle(requirement).S, URL: q.path("standard", std.Version, requirement)}
	}
	if own := doc.Own; own != nil {
		v.Own, v.DraftTranslation = true, false
		v.Question, v.Note = q.foreign(own.Question, own.Language), q.foreign(own.Note, own.Language)
	}
	return q.page(title.S+" – "+doc.Head.Name, []string{"cities", doc.Head.ID, "data", doc.Indicator}, view{
		Section: "cities", Body: seriesPage(q.locale, v), Fictional: doc.Head.Fictional, Description: v.Finding,
		Crumbs: q.crumbs(link{Text: q.t("nav.cities"), URL: q.path("cities")}, link{Text: doc.Head.Name, URL: q.path("cities", doc.Head.ID)}, link{Text: doc.Indicator}),
	}), nil
}

// askedUnder gives the requirement that a series belongs to; empty where the standard has none.
func (q *request) askedUnder(doc publication.Series) string {
	if doc.Own != nil {
		return doc.Own.Requirement
	}
	if i, ok := q.server.rooms.Standard.Indicator(doc.Indicator); ok {
		return i.Requirement
	}
	return ""
}

// finding is the title: the widest gap where there is one, else the latest value; and what, where and when beneath it.
func (q *request) finding(doc publication.Series) (finding, subtitle string) {
	period := ""
	switch {
	case len(doc.Gaps) > 0:
		g := doc.Gaps[0]
		period = g.Period
		finding = q.t("series.finding.gap", "Title", isolated(q.titleWith(doc.Indicator, doc.Own)), "High", q.groupName(g.Highest.Group), "HighValue", q.bare(g.Highest.Value, doc.Unit),
			"Low", q.groupName(g.Lowest.Group), "LowValue", q.bare(g.Lowest.Value, doc.Unit))
	case len(doc.Headline) > 0:
		last := doc.Headline[len(doc.Headline)-1]
		period = last.Period
		finding = q.t("series.finding.value", "Title", isolated(q.titleWith(doc.Indicator, doc.Own)), "Value", q.value(last.Value, doc.Unit), "Period", last.Period)
	default:
		finding = isolated(q.titleWith(doc.Indicator, doc.Own))
	}
	return finding, q.t("series.subtitle", "City", doc.Head.Name, "Unit", q.unit(doc.Unit), "Period", period)
}

func (q *request) line(doc publication.Series, title string) chart.Drawing {
	first, last := doc.Headline[0], doc.Headline[len(doc.Headline)-1]
	line := chart.Line{
		Label: q.t("series.time_label", "Title", title, "First", q.value(first.Value, doc.Unit), "FirstPeriod", first.Period,
			"Last", q.value(last.Value, doc.Unit), "LastPeriod", last.Period),
		Number: q.locale.Number, Zero: true,
	}
	for _, p := range doc.Headline {
		line.Points = append(line.Points, chart.Point{At: year(p), Name: p.Period, Value: p.Value, Lower: p.Lower, Upper: p.Upper})
	}
	if doc.Minimum != nil {
		line.Minimum = &chart.Rule{Value: doc.Minimum.Value, Name: q.t("figure.minimum_short", "Value", q.value(doc.Minimum.Value, doc.Unit))}
	}
	return line.SVG()
}

// grounds draws each breakdown in its latest period.
func (q *request) grounds(doc publication.Series) []groundView {
	var names []string
	groups := map[string][]publication.Group{}
	for _, g := range doc.Groups {
		if groups[g.Dimension] == nil {
			names = append(names, g.Dimension)
		}
		groups[g.Dimension] = append(groups[g.Dimension], g)
	}
	var views []groundView
	for _, name := range names {
		if view, ok := q.ground(doc, groups[name]); ok {
			views = append(views, view)
		}
	}
	return views
}

func (q *request) ground(doc publication.Series, groups []publication.Group) (groundView, bool) {
	end, period := 0, ""
	for _, g := range groups {
		if n := len(g.Points); n > 0 && g.Points[n-1].End > end {
			end, period = g.Points[n-1].End, g.Points[n-1].Period
		}
	}
	var dots []chart.Dot
	for _, g := range groups {
		if n := len(g.Points); n > 0 && g.Points[n-1].Period == period {
			p := g.Points[n-1]
			dots = append(dots, chart.Dot{Name: q.groupName(g.Name), Value: p.Value, Lower: p.Lower, Upper: p.Upper})
		}
	}
	if len(dots) == 0 {
		return groundView{}, false
	}
	sort.SliceStable(dots, func(a, b int) bool { return dots[a].Value < dots[b].Value })
	var whole *float64
	for _, p := range doc.Headline {
		if p.Period == period {
			whole = &p.Value
		}
	}
	heading := q.groundName(groups[0])
	drawn, left := q.dots(dots, whole, doc.Minimum, doc.Unit)
	v := groundView{Heading: q.t("series.by", "Ground", heading), Dots: drawn.HTML(), Says: q.t("series.by_one", "Period", period)}
	if low, high := dots[0], dots[len(dots)-1]; len(dots) > 1 {
		v.Says = q.t("series.by_says", "Period", period, "High", high.Name, "HighValue", q.bare(high.Value, doc.Unit),
			"Low", low.Name, "LowValue", q.bare(low.Value, doc.Unit), "Size", q.apart(high.Value-low.Value, doc.Unit))
	}
	if whole != nil {
		v.Says += " " + q.t("series.city_tick")
	}
	if left > 0 {
		v.Left = q.t("series.left", "Count", left)
	}
	return v, true
}

// table lists all values, the newest first.
func (q *request) table(doc publication.Series) []seriesRow {
	n := len(doc.Headline)
	for _, g := range doc.Groups {
		n += len(g.Points)
	}
	rows := make([]seriesRow, 0, n)
	order := make([]struct{ end, row int }, 0, n) // sorted in place of the rows, which are large
	add := func(ground, group string, points []publication.Point) {
		for _, p := range points {
			order = append(order, struct{ end, row int }{p.End, len(rows)})
			rows = append(rows, seriesRow{Period: q.locale.Code(p.Period), Ground: ground, Group: group, Value: q.locale.Exact(p.Value), Lower: q.bound(p.Lower), Upper: q.bound(p.Upper), Base: q.base(p.Base)})
		}
	}
	add("", q.t("series.all"), doc.Headline)
	for _, g := range doc.Groups {
		add(q.groundName(g), q.groupName(g.Name), g.Points)
	}
	slices.SortFunc(order, func(a, b struct{ end, row int }) int { return cmp.Or(b.end-a.end, a.row-b.row) })
	table := make([]seriesRow, len(rows))
	for i, o := range order {
		table[i] = rows[o.row]
	}
	return table
}

func (q *request) source(source publication.Source) []fact {
	licence := source.Licence
	if licence == "" {
		licence = q.t("series.licence_unknown")
	}
	address := source.URLText
	if address == "" {
		address = source.URL
	}
	var facts []fact
	for _, f := range []fact{
		{"publisher", source.Publisher, ""}, {"title", source.Title, ""}, {"code", source.Code, ""}, {"address", address, source.URL}, {"licence", licence, ""},
		{"periodicity", source.Periodicity, ""}, {"released", source.Released, ""}, {"classification", source.Classification, ""},
		{"method", source.Method, ""}, {"coverage", source.Coverage, ""}, {"retrieved", q.retrieved(source), ""},
	} {
		if f.Text != "" {
			f.Name = q.t("series." + f.Name)
			facts = append(facts, f)
		}
	}
	return facts
}

// quality says what a reader must keep in mind.
func (q *request) quality(doc publication.Series, now time.Time) []string {
	var said []string
	switch {
	case doc.Fit == scorecard.Exact && doc.Own != nil:
		said = append(said, q.t("series.quality.own_exact"))
	case doc.Fit == scorecard.Exact:
		said = append(said, q.t("series.quality.exact"))
	default:
		said = append(said, q.closeNote(doc))
	}
	end := 0
	for _, p := range doc.Headline {
		end = max(end, p.End)
	}
	for _, g := range doc.Groups {
		for _, p := range g.Points {
			end = max(end, p.End)
		}
	}
	if last := time.Date(end/10000, time.Month(end/100%100), end%100, 0, 0, 0, 0, time.UTC); end > 0 {
		if years := int(now.Sub(last).Hours()/24/365.25 + 0.5); years > 0 {
			said = append(said, q.t("series.quality.age", "Count", years))
		} else {
			said = append(said, q.t("series.quality.fresh"))
		}
	}
	if len(doc.Headline) == 0 {
		said = append(said, q.t("series.quality.no_headline"))
	}
	if shown := q.shownGrounds(doc); len(shown) > 0 {
		said = append(said, q.t("series.quality.present", "Grounds", q.list(shown)))
	}
	if grounds := doc.Grounds.Missing; len(grounds) > 0 && doc.Own != nil {
		said = append(said, q.t("series.quality.own_absent", "Grounds", q.list(q.terms("grounds", grounds))))
	} else if len(grounds) > 0 {
		said = append(said, q.t("series.quality.absent", "Grounds", q.list(q.terms("grounds", doc.Grounds.Missing))))
	}
	if doc.Hidden > 0 {
		said = append(said, q.t("series.quality.hidden", "Count", doc.Hidden))
	}
	return append(said, q.intervalNote(doc))
}

// closeNote says what a close figure measures instead.
func (q *request) closeNote(doc publication.Series) string {
	if doc.Own != nil {
		return strings.TrimSpace(q.t("series.quality.own_close") + " " + doc.Note)
	}
	if doc.Note != "" {
		return q.t("series.quality.close", "Note", doc.Note)
	}
	return q.t("series.quality.close_plain")
}

func (q *request) revision(r publication.Revision) string {
	group := q.groupName(r.Group)
	if group == "" {
		group = q.t("series.all")
	}
	return q.locale.Date(time.UnixMilli(r.At).UTC()) + ": " + q.t("series.revision", "Period", r.Period, "Group", group, "Old", q.revised(r.Old, r.OldLower, r.OldUpper), "New", q.revised(r.New, r.NewLower, r.NewUpper), "Reason", r.Reason)
}
