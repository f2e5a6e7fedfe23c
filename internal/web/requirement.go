package web

import (
	"sort"
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/web/chart"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

type requirementView struct {
	ID, City, Period string
	Standard         string // address of the requirement in the standard
	Title, Minimum   text
	State, Word      string
	SelfOnly         bool
	Reasons          []string
	DraftTranslation bool
	Parties          []partyView
	Gap              string
	Figures          []figureView
	Missing          []text
	Own              []figureView // the city's own indicators, which no standard asks for
	OwnMissing       []text
	Law              []link
	LawLine          []string // the same, as short as lawyers cite it
	Downloads        []link
	Previous, Next   *link
}

type partyView struct {
	Party, Class, Name string
	Answers            []answerView
	None               string
}

type answerView struct {
	Organisation, Value, Note string
	Means, Reasons, Whose     *text
	Translation, TranslatedBy string // of the reasons into the page's language, and who made it
	Evidence                  []evidenceLine
	More                      string // how much more evidence is not public
}

type figureView struct {
	ID, Kicker, URL, Value, Source string
	Title                          text
	Says                           []string
	Dots                           chart.Drawing
}

// requirement answers: is this minimum kept here, who says so, and on what ground?
func (s *Server) requirement(q *request) (answer, error) {
	id, kind := tableEnding(q.PathValue("requirement"))
	if kind != "" {
		return s.requirementTable(q, id, kind)
	}
	doc, err := s.rooms.Publication.Requirement(q.Context(), q.PathValue("city"), q.PathValue("period"), id)
	if err != nil {
		return answer{}, err
	}
	std := s.rooms.Standard
	_, req, previous, next := findRequirement(std, doc.Result.ID)
	if req == nil {
		return answer{}, noRequirement(doc.Result.ID)
	}
	in := std.In(q.locale.Tag)
	texts, grades := in.Requirement(req), in.Detail(req).Grades
	city, period, r := doc.Head.ID, doc.Period.Period, doc.Result
	v := requirementView{
		ID: q.locale.Code(r.ID), Standard: q.path("standard", std.Version, r.ID), City: doc.Head.Name, Period: q.locale.Code(period), Title: q.own(texts.Title), Minimum: q.own(texts.Minimum), DraftTranslation: in.Draft(),
		State: string(r.State), Word: q.t("state." + string(r.State)), SelfOnly: r.SelfOnly, Gap: q.gradeGap(r),
		Downloads: q.tables("download.requirement_csv", q.path("cities", city, period, r.ID)),
	}
	for _, reason := range r.Reasons {
		v.Reasons = append(v.Reasons, q.reason(reason))
	}
	for _, party := range scorecard.Parties {
		v.Parties = append(v.Parties, q.party(party, r.Answers, grades, texts, q.path("cities", city, period, r.ID, "evidence")))
	}
	for _, i := range r.Indicators {
		figures, missing := &v.Figures, &v.Missing
		if i.Local {
			figures, missing = &v.Own, &v.OwnMissing
		}
		if i.Value == nil && len(i.Groups) == 0 {
			*missing = append(*missing, q.titleOf(i))
			continue
		}
		*figures = append(*figures, q.figure(city, i))
	}
	for _, l := range q.law(req) {
		v.LawLine = append(v.LawLine, l.Key+" "+l.Article)
		v.Law = append(v.Law, link{Text: l.Instrument + ", " + l.Article + ": " + l.Title, URL: l.URL, Current: l.Unsure})
	}
	step := func(other *standard.Requirement) *link {
		if other == nil {
			return nil
		}
		return &link{Text: in.Requirement(other).Title.Text, URL: q.path("cities", city, period, other.ID)}
	}
	if doc.Period.Profile == "full" || doc.Period.Profile == "core" {
		v.Previous, v.Next = step(previous), step(next)
	}
	return q.page(v.Title.S+" – "+doc.Head.Name, []string{"cities", city, period, r.ID}, view{
		Section: "cities", Body: requirementPage(q.locale, v), Fictional: doc.Head.Fictional, Description: v.Minimum.S,
		Crumbs: q.crumbs(link{Text: q.t("nav.cities"), URL: q.path("cities")}, link{Text: doc.Head.Name, URL: q.path("cities", city)},
			link{Text: period, URL: q.path("cities", city, period)}, link{Text: r.ID}),
	}), nil
}

// party shows what one of the three parties says; each organisation stands for itself. evidence is the address below which the node's own files are.
func (q *request) party(party string, answers []scorecard.Answer, grades [5]standard.Text, texts standard.RequirementIn, evidence string) partyView {
	class := map[string]string{scorecard.Authority: "authority", scorecard.CivilSociety: "civil-society", scorecard.Residents: "residents"}[party]
	v := partyView{Party: party, Class: class, Name: q.t("party." + party), None: q.t("result.none." + party)}
	for _, a := range answers {
		if a.Party != party {
			continue
		}
		said := answerView{Organisation: a.Organisation}
		switch {
		case a.Grade != nil && *a.Grade >= 0 && *a.Grade <= 4:
			said.Value = q.t("result.grade", "Grade", *a.Grade, "Word", q.t([...]string{"grade.0", "grade.1", "grade.2", "grade.3", "grade.4"}[*a.Grade]))
			means := q.own(grades[*a.Grade])
			said.Means = &means
		case a.Share != nil:
			said.Value = q.t("result.share", "Share", q.value(a.Share.Yes, "%"), "Lower", q.locale.Number(a.Share.Lower), "Upper", q.value(a.Share.Upper, "%"))
			said.Note = q.t("result.share_n", "Count", a.Share.N) + " " + q.t("result.asked", "Question", texts.Question.Text)
		default:
			said.Value = q.t("result." + a.Value)
			if a.Whose != "" {
				whose := q.foreign(a.Whose, a.Language)
				said.Whose = &whose
			}
		}
		if a.Reasons != "" {
			reasons := q.foreign(a.Reasons, a.Language)
			said.Reasons = &reasons
			said.Translation, said.TranslatedBy = q.translation(a)
		}
		for _, e := range a.Evidence {
			said.Evidence = append(said.Evidence, q.evidenceLine(e, evidence))
		}
		if a.MoreEvidence > 0 {
			said.More = q.t("evidence.more", "Count", a.MoreEvidence)
		}
		v.Answers = append(v.Answers, said)
	}
	return v
}

// gradeGap says how far apart the authority and civil society are, and whether that was settled; empty where one of them has no grade.
func (q *request) gradeGap(r scorecard.Requirement) string {
	low, high := map[string]int{}, map[string]int{}
	for _, a := range r.Answers {
		if a.Grade == nil {
			continue
		}
		if v, has := low[a.Party]; !has || *a.Grade < v {
			low[a.Party] = *a.Grade
		}
		if v, has := high[a.Party]; !has || *a.Grade > v {
			high[a.Party] = *a.Grade
		}
	}
	city, hasCity := high[scorecard.Authority]
	civil, hasCivil := low[scorecard.CivilSociety]
	if !hasCity || !hasCivil {
		return ""
	}
	steps := city - civil
	if other := high[scorecard.CivilSociety] - low[scorecard.Authority]; other > steps {
		steps = other
	}
	said := q.t("result.gap_none")
	if steps > 0 {
		said = q.t("result.gap_text", "Count", steps)
	}
	switch {
	case r.Settled != nil:
		return said + " " + q.t("result.settled", "Grade", *r.Settled)
	case steps > 0:
		return said + " " + q.t("result.not_settled")
	}
	return said
}

func (q *request) figure(city string, i scorecard.Indicator) figureView {
	v := figureView{ID: i.ID, Kicker: q.locale.Code(i.ID), Title: q.titleOf(i)}
	if source, _, _ := strings.Cut(i.Source, ", http"); source != "" {
		v.Source = q.t("result.source", "Source", source) // its address stands on the indicator's own page
	}
	if i.Period != "" {
		v.Kicker += " · " + q.locale.Code(i.Period)
	}
	if i.Fit != "" {
		v.URL = q.path("cities", city, "data", i.ID)
	}
	v.Value = q.headlineOf(publication.Figure{Value: i.Value, Unit: i.Unit})
	switch {
	case i.Fit == scorecard.Close && i.Local:
		v.Kicker += " · " + q.t("figure.close_short")
	case i.Fit == scorecard.Close:
		v.Kicker += " · " + q.t("figure.close")
	}
	if len(i.Gaps) > 0 {
		for n := range i.Gaps[:min(3, len(i.Gaps))] {
			v.Says = append(v.Says, q.gap(&i.Gaps[n], i.Unit))
		}
		v.Dots = q.gapDots(i)
	}
	if i.Fit != "" {
		v.Says = append(v.Says, q.trend(i.Trend))
	}
	if said := q.minimum(i.Minimum, i.Unit); said != "" {
		v.Says = append(v.Says, said)
	}
	return v
}

// gapDots draws the breakdown with the widest gap.
func (q *request) gapDots(i scorecard.Indicator) chart.Drawing {
	var groups []chart.Dot
	for _, g := range i.Groups {
		if g.Dimension == i.Gaps[0].Dimension && g.Period == i.Gaps[0].Period {
			groups = append(groups, chart.Dot{Name: q.groupName(g.Group), Value: g.Value, Lower: g.Lower, Upper: g.Upper})
		}
	}
	sort.SliceStable(groups, func(a, b int) bool { return groups[a].Value < groups[b].Value })
	var whole *float64
	if i.Value != nil {
		if v, ok := i.Value.Float(); ok && i.Period == i.Gaps[0].Period {
			whole = &v
		}
	}
	dots, _ := q.dots(groups, whole, i.Minimum, i.Unit)
	return dots.HTML()
}
