package web

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/measure/scorecard"
)

type assessmentView struct {
	Kicker, Title string
	Says          []string
	Downloads     []link
	Dimensions    []assessmentDimension
}

type assessmentDimension struct {
	ID           string
	Title        text
	Says         string
	Weakest      *link
	Requirements []requirementLine
}

type requirementLine struct {
	URL, State, Word, Reason string
	Title                    text
	Figures                  []figureLine
}

type figureLine struct {
	URL, Value, Says string
	Title            text
	Own              bool // the city's own indicator, not the standard's
}

// assessment shows a city's scorecard in a period: every requirement with its state, its reason and its figures. There is no total.
func (s *Server) assessment(q *request) (answer, error) {
	period, kind := tableEnding(q.PathValue("period"))
	if kind != "" {
		a, err := s.rooms.Publication.Assessment(q.Context(), q.PathValue("city"), period)
		if err != nil {
			return answer{}, err
		}
		return assessmentTable(kind, a.Scorecard)
	}
	a, err := s.rooms.Publication.Outline(q.Context(), q.PathValue("city"), period)
	if err != nil {
		return answer{}, err
	}
	period = a.Period.Period
	title := q.t("assessment.title", "City", a.Head.Name, "Period", period)
	below := q.path("cities", a.Head.ID, period) // the requirements' pages stand below it
	v := assessmentView{
		Kicker: q.t("assessment.kicker", "Standard", a.Period.Standard, "Profile", q.t("profile."+a.Period.Profile)), Title: title,
		Downloads: q.tables("download.assessment_csv", below),
	}
	if a.Period.State == "statistics" {
		v.Says = []string{q.t("assessment.statistics_only")}
	}
	data := q.path("cities", a.Head.ID, "data")
	for _, d := range a.Dimensions {
		row := assessmentDimension{ID: d.ID, Title: q.dimensionTitle(d.ID), Says: q.counts(d.Counts) + ".", Requirements: make([]requirementLine, len(d.Requirements))}
		if d.Weakest != "" {
			row.Weakest = &link{Text: q.requirementTitle(d.Weakest).S, URL: under(below, d.Weakest)}
		}
		for i, r := range d.Requirements {
			row.Requirements[i] = q.requirementLine(period, under(below, r.ID), data, r)
		}
		v.Dimensions = append(v.Dimensions, row)
	}
	return q.page(title, []string{"cities", a.Head.ID, period}, view{
		Section: "cities", Body: assessmentPage(q.locale, v), Fictional: a.Head.Fictional,
		Crumbs: q.crumbs(link{Text: q.t("nav.cities"), URL: q.path("cities")}, link{Text: a.Head.Name, URL: q.path("cities", a.Head.ID)}, link{Text: period}),
	}), nil
}

// requirementLine shows a requirement's result in a period; address is its page's, data that below which the indicators' pages stand.
func (q *request) requirementLine(period, address, data string, r publication.OutlineRequirement) requirementLine {
	line := requirementLine{
		URL: address, State: string(r.State), Word: q.t("state." + string(r.State)), Title: q.requirementTitle(r.ID), Figures: make([]figureLine, len(r.Figures)),
	}
	if r.Reason.Code != "" {
		line.Reason = q.reason(r.Reason)
	}
	for n, i := range r.Figures {
		f := figureLine{URL: under(data, i.Indicator), Title: q.outlineTitle(i), Says: q.locale.Code(cmp.Or(i.Period, period)), Own: i.Title != ""}
		switch {
		case i.Value != nil:
			f.Value = q.number(*i.Value, i.Unit)
		case i.Gap != nil:
			f.Value = q.apart(*i.Gap, i.Unit)
		default:
			f.Value = q.t("figure.groups_only")
		}
		if i.Told {
			f.URL = address + "#answers" // said by an answer: there is no series behind it
		}
		if i.Close {
			f.Says += ", " + q.t("figure.close_short")
		}
		line.Figures[n] = f
	}
	return line
}

// reason says one ground of a state, its titles and numbers in the reader's language.
func (q *request) reason(r scorecard.Reason) string {
	said := make([]any, 0, 2*len(r.Args))
	for name, value := range r.Args {
		said = append(said, name, q.argument(name, value, r.Args))
	}
	return q.t("reason."+r.Code, said...)
}

// argument says a value as a reader reads it; among are all arguments of the reason.
func (q *request) argument(name, value string, among map[string]string) string {
	switch name {
	case "title":
		return q.indicatorTitle(among["indicator"]).S
	case "services":
		return q.list(q.terms("services", strings.Split(among["keys"], ",")))
	case "value", "minimum":
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			return q.locale.Number(v)
		}
	}
	return value
}

// assessmentCSV has a row for each indicator of each requirement, and one for each group's figure.
func assessmentTable(kind string, card scorecard.Scorecard) (answer, error) {
	return tableFile(kind, func(w io.Writer) error { return scorecard.WriteCSV(w, card) }, card.City, card.Period, "assessment")
}
