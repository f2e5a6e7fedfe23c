package web

import (
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

type standardRequirementView struct {
	ID                             string
	Dimension, Title, Minimum, Why text
	Question, Proof                text
	DraftTranslation               bool
	Grades                         []gradeLine
	Kinds                          []indicatorKind
	Law                            []lawLine
	Groups, Services               []string
	Check                          string
	Cities                         []link
	Previous, Next                 *link
}

type gradeLine struct {
	Grade int
	Text  text
	Least bool // the grade from which the minimum is met
}

type indicatorKind struct {
	Name, About string
	Indicators  []indicatorLine
}

type indicatorLine struct {
	ID, Number      string
	Title, Question text
	Decisive        bool
	Facts           []string
	Note            *text
}

type lawLine struct {
	URL, Key, Instrument, Article, Title string
	Year                                 int
	Unsure                               bool
}

// standardRequirement shows what exactly one requirement asks, and why.
func (s *Server) standardRequirement(q *request) (answer, error) {
	std := s.rooms.Standard
	id := q.PathValue("requirement")
	if v := q.PathValue("version"); v != std.Version {
		return answer{}, noStandard(std.ID, v)
	}
	dim, req, previous, next := findRequirement(std, id)
	if req == nil {
		return answer{}, noRequirement(id)
	}
	in := std.In(q.locale.Tag)
	texts, detail := in.Requirement(req), in.Detail(req)
	v := standardRequirementView{
		ID: q.locale.Code(req.ID), Dimension: q.own(in.Dimension(dim)), Title: q.own(texts.Title), Minimum: q.own(texts.Minimum),
		Why: q.own(detail.Why), Question: q.own(texts.Question), Proof: q.own(detail.Proof), DraftTranslation: in.Draft(),
		Law: q.law(req), Groups: q.terms("groups", req.Groups), Services: q.terms("services", req.Services),
		Check: q.t("check." + string(req.Check)),
	}
	for grade, said := range detail.Grades {
		v.Grades = append(v.Grades, gradeLine{Grade: grade, Text: q.own(said), Least: grade == 3})
	}
	for _, kind := range []standard.Kind{standard.Structure, standard.Process, standard.Outcome} {
		group := indicatorKind{Name: q.t("kind." + string(kind)), About: q.t("kind." + string(kind) + ".about")}
		for i := range req.Indicators {
			if req.Indicators[i].Kind == kind {
				group.Indicators = append(group.Indicators, q.indicatorLine(in, &req.Indicators[i]))
			}
		}
		if group.Indicators != nil {
			v.Kinds = append(v.Kinds, group)
		}
	}
	cities, err := s.rooms.Publication.CitiesAnswering(q.Context(), req.ID)
	if err != nil {
		return answer{}, err
	}
	for _, c := range cities {
		v.Cities = append(v.Cities, link{Text: c.Name + ", " + q.locale.Code(c.Period), URL: q.path("cities", c.ID, c.Period, req.ID)})
	}
	step := func(other *standard.Requirement) *link {
		if other == nil {
			return nil
		}
		return &link{Text: other.ID + " " + in.Requirement(other).Title.Text, URL: q.path("standard", std.Version, other.ID)}
	}
	v.Previous, v.Next = step(previous), step(next)
	return q.page(req.ID+" "+v.Title.S, []string{"standard", std.Version, req.ID}, view{
		Section: "standard", Body: standardRequirementPage(q.locale, v), Description: v.Minimum.S,
		Crumbs: q.crumbs(link{Text: q.t("nav.standard"), URL: q.path("standard")}, link{Text: req.ID}),
	}), nil
}

// findRequirement gives a requirement with its dimension and its neighbours; nil where there is none.
func findRequirement(std *standard.Standard, id string) (dim *standard.Dimension, found, previous, next *standard.Requirement) {
	for d := range std.Dimensions {
		for r := range std.Dimensions[d].Requirements {
			req := &std.Dimensions[d].Requirements[r]
			switch {
			case found != nil:
				return dim, found, previous, req
			case req.ID == id:
				dim, found = &std.Dimensions[d], req
			default:
				previous = req
			}
		}
	}
	return dim, found, previous, nil
}

func (q *request) law(req *standard.Requirement) []lawLine {
	catalogue := q.server.rooms.Standard.Catalogue
	lines := make([]lawLine, 0, len(req.Links))
	for _, l := range req.Links {
		in, ok := catalogue.Instrument(l.Instrument)
		if !ok {
			continue // the loader has refused such a standard
		}
		a, _ := catalogue.Article(l)
		lines = append(lines, lawLine{
			URL: q.path("rights", l.Instrument) + "#" + l.Article, Key: l.Instrument, Instrument: in.Name, Year: in.Year,
			Article: l.Article, Title: a.Title, Unsure: a.Check == standard.Unsure,
		})
	}
	return lines
}

func (q *request) indicatorLine(in standard.Reader, i *standard.Indicator) indicatorLine {
	said := in.Measure(i)
	line := indicatorLine{
		ID: i.ID, Number: strings.TrimPrefix(i.ID, i.Requirement+"."), Title: q.own(in.Indicator(i)),
		Question: q.own(said.Question), Decisive: i.Decisive,
	}
	value := q.term("values", i.Value)
	if i.Unit != "" && i.Unit != "%" { // "share in per cent" has said it
		value += " (" + q.unitOf(said.Unit) + ")"
	}
	line.Facts = append(line.Facts, value, q.t("good."+string(i.Good)))
	if i.Minimum != nil {
		line.Facts = append(line.Facts, q.t("requirement.min", "Value", q.locale.Number(i.Minimum.Value), "Source", i.Minimum.Source))
	}
	if len(i.By) > 0 {
		line.Facts = append(line.Facts, q.t("requirement.by", "Grounds", q.list(q.terms("grounds", i.By))))
	}
	line.Facts = append(line.Facts, q.t("requirement.evidence", "Kinds", q.list(q.terms("evidence", i.Evidence))))
	if i.SDG != nil {
		line.Facts = append(line.Facts, q.t("requirement.sdg_"+i.SDG.Fit, "Code", i.SDG.Indicator))
	}
	if i.Note != "" {
		note := q.own(said.Note)
		line.Note = &note
	}
	return line
}

func noStandard(id, version string) error {
	return fault.Said(fault.NotFound, "error.standard.none", "this node does not have the standard {Standard}", "Standard", id+"@"+version)
}

func noRequirement(id string) error {
	return fault.Said(fault.NotFound, "error.standard.requirement", "the standard has no requirement {Requirement}", "Requirement", id)
}
